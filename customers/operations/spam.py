"""Spam marks."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.history import acting
from core.models import Actor
from customers.choices import TimelineKind
from customers.models import Customer, TimelineEntry
from customers.operations.locking import lock_customer, save_step
from customers.operations.outcomes import Unchanged, Updated


def mark_as_spam(customer_id: object, *, actor: Actor, rev: object = None) -> Updated | Unchanged:
    """Hide the customer from lists, search and exports; a repeated mark keeps its first time (section 5)."""
    with transaction.atomic(), acting(actor) as change:
        customer = lock_customer(customer_id, rev=rev)
        if customer.is_spam:
            return Unchanged(customer)
        customer.marked_as_spam_at, customer.marked_as_spam_by = timezone.now(), actor
        return _save_spam(customer, TimelineKind.SPAM_MARKED, change, actor=actor)


def unmark_as_spam(customer_id: object, *, actor: Actor, rev: object = None) -> Updated | Unchanged:
    """Bring a customer that was marked as spam back into lists, search and exports."""
    with transaction.atomic(), acting(actor) as change:
        customer = lock_customer(customer_id, rev=rev)
        if not customer.is_spam:
            return Unchanged(customer)
        customer.marked_as_spam_at = customer.marked_as_spam_by = None
        return _save_spam(customer, TimelineKind.SPAM_UNMARKED, change, actor=actor)


def _save_spam(customer: Customer, kind: TimelineKind, change: UUID, *, actor: Actor) -> Updated:
    now = customer.marked_as_spam_at or timezone.now()
    save_step(customer, "marked_as_spam_at", "marked_as_spam_by", actor=actor, now=now)
    TimelineEntry.objects.create(customer=customer, at=now, actor=actor, kind=kind)
    return Updated(customer, ("marked_as_spam_at",), change)
