"""The page of one customer: everything known about it, and what happened last."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.urls import reverse

from core.panels import customer_panels
from customers.changes import read_changes
from customers.forms.in_place import PROPERTIES, sections
from customers.models import CustomAttribute, CustomerFlag, CustomerTag, Flag, Identifier
from customers.presenting.attributes import attributes
from customers.presenting.contacts import contacts, people_of
from customers.presenting.facts import details, links, record
from customers.presenting.places import place
from customers.presenting.values import listed_by
from customers.querysets import CustomerQuerySet
from customers.views.one_customer import CustomerPage

LATEST_CHANGES = 10
FIRST_PEOPLE = 10


class CustomerDetail(CustomerPage):
    """One customer: head, figures, panels of other apps, the latest changes, and the facts beside them."""

    template_name = "customers/detail.html"
    route = "customers:detail"

    def customers(self) -> CustomerQuerySet:
        """With everything the page shows, one query for each kind of row."""
        named = super().customers().select_related("assignee", "company", "created_by", "updated_by")
        tags = Prefetch("tag_links", CustomerTag.objects.select_related("tag"))
        flags = Prefetch("flag_links", CustomerFlag.objects.select_related("flag").order_by("flag__label", "id"))
        return named.prefetch_related("identifiers", "domains", "urls", "locations", tags, flags)

    def show(self) -> HttpResponse:
        """The page."""
        self.title = self.customer.name
        return self.render(self.whole())

    def whole(self) -> dict[str, Any]:
        """Everything the page shows."""
        viewer, customer = self.request.user, self.customer
        identifiers = list(customer.identifiers.all())
        panels = customer_panels.visible_to(viewer)
        return {
            "customer": customer,
            "list": reverse("customers:list"),
            "external_id": self._main_external_id(identifiers),
            "sections": sections(PROPERTIES.values(), customer, viewer) if self.can_change else (),
            "panels": [(panel, panel.href(customer.pk)) for panel in panels],
            "entries": read_changes(customer.pk, None, LATEST_CHANGES, viewer=viewer).rows,
            "details": details(customer, identifiers),
            "record": record(customer),
            "contacts": list(contacts(identifiers)),
            "people": people_of(customer)[:FIRST_PEOPLE] if self.people_count else (),
            **self._labels(),
        }

    def _main_external_id(self, identifiers: list[Identifier]) -> str:
        return next((row.value for row in identifiers if row.pk == self.customer.main_external_id), "")

    def _labels(self) -> dict[str, Any]:
        """What the company has put on the customer, and where it is found."""
        customer = self.customer
        flags = [link.flag for link in customer.flag_links.all()]
        return {
            "attributes": list(
                attributes(customer.custom, CustomAttribute.objects.all(), sees_sensitive=bool(self.can_edit))
            ),
            "flags": flags,
            "more_flags": self._flags_to_add(flags) if self.can_change else (),
            "tags": [(link.tag.name, listed_by("tag", link.tag.name)) for link in customer.tag_links.all()],
            "places": [place(location) for location in customer.locations.all()],
            "links": links(customer),
        }

    def _flags_to_add(self, flags: Collection[Flag]) -> list[Flag]:
        """What people may still set: switched on, not set by other systems alone, and not there yet."""
        return [flag for flag in Flag.objects.filter(enabled=True, read_only=False) if flag not in flags]
