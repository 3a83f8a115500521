"""Statements that PostgreSQL plans once for a connection and then remembers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


@contextmanager
def cursor() -> Iterator[CursorWrapper]:
    """A cursor for statements whose values do not decide how they are best answered.

    Django writes values into the text of a statement, so that each is planned anew: right for a search, whose plan
    depends on the word, and half of what it takes to walk one page along an index. Here values travel beside the text
    and a text that comes again (`prepare_threshold`) keeps its plan.
    """
    connection.ensure_connection()
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    remembering: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    with make(remembering) as opened:
        yield opened
