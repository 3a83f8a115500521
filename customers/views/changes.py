"""Everything that happened to a customer, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.http import HttpResponse

from customers.changes import read_changes
from customers.views.turning import TurnedPage

PAGE_SIZE = 25


class CustomerChanges(TurnedPage):
    """The changes of one customer, its notes and its messages, newest first."""

    route = "customers:changes"
    template_name = "customers/changes.html"
    partials: ClassVar[Mapping[str, str]] = {"changes": "changes"}

    def show(self) -> HttpResponse:
        """One page."""
        self.title = f"Changes of {self.customer.name}"
        page = read_changes(self.customer.pk, self.cursor, PAGE_SIZE, viewer=self.request.user)
        return self.render({"entries": page.rows, **self.around(page)})
