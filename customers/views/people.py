"""The people of an organisation, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.db.models.expressions import RawSQL
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from core.paging import BadToken, Cursor, Page, cut, seal, unseal
from customers.models import Customer
from customers.presenting.contacts import people_of
from customers.views.one_customer import CustomerPage

PAGE_SIZE = 50


class CustomerPeople(CustomerPage):
    """Whose company this customer is, by name."""

    template_name = "customers/people.html"
    partials: ClassVar[Mapping[str, str]] = {"people": "people"}
    route = "customers:people"

    @property
    def goes_to_people(self) -> bool:
        """Whether the person has turned the page and goes on reading at its top."""
        return self.is_htmx and self.request.htmx.trigger in {"previous", "next"}

    def show(self) -> HttpResponse:
        """One page; a token that opens nothing leads to the first one."""
        self.title = f"People of {self.customer.name}"
        token, cursor, is_bad = self.request.GET.get("page_token", "").strip(), None, False
        try:
            cursor = unseal(token, self._bound()) if token else None
        except BadToken:
            is_bad = True
        page = self._page(cursor)
        return self.render(
            {
                "customer": self.customer,
                "people": page.rows,
                "is_bad_token": is_bad,
                "start": reverse(self.route, args=[self.customer.pk]),
                "next": self._address(page.next),
                "previous": self._address(page.previous),
            }
        )

    def _page(self, cursor: Cursor | None) -> Page[Customer]:
        people = people_of(self.customer)
        if cursor:
            # A row comparison, because the index answers it in one walk and a chain of ORs in none.
            sign = "<" if cursor.is_backward else ">"
            after = RawSQL(f"(customers_customer.folded_name, customers_customer.id) {sign} (%s, %s)", cursor.position)
            people = people.alias(is_there=after).filter(is_there=True)
        if cursor and cursor.is_backward:
            people = people.reverse()
        return cut(list(people[: PAGE_SIZE + 1]), cursor, PAGE_SIZE, _position)

    def _bound(self) -> dict[str, object]:
        return {"page": "people", "customer": str(self.customer.pk)}

    def _address(self, cursor: Cursor | None) -> str:
        if cursor is None:
            return ""
        token = seal(cursor, self._bound())
        return f"{reverse(self.route, args=[self.customer.pk])}?{urlencode({'page_token': token})}"


def _position(person: Customer) -> Sequence[object]:
    return person.folded_name, person.pk
