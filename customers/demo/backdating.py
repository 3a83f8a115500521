"""Moving what was just written to the time it is said to have happened, rows and history alike.

The operations date everything by the clock. Each one that changes a customer raises its `rev`, so customer and `rev`
lead to the clock time of a change, and from there to every column and event that carries it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import pgtrigger
from django.db import connection


class Moment(NamedTuple):
    """When a revision of a customer is said to have been made."""

    customer_id: UUID
    rev: int
    at: datetime


_DATED = (
    "updated_at", "workflow_status_changed_at", "support_status_changed_at", "assigned_at", "last_idle_at",
    "marked_as_spam_at", "deleted_at",
)  # fmt: skip
_OWNED = ("identifier", "domain", "url", "location", "customerflag", "customertag")

_MOMENTS = """
    CREATE TEMPORARY TABLE demo_moment AS
    SELECT customer_id, rev, at FROM unnest(%s::uuid[], %s::int[], %s::timestamptz[]) AS m (customer_id, rev, at)
"""
# The clock time of a revision is what `updated_at` said then; a first revision was dated when it was made.
_CLOCKS = """
    CREATE TEMPORARY TABLE demo_clock AS
    SELECT m.customer_id, m.at, e.pgh_context_id AS context_id, e.updated_at AS clock, m.rev
    FROM demo_moment m JOIN customers_customerevent e ON e.pgh_obj_id = m.customer_id AND e.rev = m.rev
"""
_OWNED_EVENTS = """
    UPDATE customers_{model}event e SET pgh_created_at = c.at
    FROM demo_clock c WHERE c.customer_id = e.customer_id AND c.context_id = e.pgh_context_id
"""
_EVENTS = """
    UPDATE customers_customerevent e SET pgh_created_at = c.at
    FROM demo_clock c WHERE c.customer_id = e.pgh_obj_id AND c.rev = e.rev
"""
_COLUMN = """
    UPDATE {table} t SET {column} = c.at
    FROM demo_clock c WHERE c.rev > 1 AND c.customer_id = t.{key} AND c.clock = t.{column}
"""
_FLAGS = (
    "UPDATE customers_customerflagevent SET added_at = pgh_created_at WHERE pgh_label = 'insert'",
    "UPDATE customers_customerflag f SET added_at = e.added_at FROM customers_customerflagevent e"
    " WHERE e.pgh_obj_id = f.id AND e.pgh_label = 'insert'",
)


def backdate(moments: Sequence[Moment]) -> None:
    """Let every revision have been made at its moment; runs in the transaction that has written them."""
    with connection.cursor() as cursor, pgtrigger.ignore():
        cursor.execute(_MOMENTS, [*map(list, zip(*moments, strict=True))])
        cursor.execute(_CLOCKS)
        cursor.execute("CREATE INDEX ON demo_clock (customer_id, clock)")
        cursor.execute("ANALYZE demo_clock")
        for model in _OWNED:
            cursor.execute(_OWNED_EVENTS.format(model=model))
        cursor.execute(_EVENTS)
        for column in _DATED:
            for table, key in (("customers_customer", "id"), ("customers_customerevent", "pgh_obj_id")):
                cursor.execute(_COLUMN.format(table=table, column=column, key=key))
        cursor.execute(_COLUMN.format(table="customers_timelineentry", column="at", key="customer_id"))
        for statement in _FLAGS:
            cursor.execute(statement)
        cursor.execute("DROP TABLE demo_moment, demo_clock")
