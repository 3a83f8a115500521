"""The rows of the database, kept beside it and put back: the server of these tests commits whatever it writes."""

import pgtrigger
from django.db import connection, transaction


class Snapshot:
    """All rows as they are when it is made, in a schema of their own.

    A rollback would not do, because the server writes through connections of its own; a flush would take away what
    the migrations wrote, and be slower.
    """

    def __init__(self, schema: str) -> None:
        self._columns = _columns()
        self._schema = connection.ops.quote_name(schema)
        copies = (f"CREATE TABLE {self._schema}.{table} AS TABLE public.{table}" for table in self._columns)
        _run(f"DROP SCHEMA IF EXISTS {self._schema} CASCADE", f"CREATE SCHEMA {self._schema}", *copies)

    def put_back(self) -> None:
        """Make the rows of the database those of the snapshot, without writing history."""
        with transaction.atomic(), pgtrigger.ignore():
            _run(
                "SET CONSTRAINTS ALL DEFERRED",
                *(f"DELETE FROM public.{table}" for table in self._columns),
                *(
                    f"INSERT INTO public.{table} ({columns}) OVERRIDING SYSTEM VALUE "
                    f"SELECT {columns} FROM {self._schema}.{table}"
                    for table, columns in self._columns.items()
                ),
            )


def _columns() -> dict[str, str]:
    """Each table with its columns; a generated one comes back by itself. The queue of jobs stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(t.table_name), string_agg(quote_ident(c.column_name), ', ')"
            " FROM information_schema.tables t JOIN information_schema.columns c USING (table_schema, table_name)"
            " WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'"
            " AND t.table_name NOT LIKE 'procrastinate%%' GROUP BY t.table_name"
        )
        return dict(cursor.fetchall())


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))
