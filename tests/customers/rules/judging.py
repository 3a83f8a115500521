"""How the tests of the rules ask: the codes of what is wrong with an input, normalised first as every door does it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from core.problems import Holder, Problem
from customers import normalise
from customers.rules import Door, World, check

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NORTHPASS = Holder("0197a000-0000-7000-8000-000000000001", "Northpass Air")
CUSTOMER_ID = "0197a000-0000-7000-8000-000000000002"


def judge(
    changes: Mapping[str, object],
    *,
    stored: Mapping[str, object] | None = None,
    world: World | None = None,
    door: Door = Door.API,
    customer_id: str | None = None,
) -> list[Problem]:
    """Normalise and check."""
    known = normalise.customer(stored) if stored is not None else None
    return check(
        normalise.customer(changes), stored=known, world=world or World(), now=NOW, door=door, customer_id=customer_id
    )


def on_create(world: World | None = None, door: Door = Door.API, **fields: object) -> list[str]:
    """Give the codes of what is wrong with creating a customer, who has a name unless the test says otherwise."""
    return [found.code for found in judge({"name": "Acme"} | fields, world=world, door=door)]


def on_update(
    stored: Mapping[str, object] | None = None, world: World | None = None, door: Door = Door.API, **fields: object
) -> list[str]:
    """Give the codes of what is wrong with changing the customer that stands as `stored`."""
    customer = {"name": "Acme", "kind": "organization"} | dict(stored or {})
    return [found.code for found in judge(fields, stored=customer, world=world, door=door, customer_id=CUSTOMER_ID)]


def path_of(problems: list[Problem]) -> tuple[str | int, ...]:
    """Give the path of the only problem."""
    (only,) = problems
    return only.path
