"""Finding a person of the staff or an organisation while filling in the form of a customer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from core.pages import Page
from customers.forms.catalogue import Catalogue
from customers.forms.lookups import LOOKUPS
from customers.forms.single import SingleFields

_NOTHING_TO_CHOOSE = Catalogue((), (), (), ())


class LookupChoices(Page):
    """What fits a text (`?owner_id=pri`), or the input with one of them picked (`?id=`)."""

    permission_required = "customers.view_customer"
    template_name = "customers/form/lookup.html"

    def get(self, request: Any, name: str) -> HttpResponse:
        """A part of the form."""
        if name not in LOOKUPS:
            raise Http404
        lookup = LOOKUPS[name]
        if "id" in request.GET:
            return self._input(name, lookup.typed(name, lookup.picked(request.GET["id"])))
        text = request.GET.get(name, "")
        context = {"name": name, "lookup": lookup, "text": text, "found": lookup.find(text), "is_answer": True}
        return render(request, f"{self.template_name}#found", context)

    def _input(self, name: str, typed: dict[str, str]) -> HttpResponse:
        field = SingleFields(typed, _NOTHING_TO_CHOOSE)[name]
        field.field.widget.attrs["data-autofocus"] = True
        return self.render({"field": field, "name": name, "lookup": LOOKUPS[name], "found": None})
