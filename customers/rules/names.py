"""C1 to C6: what a customer is called."""

from collections.abc import Iterator

from core.problems import Problem
from customers.choices import CustomerKind
from customers.rules.attempt import Attempt, is_blank
from customers.rules.problems import problem

LONGEST_TEXTS = {"name": 255, "short_name": 100, "username": 255, "managed_by": 255}
"""Top-level texts that C5 limits, and how many characters they may have."""

_PARTS = ("given_name", "family_name")
_LABELS = {"name": "name", "short_name": "short name", "username": "user name", "managed_by": "name of the integration"}


def name_missing_on_create(attempt: Attempt) -> Iterator[Problem]:
    """C1: a new customer has a name, or a given or family name to derive it from; C2 says more where it applies."""
    if not attempt.is_create or not is_blank(attempt.changes.get("name")) or _person_left_nameless(attempt):
        return
    if all(is_blank(attempt.changes.get(part)) for part in _PARTS):
        yield problem("C1", ("name",), "Give the customer a name, for example Northpass Air.")


def person_without_given_and_family_name(attempt: Attempt) -> Iterator[Problem]:
    """C2: a person whose given or family name is written keeps at least one of them."""
    if _person_left_nameless(attempt):
        path = next(part for part in _PARTS if _is_given(attempt, part))
        yield problem("C2", (path,), "Keep a given name or a family name: a person needs one of the two.")


def _person_left_nameless(attempt: Attempt) -> bool:
    return (
        attempt.kind_after() == CustomerKind.PERSON
        and any(_is_given(attempt, part) for part in _PARTS)
        and all(is_blank(attempt.after(part)) for part in _PARTS)
    )


def _is_given(attempt: Attempt, part: str) -> bool:
    """Whether the part is in the input. A form always sends both: blank where none is stored means nothing there."""
    if part not in attempt.changes:
        return False
    untouched = is_blank(attempt.changes[part]) and is_blank(attempt.before(part))
    return not (attempt.door.is_html_form and untouched)


def given_name_too_long(attempt: Attempt) -> Iterator[Problem]:
    """C3: a given name has at most 100 characters."""
    yield from _too_long(attempt, "C3", "given_name", 100, "given name")


def family_name_too_long(attempt: Attempt) -> Iterator[Problem]:
    """C4: a family name has at most 100 characters."""
    yield from _too_long(attempt, "C4", "family_name", 100, "family name")


def name_too_long(attempt: Attempt) -> Iterator[Problem]:
    """C5: names, short names and user names have a longest length."""
    for key, longest in LONGEST_TEXTS.items():
        yield from _too_long(attempt, "C5", key, longest, _LABELS[key])


def _too_long(attempt: Attempt, code: str, key: str, longest: int, label: str) -> Iterator[Problem]:
    value = attempt.changes.get(key)
    if isinstance(value, str) and len(value) > longest:
        yield problem(code, (key,), f"Shorten the {label} to {longest} characters: it has {len(value):,}.")


def name_cleared_on_update(attempt: Attempt) -> Iterator[Problem]:
    """C6: a customer that exists keeps a name."""
    if not attempt.is_create and "name" in attempt.changes and is_blank(attempt.changes["name"]):
        yield problem("C6", ("name",), "Give the customer a name: it cannot be left empty.")


RULES = (
    name_missing_on_create,
    person_without_given_and_family_name,
    given_name_too_long,
    family_name_too_long,
    name_too_long,
    name_cleared_on_update,
)
