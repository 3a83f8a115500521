"""All rules of a create or an update, in the order in which people read them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from core.problems import Problem
from customers.rules import (
    contact_points,
    custom,
    handling,
    keys,
    names,
    organisation,
    person,
    places,
    references,
    shapes,
    unique,
)
from customers.rules.attempt import Attempt, Door, World
from customers.rules.requests import check_rev

type Rule = Callable[[Attempt], Iterable[Problem]]

FIELD_RULES: tuple[Rule, ...] = (
    *names.RULES,
    *shapes.RULES,
    *contact_points.RULES,
    *organisation.RULES,
    *places.RULES,
    *person.RULES,
    *custom.RULES,
    *handling.RULES,
)


def check(
    changes: Mapping[str, object],
    *,
    stored: Mapping[str, object] | None,
    world: World,
    now: datetime,
    door: Door = Door.FORM,
    customer_id: str | None = None,
) -> list[Problem]:
    """Judge a normalised input by every rule of a create (`stored` is None) or an update; all problems together.

    `stored` is the customer as it stands, in the shape of a full input; with `rev` in it, C51 is judged too.
    Text that cannot be stored (C71) is the only problem then: nothing else looks at it.
    """
    unstorable = check_text(changes)
    if unstorable:
        return unstorable
    attempt = Attempt(changes, stored, world, now, door, customer_id)
    return [
        *_check_stored_rev(attempt),
        *check_keys(attempt),
        *check_fields(attempt),
        *check_references(attempt),
        *check_unique(attempt),
    ]


def check_text(changes: Mapping[str, object]) -> list[Problem]:
    """C71, on raw or on normalised input."""
    return list(keys.text_cannot_be_stored(changes))


def check_keys(attempt: Attempt) -> list[Problem]:
    """C52, C69."""
    return _all(keys.RULES, attempt)


def check_fields(attempt: Attempt) -> list[Problem]:
    """What can be judged by looking at the input and at the customer as it stands."""
    return _all(FIELD_RULES, attempt)


def check_references(attempt: Attempt) -> list[Problem]:
    """C23 to C27, C72."""
    return _all(references.RULES, attempt)


def check_unique(attempt: Attempt) -> list[Problem]:
    """C9, C13, C15, C20, C22, C32."""
    return _all(unique.RULES, attempt)


def _check_stored_rev(attempt: Attempt) -> list[Problem]:
    stored_rev = attempt.before("rev")
    return check_rev(attempt.changes.get("rev"), stored_rev) if isinstance(stored_rev, int) else []


def _all(rules: Iterable[Rule], attempt: Attempt) -> list[Problem]:
    return [found for rule in rules for found in rule(attempt)]
