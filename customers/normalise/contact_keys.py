"""What makes two contact points the same one."""

from collections.abc import Mapping

from customers.normalise.internet import email
from customers.normalise.values import phone, text

LIST_OF_KIND = {
    "email": ("emails", "shared_emails"),
    "phone": ("phones", "shared_phones"),
    "external_id": ("external_ids", "shared_external_ids"),
    "social": ("socials", "shared_socials"),
    "facebook_id": ("facebook_ids",),
}
"""Kind of identifier -> the lists that hold it: the unique one, then the shared one."""


def contact_key(kind: str, item: object) -> str:
    """Give the normalised value that is compared with other customers; "" when the item has none.

    A social profile is `type:username`, a Facebook id `page_id:user_id`; upper and lower case are the same person
    in emails and user names, but not in the ids of other systems.
    """
    if not isinstance(item, Mapping):
        return ""
    if kind == "email":
        return email(_text(item, "email")).norm
    if kind == "phone":
        return phone(_text(item, "phone"))
    if kind == "external_id":
        return _text(item, "external_id")
    parts = ("type", "username") if kind == "social" else ("page_id", "user_id")
    first, second = (_text(item, part) for part in parts)
    if not first or not second:
        return ""
    return f"{first}:{second.lower()}" if kind == "social" else f"{first}:{second}"


def _text(item: Mapping[str, object], key: str) -> str:
    value = item.get(key)
    return text(value) if isinstance(value, str) else ""
