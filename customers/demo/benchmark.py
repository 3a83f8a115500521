"""A database full of customers, to measure Retainer with: made in sets by PostgreSQL, looking like real ones.

The rules are not asked row by row, because a million rows would take an hour; a test asks them about a sample, and
every constraint of the database is checked for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any

from django.db import connection, models, transaction

from core.history import acting
from core.models import Actor
from core.text import fold
from customers.demo import benchmark_rows as sql
from customers.demo.companies import domain_label, draw_company
from customers.demo.directory import SEED
from customers.demo.people import draw_person
from customers.demo.places import PLACES
from customers.demo.staff import TAGS, create_catalogue, create_staff
from customers.models import (
    AttributeValue,
    Customer,
    CustomerFlag,
    CustomerTag,
    Domain,
    Identifier,
    Location,
    SearchDocument,
)
from customers.operations.references import tag_ids

_MOST_NAMES = 50_000
_TRACKED: tuple[type[models.Model], ...] = (Customer, Identifier, Domain, Location, CustomerTag, CustomerFlag)
_FILLED = (*_TRACKED, SearchDocument, AttributeValue)

type Say = Callable[[str], object]


def fill(count: int, *, say: Say) -> None:
    """Store `count` customers with their contact points, places, tags, flags, search documents and history.

    One transaction: a fill that is killed leaves no customer. Indexes and foreign keys are made after the rows.
    """
    actor = Actor.objects.system("Benchmark")
    with transaction.atomic(), acting(actor):
        create_catalogue()
        create_staff()
        tag_ids(TAGS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        say("drawing names")
        _load_words(cursor, count)
        with _bare_tables(cursor, say=say):
            cursor.execute(sql.DRAFT, {"count": count})
            for name, statement in sql.STATEMENTS.items():
                say(f"storing {name}")
                cursor.execute(statement, {"actor": actor.pk})
            for model in _TRACKED:
                _store_history(cursor, model, actor)
        cursor.execute("DROP TABLE draft, company_word, person_word, place_word")
        cursor.execute(f"ANALYZE {', '.join(_tables())}")


def settle() -> None:
    """Leave the tables as a database looks that has been in use for a while; outside of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(_tables())}")


def _tables() -> list[str]:
    history = (model.pgh_event_model for model in _TRACKED)  # type: ignore[attr-defined]
    return [model._meta.db_table for model in (*_FILLED, *history)]


def _load_words(cursor: Any, count: int) -> None:
    """Names that the rows are put together of: each of them comes back about twenty times in a million."""
    random = Random(SEED)
    names = min(count, _MOST_NAMES)
    cursor.execute(sql.WORDS)
    _copy(cursor, "company_word", (_company(random, number) for number in range(names)))
    _copy(cursor, "person_word", (_person(random, number) for number in range(names)))
    _copy(
        cursor,
        "place_word",
        (
            (number, place.country_code, place.country, place.region, place.city, place.language, place.time_zone)
            for number, place in enumerate(PLACES)
        ),
    )


def _company(random: Random, number: int) -> Sequence[object]:
    place = random.choice(PLACES)
    name = draw_company(random, place.culture)
    return number, name, fold(name), domain_label(random, name), random.choice(place.endings)


def _person(random: Random, number: int) -> Sequence[object]:
    person = draw_person(random, random.choice(PLACES).culture)
    folded = (fold(person.name), fold(person.given), fold(person.family))
    return number, person.name, person.given, person.family, *folded, person.mailbox


def _copy(cursor: Any, table: str, rows: Iterable[Sequence[object]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _store_history(cursor: Any, model: type[models.Model], actor: Actor) -> None:
    """One event for each row, as the triggers would have written; a statement for all is ten times as fast."""
    event = model.pgh_event_model  # type: ignore[attr-defined]
    columns = [field.column for field in event._meta.concrete_fields if not field.column.startswith("pgh_")]
    listed = ", ".join(f'"{column}"' for column in columns)
    read = ", ".join(f't."{column}"' for column in columns)
    cursor.execute(
        sql.HISTORY.format(
            event=event._meta.db_table,
            columns=listed,
            read=read,
            table=model._meta.db_table,
            customer="id" if model is Customer else "customer_id",
        ),
        {"actor": str(actor.pk), "label": actor.label},
    )


@contextmanager
def _bare_tables(cursor: Any, *, say: Say) -> Iterator[None]:
    """Take triggers, indexes and foreign keys away while rows are written: for all at once, they cost a fraction."""
    tables = _tables()
    # A table with references still to be checked cannot be altered.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(sql.FOREIGN_KEYS, [tables])
    keys = cursor.fetchall()
    for table, name, _ in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(sql.INDEXES, [tables])
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    say("making indexes")
    for _, definition in indexes:
        cursor.execute(definition)
    say("checking references")
    for table, name, definition in keys:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
