"""The customer list that Django gives away: its admin's changelist for the same table, written with care.

It shows the columns of the product's list, in its order, fifty rows a page, and offers its search and its filters as
far as the admin has them. It follows the admin's own advice for large tables: references are joined and the rest is
prefetched, so that no row asks for itself, and nobody counts what a filter leaves out.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from customers.choices import IdentifierKind
from customers.models import Customer, CustomerFlag, Domain, Identifier


class StockCustomerAdmin(admin.ModelAdmin):
    """What one writes to find, filter and page customers in the Django admin."""

    list_display = ("name", "address", "flags", "workflow_status", "tier", "owner", "revenue", "last_activity")
    list_select_related = ("workflow_status", "tier", "owner")
    list_filter = (
        "tier",
        "workflow_status",
        "support_status",
        "owner",
        "assignee",
        "tag_links__tag",
        "flag_links__flag",
        "kind",
        ("marked_as_spam_at", admin.EmptyFieldListFilter),
        "created_at",
        "updated_at",
        "language",
        "locations__country_code",
    )
    list_per_page = 50
    search_fields = ("name", "short_name", "username", "identifiers__value", "domains__domain_ascii")
    ordering = ("-created_at", "-id")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        """The rows that the product lists, with what its columns show."""
        emails = Identifier.objects.filter(kind=IdentifierKind.EMAIL, shared=False)
        flags = CustomerFlag.objects.select_related("flag").order_by("flag__key")
        return Customer.objects.listed().prefetch_related(
            Prefetch("domains", Domain.objects.order_by("position", "id"), to_attr="shown_domains"),
            Prefetch("identifiers", emails.order_by("position", "id"), to_attr="shown_emails"),
            Prefetch("flag_links", flags, to_attr="shown_flags"),
        )

    @admin.display
    def address(self, customer: Customer) -> str:
        """The first domain, else the first email address of its own."""
        addresses = [domain.domain_unicode for domain in customer.shown_domains]  # type: ignore[attr-defined]
        addresses += [email.value for email in customer.shown_emails]  # type: ignore[attr-defined]
        return addresses[0] if addresses else ""

    @admin.display
    def flags(self, customer: Customer) -> str:
        """The labels of its flags."""
        return ", ".join(link.flag.label for link in customer.shown_flags)  # type: ignore[attr-defined]

    @admin.display(ordering=Coalesce("last_activity_at", "created_at"))
    def last_activity(self, customer: Customer) -> datetime:
        """When something last happened; for a customer with whom nothing did, when it was created."""
        return customer.last_activity_at or customer.created_at


site = admin.AdminSite(name="stock")
site.register(Customer, StockCustomerAdmin)
