"""What all writes to the catalogues of flags, tags and custom attributes have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.problems import Problem, Refused
from customers.models.catalogue import CatalogueEntry
from customers.rules import check_id, check_rev, check_text, problem


@dataclass(frozen=True, slots=True)
class EntryCreated[Entry: CatalogueEntry]:
    """The entry is new."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class EntryUpdated[Entry: CatalogueEntry]:
    """The entry differs now in these fields; `rev` is one higher."""

    entry: Entry
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryUnchanged[Entry: CatalogueEntry]:
    """Nothing differed, so nothing was written."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class EntryDeleted[Entry: CatalogueEntry]:
    """The entry is gone; `customers` had it and do no more."""

    entry: Entry
    customers: int = 0


def lock_entry[Entry: CatalogueEntry](model: type[Entry], entry_id: object, *, rev: object) -> Entry:
    """The entry, locked until the transaction ends; raises `Refused` with C50, C24 or C51."""
    refuse(check_id(entry_id))
    # With the key: nobody else may put it on a customer while it is decided whether it can go.
    entry = model._default_manager.select_for_update().filter(pk=UUID(str(entry_id))).first()
    if entry is None:
        raise Refused([not_found(model)])
    refuse(check_rev(rev, entry.rev))
    return entry


def not_found(model: type[CatalogueEntry]) -> Problem:
    """C24: nobody has this entry any more."""
    return problem("C24", ("id",), f"Look at the list again: this {model._meta.verbose_name} was deleted.")


def refuse(problems: list[Problem]) -> None:
    """Raise `Refused` where there are problems."""
    if problems:
        raise Refused(problems)


def refuse_unstorable(changes: Mapping[str, object]) -> None:
    """C71, before anything else looks at the input."""
    refuse(check_text(changes))


def stored_fields(entry: CatalogueEntry, fields: tuple[str, ...]) -> dict[str, Any]:
    """The entry in the shape of an input."""
    return {name: getattr(entry, name) for name in fields}


def save_entry[Entry: CatalogueEntry](
    entry: Entry, changes: Mapping[str, object]
) -> EntryUpdated[Entry] | EntryUnchanged[Entry]:
    """Write the fields that differ and raise `rev` by one, or write nothing."""
    changed = tuple(name for name, value in changes.items() if getattr(entry, name) != value)
    if not changed:
        return EntryUnchanged(entry)
    for name in changed:
        setattr(entry, name, changes[name])
    entry.rev += 1
    entry.save()
    return EntryUpdated(entry, changed)
