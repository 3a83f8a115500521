"""Taking one tag off many customers, or putting another one in its place, some hundred of them at a time."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils import timezone

from core.models import Actor
from customers.models import Customer, CustomerTag

CHUNK = 500

# Tags of a customer are numbered without gaps: an update of the customer counts on it.
_RENUMBER = """
    UPDATE customers_customertag AS link SET position = counted.place
    FROM (
        SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY position, id) - 1 AS place
        FROM customers_customertag WHERE customer_id = ANY(%s)
    ) AS counted
    WHERE link.id = counted.id AND link.position <> counted.place
"""


def retag(tag_id: UUID, target_id: UUID | None, *, actor: Actor) -> int:
    """Give some customers `target_id` in place of the tag, or nothing; says how many they were, 0 at the end.

    Runs inside the caller's transaction and history context. Deleted customers are among them: they may come back.
    """
    links = CustomerTag.objects.filter(tag=tag_id)
    some = list(links.values_list("customer_id", flat=True)[:CHUNK])
    # In one order, and before their tags, as everybody who changes a customer locks it.
    locked = Customer.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=some).order_by("pk")
    list(locked.values_list("pk", flat=True))
    mine = links.filter(customer__in=some)
    customers = list(mine.values_list("customer_id", flat=True))
    if not customers:
        return 0
    kept = CustomerTag.objects.filter(tag=target_id, customer__in=customers) if target_id else None
    surplus = customers if kept is None else list(kept.values_list("customer_id", flat=True))
    mine.filter(customer__in=surplus).delete()
    number_tags(surplus)
    if target_id:
        mine.update(tag=target_id)
    Customer.objects.filter(pk__in=customers).update(rev=F("rev") + 1, updated_at=timezone.now(), updated_by=actor)
    return len(customers)


def number_tags(customers: Collection[UUID]) -> None:
    """Close the gaps in the order of the tags of these customers."""
    if customers:
        with connection.cursor() as cursor:
            cursor.execute(_RENUMBER, [list(customers)])
