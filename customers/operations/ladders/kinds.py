"""What tiers and workflow statuses have in common, and how they differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.problems import Holder, Problem, Refused
from customers.models import Customer, Tier, WorkflowStatus
from customers.operations.catalogue_entries import not_found, refuse
from customers.querysets import CustomerQuerySet
from customers.rules import check_id, check_rev, check_status, check_status_removal, check_tier, check_tier_removal
from customers.rules.catalogue import STATUS_FIELDS, TIER_FIELDS

type Entry = Tier | WorkflowStatus


@dataclass(frozen=True, slots=True)
class Ladder:
    """A catalogue whose entries stand in an order. `column` is the field of a customer that holds one of them."""

    key: str
    model: type[Any]
    column: str
    fields: tuple[str, ...]
    check: Callable[..., list[Problem]]
    own_id: str
    check_removal: Callable[[int, int], list[Problem]]

    def of(self, entry_id: UUID) -> CustomerQuerySet:
        """The customers that have an entry, deleted ones and spam included."""
        return Customer.objects.filter(**{f"{self.column}_id": entry_id})

    def problems(
        self, changes: Mapping[str, object], entries: Sequence[Entry], entry: Entry | None = None
    ) -> list[Problem]:
        """C63, C69: what is wrong with an input for a new entry, or for a change of one."""
        stored = {name: getattr(entry, name) for name in self.fields} if entry else None
        taken = {each.name.casefold(): Holder(str(each.pk), str(each)) for each in entries}
        return self.check(changes, stored=stored, taken=taken, **{self.own_id: str(entry.pk) if entry else None})


TIERS = Ladder(
    key="tier",
    model=Tier,
    column="tier",
    fields=TIER_FIELDS,
    check=check_tier,
    own_id="tier_id",
    check_removal=lambda customers, others: check_tier_removal(customers=customers),
)
STATUSES = Ladder(
    key="status",
    model=WorkflowStatus,
    column="workflow_status",
    fields=STATUS_FIELDS,
    check=check_status,
    own_id="status_id",
    check_removal=lambda customers, others: check_status_removal(customers=customers, other_statuses=others),
)
LADDERS = {ladder.key: ladder for ladder in (TIERS, STATUSES)}


def lock_entries(ladder: Ladder) -> list[Entry]:
    """Every entry in its order, locked until the transaction ends, so that one person at a time rearranges them.

    Without the key, so that others may go on giving them to customers.
    """
    # In the order of their ids: whoever rearranges them must not meet somebody who locks them another way round.
    entries = list(ladder.model.objects.order_by("pk").select_for_update(no_key=True))
    return sorted(entries, key=lambda entry: (entry.position, entry.pk))


def pick(ladder: Ladder, entries: Sequence[Entry], entry_id: object, *, rev: object = None) -> Entry:
    """The entry with this id; raises `Refused` with C50, C24 or C51."""
    refuse(check_id(entry_id))
    entry = next((entry for entry in entries if entry.pk == UUID(str(entry_id))), None)
    if entry is None:
        raise Refused([not_found(ladder.model)])
    refuse(check_rev(rev, entry.rev))
    return entry
