"""The form of all filters, and the look-ups it asks while somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse

from core.pages import Page
from customers.filters import filters_of, names_in
from customers.forms.lookups import staff_like
from customers.listing.wanted import wanted
from customers.models import Tag

MOST_OPTIONS = 20


class FilterForm(Page):
    """Every filter with the value it has now; a page of its own, or a dialog over the list."""

    permission_required = "customers.view_customer"
    template_name = "customers/filters.html"
    title = "Filter customers"
    partials: ClassVar[Mapping[str, str]] = {"dialog-slot": "dialog"}

    def get(self, request: Any) -> HttpResponse:
        """The form; it sends its values to the list."""
        state = wanted(request.GET, names_in(request.GET))
        form = filters_of(state.filters, request, whole=True).form
        if focused := form.fields.get(request.GET.get("focus", "")):
            # A browser heeds autofocus while a page loads, not in a dialog that comes later.
            focused.widget.attrs["data-autofocus" if self.partial else "autofocus"] = True
        kept = [(name, value) for name, value in state.pairs if name in {"q", "sort", "page_size"}]
        context = {"form": form, "kept": kept, "base": reverse("customers:list"), "back": state.at_start().query}
        return self.render(context)


class StaffOptions(Page):
    """Staff whose name or address holds what is typed, as options of a list of suggestions."""

    permission_required = "customers.view_customer"
    template_name = "customers/list.html#options"

    def get(self, request: Any) -> HttpResponse:
        """At most twenty, by name; the value is the address, because it tells namesakes apart."""
        typed = _typed(request, "q", "owner", "assignee")
        people = staff_like(typed)[:MOST_OPTIONS]
        return self.render({"options": [(person.email, person.name) for person in people]})


class TagOptions(Page):
    """Tags whose name holds what is typed, as options of a list of suggestions."""

    permission_required = "customers.view_customer"
    template_name = "customers/list.html#options"

    def get(self, request: Any) -> HttpResponse:
        """At most twenty, by name."""
        typed = _typed(request, "q", "tag", "add").casefold()
        names = Tag.objects.filter(folded_name__contains=typed).order_by("name").values_list("name", flat=True)
        return self.render({"options": [(name, "") for name in names[:MOST_OPTIONS]]})


def _typed(request: Any, *names: str) -> str:
    values = (request.GET.get(name, "").strip() for name in names)
    return next((value for value in values if value), "").replace("\x00", "")
