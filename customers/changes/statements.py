"""The feed of a customer as SQL: where its operations are, and what each of them wrote.

Operations are found by walking the history of every table and the timeline, each along its index and each no further
than a page; only what is on the page is read whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from core.clauses import Clause, joined, template
from core.paging import Cursor
from customers.changes.fields import SHOWN
from customers.choices import TimelineKind

OWNED = ("identifier", "domain", "url", "location", "customerflag", "customertag")
"""The tables of what a customer owns that keep a history."""

# The rows of the customer tell these as well, whatever wrote them: one telling is enough.
_TOLD_BY_ROWS = (TimelineKind.SPAM_MARKED, TimelineKind.SPAM_UNMARKED, TimelineKind.ANONYMISED)

# One transaction has one NOW(), and everything in a context was done for one purpose.
_KEY = """COALESCE(e.pgh_context_id::text, '') COLLATE "C" """
_ENTRY_KEY = """('t' || e.id::text) COLLATE "C" """

_WALK = """(SELECT DISTINCT e.{at} AS at, {key} AS key FROM {table} e {previous}
  WHERE e.{by} = {customer} AND {condition} AND {beyond} ORDER BY at {direction}, key {direction} LIMIT {limit})"""
# Every event has the one that was written before it, by number: a change that had to wait for another one carries
# the moment at which it began to wait. Those of a customer are one step further in an index.
_PREVIOUS = """LEFT JOIN LATERAL (
    SELECT * FROM customers_customerevent b
    WHERE b.pgh_obj_id = e.pgh_obj_id AND b.pgh_id < e.pgh_id ORDER BY b.pgh_id DESC LIMIT 1) p ON TRUE"""
_IS_SEEN = "(e.pgh_label <> 'update' OR ({new}) IS DISTINCT FROM ({old}))".format(
    new=", ".join(f"e.{column}" for column in SHOWN), old=", ".join(f"p.{column}" for column in SHOWN)
)

_PAGE = "WITH page AS (SELECT * FROM unnest({moments}, {keys}) AS o (at, key))"
_OF_CUSTOMER = """
SELECT page.at, page.key, 'customer' AS model, e.pgh_id AS version, e.pgh_label AS label,
  to_jsonb(p) AS before, to_jsonb(e) AS after
FROM page JOIN customers_customerevent e
  ON e.pgh_obj_id = {customer} AND e.pgh_created_at = page.at AND {key} = page.key """
# What a customer owns is indexed by the customer: all predecessors are found in one pass over its own events.
_OF_OWNED = """
SELECT page.at, page.key, '{model}', e.pgh_id, e.pgh_label, to_jsonb(p), to_jsonb(e)
FROM page JOIN customers_{model}event e
  ON e.customer_id = {customer} AND e.pgh_created_at = page.at AND {key} = page.key
LEFT JOIN (
  SELECT pgh_id, lag(pgh_id) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS earlier
  FROM customers_{model}event WHERE customer_id = {customer}
) b ON b.pgh_id = e.pgh_id
LEFT JOIN customers_{model}event p ON p.pgh_id = b.earlier"""
_OF_TIMELINE = """
SELECT page.at, page.key, 'timeline', 0, e.kind, NULL, jsonb_build_object('payload', e.payload, 'who', a.label)
FROM page JOIN customers_timelineentry e ON e.customer_id = {customer} AND e.at = page.at AND {key} = page.key
  JOIN core_actor a ON a.id = e.actor_id"""


def operations(customer_id: UUID, cursor: Cursor | None, limit: int) -> Clause:
    """Moment and key of the operations after (or before) a cursor, in the order of the walk."""
    direction = "ASC" if cursor and cursor.is_backward else "DESC"
    kinds = Clause("e.kind <> ALL(%s::text[])", ([kind.value for kind in _TOLD_BY_ROWS],))
    customer = Clause("%s::uuid", (customer_id,))
    places = [
        ("customers_customerevent", "pgh_obj_id", "pgh_created_at", _KEY, _PREVIOUS, Clause(_IS_SEEN)),
        *((f"customers_{model}event", "customer_id", "pgh_created_at", _KEY, "", Clause("TRUE")) for model in OWNED),
        ("customers_timelineentry", "customer_id", "at", _ENTRY_KEY, "", kinds),
    ]
    walks = [
        template(
            _WALK, table=table, by=by, at=at, key=key, previous=previous, condition=condition, customer=customer,
            beyond=_beyond(at, key, cursor), direction=direction, limit=str(limit),
        )
        for table, by, at, key, previous, condition in places
    ]  # fmt: skip
    rest = Clause(f" ORDER BY at {direction}, key {direction} LIMIT {limit}")
    return joined("", [joined("\nUNION ", walks), rest])


def _beyond(at: str, key: str, cursor: Cursor | None) -> Clause:
    if cursor is None:
        return Clause("TRUE")
    sign = ">" if cursor.is_backward else "<"
    moment, place = cursor.position
    # The first condition is the one that the index answers.
    sql = f"e.{at} {sign}= %s::timestamptz AND (e.{at}, {key}) {sign} (%s::timestamptz, %s::text)"
    return Clause(sql, (moment, moment, place))


def events(customer_id: UUID, found: Sequence[tuple[datetime, str]]) -> Clause:
    """What these operations wrote: each event with the row before and after it, as JSON, oldest first."""
    customer = Clause("%s::uuid", (customer_id,))
    moments = Clause("%s::timestamptz[]", ([at for at, _ in found],))
    keys = Clause("%s::text[]", ([key for _, key in found],))
    parts = [
        joined("", [template(_OF_CUSTOMER, customer=customer, key=_KEY), Clause(_PREVIOUS)]),
        *(template(_OF_OWNED, model=model, customer=customer, key=_KEY) for model in OWNED),
        template(_OF_TIMELINE, customer=customer, key=_ENTRY_KEY),
    ]
    page = template(_PAGE, moments=moments, keys=keys)
    return joined("", [page, joined("\nUNION ALL ", parts), Clause("\nORDER BY model, version")])
