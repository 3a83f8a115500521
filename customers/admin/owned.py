"""What customers have, row by row: to look at here, to change on the customer, whose rules and revision hold then."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from core.admin.lists import ReadOnlyAdmin
from customers.admin.found import FoundByCustomer
from customers.models import (
    AttributeValue,
    CustomerFlag,
    CustomerTag,
    Domain,
    Identifier,
    Location,
    SearchDocument,
    TimelineEntry,
    TimelineInfo,
    Url,
)


class OwnedAdmin(FoundByCustomer, ReadOnlyAdmin):
    """Rows that belong to one customer."""

    list_select_related: ClassVar[tuple[str, ...]] = ("customer",)


@admin.register(Identifier)
class IdentifierAdmin(OwnedAdmin):
    """Emails, phones, external ids and profiles."""

    list_display = ("value", "kind", "type", "shared", "verified", "active", "customer")
    list_filter = ("kind", "shared", "active")


@admin.register(Domain)
class DomainAdmin(OwnedAdmin):
    """Domains of organisations."""

    list_display = ("domain_unicode", "domain_ascii", "active", "customer")
    list_filter = ("active",)


@admin.register(Url)
class UrlAdmin(OwnedAdmin):
    """Web addresses."""

    list_display = ("url", "type", "customer")
    list_filter = ("type",)


@admin.register(Location)
class LocationAdmin(OwnedAdmin):
    """Places."""

    list_display = ("__str__", "type", "country_code", "customer")
    list_filter = ("type",)


@admin.register(CustomerFlag)
class CustomerFlagAdmin(OwnedAdmin):
    """Flags that are set."""

    list_display = ("flag", "customer", "added_at", "added_by")
    list_filter = ("flag",)
    list_select_related = ("flag", "customer", "added_by")


@admin.register(CustomerTag)
class CustomerTagAdmin(OwnedAdmin):
    """Tags on customers."""

    list_display = ("tag", "position", "customer")
    list_select_related = ("tag", "customer")


@admin.register(TimelineEntry)
class TimelineEntryAdmin(OwnedAdmin):
    """Notes, messages and marks."""

    list_display = ("at", "kind", "actor", "customer")
    list_filter = ("kind",)
    list_select_related = ("actor", "customer")


@admin.register(TimelineInfo)
class TimelineInfoAdmin(OwnedAdmin):
    """What a timeline adds up to."""

    list_display = ("customer", "unread_count", "waiting_for_reply_since", "last_communication_at")


@admin.register(AttributeValue)
class AttributeValueAdmin(OwnedAdmin):
    """Values of custom attributes as filters find them."""

    list_display = ("key", "text", "number", "moment", "customer")


@admin.register(SearchDocument)
class SearchDocumentAdmin(OwnedAdmin):
    """What customers are found by."""

    list_display = ("customer", "found_by")

    @admin.display(description="found by")
    def found_by(self, document: SearchDocument) -> str:
        """The first terms."""
        return f"{document.document.strip()[:120]}"
