"""A row of cells as an input in the shape that every door gives to the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.models import User
from core.problems import Path, Problem
from customers.imports.cells import Said, read_cell
from customers.imports.columns import Column
from customers.imports.reading import Row
from customers.models import WorkflowStatus
from customers.rules import problem

type Changes = dict[str, Any]

_NEVER_CLEARED = ("name", "status_id")
_WOVEN = ("website", "tags_add", "tags_remove")
# Field of an input -> the keys of the columns that its value may come from.
_COLUMNS_OF = {
    "locations": ("location", "locations"),
    "urls": ("website", "urls"),
    "tags": ("tags", "tags_add"),
    "external_id": ("external_id", "external_ids"),
}


class Names:
    """The names that files use for what inputs know by id: statuses, and people by email."""

    @cached_property
    def statuses(self) -> Mapping[str, str]:
        """Name of a workflow status in any case -> its id."""
        return {name.casefold(): str(pk) for name, pk in WorkflowStatus.objects.values_list("name", "id")}

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Email of a staff person in any case -> the id."""
        return {email.casefold(): str(pk) for email, pk in User.objects.values_list("email", "id")}

    def resolve(self, changes: Changes) -> None:
        """Put ids in place of names; a name that nobody has stays, for the rules to refuse (C24)."""
        for key, ids in (("status_id", "statuses"), ("owner_id", "people"), ("assignee_id", "people")):
            if isinstance(changes.get(key), str):
                changes[key] = getattr(self, ids).get(changes[key].strip().casefold(), changes[key])


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of one file are read: its header, and the column of Retainer behind each name."""

    header: Sequence[str]
    columns: Sequence[Column | None]
    names: Names

    def changes_of(self, row: Row) -> tuple[Changes, list[Problem]]:
        """What a row asks for, and what the file itself says wrongly (a ragged row, C56)."""
        if len(row.cells) != len(self.header):
            return {}, [_ragged(len(row.cells), len(self.header))]
        given: Changes = {}
        parts: dict[str, Changes] = {}
        problems: list[Problem] = []
        for column, cell in zip(self.columns, row.cells, strict=True):
            said = read_cell(cell)
            if column is None or said is Said.NOTHING:
                continue
            if said is Said.CLEAR and column.key in _NEVER_CLEARED:
                problems.append(_cannot_clear(column))
                continue
            value = None if isinstance(said, Said) else column.read(said)
            if column.part:
                parts.setdefault(column.key, {})[column.part] = value
            else:
                given[column.key] = value
        changes = _joined(given, parts)
        self.names.resolve(changes)
        return changes, problems

    def says_nothing(self, row: Row) -> bool:
        """Whether a row has nothing under the columns that count, as the further reasons of a refused row have."""
        return len(row.cells) == len(self.header) and all(
            column is None or read_cell(cell) is Said.NOTHING
            for column, cell in zip(self.columns, row.cells, strict=True)
        )

    def header_of(self, path: Path) -> str:
        """The header above the cell that a problem is about; the field's own name when the file has no such column."""
        if not path:
            return ""
        key, part = str(path[0]), str(path[-1])
        keys = _COLUMNS_OF.get(key, (key,))
        named = [(name, column) for name, column in zip(self.header, self.columns, strict=True) if column]
        headers = {column.part: name for name, column in reversed(named) if column.key in keys}
        field = f"custom.{part}" if key == "custom" else key
        return headers.get(part) or headers.get("") or next(iter(headers.values()), field)


def _joined(given: Changes, parts: Mapping[str, Changes]) -> Changes:
    """One input out of the cells of a row: values that several columns make up are put together."""
    changes = {key: value for key, value in given.items() if key not in _WOVEN}
    changes |= {key: value for key, value in parts.items() if key == "custom"}
    for key in ("location", "sentiment"):
        filled = {part: value for part, value in parts.get(key, {}).items() if value is not None}
        if key == "sentiment" and key in parts:
            changes["sentiment"] = filled or None
        elif filled:
            changes["locations"] = [*(changes.get("locations") or ()), filled]
    if given.get("website"):
        changes["urls"] = [*(changes.get("urls") or ()), {"type": "website", "url": given["website"]}]
    if "tags_add" in given or "tags_remove" in given:
        removed = {tag.strip().casefold() for tag in given.get("tags_remove") or ()}
        tags = [*(changes.get("tags") or ()), *(given.get("tags_add") or ())]
        changes["tags"] = [tag for tag in tags if tag.strip().casefold() not in removed]
    return changes


def _ragged(found: int, expected: int) -> Problem:
    """C69: every cell stands under a header, and every header has its cell."""
    advice = "quote the cells that hold the separator" if found > expected else "add the missing separators"
    return problem("C69", (), f"This row has {found:,} cells and the header has {expected:,}: {advice}.")


def _cannot_clear(column: Column) -> Problem:
    """C56: what every customer has cannot be cleared."""
    message = f"Give a {column.name}, or leave the cell blank: every customer has one, so it cannot be cleared."
    return problem("C56", (column.key,), message)
