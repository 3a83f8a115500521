"""The list of customers: find, filter, sort, page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import OperationalError
from django.http import HttpResponse
from django.urls import reverse
from psycopg.errors import QueryCanceled

from core.counting import Count
from core.pages import Page
from customers import tables
from customers.access import CustomerAccess
from customers.chips import Chip, chips
from customers.filters import NAMES, CustomerFilters, filters_of
from customers.listing.reading import Found, Selection, Spam, read
from customers.listing.search import understood
from customers.listing.wanted import BadToken, Wanted, bad_page_token, wanted
from customers.models import Customer

PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True, slots=True)
class View:
    """A ready-made view: a tab with a name and the filters it stands for."""

    key: str
    label: str
    filters: Mapping[str, tuple[str, ...]]

    @property
    def query(self) -> str:
        """Its address behind the list's."""
        return Wanted(self.filters).query


VIEWS = (
    View("all", "All customers", {}),
    View("mine", "My customers", {"owner": ("me",)}),
    View("no-owner", "No owner", {"owner": ("none",)}),
    View("spam", "Spam", {"spam": ("yes",)}),
)


def selection(state: Wanted, filters: CustomerFilters | None) -> Selection:
    """The customers that valid filters and the search ask for."""
    typed = " ".join(state.filters.get("q", ()))
    search = understood(typed) if typed else None
    spam = Spam.ALONE if "spam" in state.filters else Spam.LEFT_OUT
    if search and search.is_exact and spam is Spam.LEFT_OUT:
        spam = Spam.INCLUDED
    customers = filters.qs if filters else Customer.objects.live()
    return Selection(customers, spam, search, is_filtered=bool(filters and set(filters.filters) - {"spam"}))


class CustomerList(CustomerAccess, Page):
    """The customers, fifty at a time."""

    permission_required = "customers.view_customer"
    template_name = "customers/list.html"
    title = "Customers"
    partials: ClassVar[Mapping[str, str]] = {"results": "results"}

    def get(self, request: Any) -> HttpResponse:
        """One page of the list, or what keeps it from being read."""
        state = wanted(request.GET, NAMES)
        names = set(state.filters) - {"q"}
        filters = filters_of(state.filters, request) if names else None
        context = self._frame(state, filters)
        if filters is not None and not filters.is_valid():
            return self.render(context, status=422)
        try:
            context |= self._results(state, filters)
        except OperationalError as problem:
            if not isinstance(problem.__cause__, QueryCanceled):
                raise
            return self.render(context | {"is_too_wide": True}, status=422)
        response = self.render(context)
        if self.is_htmx and request.htmx.trigger_name == "q":
            response["HX-Replace-Url"] = reverse("customers:list") + state.query
        return response

    def _frame(self, state: Wanted, filters: CustomerFilters | None) -> dict[str, Any]:
        """What stands around the rows: tabs, search box, chips, heads."""
        shown = list(chips(state, filters)) if filters else []
        return {
            "base": reverse("customers:list"),
            "state": state,
            "q": " ".join(state.filters.get("q", ())),
            "views": [(view, view.filters == {k: v for k, v in state.filters.items() if k != "q"}) for view in VIEWS],
            "chips": [(chip, state.without(*chip.names).query) for chip in shown],
            "errors": [chip for chip in shown if chip.error],
            "hidden": [(name, value) for name, value in state.pairs if name not in ("q", "sort", "page_size")],
            "sort": str(state.order),
            "sorts": tables.sort_choices(),
            "sizes": sorted({*PAGE_SIZES, state.page_size}),
            "headers": list(tables.headers(state, self.request.user)),
            "caption": tables.caption(state.order),
            "notices": [problem.message for problem in state.problems],
        }

    def _results(self, state: Wanted, filters: CustomerFilters | None) -> dict[str, Any]:
        viewer = self.request.user.pk
        notices = [problem.message for problem in state.problems]
        try:
            cursor = state.cursor(viewer)
        except BadToken:
            cursor = None
            notices.append(bad_page_token().message)
        found = read(selection(state, filters), state.order, cursor, state.page_size)
        return {
            "notices": notices,
            "lines": tables.lines(found.page.rows, self.request.user),
            "summary": _summary(found),
            "announcement": _announcement(found),
            "next": _place(state.at(found.page.next, viewer)),
            "previous": _place(state.at(found.page.previous, viewer)),
            "is_empty_house": not found.page.rows and cursor is None and not state.filters,
        }


def _place(state: Wanted | None) -> str:
    return reverse("customers:list") + state.query if state else ""


def _summary(found: Found) -> str:
    """How much of how much is on screen: "Showing 50 of 2,418 customers"."""
    number = len(found.page.rows)
    if found.count is None:
        return f"Showing {number} customers"
    return f"Showing {number} of {found.count} {_customers(found.count)}"


def _announcement(found: Found) -> str:
    if not found.page.rows:
        return "No customers"
    return f"{found.count or len(found.page.rows)} {_customers(found.count)}".capitalize()


def _customers(count: Count | None) -> str:
    return "customer" if count and count.number == 1 else "customers"


__all__ = ["VIEWS", "Chip", "CustomerList", "View", "selection"]
