"""Taking a customer for a write: it must exist, be live and be the version the person has seen."""

from __future__ import annotations

from uuid import UUID

from core.problems import Refused
from customers.models import Customer
from customers.rules import check_exists, check_id, check_rev


def lock_customer(customer_id: object, *, rev: object = None, to_delete: bool = False) -> Customer:
    """The live customer, locked until the transaction ends; raises `Refused` with C50, C46, C47 or C51."""
    problems = check_id(customer_id)
    if problems:
        raise Refused(problems)
    # Without the key, so that others may go on pointing at this customer, as their company for one.
    locked = Customer.objects.select_for_update(of=("self",), no_key=True)
    customer = locked.filter(pk=UUID(str(customer_id))).first()
    problems = check_exists(customer, to_delete=to_delete)
    if problems or customer is None:
        raise Refused(problems)
    problems = check_rev(rev, customer.rev)
    if problems:
        raise Refused(problems)
    return customer
