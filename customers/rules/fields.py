"""Which fields an input may have, and which of them only the product itself writes."""

_CONTACT = ("type", "verified")
_SOCIAL = ("type", "username", "userid", "url", "verified")

ITEM_KEYS: dict[str, tuple[str, ...]] = {
    "emails": ("email", *_CONTACT),
    "shared_emails": ("email", *_CONTACT),
    "phones": ("phone", *_CONTACT),
    "shared_phones": ("phone", *_CONTACT),
    "external_ids": ("external_id", "verified"),
    "shared_external_ids": ("external_id", "verified"),
    "socials": _SOCIAL,
    "shared_socials": _SOCIAL,
    "facebook_ids": ("page_id", "user_id", "name"),
    "urls": ("type", "url"),
    "locations": (
        "type",
        "name",
        "address",
        "address2",
        "address3",
        "latitude",
        "longitude",
        "country_code",
        "country_name",
        "region_code",
        "region_name",
        "city_name",
        "zip_code",
        "area_code",
    ),
}
"""Lists whose items are objects -> the keys of an item."""

LONGEST_ITEM_TEXT = 255

TEXTS = ("given_name", "family_name")
"""Top-level texts that have no other rule about their type; those that C5 limits come on top."""

BACKDATED = ("created_at", "imported_at")
"""Instants that only a create or an import may set."""

INSTANTS = (*BACKDATED, "signed_up_at", "last_seen_at", "last_activity_at", "last_customer_activity_at")

WRITABLE = frozenset(
    (
        *ITEM_KEYS,
        *TEXTS,
        *INSTANTS,
        *("kind", "name", "short_name", "username", "managed_by"),
        *("external_id", "main_source_id", "slack_channel_id", "domains"),
        *("tier_id", "tier_name", "status_id", "owner_id", "assignee_id", "company_id"),
        *("support_status", "snoozed_until", "tags", "custom"),
        *("language", "locale", "time_zone", "birthday", "gender", "sentiment"),
        *("revenue", "size", "logo_url", "avatar_url", "rev"),
    )
)

READ_ONLY = frozenset(
    (
        *("id", "slug", "flags", "created_by", "updated_at", "updated_by", "assigned_at", "last_idle_at"),
        *("workflow_status_changed_at", "support_status_changed_at", "status_changed_at"),
        *("marked_as_spam_at", "marked_as_spam_by", "deleted_at", "deleted_by"),
        *("anonymised_at", "anonymised_by", "merged_into", "merged_into_id"),
    )
)
