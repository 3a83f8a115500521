"""What an operation on a customer says has happened."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from customers.models import Customer


@dataclass(frozen=True, slots=True)
class Created:
    """The customer is new."""

    customer: Customer


@dataclass(frozen=True, slots=True)
class Updated:
    """The customer differs now in these keys of its state; `rev` is one higher.

    `change` is what the history knows the change by, for whoever wants to undo it.
    """

    customer: Customer
    changed: tuple[str, ...]
    change: UUID | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing differed, so nothing was written: `rev`, `updated_at` and the history stand as they were."""

    customer: Customer
