"""Spam marks and deletion."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.history import acting
from core.models import Actor
from customers.choices import TimelineKind
from customers.models import Customer, Domain, Identifier, TimelineEntry
from customers.operations.locking import lock_customer
from customers.operations.outcomes import Unchanged, Updated


def mark_as_spam(customer_id: object, *, actor: Actor, rev: object = None) -> Updated | Unchanged:
    """Hide the customer from lists, search and exports; a repeated mark keeps its first time (section 5)."""
    with transaction.atomic(), acting(actor):
        customer = lock_customer(customer_id, rev=rev)
        if customer.is_spam:
            return Unchanged(customer)
        now = timezone.now()
        customer.marked_as_spam_at, customer.marked_as_spam_by = now, actor
        return _save_spam(customer, TimelineKind.SPAM_MARKED, actor=actor, now=now)


def unmark_as_spam(customer_id: object, *, actor: Actor, rev: object = None) -> Updated | Unchanged:
    """Bring a customer that was marked as spam back into lists, search and exports."""
    with transaction.atomic(), acting(actor):
        customer = lock_customer(customer_id, rev=rev)
        if not customer.is_spam:
            return Unchanged(customer)
        customer.marked_as_spam_at = customer.marked_as_spam_by = None
        return _save_spam(customer, TimelineKind.SPAM_UNMARKED, actor=actor, now=timezone.now())


def delete_customer(customer_id: object, *, actor: Actor, rev: object = None) -> Updated:
    """Take a customer out of everything but its own page; its e-mails, ids and domains become free again."""
    with transaction.atomic(), acting(actor):
        customer = lock_customer(customer_id, rev=rev, to_delete=True)
        now = timezone.now()
        customer.deleted_at, customer.deleted_by = now, actor
        _save(customer, "deleted_at", "deleted_by", actor=actor, now=now)
        Identifier.objects.filter(customer=customer).update(active=False)
        Domain.objects.filter(customer=customer).update(active=False)
    return Updated(customer, ("deleted_at",))


def _save_spam(customer: Customer, kind: TimelineKind, *, actor: Actor, now: datetime) -> Updated:
    _save(customer, "marked_as_spam_at", "marked_as_spam_by", actor=actor, now=now)
    TimelineEntry.objects.create(customer=customer, at=now, actor=actor, kind=kind)
    return Updated(customer, ("marked_as_spam_at",))


def _save(customer: Customer, *fields: str, actor: Actor, now: datetime) -> None:
    customer.rev += 1
    customer.updated_at, customer.updated_by = now, actor
    customer.save(update_fields=[*fields, "rev", "updated_at", "updated_by"])
