"""Taking a customer for a write: it must exist, be live and be the version the person has seen; then the next one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from core.models import Actor
from core.problems import Problem, Refused
from customers.models import Customer
from customers.rules import check_deleted, check_exists, check_id, check_rev


def lock_customer(customer_id: object, *, rev: object = None, to_delete: bool = False) -> Customer:
    """The live customer, locked until the transaction ends; raises `Refused` with C50, C46, C47 or C51."""
    return _locked(customer_id, rev, lambda customer: check_exists(customer, to_delete=to_delete))


def lock_deleted_customer(customer_id: object, *, rev: object = None) -> Customer:
    """The customer that may be restored, or a live one, locked likewise; raises `Refused` with the same."""
    return _locked(customer_id, rev, check_deleted)


def _locked(customer_id: object, rev: object, check: Callable[[Customer | None], list[Problem]]) -> Customer:
    problems = check_id(customer_id)
    if problems:
        raise Refused(problems)
    # Without the key, so that others may go on pointing at this customer, as their company for one.
    locked = Customer.objects.select_for_update(of=("self",), no_key=True)
    customer = locked.filter(pk=UUID(str(customer_id))).first()
    problems = check(customer)
    if problems or customer is None:
        raise Refused(problems)
    problems = check_rev(rev, customer.rev)
    if problems:
        raise Refused(problems)
    return customer


def save_step(customer: Customer, *fields: str, actor: Actor, now: datetime) -> None:
    """Write these columns of a locked customer as the next revision."""
    customer.rev += 1
    customer.updated_at, customer.updated_by = now, actor
    customer.save(update_fields=[*fields, "rev", "updated_at", "updated_by"])
