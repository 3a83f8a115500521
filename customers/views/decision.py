"""A question about a whole customer: what follows, and the button that does it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse

from core.errors import Gone
from core.models import Actor
from core.problems import Kind, Refused
from customers.operations import Unchanged, Updated
from customers.querysets import CustomerQuerySet
from customers.views.one_customer import CustomerPage
from customers.views.revision import revision


class Decision(CustomerPage):
    """Says what follows, and does it; the form carries the revision that the person has looked at.

    Hooks: `operation`, `is_settled`, `consequences` for the template, and `finish`, which says what was done.
    """

    partials: ClassVar[Mapping[str, str]] = {"dialog-slot": "dialog"}
    operation: ClassVar[Callable[..., Updated | Unchanged]]
    done: ClassVar[str]

    @property
    @abstractmethod
    def is_settled(self) -> bool:
        """Whether the customer is already as the decision would have it."""

    def consequences(self) -> Mapping[str, Any]:
        """What the template tells besides the customer."""
        return {}

    def finish(self, customer_id: UUID) -> HttpResponse:
        """Say what was done, and leave."""
        messages.success(self.request, self.done)
        return self.redirect("customers:detail", customer_id)

    def customers(self) -> CustomerQuerySet:
        """With the person who changed the customer last, whom a conflict names."""
        return super().customers().select_related("updated_by")

    def show(self) -> HttpResponse:
        """What follows, and the button; nothing to decide for a customer that is as it would be."""
        if self.is_settled or not self.can_change:
            return self.redirect("customers:detail", self.customer.pk)
        return self._question()

    def post(self, request: Any, customer_id: UUID) -> HttpResponse:
        """Do it, or say that somebody changed the customer meanwhile (409)."""
        try:
            type(self).operation(
                customer_id, actor=Actor.objects.of(request.user), rev=revision(request.POST.get("rev", ""))
            )
        except Refused as refused:
            return self._refused(refused, customer_id)
        return self.finish(customer_id)

    def _refused(self, refused: Refused, customer_id: UUID) -> HttpResponse:
        kinds = {problem.kind for problem in refused.problems}
        found = self.customers().filter(pk=customer_id).first()
        if found is None:
            raise Http404
        if Kind.GONE in kinds:
            raise Gone
        self.customer = found
        if self.is_settled:
            # Somebody else did the same, or the button was pressed twice: what the person wanted is so.
            return self.finish(customer_id)
        is_stale = any(problem.code == "C51" for problem in refused.problems)
        return self._question(status=409, is_stale=is_stale)

    def _question(self, status: int = 200, **context: Any) -> HttpResponse:
        return self.render({"customer": self.customer, **self.consequences(), **context}, status=status)
