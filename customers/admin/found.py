"""Searching the admin's lists the way the directory is searched: by customer, over the index of search documents."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from customers.listing.search import understood
from customers.models import Customer

MOST_CUSTOMERS = 500
SEARCH_HELP = "Customers are found by name, email, phone, domain or ID, deleted ones too."


class FoundByCustomer(admin.ModelAdmin):
    """A list of what customers have: a search finds the customers, and the list shows what is theirs."""

    search_fields = ("customer",)
    search_help_text = f"{SEARCH_HELP} Shown is what the newest {MOST_CUSTOMERS} that fit have."
    customer_column = "customer_id"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The rows of the customers that are found."""
        if not search_term.strip():
            return queryset, False
        found = understood(search_term).among(Customer.objects.all()).order_by("-pk")
        customers = list(found.values_list("pk", flat=True)[:MOST_CUSTOMERS])
        return queryset.filter(**{f"{self.customer_column}__in": customers}), False
