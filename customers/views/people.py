"""The people of an organisation, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.http import HttpResponse

from core.paging import Page, cut
from customers.models import Customer
from customers.presenting.contacts import people_of
from customers.views.turning import TurnedPage

PAGE_SIZE = 50


class CustomerPeople(TurnedPage):
    """Whose company this customer is, by name."""

    template_name = "customers/people.html"
    partials: ClassVar[Mapping[str, str]] = {"people": "people"}
    route = "customers:people"

    def show(self) -> HttpResponse:
        """One page."""
        self.title = f"People of {self.customer.name}"
        page = self._page()
        return self.render({"people": page.rows, **self.around(page)})

    def _page(self) -> Page[Customer]:
        people, cursor = people_of(self.customer), self.cursor
        if cursor:
            # Compared as a row: the index answers that in one walk, and a chain of ORs not at all.
            sign = "<" if cursor.is_backward else ">"
            sql = f"(customers_customer.folded_name, customers_customer.id) {sign} (%s, %s)"
            people = people.filter(RawSQL(sql, cursor.position, output_field=BooleanField()))
        if cursor and cursor.is_backward:
            people = people.reverse()
        return cut(list(people[: PAGE_SIZE + 1]), cursor, PAGE_SIZE, _position)


def _position(person: Customer) -> Sequence[object]:
    return person.folded_name, person.pk
