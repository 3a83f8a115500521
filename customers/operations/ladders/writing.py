"""Adding tiers and statuses, and changing what they are called and how they look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from core.history import acting
from core.models import Actor
from customers import normalise
from customers.operations.catalogue_entries import (
    EntryCreated,
    EntryUnchanged,
    EntryUpdated,
    refuse,
    refuse_unstorable,
    save_entry,
)
from customers.operations.ladders.kinds import Entry, Ladder, lock_entries, pick
from customers.operations.races import with_second_chance


def add_entry(ladder: Ladder, changes: Mapping[str, object], *, actor: Actor) -> EntryCreated[Any]:
    """Put a new entry at the end; raises `Refused` with every problem (C63, C69, C71)."""
    refuse_unstorable(changes)
    return with_second_chance(lambda: _add(ladder, normalise.catalogue_entry(changes), actor=actor))


def _add(ladder: Ladder, asked: dict[str, Any], *, actor: Actor) -> EntryCreated[Any]:
    with transaction.atomic(), acting(actor):
        entries = lock_entries(ladder)
        refuse(ladder.problems(asked, entries))
        if asked.get("is_default"):
            _end_default(entries)
        last = max((entry.position for entry in entries), default=0)
        return EntryCreated(ladder.model.objects.create(**_named(asked, {}), position=last + 1))


def change_entry(
    ladder: Ladder, entry_id: object, changes: Mapping[str, object], *, rev: object, actor: Actor
) -> EntryUpdated[Any] | EntryUnchanged[Any]:
    """Write the fields that differ, raising `rev` by one; raises `Refused` with every problem, C51 among them.

    A tier that becomes the default takes that from the one that was, whose `rev` rises too.
    """
    refuse_unstorable(changes)
    asked = normalise.catalogue_entry(changes)
    return with_second_chance(lambda: _change(ladder, entry_id, asked, rev=rev, actor=actor))


def _change(
    ladder: Ladder, entry_id: object, asked: dict[str, Any], *, rev: object, actor: Actor
) -> EntryUpdated[Any] | EntryUnchanged[Any]:
    with transaction.atomic(), acting(actor):
        entries = lock_entries(ladder)
        entry = pick(ladder, entries, entry_id, rev=rev)
        refuse(ladder.problems(asked, entries, entry))
        if asked.get("is_default"):
            _end_default([other for other in entries if other is not entry])
        return save_entry(entry, _named(asked, {name: getattr(entry, name) for name in ("name", "display_name")}))


def _named(asked: dict[str, Any], stored: dict[str, str]) -> dict[str, Any]:
    """The fields as their columns hold them; an entry with nothing but a display name goes by that."""
    given = {key: "" if value is None and key in _TEXTS else value for key, value in asked.items()}
    after = stored | given
    return given if after.get("name") else given | {"name": after["display_name"]}


_TEXTS = frozenset({"name", "display_name", "description", "external_id"})


def _end_default(others: Sequence[Entry]) -> None:
    """Before another tier becomes the default: there is never more than one."""
    for other in others:
        save_entry(other, {"is_default": False})
