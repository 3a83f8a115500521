"""The orders of the customer list, as PostgreSQL walks them.

Every order ends with the id, so that it is total. An order by owner, status or tier goes group by group: the groups
by their name or place, customers without one last, newest first inside a group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.clauses import Clause, joined
from core.paging import Position

TABLE = "customers_customer"
NO_ID = "00000000-0000-0000-0000-000000000000"
LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff"


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order: an expression over the table, its type, and its direction when the order ascends.

    A key that does not turn keeps its direction when the person turns the order round.
    """

    sql: str
    type: str
    is_descending: bool = False
    turns: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """What an order goes by group: the reference of a customer, its table, and what ranks the groups."""

    column: str
    table: str
    rank: str
    rank_type: str
    rank_of_none: str

    @property
    def keys(self) -> tuple[Key, ...]:
        """The order over customers joined with the table of the groups."""
        return (
            Key(f"({TABLE}.{self.column} IS NULL)", "boolean", turns=False),
            Key(f"COALESCE({self.table}.{self.rank}, {self.rank_of_none})", self.rank_type),
            Key(f"COALESCE({TABLE}.{self.column}, '{NO_ID}')", "uuid"),
            Key(f"{TABLE}.created_at", "timestamptz", is_descending=True, turns=False),
            Key(f"{TABLE}.id", "uuid", is_descending=True, turns=False),
        )


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the list by its public name."""

    name: str
    keys: tuple[Key, ...]
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order as one request wants it: a sort, and whether it descends."""

    sort: Sort
    is_descending: bool

    def __str__(self) -> str:
        return f"-{self.sort.name}" if self.is_descending else self.sort.name

    def directions(self, *, is_backward: bool) -> tuple[bool, ...]:
        """For each key whether the walk descends in it."""
        return tuple((key.is_descending ^ (self.is_descending and key.turns)) ^ is_backward for key in self.sort.keys)


def _by(name: str, expression: str, type_: str) -> Sort:
    return Sort(name, (Key(expression, type_), Key(f"{TABLE}.id", "uuid")))


def _by_group(name: str, group: Group) -> Sort:
    return Sort(name, group.keys, group)


SORTS = {
    sort.name: sort
    for sort in (
        _by("name", f"{TABLE}.folded_name", "text"),
        _by("created", f"{TABLE}.created_at", "timestamptz"),
        _by("updated", f"{TABLE}.updated_at", "timestamptz"),
        _by("revenue", f"COALESCE({TABLE}.revenue, -1)", "bigint"),
        _by("last_activity", f"COALESCE({TABLE}.last_activity_at, {TABLE}.created_at)", "timestamptz"),
        _by_group("owner", Group("owner_id", "core_user", "name", "text", "''")),
        _by_group("status", Group("workflow_status_id", "customers_workflowstatus", "position", "integer", "0")),
        _by_group("tier", Group("tier_id", "customers_tier", "position", "integer", "0")),
    )
}
NEWEST_FIRST = Ordering(SORTS["created"], is_descending=True)


def ordering(text: str) -> Ordering | None:
    """The order a parameter asks for (`name`, `-revenue`); None for one that does not exist."""
    sort = SORTS.get(text.removeprefix("-"))
    return Ordering(sort, text.startswith("-")) if sort else None


def order_by(columns: Sequence[str], directions: Sequence[bool]) -> str:
    """The ORDER BY of a walk over these columns."""
    return ", ".join(f"{column} {'DESC' if down else 'ASC'}" for column, down in zip(columns, directions, strict=True))


def beyond(
    columns: Sequence[str],
    types: Sequence[str],
    directions: Sequence[bool],
    position: Position,
    *,
    inclusive: bool = False,
) -> Clause:
    """The condition that a row comes after a position; `inclusive` lets the position itself through.

    Columns that all go one way are compared as a row, which an index answers; else column by column.
    """
    marks = [f"%s::{type_}" for type_ in types]
    if len(set(directions)) == 1:
        sign = ("<" if directions[0] else ">") + ("=" if inclusive else "")
        return Clause(f"({', '.join(columns)}) {sign} ({', '.join(marks)})", tuple(position))
    cases = []
    for index, (column, mark, down) in enumerate(zip(columns, marks, directions, strict=True)):
        sign = ("<" if down else ">") + ("=" if inclusive and index == len(columns) - 1 else "")
        same = [f"{columns[before]} = {marks[before]}" for before in range(index)]
        sql = " AND ".join([*same, f"{column} {sign} {mark}"])
        cases.append(Clause(f"({sql})", tuple(position[: index + 1])))
    either = joined(" OR ", cases)
    return Clause(f"({either.sql})", either.params)
