"""Streaming the rows of a query as CSV: PostgreSQL writes the file, the process only hands it on.

A stream has a connection of its own, because the request's may be needed while it runs; no more than a few run at a
time, so that the pool stays free for people.
"""

from __future__ import annotations

from collections.abc import Buffer, Callable, Mapping
from contextlib import ExitStack
from threading import BoundedSemaphore
from typing import Self

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from psycopg import Copy
from psycopg_pool import TooManyRequests

from core.clauses import Clause, template

MOST_AT_ONCE = 3
WAIT_SECONDS = 5
CHUNK = 64 * 1024

_slots = BoundedSemaphore(MOST_AT_ONCE)


class CsvStream:
    """The bytes of a CSV file, header first, as an iterator that gives its connection back when it is closed.

    `seconds` is the longest the query may take, `settings` go to PostgreSQL for this query alone, and `finished` is
    called with the number of rows once the last one was read.
    """

    _copy: Copy | None = None

    def __init__(
        self,
        query: Clause,
        *,
        seconds: int,
        settings: Mapping[str, str] | None = None,
        finished: Callable[[int], None] | None = None,
    ) -> None:
        self._stack = ExitStack()
        self._finished = finished
        self._number = 0
        if not _slots.acquire(timeout=WAIT_SECONDS):
            raise OperationalError("Too many exports run already.") from TooManyRequests()
        self._stack.callback(_slots.release)
        try:
            self._open(query, {"statement_timeout": f"{seconds}s", **(settings or {})})
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        """The next piece of the file; the first one comes as soon as there is a header."""
        chunk = bytearray()
        while row := self._read():
            chunk += row
            self._number += 1
            if len(chunk) >= CHUNK or self._number == 1:
                break
        if not chunk:
            raise StopIteration
        return bytes(chunk)

    def close(self) -> None:
        """Give the connection back; one whose file was not read to its end is closed, which ends the query."""
        self._stack.close()

    def __del__(self) -> None:
        # An answer that nobody reads and nobody closes must not keep its slot, nor its query open.
        self._stack.close()

    def _open(self, query: Clause, settings: Mapping[str, str]) -> None:
        connection = connections[DEFAULT_DB_ALIAS].copy()
        self._stack.callback(connection.close)
        connection.ensure_connection()
        self._connection = connection.connection
        self._stack.callback(self._abandon)
        connection.set_autocommit(False)
        cursor = self._connection.cursor()
        switched = ", ".join("set_config(%s, %s, TRUE)" for _ in settings)
        cursor.execute(f"SELECT {switched}", [text for pair in settings.items() for text in pair])
        copy = template("COPY ({query}) TO STDOUT WITH (FORMAT csv, HEADER)", query=query)
        self._copying = cursor.copy(copy.sql, copy.params)
        self._copy = self._copying.__enter__()

    def _read(self) -> Buffer:
        if self._copy is None:
            return b""
        try:
            row = self._copy.read()
        except BaseException:
            # Whoever reports the error may hold on to it, and with it to this stream.
            self.close()
            raise
        if not row:
            self._complete()
        return row

    def _complete(self) -> None:
        self._copy = None
        self._copying.__exit__(None, None, None)
        self._connection.rollback()
        self.close()
        if self._finished:
            self._finished(self._number - 1)

    def _abandon(self) -> None:
        if self._copy is not None:
            self._copy = None
            self._connection.close()
