"""Reading one page of the customer list: which of the ways is taken, and how many customers there are in all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from django.db import connection, transaction

from core.clauses import EVERYTHING, Clause, conditions, joined
from core.counting import AT_LEAST_BOUND, BOUND, Count, bounded, estimated, up_to_bound
from core.paging import Cursor, Page, cut
from customers.listing import statements
from customers.listing.search import Search
from customers.listing.sorts import TABLE, Ordering
from customers.models import Customer
from customers.querysets import CustomerQuerySet

type Row = dict[str, object]

# What the planner may not use, because it guesses how many documents hold a word: see performance.md.
_WALKING = ("enable_hashjoin", "enable_mergejoin", "enable_bitmapscan")
_COLLECTING = ("enable_seqscan",)


class Spam(Enum):
    """What a list does with customers that are marked as spam."""

    LEFT_OUT = "IS NULL"
    ALONE = "IS NOT NULL"
    INCLUDED = ""

    @property
    def clause(self) -> Clause:
        """The condition, in the words that the partial indexes of the orders use."""
        return Clause(f"{TABLE}.marked_as_spam_at {self.value}") if self.value else EVERYTHING

    @property
    def veiled_clause(self) -> Clause:
        """The same condition in words that no partial index uses.

        A walk inside one group must use the index of the group: that of the whole order would be read to its end.
        """
        return Clause(f"({TABLE}.marked_as_spam_at {self.value}) IS NOT FALSE") if self.value else EVERYTHING


@dataclass(frozen=True, slots=True)
class Selection:
    """Which customers are wanted: live ones narrowed by filters, by a search, and by being spam or not."""

    customers: CustomerQuerySet
    spam: Spam = Spam.LEFT_OUT
    search: Search | None = None
    is_filtered: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing narrows the list."""
        return self.spam is Spam.LEFT_OUT and self.search is None and not self.is_filtered

    @property
    def listed(self) -> Clause:
        """The conditions without filters and search, which the index of an order fulfils by itself."""
        return joined(" AND ", [conditions(Customer.objects.live()), self.spam.clause])

    def where(self, *, by_group: bool = False) -> Clause:
        """All conditions as SQL over the customer table."""
        wanted = self.search.among(self.customers) if self.search else self.customers
        return joined(" AND ", [conditions(wanted), self.spam.veiled_clause if by_group else self.spam.clause])


@dataclass(frozen=True, slots=True)
class Found:
    """One page and the number of customers on all pages; None where it is not worth counting."""

    page: Page[Row]
    count: Count | None


def read(selection: Selection, order: Ordering, cursor: Cursor | None, size: int) -> Found:
    """One page of the customers that are wanted."""
    if selection.is_whole:
        rows = _rows(statements.walk(selection.where(by_group=bool(order.sort.group)), order, cursor, size + 1))
        return Found(_page(rows, order, cursor, size), count_of_all())
    search = selection.search
    with transaction.atomic():
        if search and search.is_dense():
            with _without(_WALKING):
                rows, count = _walked(selection, order, cursor, size), AT_LEAST_BOUND
        elif search and search.words:
            with _without(_COLLECTING):
                rows, count = _collected(selection, order, cursor, size)
        else:
            rows, count = _collected(selection, order, cursor, size)
    return Found(_page(rows, order, cursor, size), None if search and search.is_single_letter else count)


def count_of_all() -> Count:
    """How many customers are listed, by the statistics of an index that holds exactly them once there are many."""
    number = estimated("customer_by_created")
    if number is not None and number > BOUND:
        return Count(number, is_exact=False)
    return bounded(TABLE, conditions(Customer.objects.listed()))


def _collected(selection: Selection, order: Ordering, cursor: Cursor | None, size: int) -> tuple[list[Row], Count]:
    """Sort all hits if they are few, else walk; the number of hits tells which, and is the count to show."""
    where = selection.where()
    rows = _rows(statements.few(where, order, cursor, size + 1))
    number = rows[0]["total"] if rows else (bounded(TABLE, where).number if cursor else 0)
    if number <= BOUND:
        return rows, up_to_bound(number)
    return _walked(selection, order, cursor, size), AT_LEAST_BOUND


def _walked(selection: Selection, order: Ordering, cursor: Cursor | None, size: int) -> list[Row]:
    """Walk through a window; a page it does not fill is at the end of the list, or all hits lie far away."""
    if order.sort.group:
        return _rows(statements.walk(selection.where(by_group=True), order, cursor, size + 1))
    where = selection.where()
    rows = _rows(statements.walk_window(selection.listed, where, order, cursor, size + 1))
    return rows if len(rows) > size else _rows(statements.all_sorted(where, order, cursor, size + 1))


def _page(rows: list[Row], order: Ordering, cursor: Cursor | None, size: int) -> Page[Row]:
    names = [*(f"k{index}" for index in range(len(order.sort.keys) - 1)), "id"]
    return cut(rows, cursor, size, lambda row: [row[name] for name in names])


def _rows(statement: Clause) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def _without(methods: tuple[str, ...]) -> Iterator[None]:
    """Keep the planner from some methods, inside a transaction."""
    _switch(methods, "off")
    yield
    _switch(methods, "on")


def _switch(methods: tuple[str, ...], to: str) -> None:
    settings = ", ".join(f"set_config('{method}', %s, TRUE)" for method in methods)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {settings}", [to] * len(methods))
