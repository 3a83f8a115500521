"""Setting and taking away flags."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from core.history import acting
from core.models import Actor
from core.problems import Refused
from customers.models import Customer, CustomerFlag, Flag
from customers.operations.locking import lock_customer
from customers.operations.outcomes import Unchanged, Updated
from customers.rules import FlagFact, World, check_flag


def add_flag(
    customer_id: object, key: object, *, actor: Actor, rev: object = None, staff: bool = True
) -> Updated | Unchanged:
    """Set a flag; a flag that is set already is a success that changes nothing (C44, C45)."""
    with transaction.atomic(), acting(actor) as change:
        customer, flag = _locked(customer_id, key, rev=rev, staff=staff)
        _, added = CustomerFlag.objects.get_or_create(customer=customer, flag=flag, defaults={"added_by": actor})
        return touched(customer, change, actor=actor) if added else Unchanged(customer)


def remove_flag(
    customer_id: object, key: object, *, actor: Actor, rev: object = None, staff: bool = True
) -> Updated | Unchanged:
    """Take a flag away; a flag that is not set is a success that changes nothing (C44, C45)."""
    with transaction.atomic(), acting(actor) as change:
        customer, flag = _locked(customer_id, key, rev=rev, staff=staff)
        removed, _ = CustomerFlag.objects.filter(customer=customer, flag=flag).delete()
        return touched(customer, change, actor=actor) if removed else Unchanged(customer)


def _locked(customer_id: object, key: object, *, rev: object, staff: bool) -> tuple[Customer, Flag]:
    customer = lock_customer(customer_id, rev=rev)
    flags = held_flags([key])
    facts = {flag.key: FlagFact(read_only=flag.read_only, enabled=flag.enabled) for flag in flags.values()}
    problems = check_flag(key, World(flags=facts), staff=staff)
    if problems:
        raise Refused(problems)
    return customer, flags[str(key)]


def held_flags(keys: Collection[object]) -> dict[str, Flag]:
    """The catalogue by key. Those with these keys stay in it until the transaction ends: nobody deletes them unseen."""
    catalogue = {flag.key: flag for flag in Flag.objects.all()}
    asked = {flag.pk for key, flag in catalogue.items() if key in keys}
    if not asked:
        return catalogue
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM customers_flag WHERE id = ANY(%s) FOR KEY SHARE", [list(asked)])
        gone = asked - {pk for (pk,) in cursor.fetchall()}
    return {key: flag for key, flag in catalogue.items() if flag.pk not in gone}


def touched(customer: Customer, change: UUID, *, actor: Actor) -> Updated:
    """Raise the revision of a customer whose flags have changed."""
    customer.rev += 1
    customer.updated_at = timezone.now()
    customer.updated_by = actor
    customer.save(update_fields=["rev", "updated_at", "updated_by"])
    return Updated(customer, ("flags",), change)
