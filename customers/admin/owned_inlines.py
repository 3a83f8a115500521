"""What a customer has, where it can only be looked at: a deleted customer, or somebody who may not change it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from customers.models import CustomerFlag, CustomerTag, Domain, Identifier, Location, Url


class OwnedInline(admin.TabularInline):
    """Rows of the customer, as they are."""

    extra = max_num = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the customer."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    has_change_permission = has_delete_permission = has_add_permission


class IdentifierInline(OwnedInline):
    """Emails, phones, external ids and profiles."""

    model = Identifier
    fields = ("kind", "type", "shared", "verified", "active")


class DomainInline(OwnedInline):
    """Domains."""

    model = Domain
    fields = ("active",)


class UrlInline(OwnedInline):
    """Web addresses."""

    model = Url
    fields = ("type",)


class LocationInline(OwnedInline):
    """Places."""

    model = Location
    fields = ("type", "country_code")


class CustomerFlagInline(OwnedInline):
    """Flags."""

    model = CustomerFlag
    fields = ("added_at",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the flags' names."""
        return super().get_queryset(request).select_related("flag")


class CustomerTagInline(OwnedInline):
    """Tags."""

    model = CustomerTag
    fields = ("position",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the tags' names."""
        return super().get_queryset(request).select_related("tag")


OWNED_INLINES = (
    IdentifierInline,
    DomainInline,
    UrlInline,
    LocationInline,
    CustomerFlagInline,
    CustomerTagInline,
)
