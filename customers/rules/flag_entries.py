"""C52, C62, C63: flags as administrators keep them."""

import re
from collections.abc import Iterator

from core.problems import Problem
from customers.rules.entries import (
    LONGEST_DESCRIPTION,
    LONGEST_KEY,
    Entry,
    Taken,
    fixed_key,
    label_problems,
    number_of_customers,
    switch_problems,
    taken_by_another,
    unknown_fields,
)
from customers.rules.problems import problem

FLAG_FIELDS = ("key", "label", "description", "read_only", "enabled")

_KEY = re.compile(r"[a-z][a-z0-9_]*")


def check_flag_entry(changes: Entry, *, stored: Entry | None = None, taken: Taken | None = None) -> list[Problem]:
    """C52, C63, C69: a flag has a key in snake_case that stays, and a label; `taken` leads from keys to flags."""
    after = {**(stored or {}), **changes}
    return [
        *unknown_fields(changes, FLAG_FIELDS),
        *fixed_key(changes, stored, "flag"),
        *(_key_problems(after, taken or {}) if stored is None else ()),
        *label_problems(after, "flag", "Payment risk"),
        *_description_problems(after),
        *switch_problems(after, "read_only", "enabled"),
    ]


def _key_problems(entry: Entry, taken: Taken) -> Iterator[Problem]:
    key = entry.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        message = f"Write a key of at most {LONGEST_KEY} lower-case letters, digits and _, for example payment_risk."
        yield problem("C63", ("key",), message)
    elif holder := taken_by_another(key, taken, None):
        yield problem("C63", ("key",), f"Choose another key: {holder.label} has this one.", holder=holder)


def _description_problems(entry: Entry) -> Iterator[Problem]:
    value = entry.get("description", "")
    if not isinstance(value, str) or len(value) > LONGEST_DESCRIPTION:
        yield problem("C63", ("description",), f"Shorten the description to {LONGEST_DESCRIPTION} characters.")


def check_flag_removal(*, customers: int) -> list[Problem]:
    """C62: a flag that customers have is switched off, not deleted."""
    if not customers:
        return []
    return [problem("C62", (), f"Switch this flag off instead: {number_of_customers(customers)} it.")]
