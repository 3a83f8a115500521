"""Reading one page of the customer list: which of the ways is taken, and how many customers there are in all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from core import planned_once
from core.clauses import Clause, conditions
from core.counting import (
    AT_LEAST_BOUND,
    BOUND,
    Count,
    bounded,
    counting,
    estimated,
    estimating,
    planned,
    up_to_bound,
)
from core.paging import Cursor, Page, cut
from customers.listing import statements
from customers.listing.selection import Selection
from customers.listing.sorts import NEWEST_FIRST, TABLE, Ordering
from customers.models import Customer

type Row = dict[str, Any]

# What the planner may not use, because it guesses how many documents hold a word: see performance.md.
_WALKING = ("enable_hashjoin", "enable_mergejoin", "enable_bitmapscan")
_COLLECTING = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
# It holds exactly the customers that are listed, so its statistics tell their number.
_INDEX_OF_LISTED = "customer_by_created"
# From so many expected rows on, a page is found sooner by walking, and their number is more than is counted anyway.
_DENSE = 3 * BOUND


@dataclass(frozen=True, slots=True)
class Found:
    """One page and the number of customers on all pages; None where it is not worth counting."""

    page: Page[Row]
    count: Count | None


def read(selection: Selection, order: Ordering, cursor: Cursor | None, size: int) -> Found:
    """One page of the customers that are wanted."""
    if selection.is_whole:
        where = selection.where(by_group=bool(order.sort.group))
        rows = _walked_along(where, order, cursor, size, total=estimating(_INDEX_OF_LISTED))
        return Found(_page(rows, order, cursor, size), _count_of_all(rows[0]["total"] if rows else None))
    if selection.is_whole_group and order.sort is NEWEST_FIRST.sort:
        where = selection.where(by_group=True)
        rows = _walked_along(where, order, cursor, size, total=counting(TABLE, where))
        return Found(_page(rows, order, cursor, size), up_to_bound(_total(rows, where, cursor)))
    with transaction.atomic():
        rows, number = _narrowed(selection, order, cursor, size)
    is_worth_counting = not (selection.search and selection.search.is_single_letter)
    return Found(_page(rows, order, cursor, size), number if is_worth_counting else None)


def read_one(customer_id: UUID) -> Row | None:
    """One customer as the list shows it, wherever it would stand; None if there is none."""
    rows = _rows(statements.walk(conditions(Customer.objects.filter(pk=customer_id)), NEWEST_FIRST, None, 1))
    return rows[0] if rows else None


def count(selection: Selection) -> Count:
    """How many customers are wanted, up to the bound; all that are listed beyond it, by the statistics."""
    if selection.is_whole:
        return _count_of_all(estimated(_INDEX_OF_LISTED))
    return bounded(TABLE, selection.where(by_group=selection.is_whole_group))


def _count_of_all(estimate: int | None) -> Count:
    if estimate is not None and estimate > BOUND:
        return Count(estimate, is_exact=False)
    return bounded(TABLE, conditions(Customer.objects.listed()))


def _narrowed(selection: Selection, order: Ordering, cursor: Cursor | None, size: int) -> tuple[list[Row], Count]:
    """Walk where most rows are wanted; else collect, which also tells when that was a mistake."""
    is_dense = _is_dense(selection)
    if is_dense and (rows := _walked(selection, order, cursor, size)) is not None:
        return rows, AT_LEAST_BOUND
    rows, number = _collected(selection, order, cursor, size, at_most=None if is_dense else BOUND + 1)
    if is_dense or number <= BOUND:
        return rows, up_to_bound(number)
    rows = _walked(selection, order, cursor, size)
    return rows if rows is not None else _collected(selection, order, cursor, size)[0], AT_LEAST_BOUND


def _is_dense(selection: Selection) -> bool:
    if selection.search and selection.search.words:
        return selection.search.is_dense()
    return planned(TABLE, selection.where()) > _DENSE


def _collected(
    selection: Selection, order: Ordering, cursor: Cursor | None, size: int, *, at_most: int | None = None
) -> tuple[list[Row], int]:
    """A page by sorting all hits, and their number."""
    where = selection.where()
    with _without(_COLLECTING if selection.search and selection.search.words else ()):
        rows = _rows(statements.collected(where, order, cursor, size + 1, at_most=at_most))
        return rows, _total(rows, where, cursor)


def _total(rows: list[Row], where: Clause, cursor: Cursor | None) -> int:
    """The number that every row carries; past the last page no row is left to do so."""
    if rows:
        return rows[0]["total"]
    return bounded(TABLE, where).number if cursor else 0


def _walked(selection: Selection, order: Ordering, cursor: Cursor | None, size: int) -> list[Row] | None:
    """A page by walking, as far as a window reaches; None if it holds no page although the list goes on behind it."""
    with _without(_WALKING):
        if order.sort.group:
            return _rows(statements.walk(selection.where(by_group=True), order, cursor, size + 1))
        rows = _rows(statements.walk_window(selection.listed, selection.where(), order, cursor, size + 1))
    if len(rows) > size or _number(statements.rows_in_window(selection.listed, order, cursor)) < statements.WINDOW:
        return rows
    return None


def _number(statement: Clause) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        return cursor.fetchone()[0]


def _page(rows: list[Row], order: Ordering, cursor: Cursor | None, size: int) -> Page[Row]:
    names = [*(f"k{index}" for index in range(len(order.sort.keys) - 1)), "id"]
    return cut(rows, cursor, size, lambda row: [row[name] for name in names])


def _walked_along(where: Clause, order: Ordering, cursor: Cursor | None, size: int, *, total: Clause) -> list[Row]:
    """A page along the one index that has exactly these customers in this order: no value would change that plan."""
    with planned_once.cursor() as opened:
        return _fetched(opened, statements.walk(where, order, cursor, size + 1, total=total))


def _rows(statement: Clause) -> list[Row]:
    with connection.cursor() as opened:
        return _fetched(opened, statement)


def _fetched(opened: CursorWrapper, statement: Clause) -> list[Row]:
    opened.execute(statement.sql, statement.params)
    names = [column.name for column in opened.description]
    return [dict(zip(names, row, strict=True)) for row in opened.fetchall()]


@contextmanager
def _without(methods: tuple[str, ...]) -> Iterator[None]:
    """Keep the planner from some methods, inside a transaction."""
    if methods:
        _switch(methods, "off")
    yield
    if methods:
        _switch(methods, "on")


def _switch(methods: tuple[str, ...], to: str) -> None:
    settings = ", ".join(f"set_config('{method}', %s, TRUE)" for method in methods)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {settings}", [to] * len(methods))
