"""Deleting a customer, and bringing a deleted one back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from core.history import acting
from core.models import Actor
from core.obstacles import in_the_way_of
from core.problems import Refused
from customers import rows
from customers.models import Customer, Domain, Identifier
from customers.operations.locking import lock_customer, lock_deleted_customer, save_step
from customers.operations.outcomes import Unchanged, Updated
from customers.operations.races import change_companies_one_by_one, with_second_chance
from customers.operations.world import taken
from customers.rules import check_deletion, check_restore


def delete_customer(customer_id: object, *, actor: Actor, rev: object = None) -> Updated:
    """Take a customer out of everything but its own page; its emails, ids and domains become free again (C46, C73)."""
    with transaction.atomic(), acting(actor) as change:
        customer = lock_customer(customer_id, rev=rev, to_delete=True)
        problems = check_deletion([obstacle.label for obstacle in in_the_way_of(customer.pk)])
        if problems:
            raise Refused(problems)
        now = timezone.now()
        customer.deleted_at, customer.deleted_by = now, actor
        save_step(customer, "deleted_at", "deleted_by", actor=actor, now=now)
        _claim_contact_points(customer, active=False)
    return Updated(customer, ("deleted_at",), change)


def restore_customer(customer_id: object, *, actor: Actor, rev: object = None) -> Updated | Unchanged:
    """Bring a deleted customer back with everything it had; a live one stays as it is (C47, C68)."""
    return with_second_chance(lambda: _check_and_restore(customer_id, actor=actor, rev=rev))


def _check_and_restore(customer_id: object, *, actor: Actor, rev: object) -> Updated | Unchanged:
    with transaction.atomic(), acting(actor) as change:
        customer = lock_deleted_customer(customer_id, rev=rev)
        if not customer.is_deleted:
            return Unchanged(customer)
        change_companies_one_by_one()
        state = rows.state_of(customer)
        kind = customer.company.kind if customer.company else None
        problems = check_restore(state, taken=taken([state], customer_id=customer.pk), company_kind=kind)
        if problems:
            raise Refused(problems)
        customer.deleted_at = customer.deleted_by = None
        save_step(customer, "deleted_at", "deleted_by", actor=actor, now=timezone.now())
        _claim_contact_points(customer, active=True)
    return Updated(customer, ("deleted_at",), change)


def _claim_contact_points(customer: Customer, *, active: bool) -> None:
    Identifier.objects.filter(customer=customer).update(active=active)
    Domain.objects.filter(customer=customer).update(active=active)
