"""C5, C11: whether texts are texts, lists are lists, and types are among the known ones."""

from collections.abc import Iterator

from core.problems import Path, Problem
from customers import choices
from customers.rules.attempt import Attempt, listed
from customers.rules.fields import ITEM_KEYS, LONGEST_ITEM_TEXT, TEXTS
from customers.rules.names import LONGEST_TEXTS
from customers.rules.problems import problem

_TYPES = {
    "emails": choices.EmailType,
    "shared_emails": choices.EmailType,
    "phones": choices.PhoneType,
    "shared_phones": choices.PhoneType,
    "socials": choices.SocialType,
    "shared_socials": choices.SocialType,
    "urls": choices.UrlType,
    "locations": choices.LocationType,
}
_LISTS = (*ITEM_KEYS, "domains", "tags")
# Values that another rule judges (an email, a phone, coordinates) are no plain texts.
_ITEM_TEXTS = {
    "socials": ("userid",),
    "shared_socials": ("userid",),
    "facebook_ids": ("name",),
    "locations": tuple(
        key for key in ITEM_KEYS["locations"] if key not in ("type", "latitude", "longitude", "country_code")
    ),
}
_ITEM_LENGTHS = _ITEM_TEXTS | {
    "socials": ("username", "userid"),
    "shared_socials": ("username", "userid"),
    "facebook_ids": ("page_id", "user_id", "name"),
}


def type_unknown(attempt: Attempt) -> Iterator[Problem]:
    """C11: the type of an email, phone, social profile, URL or place is one of its list."""
    for key, types in _TYPES.items():
        for path, item in attempt.items(key):
            if item.get("type") not in types.values:
                yield problem("C11", (*path, "type"), f"Choose one of these types: {', '.join(types.values)}.")


def kind_unknown(attempt: Attempt) -> Iterator[Problem]:
    """C11: a customer is a person or an organisation; only a new one may leave it open (N12)."""
    if "kind" not in attempt.changes or (attempt.is_create and attempt.changes["kind"] is None):
        return
    if attempt.changes["kind"] not in choices.CustomerKind.values:
        yield problem("C11", ("kind",), f"Choose one of these kinds: {', '.join(choices.CustomerKind.values)}.")


def text_is_no_text(attempt: Attempt) -> Iterator[Problem]:
    """C11: what is a text is given as one."""
    for key in (*TEXTS, *LONGEST_TEXTS):
        if not isinstance(attempt.changes.get(key), str | None):
            yield _no_text((key,))
    for key, parts in _ITEM_TEXTS.items():
        for path, item in attempt.items(key):
            yield from (_no_text((*path, part)) for part in parts if not isinstance(item.get(part, ""), str))


def _no_text(path: Path) -> Problem:
    return problem("C11", path, "Give this as text, in quotes.")


def list_is_no_list(attempt: Attempt) -> Iterator[Problem]:
    """C11: what is a list is given as one, and its items are texts or objects."""
    for key in _LISTS:
        value = attempt.changes.get(key)
        if value is not None and not isinstance(value, list | tuple):
            yield problem("C11", (key,), "Give this as a list, even when it has one entry.")
    for key in ITEM_KEYS:
        for index, item in enumerate(listed(attempt.changes, key)):
            if not isinstance(item, dict):
                fields = ", ".join(ITEM_KEYS[key])
                yield problem("C11", (key, index), f"Give this entry as an object with these fields: {fields}.")


def verified_is_no_boolean(attempt: Attempt) -> Iterator[Problem]:
    """C11: a contact point is verified or not; left out, N13 decides."""
    for key, fields in ITEM_KEYS.items():
        if "verified" not in fields:
            continue
        for path, item in attempt.items(key):
            if not isinstance(item.get("verified"), bool | None):
                yield problem("C11", (*path, "verified"), "Give verified as true or false, or leave it out.")


def text_in_item_too_long(attempt: Attempt) -> Iterator[Problem]:
    """C5: texts of places and profiles have at most 255 characters."""
    for key, parts in _ITEM_LENGTHS.items():
        for path, item in attempt.items(key):
            for part in parts:
                value = item.get(part)
                if isinstance(value, str) and len(value) > LONGEST_ITEM_TEXT:
                    yield problem("C5", (*path, part), f"Shorten this to {LONGEST_ITEM_TEXT} characters.")


RULES = (
    kind_unknown,
    type_unknown,
    text_is_no_text,
    list_is_no_list,
    verified_is_no_boolean,
    text_in_item_too_long,
)
