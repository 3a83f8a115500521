"""Reading one page of a customer's feed: three queries, however much happened."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from core.clauses import Clause
from core.models import User
from core.paging import Cursor, Page, cut
from customers.changes import statements
from customers.changes.entries import Entry, Event, Operation
from customers.changes.names import look_up
from customers.changes.wording import tell

type Place = tuple[datetime, str]


def read_changes(customer_id: UUID, cursor: Cursor | None, size: int, *, viewer: User) -> Page[Entry]:
    """What happened to a customer, newest first, one entry for each operation, as far as the viewer may see it."""
    found = _rows(statements.operations(customer_id, cursor, size + 1))
    page: Page[Place] = cut([(at, key) for at, key in found], cursor, size, lambda place: place)
    operations = _read(customer_id, page.rows) if page.rows else []
    names = look_up(customer_id, operations) if operations else None
    sees_sensitive = viewer.has_perm("customers.change_customer")
    entries = [tell(operation, names, sees_sensitive=sees_sensitive) for operation in operations] if names else []
    return Page(entries, page.next, page.previous)


def _read(customer_id: UUID, places: Sequence[Place]) -> list[Operation]:
    """These operations with their events, in the same order."""
    events: defaultdict[Place, list[Event]] = defaultdict(list)
    contexts: dict[Place, dict[str, Any]] = {}
    for at, key, model, _, label, before, after in _rows(statements.events(customer_id, places)):
        event = Event(model, label, _parsed(before), _parsed(after))
        if label == "delete":
            # The history of a removed row holds what it was.
            event = replace(event, before=event.after, after=None)
        elif label == "insert":
            event = replace(event, before=None)
        events[at, key].append(event)
        row = event.after or event.before or {}
        contexts[at, key] = row.get("pgh_context") or {}
    return [Operation(at, key, contexts[at, key], events[at, key]) for at, key in places if (at, key) in events]


def _parsed(document: str | None) -> dict[str, Any] | None:
    # Numbers exactly as they are stored, not as the nearest float.
    return None if document is None else json.loads(document, parse_float=Decimal)


def _rows(statement: Clause) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        return cursor.fetchall()
