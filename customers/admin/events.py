"""The history of rows, as the triggers have written it."""

from __future__ import annotations

from typing import Any

import pghistory.models
from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin.lists import ReadOnlyAdmin
from customers import normalise
from customers.admin.found import FoundByCustomer
from customers.models import Customer

_NAMES = ("name", "label", "value", "domain_unicode", "url", "address", "city_name")
"""What a row is known by: the first of these that it has."""

NOBODY = "A direct database change"


class WhatHappened(admin.SimpleListFilter):
    """What the events of a list may be; reading the labels from the rows would read every row."""

    title = parameter_name = "event"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The labels of the triggers."""
        return [("insert", "Inserted"), ("update", "Changed"), ("delete", "Deleted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The events with the label that was chosen."""
        return queryset.filter(pgh_label=self.value()) if self.value() else queryset


class EventAdmin(ReadOnlyAdmin):
    """One row for each row that was inserted, changed or deleted; it holds what the row was then."""

    list_display = ("pgh_created_at", "pgh_label", "record", "who")
    list_display_links = ("pgh_created_at",)
    list_filter = (WhatHappened,)
    search_fields = ("pgh_obj_id",)
    search_help_text = "The whole ID of the record."
    readonly_fields = ("pgh_created_at", "record", "who")
    # What it points at may be gone; its id is part of the record.
    exclude = ("pgh_obj",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The events of one record."""
        record_id = search_term.strip()
        if not record_id:
            return queryset, False
        if not normalise.is_record_id(record_id):
            return queryset.none(), False
        return queryset.filter(pgh_obj_id=record_id), False

    @admin.display(description="record")
    def record(self, event: Any) -> str:
        """What the row was called, and its id."""
        name = next((text for each in _NAMES if (text := getattr(event, each, ""))), "")
        return f"{name} ({event.pgh_obj_id})" if name else str(event.pgh_obj_id)

    @admin.display(description="who")
    def who(self, event: Any) -> str:
        """Who acted; a change past all doors has no author."""
        return (event.pgh_context or {}).get("label") or NOBODY


class CustomerEventAdmin(FoundByCustomer, EventAdmin):
    """The history of customers' own rows."""

    customer_column = "pgh_obj_id"


class OwnedEventAdmin(FoundByCustomer, EventAdmin):
    """The history of what customers have."""


def _admin_of(event: type[pghistory.models.Event]) -> type[EventAdmin]:
    if event.pgh_tracked_model is Customer:
        return CustomerEventAdmin
    return OwnedEventAdmin if any(field.name == "customer" for field in event._meta.fields) else EventAdmin


for model in apps.get_app_config("customers").get_models():
    if issubclass(model, pghistory.models.Event):
        admin.site.register(model, _admin_of(model))
