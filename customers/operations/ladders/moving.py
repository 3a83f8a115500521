"""The order of tiers and statuses."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core.history import acting
from core.models import Actor
from customers.operations.catalogue_entries import EntryUnchanged, EntryUpdated, save_entry
from customers.operations.ladders.kinds import Entry, Ladder, lock_entries, pick


def move_entry(
    ladder: Ladder, entry_id: object, *, to: int | None = None, by: int = 0, rev: object, actor: Actor
) -> EntryUpdated[Any] | EntryUnchanged[Any]:
    """Put an entry at a place counted from 0, or some places further down (`by`, negative is up); ends are ends.

    Each entry whose position changes has its `rev` raised by one. Raises `Refused` with C50, C24 or C51.
    """
    with transaction.atomic(), acting(actor):
        entries = lock_entries(ladder)
        entry = pick(ladder, entries, entry_id, rev=rev)
        place = entries.index(entry)
        target = min(max(place + by if to is None else to, 0), len(entries) - 1)
        if target == place:
            return EntryUnchanged(entry)
        positions = _positions(entries)
        entries.insert(target, entries.pop(place))
        for position, each in zip(positions, entries, strict=True):
            save_entry(each, {"position": position})
    return EntryUpdated(entry, ("position",))


def _positions(entries: list[Entry]) -> list[int]:
    """The places of now, so that nobody outside the move is touched; counted anew where two are the same."""
    present = [entry.position for entry in entries]
    return present if len(set(present)) == len(present) else list(range(1, len(present) + 1))
