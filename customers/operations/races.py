"""Two people who write at once: the slower one looks again and sees what the faster one did."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, IntegrityError, OperationalError, connection
from psycopg.errors import DeadlockDetected

from core.problems import Refused
from customers.rules.constraints import problems_of

_COMPANIES = 7_201_972
"""The number of the lock that all changes of a company take; any number that nothing else uses."""


def with_second_chance[Outcome](write: Callable[[], Outcome]) -> Outcome:
    """Run a write, and run it once more when it lost a race: its checks then find and name what was taken.

    Raises `Refused` with the problem behind the constraint when it loses again.
    """
    try:
        return write()
    except (IntegrityError, OperationalError) as error:
        if not _lost_a_race(error):
            raise
    try:
        return write()
    except IntegrityError as error:
        raise Refused(problems_of(error)) from error


def change_companies_one_by_one() -> None:
    """Wait until nobody else changes who belongs to whom: two halves of a circle cannot see each other (C72)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_COMPANIES])


def _lost_a_race(error: DatabaseError) -> bool:
    return isinstance(error, IntegrityError) or isinstance(error.__cause__, DeadlockDetected)
