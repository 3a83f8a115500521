"""What an input claims for its customer alone."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from core.problems import Path
from customers.normalise.contact_keys import LIST_OF_KIND, contact_key
from customers.normalise.internet import domain

_PART_OF_KIND = {
    "email": "email",
    "phone": "phone",
    "external_id": "external_id",
    "social": "username",
    "facebook_id": "user_id",
}
_KIND_OF_FIELD = {
    "external_id": "external_id",
    "main_source_id": "external_id",
    "slack_channel_id": "slack_channel",
}


class Claim(NamedTuple):
    """A value that no two live customers may have: where it stands, its kind, and the key it is compared by."""

    path: Path
    kind: str
    key: str


def claims(changes: Mapping[str, object]) -> Iterator[Claim]:
    """Walk through all values of an input that must be unique; shared contact points are not among them."""
    for kind, (own_list, *_) in LIST_OF_KIND.items():
        for index, item in enumerate(_list(changes, own_list)):
            key = contact_key(kind, item)
            if key:
                yield Claim((own_list, index, _PART_OF_KIND[kind]), kind, key)
    for field, kind in _KIND_OF_FIELD.items():
        value = changes.get(field)
        if isinstance(value, str) and value:
            yield Claim((field,), kind, value)
    for index, value in enumerate(_list(changes, "domains")):
        forms = domain(value) if isinstance(value, str) else None
        if forms:
            yield Claim(("domains", index), "domain", forms.ascii)


def unique_keys(changes: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Walk through the (kind, key) pairs of an input to look up in the database."""
    return ((claim.kind, claim.key) for claim in claims(changes))


def _list(source: Mapping[str, object], key: str) -> list[object]:
    value = source.get(key)
    return value if isinstance(value, list) else []
