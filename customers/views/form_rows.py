"""One more row of a list in the form of a customer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from core.pages import Page
from customers.forms.rows import KINDS_BY_SLUG

_LARGEST = 9999


class FormRow(Page):
    """An empty row, and the button that adds the next one."""

    permission_required = "customers.view_customer"
    template_name = "customers/form/added_row.html"

    def get(self, request: Any, kind: str) -> HttpResponse:
        """The row numbered `?i=`; a number that is none is the first."""
        if kind not in KINDS_BY_SLUG:
            raise Http404
        found = KINDS_BY_SLUG[kind]
        typed = request.GET.get("i", "")
        index = min(int(typed), _LARGEST) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
        row = found.row({}, kind=found, index=index, number=index + 1)
        row.fields[next(iter(row.fields))].widget.attrs["data-autofocus"] = True
        return self.render({"row": row, "kind": found, "next": index + 1})
