"""What other apps say stands in the way when a record is about to be deleted: an active commit, an open contract."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that must end first, in words a person knows it by, and where it is."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """One app's question to its own tables; it is asked inside the deletion's transaction, whoever deletes."""

    key: str
    find: Callable[[UUID], Sequence[Obstacle]]
    permission: str = ""
    order: int = 100


customer_guards: Registry[Guard] = Registry()


def in_the_way_of(customer_id: UUID) -> list[Obstacle]:
    """Everything that keeps a customer from being deleted, in the order of the guards."""
    return [obstacle for guard in customer_guards.all() for obstacle in guard.find(customer_id)]
