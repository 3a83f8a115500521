"""Marking a customer as spam, and taking the mark off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse

from core.errors import Gone
from core.models import Actor
from core.problems import Kind, Refused
from customers.operations import Unchanged, Updated, mark_as_spam, unmark_as_spam
from customers.querysets import CustomerQuerySet
from customers.views.one_customer import CustomerPage
from customers.views.revision import revision


class SpamMark(CustomerPage):
    """Says what follows from the mark, and sets it; the form carries the revision that the person has looked at."""

    permission_required = "customers.change_customer"
    template_name = "customers/spam.html"
    partials: ClassVar[Mapping[str, str]] = {"dialog-slot": "dialog"}
    route = "customers:spam"
    title = "Mark as spam"
    is_spam = True
    done = "Marked as spam"
    operation: ClassVar[Callable[..., Updated | Unchanged]] = staticmethod(mark_as_spam)

    def customers(self) -> CustomerQuerySet:
        """With the person who changed the customer last, whom a conflict names."""
        return super().customers().select_related("updated_by")

    def show(self) -> HttpResponse:
        """What follows, and the button; nothing to decide for a customer that is as it would be."""
        if self.customer.is_spam == self.is_spam or not self.can_change:
            return self.redirect("customers:detail", self.customer.pk)
        return self.render({"customer": self.customer})

    def post(self, request: Any, customer_id: UUID) -> HttpResponse:
        """Set or take off the mark, or say that somebody changed the customer meanwhile (409)."""
        try:
            type(self).operation(
                customer_id, actor=Actor.objects.of(request.user), rev=revision(request.POST.get("rev", ""))
            )
        except Refused as refused:
            return self._refused(refused, customer_id)
        messages.success(request, self.done)
        return self.redirect("customers:detail", customer_id)

    def _refused(self, refused: Refused, customer_id: UUID) -> HttpResponse:
        kinds = {problem.kind for problem in refused.problems}
        if Kind.NOT_FOUND in kinds:
            raise Http404
        if Kind.GONE in kinds:
            raise Gone
        self.customer = self.customers().get(pk=customer_id)
        if self.customer.is_spam == self.is_spam:
            # Somebody else did the same: what the person wanted is so.
            messages.success(self.request, self.done)
            return self.redirect("customers:detail", customer_id)
        return self.render({"customer": self.customer, "is_stale": True}, status=409)


class NoSpamMark(SpamMark):
    """The way back."""

    route = "customers:not-spam"
    title = "Not spam"
    is_spam = False
    done = "No longer marked as spam"
    operation = staticmethod(unmark_as_spam)
