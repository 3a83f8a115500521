"""C9, C13, C15, C20, C22, C32: what belongs to one live customer only."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from core.problems import Path, Problem
from customers.normalise import LIST_OF_KIND, contact_key, domain
from customers.rules.attempt import Attempt, listed
from customers.rules.problems import problem

_RULE_OF_KIND = {
    "email": ("C9", "An email belongs to one customer."),
    "phone": ("C13", "A phone number belongs to one customer."),
    "external_id": ("C15", "An external ID belongs to one customer."),
    "domain": ("C20", "A domain belongs to one customer."),
    "slack_channel": ("C22", "A Slack channel belongs to one customer."),
    "social": ("C32", "A social profile belongs to one customer."),
    "facebook_id": ("C32", "A Facebook ID belongs to one customer."),
}
_PART_OF_KIND = {
    "email": "email",
    "phone": "phone",
    "external_id": "external_id",
    "social": "username",
    "facebook_id": "user_id",
}


class Claim(NamedTuple):
    """A value that an input claims for its customer: where it stands, its kind, and the key it is compared by."""

    path: Path
    kind: str
    key: str


def claims(changes: Mapping[str, object]) -> Iterator[Claim]:
    """Walk through all that must be unique in a normalised input; who has it already goes into `World.taken`."""
    for kind, (own_list, *_) in LIST_OF_KIND.items():
        for index, item in enumerate(listed(changes, own_list)):
            key = contact_key(kind, item)
            if key:
                yield Claim((own_list, index, _PART_OF_KIND[kind]), kind, key)
    for field, kind in (
        ("external_id", "external_id"),
        ("main_source_id", "external_id"),
        ("slack_channel_id", "slack_channel"),
    ):
        value = changes.get(field)
        if isinstance(value, str) and value:
            yield Claim((field,), kind, value)
    for index, value in enumerate(listed(changes, "domains")):
        forms = domain(value) if isinstance(value, str) else None
        if forms:
            yield Claim(("domains", index), "domain", forms.ascii)


def value_taken(attempt: Attempt) -> Iterator[Problem]:
    """C9, C13, C15, C20, C22, C32: a value that is not shared belongs to no other live customer."""
    # The main external id stands in the list as well: one problem says it.
    said: set[tuple[str, str]] = set()
    for path, kind, key in claims(attempt.changes):
        holder = attempt.world.taken.get((kind, key))
        if holder and holder.id != attempt.customer_id and (kind, key) not in said:
            said.add((kind, key))
            code, sentence = _RULE_OF_KIND[kind]
            yield problem(code, path, f"Already used by {holder.label}. {sentence}", holder=holder)


RULES = (value_taken,)
