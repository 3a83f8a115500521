"""What the pages about one customer share: finding it, and saying so when it is not there any more."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from core.clauses import conditions
from core.counting import Count, bounded
from core.errors import Gone
from core.pages import Page
from customers.access import CustomerAccess
from customers.choices import CustomerKind
from customers.models import Customer
from customers.querysets import CustomerQuerySet

# The distinct union ends also where rows written by hand lead in a circle.
_SURVIVOR = """
    WITH RECURSIVE merged (id, merged_into_id) AS (
        SELECT id, merged_into_id FROM customers_customer WHERE id = %s
        UNION
        SELECT c.id, c.merged_into_id FROM merged JOIN customers_customer c ON c.id = merged.merged_into_id
    )
    SELECT id FROM merged WHERE merged_into_id IS NULL
"""


class CustomerPage(CustomerAccess, Page, ABC):
    """A page about one customer, which is found before anything else.

    A customer that never was is 404, a deleted one 410 with when and by whom, a merged one leads to the one it lives on
    in (308). An anonymised customer stays readable and is changed no more.
    """

    permission_required = "customers.view_customer"
    route: ClassVar[str]
    customer: Customer

    def get(self, request: Any, customer_id: UUID) -> HttpResponse:
        """The page, or why there is none."""
        found = self.customers().filter(pk=customer_id).first()
        if found is None:
            return self._absent("customers/missing.html", 404)
        if found.merged_into_id:
            return self._moved(found)
        if found.is_deleted:
            return self._absent("customers/gone.html", 410, customer=found)
        self.customer = found
        return self.show()

    @abstractmethod
    def show(self) -> HttpResponse:
        """The page of the customer that was found."""

    def customers(self) -> CustomerQuerySet:
        """Every customer with what the head of its pages names; anything else that is read later is a mistake."""
        named = Customer.objects.select_related("workflow_status", "tier", "owner", "deleted_by", "marked_as_spam_by")
        return named.fetch_mode(models.FETCH_RAISE)

    @property
    def can_change(self) -> bool:
        """Whether this person may change this customer."""
        return bool(self.can_edit) and self.customer.anonymised_at is None

    @cached_property
    def people_count(self) -> Count | None:
        """How many listed people an organisation has; None where nobody can belong to it."""
        if self.customer.kind != CustomerKind.ORGANIZATION:
            return None
        return bounded("customers_customer", conditions(Customer.objects.listed().filter(company=self.customer)))

    def _moved(self, customer: Customer) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute(_SURVIVOR, [customer.pk])
            survivor = cursor.fetchone()
        if survivor is None:
            raise Gone
        return HttpResponseRedirect(reverse(self.route, args=survivor), status=308)

    def _absent(self, template: str, status: int, **context: Any) -> HttpResponse:
        if self.is_htmx:
            raise Gone if status == 410 else Http404
        return render(self.request, template, {"page": self, **context}, status=status)
