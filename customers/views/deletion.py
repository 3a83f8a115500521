"""Deleting a customer, and restoring a deleted one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from core.models import Actor
from core.obstacles import in_the_way_of
from core.pages import Page
from core.problems import Kind, Refused
from customers.access import CustomerAccess
from customers.choices import IdentifierKind
from customers.models import Customer, Domain, Identifier
from customers.operations import delete_customer, restore_customer
from customers.views.decision import Decision
from customers.views.revision import revision

_FREED = {
    IdentifierKind.EMAIL: ("email", "emails"),
    IdentifierKind.PHONE: ("phone number", "phone numbers"),
    IdentifierKind.EXTERNAL_ID: ("external ID", "external IDs"),
    IdentifierKind.SOCIAL: ("social profile", "social profiles"),
    IdentifierKind.FACEBOOK_ID: ("Facebook ID", "Facebook IDs"),
}


class CustomerDelete(Decision):
    """Spells out what goes, what stays and what stands in the way."""

    permission_required = "customers.delete_customer"
    template_name = "customers/delete.html"
    route = "customers:delete"
    title = "Delete customer"
    operation = staticmethod(delete_customer)

    @property
    def is_settled(self) -> bool:
        """Whether it is deleted already."""
        return self.customer.is_deleted

    def consequences(self) -> Mapping[str, Any]:
        """The values that become free, the people who stay behind, and the obstacles."""
        return {"freed": freed_by(self.customer), "obstacles": in_the_way_of(self.customer.pk)}

    def finish(self, customer_id: UUID) -> HttpResponse:
        """Back to the list: the customer's own page is gone."""
        name = Customer.objects.values_list("name", flat=True).get(pk=customer_id)
        messages.success(self.request, f"Deleted {name}")
        return self.redirect("customers:list")


class CustomerRestore(CustomerAccess, Page):
    """The button on the page of a deleted customer."""

    permission_required = "customers.restore_customer"
    template_name = "customers/gone.html"
    http_method_names = ("get", "head", "post")

    def get(self, request: Any, customer_id: UUID) -> HttpResponse:
        """Nothing to read here: the customer's page has the button, or is back."""
        return self.redirect("customers:detail", customer_id)

    def post(self, request: Any, customer_id: UUID) -> HttpResponse:
        """Bring the customer back, or name what has a new owner (409)."""
        rev = revision(request.POST.get("rev", ""))
        try:
            restored = restore_customer(customer_id, actor=Actor.objects.of(request.user), rev=rev).customer
        except Refused as refused:
            return self._refused(refused, customer_id)
        messages.success(request, f"Restored {restored.name}")
        return self.redirect("customers:detail", customer_id)

    def _refused(self, refused: Refused, customer_id: UUID) -> HttpResponse:
        customer = Customer.objects.select_related("deleted_by").filter(pk=customer_id).first()
        if customer is None:
            raise Http404
        if not customer.is_deleted or any(problem.kind == Kind.GONE for problem in refused.problems):
            return self.redirect("customers:detail", customer_id)
        context = {"page": self, "customer": customer, "problems": refused.problems}
        return render(self.request, self.template_name, context, status=409)


def freed_by(customer: Customer) -> list[str]:
    """What becomes free for other customers, in numbers: "2 emails", "1 domain"."""
    own = Identifier.objects.filter(customer=customer, shared=False).values_list("kind", flat=True)
    counts = Counter(own)
    domains = Domain.objects.filter(customer=customer).count()
    words = [(counts[kind], *names) for kind, names in _FREED.items()]
    words += [(domains, "domain", "domains"), (int(bool(customer.slack_channel_id)), "Slack channel", "")]
    return [f"{number} {one if number == 1 else many}" for number, one, many in words if number]
