"""Everything that happened to a customer, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from core.paging import BadToken, Cursor, seal, unseal
from customers.changes import read_changes
from customers.views.one_customer import CustomerPage

PAGE_SIZE = 25


class CustomerChanges(CustomerPage):
    """The changes of one customer, its notes and its messages, newest first."""

    route = "customers:changes"
    template_name = "customers/changes.html"
    partials: ClassVar[Mapping[str, str]] = {"changes": "changes"}

    @property
    def goes_to_changes(self) -> bool:
        """Whether the person has turned the page and goes on reading at its top."""
        return self.is_htmx and self.request.htmx.trigger in {"previous", "next"}

    def show(self) -> HttpResponse:
        """One page of the changes; a token that opens nothing leads to the first one."""
        customer = self.customer
        self.title = f"Changes of {customer.name}"
        token, cursor, is_bad = self.request.GET.get("page_token", "").strip(), None, False
        try:
            cursor = unseal(token, _bound(customer.pk)) if token else None
        except BadToken:
            is_bad = True
        page = read_changes(customer.pk, cursor, PAGE_SIZE, viewer=self.request.user)
        return self.render(
            {
                "customer": customer,
                "entries": page.rows,
                "is_bad_token": is_bad,
                "is_past_the_end": cursor is not None and not page.rows,
                "start": reverse(self.route, args=[customer.pk]),
                "next": _address(customer.pk, page.next),
                "previous": _address(customer.pk, page.previous),
            }
        )


def _address(customer_id: UUID, cursor: Cursor | None) -> str:
    if cursor is None:
        return ""
    query = urlencode({"page_token": seal(cursor, _bound(customer_id))})
    return f"{reverse('customers:changes', args=[customer_id])}?{query}"


def _bound(customer_id: UUID) -> dict[str, object]:
    """What a token is good for: the changes of this customer alone."""
    return {"page": "changes", "customer": str(customer_id)}
