"""Every rule of the customer domain by its public name, and the one way to make a problem of it."""

from collections.abc import Mapping
from types import MappingProxyType

from core.problems import Holder, Kind, Path, Problem

PROBLEM_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "C1": "name_required",
        "C2": "INVALID_NAME",
        "C3": "INVALID_GIVEN_NAME",
        "C4": "INVALID_FAMILY_NAME",
        "C5": "too_long",
        "C6": "name_required",
        "C7": "INVALID_EMAIL_ADDRESS",
        "C8": "INVALID_EMAIL_ADDRESS",
        "C9": "customer_already_exists_with_email",
        "C10": "duplicate_in_list",
        "C11": "invalid_type",
        "C12": "INVALID_PHONE_NUMBER",
        "C13": "phone_taken",
        "C14": "invalid_external_id",
        "C15": "customer_already_exists_with_external_id",
        "C16": "main_not_in_list",
        "C17": "invalid_domain",
        "C18": "public_domain",
        "C19": "not_apex_domain",
        "C20": "domain_taken",
        "C21": "invalid_slack_channel",
        "C22": "slack_channel_taken",
        "C23": "tier_id_and_name",
        "C24": "not_found",
        "C25": "invalid_tier_name",
        "C26": "status_required",
        "C27": "invalid_owner",
        "C28": "invalid_revenue",
        "C29": "invalid_size",
        "C30": "invalid_url",
        "C31": "required",
        "C32": "social_taken",
        "C33": "invalid_coordinates",
        "C34": "invalid_country",
        "C35": "INVALID_LANGUAGE_CODE",
        "C36": "invalid_time_zone",
        "C37": "invalid_birthday",
        "C38": "invalid_gender",
        "C39": "invalid_sentiment",
        "C40": "bad_custom_suffix",
        "C41": "bad_custom_value",
        "C42": "unknown_attribute",
        "C43": "invalid_tag",
        "C44": "invalid_flag",
        "C45": "flag_read_only",
        "C46": "CUSTOMER_NOT_FOUND",
        "C47": "gone",
        "C48": "INVALID_PAGE_SIZE",
        "C49": "INVALID_PAGE_TOKEN",
        "C50": "invalid_id",
        "C51": "rev_conflict",
        "C52": "read_only_field",
        "C53": "timestamp_in_future",
        "C54": "ambiguous_match",
        "C55": "one_identifier",
        "C56": "cannot_clear",
        "C57": "duplicate_row",
        "C58": "too_many_items",
        "C59": "required",
        "C60": "not_allowed_in_ids_mode",
        "C61": "bad_client_ref",
        "C62": "in_use",
        "C63": "invalid_catalogue_entry",
        "C64": "same_customer",
        "C65": "invalid_snooze",
        "C66": "forbidden",
        "C67": "invalid_support_status",
        "C68": "restore_conflict",
        "C69": "unknown_field",
        "C70": "required",
        "C71": "invalid_text",
        "C72": "invalid_company",
        "C73": "has_commitments",
        "C74": "undo_impossible",
    }
)
"""Rule -> the name it has in the API."""

_CODES_OF_KIND = {
    Kind.REQUIRED: ("C1", "C6", "C26", "C31", "C59", "C70"),
    Kind.CONFLICT: ("C9", "C13", "C15", "C20", "C22", "C32", "C51", "C68", "C73"),
    Kind.NOT_FOUND: ("C24", "C46"),
    Kind.GONE: ("C47",),
    Kind.FORBIDDEN: ("C66",),
}
_KINDS = {code: kind for kind, codes in _CODES_OF_KIND.items() for code in codes}


def problem(code: str, path: Path, message: str, *, holder: Holder | None = None) -> Problem:
    """Make the problem of a rule, with the public name and the kind that the rule has everywhere."""
    return Problem(code, path, message, PROBLEM_NAMES[code], _KINDS.get(code, Kind.VALIDATION), holder)
