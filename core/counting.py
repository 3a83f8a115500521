"""Counts that stay quick at any size: exact up to a bound, from the planner's statistics beyond it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import connection

from core import formatting
from core.clauses import Clause, template

BOUND = 10_000


@dataclass(frozen=True, slots=True)
class Count:
    """A number of rows; `is_exact` is off for an estimate and `is_bounded` on where counting stopped at the bound."""

    number: int
    is_exact: bool = True
    is_bounded: bool = False

    def __str__(self) -> str:
        if self.is_bounded:
            return f"{formatting.number(self.number)}+"
        return formatting.number(self.number) if self.is_exact else f"about {formatting.number(_rounded(self.number))}"


AT_LEAST_BOUND = Count(BOUND, is_bounded=True)


def up_to_bound(number: int) -> Count:
    """The count of rows of which at most one more than the bound was looked at."""
    return AT_LEAST_BOUND if number > BOUND else Count(number)


def bounded(table: str, where: Clause) -> Count:
    """How many rows of a table fulfil a condition, looking at no more than the bound and one."""
    question = counting(table, where)
    with connection.cursor() as cursor:
        cursor.execute(question.sql, question.params)
        return up_to_bound(cursor.fetchone()[0])


def counting(table: str, where: Clause) -> Clause:
    """The question itself, for a statement that asks more than this."""
    return template(
        f"SELECT count(*) FROM (SELECT 1 FROM {{table}} WHERE {{where}} LIMIT {BOUND + 1}) AS found",
        table=table,
        where=where,
    )


def estimated(relation: str) -> int | None:
    """How many rows a table or an index has by the planner's statistics; None before the first ANALYZE."""
    question = estimating(relation)
    with connection.cursor() as cursor:
        cursor.execute(question.sql, question.params)
        row = cursor.fetchone()
    return row[0] if row and row[0] > 0 else None


def estimating(relation: str) -> Clause:
    """The question itself, for a statement that asks more than this."""
    return Clause("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(%s)", (relation,))


def planned(table: str, where: Clause) -> int:
    """How many rows of a table the planner expects to fulfil a condition."""
    question = template("EXPLAIN (FORMAT JSON) SELECT 1 FROM {table} WHERE {where}", table=table, where=where)
    with connection.cursor() as cursor:
        cursor.execute(question.sql, question.params)
        plan = cursor.fetchone()[0]
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])


def _rounded(number: int) -> int:
    """Three leading digits: more would claim what statistics do not know."""
    step = 10 ** max(len(str(number)) - 3, 0)
    return round(number / step) * step
