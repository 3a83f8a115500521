"""What the address of the list asks for, and the addresses of its neighbours: a filter less, another order, a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from core.paging import Cursor, seal, unseal
from core.problems import Problem
from customers import normalise
from customers.listing.sorts import NEWEST_FIRST, Ordering, ordering
from customers.rules import check_page_size, problem

MINE = "me"
"""The owner and assignee that stands for whoever looks at the page."""

type Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One state of the list: filters as they were typed (`q` among them), order, page size, place."""

    filters: Values = field(default_factory=dict)
    order: Ordering = NEWEST_FIRST
    page_size: int = normalise.DEFAULT_PAGE_SIZE
    token: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every parameter but the place; what is as usual is left out of the address."""
        yield from ((name, value) for name, values in self.filters.items() for value in values)
        if self.order != NEWEST_FIRST:
            yield "sort", str(self.order)
        if self.page_size != normalise.DEFAULT_PAGE_SIZE:
            yield "page_size", str(self.page_size)

    @property
    def query(self) -> str:
        """The address behind the question mark, the question mark included."""
        pairs = [*self.pairs, *([("page_token", self.token)] if self.token else [])]
        return f"?{urlencode(pairs)}" if pairs else ""

    def query_with(self, name: str, value: str) -> str:
        """The address with one parameter more, which is not the list's own."""
        return f"?{urlencode([*self.pairs, (name, value)])}"

    def without(self, *names: str) -> Wanted:
        """The first page of the list without these filters."""
        return replace(self, filters={k: v for k, v in self.filters.items() if k not in names}, token="")

    def only(self, *names: str) -> Wanted:
        """The first page of the list with none but these filters."""
        return replace(self, filters={k: v for k, v in self.filters.items() if k in names}, token="")

    def at_start(self) -> Wanted:
        """The first page of the same list."""
        return replace(self, token="")

    def sized(self, page_size: int) -> Wanted:
        """The first page with another number of rows."""
        return replace(self, page_size=page_size, token="")

    def ordered(self, order: Ordering) -> Wanted:
        """The first page in another order."""
        return replace(self, order=order, token="")

    def at(self, cursor: Cursor | None, viewer: UUID) -> Wanted | None:
        """The page at a cursor."""
        return replace(self, token=seal(cursor, self._bound(viewer))) if cursor else None

    def cursor(self, viewer: UUID) -> Cursor | None:
        """Where the page starts; raises BadToken for a token of another list than this."""
        return unseal(self.token, self._bound(viewer)) if self.token else None

    def _bound(self, viewer: UUID) -> dict[str, object]:
        """What a token is bound to. "Me" is somebody else for everybody, so then the viewer belongs to it."""
        bound: dict[str, object] = {"sort": str(self.order), "page_size": self.page_size}
        bound["filters"] = sorted((name, sorted(values)) for name, values in self.filters.items())
        if any(MINE in values for values in self.filters.values()):
            bound["viewer"] = str(viewer)
        return bound


def wanted(parameters: QueryDict, known: Iterable[str]) -> Wanted:
    """Read the parameters of a request; blank ones are absent, unknown ones are not ours."""
    asked_size = normalise.page_size(parameters.get("page_size"))
    problems = check_page_size(asked_size)
    size = asked_size if isinstance(asked_size, int) and not problems else normalise.DEFAULT_PAGE_SIZE
    order = NEWEST_FIRST
    if asked := parameters.get("sort", "").strip():
        order = ordering(asked) or order
        if str(order) != asked:
            problems.append(problem("C69", ("sort",), f"There is no order “{asked}”, so the newest come first."))
    values = {name: tuple(v for v in map(str.strip, parameters.getlist(name)) if v) for name in known}
    filters = {name: typed for name, typed in values.items() if typed}
    return Wanted(filters, order, size, parameters.get("page_token", "").strip(), tuple(problems))
