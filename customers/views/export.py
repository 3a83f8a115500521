"""The export of what the list shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from core.models import Actor, AuditLine
from core.pages import Page
from customers.access import CustomerAccess
from customers.exports import SHOWN, Column, all_columns, columns_named, stream
from customers.filters import names_in
from customers.listing.wanted import Wanted, wanted
from customers.views.list import filters_in, selection_of


class CustomerExport(CustomerAccess, Page):
    """The customers of the present filters in the present order, as a CSV file."""

    permission_required = "customers.export_customer"

    def get(self, request: Any) -> HttpResponseBase:
        """The file, streamed; filters that cannot be read lead back to the list, which says why."""
        state = wanted(request.GET, names_in(request.GET))
        filters = filters_in(state, request)
        columns = _columns(request.GET.get("columns", ""), sees_sensitive=self.can_edit)
        if columns is None or (filters is not None and not filters.is_valid()):
            return HttpResponseRedirect(reverse("customers:list") + state.query)
        line = self._audit(state, columns)
        rows = stream(selection_of(state, filters), state.order, columns, finished=lambda number: _note(line, number))
        response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="customers-{timezone.now():%Y-%m-%d}.csv"'
        return response

    def _audit(self, state: Wanted, columns: Sequence[Column]) -> AuditLine:
        """Who takes what out of the house, written before the first byte leaves it."""
        parameters: dict[str, Any] = {name: list(values) for name, values in state.filters.items()}
        return AuditLine.objects.create(
            actor=Actor.objects.of(self.request.user),
            action="customers.exported",
            detail={
                "parameters": parameters | {"sort": str(state.order)},
                "columns": [column.name for column in columns],
            },
            request_id=getattr(self.request, "request_id", ""),
        )


def _columns(asked: str, *, sees_sensitive: bool) -> list[Column] | None:
    """All columns, those shown (`shown`), or the named ones (`name,phone`); None if one of them does not exist."""
    if not asked:
        return all_columns(sees_sensitive=sees_sensitive)
    columns, problems = columns_named(SHOWN if asked == "shown" else asked.split(","), sees_sensitive=sees_sensitive)
    return None if problems else columns


def _note(line: AuditLine, rows: int) -> None:
    line.detail["rows"] = rows
    line.save(update_fields=["detail"])
