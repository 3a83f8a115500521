"""The rules that PostgreSQL repeats: which problem a violated constraint is."""

from __future__ import annotations

from django.db import IntegrityError

from core.problems import Path, Problem
from customers.rules.problems import problem

CONSTRAINTS: dict[str, tuple[str, Path]] = {
    "identifier_email_well_formed": ("C7", ("emails",)),
    "identifier_belongs_to_one_live_customer": ("C9", ("emails",)),
    "identifier_listed_once_per_customer": ("C10", ("emails",)),
    "domain_listed_once_per_customer": ("C10", ("domains",)),
    "identifier_social_type_known": ("C11", ("socials",)),
    "url_type_known": ("C11", ("urls",)),
    "location_type_known": ("C11", ("locations",)),
    "customer_kind_known": ("C11", ("kind",)),
    "identifier_phone_is_e164": ("C12", ("phones",)),
    "identifier_value_length": ("C14", ("external_ids",)),
    "identifier_value_present": ("C14", ("external_ids",)),
    "main_external_id_is_their_own": ("C16", ("external_id",)),
    "domain_is_a_hostname": ("C17", ("domains",)),
    "domain_belongs_to_one_live_customer": ("C20", ("domains",)),
    "slack_channel_id_well_formed": ("C21", ("slack_channel_id",)),
    "slack_channel_belongs_to_one_live_customer": ("C22", ("slack_channel_id",)),
    "revenue_not_negative": ("C28", ("revenue",)),
    "size_not_negative": ("C29", ("size",)),
    "url_is_http": ("C30", ("urls",)),
    "logo_url_is_http": ("C30", ("logo_url",)),
    "avatar_url_is_http": ("C30", ("avatar_url",)),
    "location_coordinates_on_earth": ("C33", ("locations",)),
    "location_country_two_letters": ("C34", ("locations",)),
    "birthday_from_1900_on": ("C37", ("birthday",)),
    "gender_known": ("C38", ("gender",)),
    "sentiment_complete_and_in_range": ("C39", ("sentiment",)),
    "custom_attribute_key_has_type": ("C40", ("key",)),
    "tag_name_present": ("C43", ("tags",)),
    "customers_tag_folded_name_key": ("C43", ("name",)),
    "customer_name_present": ("C6", ("name",)),
    "tier_name_unique_in_any_case": ("C63", ("name",)),
    "tier_name_present": ("C63", ("name",)),
    "tier_color_is_hex": ("C63", ("color",)),
    "workflow_status_name_unique_in_any_case": ("C63", ("name",)),
    "workflow_status_name_present": ("C63", ("name",)),
    "workflow_status_color_is_hex": ("C63", ("color",)),
    "customers_flag_key_key": ("C63", ("key",)),
    "flag_key_is_snake_case": ("C63", ("key",)),
    "customers_tag_key_key": ("C63", ("key",)),
    "customers_tag_external_id_key": ("C63", ("external_id",)),
    "tag_color_is_hex": ("C63", ("color",)),
    "customers_customattribute_key_key": ("C63", ("key",)),
    "custom_attribute_key_unique_in_any_case": ("C63", ("key",)),
    "snoozed_until_only_when_snoozed": ("C65", ("snoozed_until",)),
    "support_status_known": ("C67", ("support_status",)),
    "customer_not_its_own_company": ("C72", ("company_id",)),
    "customers_customer_pkey": ("C52", ("id",)),
}
"""Name of a constraint -> the rule it repeats and the field it is about."""

_RACED = "Somebody else has just taken this value. Check it, then save again."
_REFUSED = "This value cannot be stored. Check it, then save again."


def problems_of(error: IntegrityError) -> list[Problem]:
    """The problem that a violated constraint is; an unknown constraint is a fault of ours and raised again."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if name not in CONSTRAINTS:
        raise error
    code, path = CONSTRAINTS[name]
    raced = name.endswith(("_belongs_to_one_live_customer", "_in_any_case", "_key", "_pkey"))
    return [problem(code, path, _RACED if raced else _REFUSED)]
