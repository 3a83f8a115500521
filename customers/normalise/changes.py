"""A whole input in its one spelling, whatever door it came through."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from customers.normalise.internet import domain, email
from customers.normalise.values import (
    birthday,
    color,
    country,
    exact,
    instant,
    json_number,
    language,
    name,
    phone,
    record_id,
    text,
)

type Rule = Callable[[object], object]
type Shape = Mapping[str, tuple[object, Rule]]


def customer(changes: Mapping[str, object]) -> dict[str, object]:
    """Apply N1 to N9 to an input. Takes anything, never raises, and changes nothing when it is done twice.

    Items of lists come out as whole mappings with their defaults: text that is not given is "", coordinates and
    `verified` are None (N13 decides about those: see `completed`). Values of a wrong type and keys that are not
    known stay as they are, for the rules to name.
    """
    return {key: _FIELDS.get(key, _same)(value) for key, value in changes.items()}


def catalogue_entry(changes: Mapping[str, object]) -> dict[str, object]:
    """Apply N1, N5 and N8 to the input of an entry of a catalogue: a tier, a status, a flag, a tag, an attribute."""
    return {key: _CATALOGUE.get(key, _same)(value) for key, value in changes.items()}


def _same(value: object) -> object:
    return value


def _in_text(rule: Callable[[str], str]) -> Rule:
    """Apply `rule` to text only."""
    return lambda value: rule(value) if isinstance(value, str) else value


def _or_none(rule: Rule) -> Rule:
    """Let an empty text mean that there is no value (N1)."""

    def apply(value: object) -> object:
        result = rule(value)
        return None if isinstance(result, str) and not text(result) else result

    return apply


def _items(item: Rule) -> Rule:
    return lambda value: [item(each) for each in value] if isinstance(value, list | tuple) else value


def _shaped(shape: Shape, *, plain: str = "") -> Rule:
    """Make every item a whole mapping of this shape; a bare text is its `plain` key."""

    def apply(value: object) -> object:
        if plain and isinstance(value, str):
            value = {plain: value}
        if not isinstance(value, Mapping):
            return value
        known = {key: _filled(rule(value.get(key)), default) for key, (default, rule) in shape.items()}
        return known | {key: each for key, each in value.items() if key not in shape}

    return apply


def _filled(value: object, default: object) -> object:
    return default if value is None or value == "" else value


def _domains(value: object) -> object:
    """N4 and N5: domains in ASCII, the first of equal ones kept."""
    if not isinstance(value, list | tuple):
        return value
    found = (domain(each) if isinstance(each, str) else None for each in value)
    spelled = [forms.ascii if forms else _TEXT(each) for forms, each in zip(found, value, strict=True)]
    return _distinct(spelled)


def _tags(value: object) -> object:
    """N1 and N5: tags in their first spelling, upper and lower case being the same tag."""
    return _distinct([_NAME(each) for each in value]) if isinstance(value, list | tuple) else value


def _distinct(values: list[object]) -> list[object]:
    seen: set[str] = set()
    kept = []
    for value in values:
        if isinstance(value, str):
            if value.casefold() in seen:
                continue
            seen.add(value.casefold())
        kept.append(value)
    return kept


def _options(value: object) -> object:
    """N1 and N5: the values an attribute may have, without blank ones; upper and lower case are two of them."""
    if not isinstance(value, list | tuple):
        return value
    return [each for each in _first_of_each(_TEXT(each) for each in value) if each != ""]


def _first_of_each(values: Iterable[object]) -> list[object]:
    kept: list[object] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept


def _custom(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    return {key: _custom_value(key, each) for key, each in value.items()}


def _custom_value(key: object, value: object) -> object:
    """N1 and N9, for values that live in JSON: instants are ISO text in UTC, decimals are plain numbers."""
    if isinstance(key, str) and key.endswith("At"):
        moment = instant(value)
        return moment.isoformat().replace("+00:00", "Z") if isinstance(moment, datetime) else value
    return json_number(_TEXT(value))


def _sentiment(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    return {key: exact(each) if key == "confidence" else each for key, each in value.items()}


_TEXT = _in_text(text)
_NAME = _in_text(name)
_OPTIONAL_TEXT = _or_none(_TEXT)
_LANGUAGE = _or_none(_in_text(language))
_ID = _or_none(record_id)
_INSTANT = _or_none(instant)


def _contact(key: str, rule: Rule, kind: str = "") -> Rule:
    """Describe a list of contact points whose value is under `key`; `kind` is their type when none is given."""
    types: Shape = {"type": (kind, _TEXT)} if kind else {}
    return _items(_shaped({key: ("", rule), **types, "verified": (None, _same)}, plain=key))


def _texts(*keys: str) -> Shape:
    return dict.fromkeys(keys, ("", _TEXT))


_EMAILS = _contact("email", _in_text(lambda value: email(value).value), "work")
_PHONES = _contact("phone", _in_text(phone), "work")
_EXTERNAL_IDS = _contact("external_id", _TEXT)
_SOCIALS = _items(_shaped({**_texts("type", "username", "userid", "url"), "verified": (None, _same)}))
_FACEBOOK_IDS = _items(_shaped(_texts("page_id", "user_id", "name")))
_URLS = _items(_shaped({"type": ("website", _TEXT), "url": ("", _TEXT)}))
_LOCATIONS = _items(
    _shaped(
        {
            "type": ("work", _TEXT),
            **_texts("name", "address", "address2", "address3"),
            "latitude": (None, exact),
            "longitude": (None, exact),
            "country_code": ("", _in_text(country)),
            **_texts("country_name", "region_code", "region_name", "city_name", "zip_code", "area_code"),
        }
    )
)

_FIELDS: dict[str, Rule] = {
    "id": record_id,
    "kind": _OPTIONAL_TEXT,
    "name": _NAME,
    "short_name": _or_none(_NAME),
    "given_name": _NAME,
    "family_name": _NAME,
    "username": _OPTIONAL_TEXT,
    "managed_by": _OPTIONAL_TEXT,
    "emails": _EMAILS,
    "shared_emails": _EMAILS,
    "phones": _PHONES,
    "shared_phones": _PHONES,
    "external_id": _TEXT,
    "main_source_id": _TEXT,
    "external_ids": _EXTERNAL_IDS,
    "shared_external_ids": _EXTERNAL_IDS,
    "slack_channel_id": _OPTIONAL_TEXT,
    "domains": _domains,
    "socials": _SOCIALS,
    "shared_socials": _SOCIALS,
    "facebook_ids": _FACEBOOK_IDS,
    "urls": _URLS,
    "locations": _LOCATIONS,
    "tier_id": _ID,
    "tier_name": _NAME,
    "status_id": _ID,
    "owner_id": _ID,
    "assignee_id": _ID,
    "company_id": _ID,
    "support_status": _TEXT,
    "snoozed_until": _INSTANT,
    "tags": _tags,
    "custom": _custom,
    "language": _LANGUAGE,
    "locale": _LANGUAGE,
    "time_zone": _OPTIONAL_TEXT,
    "birthday": _or_none(birthday),
    "gender": _OPTIONAL_TEXT,
    "sentiment": _sentiment,
    "logo_url": _OPTIONAL_TEXT,
    "avatar_url": _OPTIONAL_TEXT,
    "created_at": _INSTANT,
    "imported_at": _INSTANT,
    "signed_up_at": _INSTANT,
    "last_seen_at": _INSTANT,
    "last_activity_at": _INSTANT,
    "last_customer_activity_at": _INSTANT,
}

_CATALOGUE: dict[str, Rule] = {
    "key": _TEXT,
    "name": _NAME,
    "display_name": _NAME,
    "label": _NAME,
    "description": _TEXT,
    "external_id": _TEXT,
    "color": _in_text(color),
    "options": _options,
}
