"""Everything that happened to a customer, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from core.errors import Gone
from core.pages import Page
from core.paging import BadToken, Cursor, seal, unseal
from customers.access import CustomerAccess
from customers.changes import read_changes
from customers.models import Customer

PAGE_SIZE = 25


class CustomerChanges(CustomerAccess, Page):
    """The changes of one customer, its notes and its messages, newest first."""

    permission_required = "customers.view_customer"
    template_name = "customers/changes.html"
    partials: ClassVar[Mapping[str, str]] = {"changes": "changes"}

    @property
    def goes_to_changes(self) -> bool:
        """Whether the person has turned the page and goes on reading at its top."""
        return self.is_htmx and self.request.htmx.trigger in {"previous", "next"}

    def get(self, request: Any, customer_id: UUID) -> HttpResponse:
        """One page of the changes; a token that opens nothing leads to the first one."""
        customer = _find(customer_id)
        self.title = f"Changes of {customer.name}"
        token, cursor, is_bad = request.GET.get("page_token", "").strip(), None, False
        try:
            cursor = unseal(token, _bound(customer_id)) if token else None
        except BadToken:
            is_bad = True
        page = read_changes(customer_id, cursor, PAGE_SIZE, viewer=request.user)
        return self.render(
            {
                "customer": customer,
                "entries": page.rows,
                "is_bad_token": is_bad,
                "is_past_the_end": cursor is not None and not page.rows,
                "start": reverse("customers:changes", args=[customer_id]),
                "next": _address(customer_id, page.next),
                "previous": _address(customer_id, page.previous),
            }
        )


def _find(customer_id: UUID) -> Customer:
    """The customer, if it is still there."""
    customer = Customer.objects.filter(pk=customer_id).only("name", "deleted_at").first()
    if customer is None:
        raise Http404
    if customer.is_deleted:
        raise Gone
    return customer


def _address(customer_id: UUID, cursor: Cursor | None) -> str:
    if cursor is None:
        return ""
    query = urlencode({"page_token": seal(cursor, _bound(customer_id))})
    return f"{reverse('customers:changes', args=[customer_id])}?{query}"


def _bound(customer_id: UUID) -> dict[str, object]:
    """What a token is good for: the changes of this customer alone."""
    return {"page": "changes", "customer": str(customer_id)}
