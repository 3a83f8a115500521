"""Lists on a page about one customer that are turned page by page."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from core.paging import BadToken, Cursor, Page, seal, unseal
from customers.views.one_customer import CustomerPage


class TurnedPage(CustomerPage):
    """A page with one such list; a token that opens nothing leads to its beginning, with a notice."""

    is_bad_token = False

    @property
    def is_turned(self) -> bool:
        """Whether the person has turned the page and goes on reading at its top."""
        return self.is_htmx and self.request.htmx.trigger in {"previous", "next"}

    @cached_property
    def cursor(self) -> Cursor | None:
        """Where the wanted page starts."""
        token = self.request.GET.get("page_token", "").strip()
        try:
            return unseal(token, self._bound) if token else None
        except BadToken:
            self.is_bad_token = True
            return None

    def around(self, page: Page[Any]) -> dict[str, Any]:
        """The addresses before and after a page, and what there is to say about it."""
        return {
            "customer": self.customer,
            "is_past_the_end": self.cursor is not None and not page.rows,
            "start": self._start,
            "next": self._address(page.next),
            "previous": self._address(page.previous),
        }

    @property
    def _bound(self) -> dict[str, object]:
        """What a token is good for: this list of this customer."""
        return {"page": self.route.partition(":")[2], "customer": str(self.customer.pk)}

    @property
    def _start(self) -> str:
        return reverse(self.route, args=[self.customer.pk])

    def _address(self, cursor: Cursor | None) -> str:
        return f"{self._start}?{urlencode({'page_token': seal(cursor, self._bound)})}" if cursor else ""
