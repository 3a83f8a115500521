"""What each change did to the parts of a customer, so that one change can be undone, and its successor named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from customers.changes.entries import Row
from customers.changes.parts import COLUMNS_OF, Part

_LINKS = {"flags": ("CustomerFlagEvent", "flag_id"), "tags": ("CustomerTagEvent", "tag_id")}
_OTHERS = {
    "IdentifierEvent": "contact points and external IDs", "DomainEvent": "domains", "UrlEvent": "web addresses",
    "LocationEvent": "locations",
}  # fmt: skip
_COLUMNS_OF_LINK = {"flags": ("id", "flag_id", "added_at", "added_by_id"), "tags": ("id", "tag_id", "position")}


@dataclass(frozen=True, slots=True)
class Difference:
    """One part before and after one change; None where the part (a flag, a tag, an attribute) was not there."""

    part: Part
    before: Row | None
    after: Row | None
    at: datetime
    change: UUID | None
    context: Mapping[str, Any]

    @property
    def undoes(self) -> UUID | None:
        """The change that this one took back."""
        undone = self.context.get("undoes")
        return UUID(undone) if undone else None


def revision_before(customer_id: UUID, change: UUID) -> int | None:
    """The revision that a customer had before a change; None when the change is none of this customer's."""
    revs = _events("CustomerEvent").filter(pgh_obj=customer_id, pgh_context_id=change).values_list("rev", flat=True)
    return min(revs) - 1 if revs else None


def beyond_parts(customer_id: UUID, change: UUID) -> list[str]:
    """What a change wrote that no part tells: the lists of contact points and places."""
    mine = {"customer": customer_id, "pgh_context_id": change}
    return [words for model, words in _OTHERS.items() if _events(model).filter(**mine).exists()]


def read_trail(customer_id: UUID, *, since: int) -> list[Difference]:
    """What changed in a customer after this revision, each part in the order in which it was written.

    By number, not by time: a change that had to wait for another one carries the moment at which it began to wait.
    """
    return [*_own(customer_id, since), *(each for key in _LINKS for each in _links(customer_id, key))]


def by_part(trail: Iterable[Difference]) -> dict[Part, list[Difference]]:
    """The same, part by part."""
    parts: defaultdict[Part, list[Difference]] = defaultdict(list)
    for difference in trail:
        parts[difference.part].append(difference)
    return parts


def net(trail: Sequence[Difference], change: UUID) -> Difference:
    """What one change did to a part on the whole."""
    mine = [difference for difference in trail if difference.change == change]
    first, last = mine[0], mine[-1]
    return Difference(first.part, first.before, last.after, last.at, change, last.context)


def successor(trail: Sequence[Difference], change: UUID) -> Difference | None:
    """Who changed a part after this change, leaving out what was undone since.

    The undoing of the change itself is a successor too: the part is then as it was before.
    """
    last = max(place for place, difference in enumerate(trail) if difference.change == change)
    later = trail[last + 1 :]
    known = {change, *(difference.change for difference in later)}
    cancelled: set[UUID] = set()
    undoing = None
    for difference in reversed(later):
        if difference.change in cancelled:
            continue
        if difference.undoes not in known or difference.undoes is None:
            return difference
        cancelled.add(difference.undoes)
        if difference.undoes == change:
            undoing = difference
    return undoing


def _own(customer_id: UUID, since: int) -> Iterator[Difference]:
    rows = _events("CustomerEvent").filter(pgh_obj=customer_id, rev__gte=since).order_by("pgh_id")
    for old, new in pairwise(rows):
        about = (new.pgh_created_at, new.pgh_context_id, new.pgh_context or {})
        for key, columns in COLUMNS_OF.items():
            before, after = ({column: getattr(row, column) for column in columns} for row in (old, new))
            if before != after:
                yield Difference((key,), before, after, *about)
        for key in sorted({*old.custom, *new.custom}):
            was, now = ({key: row.custom[key]} if key in row.custom else None for row in (old, new))
            if repr(was) != repr(now):  # As JSON has them: True is not 1 there.
                yield Difference(("custom", key), was, now, *about)


def _links(customer_id: UUID, key: str) -> Iterator[Difference]:
    """Flags and tags come and go; a tag that only moves is a part of its own."""
    model, target = _LINKS[key]
    rows: dict[UUID, Row] = {}
    for event in _events(model).filter(customer=customer_id).order_by("pgh_id"):
        row = {column: getattr(event, column) for column in _COLUMNS_OF_LINK[key]}
        before = None if event.pgh_label == "insert" else rows.get(event.id, row)
        after = None if event.pgh_label == "delete" else row
        rows[event.id] = row
        about = (event.pgh_created_at, event.pgh_context_id, event.pgh_context or {})
        if before and after and before[target] != after[target]:
            # Two tags were merged: one went, the other came.
            yield Difference((key, str(before[target])), before, None, *about)
            yield Difference((key, str(after[target])), None, after, *about)
        elif before and after and key == "tags":
            yield Difference(("tag_order", str(event.id)), before, after, *about)
        else:
            yield Difference((key, str(row[target])), before, after, *about)


def _events(model: str) -> QuerySet[Any]:
    return apps.get_model("customers", model)._default_manager.all()
