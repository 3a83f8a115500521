"""Statements that the server plans once a connection."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import planned_once

pytestmark = pytest.mark.django_db

STATEMENT = "SELECT %s::int + 41 AS planned_once_test"


def ask(value):
    with planned_once.cursor() as opened:
        opened.execute(STATEMENT, [value])
        return opened.fetchone()[0]


def remembered():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%41 AS planned_once_test'")
        return cursor.fetchone()[0]


def test_statement_that_comes_again_with_other_values_keeps_its_plan():
    assert [ask(value) for value in range(7)] == [41, 42, 43, 44, 45, 46, 47]
    assert remembered() == 1


def test_statement_is_counted_like_any_other():
    with CaptureQueriesContext(connection) as captured:
        ask(1)
    assert len(captured) == 1
