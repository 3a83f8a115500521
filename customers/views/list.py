"""The list of customers: find, filter, sort, page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core.counting import Count
from core.pages import Page
from core.paging import BadToken
from customers import tables
from customers.access import CustomerAccess
from customers.chips import Chip, chips
from customers.filters import CustomerFilters, filters_of, names_in
from customers.listing.reading import Found, count, read
from customers.listing.search import understood
from customers.listing.selection import Selection, Spam
from customers.listing.wanted import Wanted, wanted
from customers.models import Customer
from customers.rules import page_token_refused
from customers.views import nothing

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


def filters_in(state: Wanted, request: Any) -> CustomerFilters | None:
    """The filters that are in force; None without any, because building a form costs more than a page of rows."""
    return filters_of(state.filters, request) if set(state.filters) - {"q"} else None


def selection_of(state: Wanted, filters: CustomerFilters | None) -> Selection:
    """The customers that valid filters and the search ask for."""
    typed = " ".join(state.filters.get("q", ()))
    search = understood(typed) if typed else None
    spam = Spam.ALONE if "spam" in state.filters else Spam.LEFT_OUT
    if search and search.is_exact and spam is Spam.LEFT_OUT:
        spam = Spam.INCLUDED
    if filters is None:
        return Selection(Customer.objects.live(), spam, search)
    narrowing = set(filters.filters) - {"spam"}
    return Selection(filters.qs, spam, search, is_filtered=bool(narrowing), is_group=filters.is_group)


class CustomerList(CustomerAccess, Page):
    """The customers, fifty at a time."""

    permission_required = "customers.view_customer"
    template_name = "customers/list.html"
    title = "Customers"
    partials: ClassVar[Mapping[str, str]] = {"results": "results"}

    @property
    def goes_to_results(self) -> bool:
        """Whether the person has turned the page and goes on reading at its top."""
        return self.is_htmx and self.request.htmx.trigger in {"previous", "next"}

    def get(self, request: Any) -> HttpResponse:
        """One page of the list, or what keeps it from being read."""
        names = names_in(request.GET)
        state = wanted(request.GET, names)
        if not self.is_htmx and any(not value.strip() for name in names for value in request.GET.getlist(name)):
            # A form sends its blank fields too: the address people keep and share has none.
            return HttpResponseRedirect(reverse("customers:list") + state.query)
        filters = filters_in(state, request)
        shown = list(chips(state, filters)) if filters else []
        context = self._frame(state, shown)
        is_readable = filters is None or filters.is_valid()
        if is_readable:
            context |= self._results(state, filters, shown)
        else:
            context |= {"nothing": nothing.unreadable(state, shown), "announcement": "Nothing shown"}
        response = self.render(context, status=200 if is_readable else 422)
        if self.is_htmx and request.htmx.trigger_name in {"q", "sort"}:
            response["HX-Replace-Url"] = reverse("customers:list") + state.query
        return response

    def _frame(self, state: Wanted, shown: list[Chip]) -> dict[str, Any]:
        """What stands around the rows: tabs, search box, chips, heads."""
        base = reverse("customers:list")
        return {
            "base": base,
            "state": state,
            "q": " ".join(state.filters.get("q", ())),
            "views": [(view, view.filters == {k: v for k, v in state.filters.items() if k != "q"}) for view in VIEWS],
            "chips": [
                (chip, state.query_with("focus", chip.field), state.without(*chip.names).query) for chip in shown
            ],
            "hidden": [(name, value) for name, value in state.pairs if name not in ("q", "sort")],
            "sort_options": tables.sort_options(state.order),
            "sizes": [(base + state.sized(size).query, size, size == state.page_size) for size in PAGE_SIZES],
            "headers": list(tables.headers(state, self.request.user)),
            "caption": tables.caption(state.order),
            "notices": [problem.message for problem in state.problems],
            "export_all": state.at_start().query,
            "export_shown": state.query_with("columns", "shown"),
        }

    def _results(self, state: Wanted, filters: CustomerFilters | None, shown: list[Chip]) -> dict[str, Any]:
        viewer = self.request.user.pk
        notices = [problem.message for problem in state.problems]
        cursor = None
        try:
            cursor = state.cursor(viewer)
        except BadToken:
            notices.append(page_token_refused().message)
        found = read(selection_of(state, filters), state.order, cursor, state.page_size)
        context: dict[str, Any] = {
            "notices": notices,
            "rows": tables.body(found.page.rows, self.request.user, is_editor=bool(self.can_edit)),
            "summary": summary(found),
            "announcement": announcement(found),
            "next": _address(state.at(found.page.next, viewer)),
            "previous": _address(state.at(found.page.previous, viewer)),
        }
        if found.page.rows:
            return context
        if cursor:
            return context | {"nothing": nothing.past_the_end(state)}
        if state.filters:
            return context | {"nothing": nothing.no_hits(state, shown, " ".join(state.filters.get("q", ())))}
        return context | {"nothing": nothing.no_customers_yet(can_add=self.can_add)}


class CustomerCounts(Page):
    """The numbers behind the tabs, fetched when the list is there already."""

    permission_required = "customers.view_customer"
    template_name = "customers/list.html#counts"

    def get(self, request: Any) -> HttpResponse:
        """Each view with its number, counted no further than the bound."""
        return self.render({"counts": [(view, self._count(view)) for view in VIEWS]})

    def _count(self, view: View) -> Count:
        state = Wanted(view.filters)
        return count(selection_of(state, filters_in(state, self.request)))


def summary(found: Found) -> str:
    """How much of how much is on screen: "Showing 50 of 2,418 customers"."""
    number = len(found.page.rows)
    if found.count is None:
        return f"Showing {number} customers"
    return f"Showing {number} of {found.count} {_customers(found.count)}"


def announcement(found: Found) -> str:
    """The number of hits for those who cannot see the rows change: "38 customers"."""
    if not found.page.rows:
        return "No customers"
    count = found.count or Count(len(found.page.rows))
    return f"{count} {_customers(count)}".capitalize()


def _customers(count: Count) -> str:
    return "customer" if count.number == 1 else "customers"


def _address(state: Wanted | None) -> str:
    return reverse("customers:list") + state.query if state else ""
