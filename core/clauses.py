"""Pieces of SQL with their parameters, and the way from a queryset's conditions to such a piece.

A list asks PostgreSQL for what the ORM has no words for (a fence around a subquery, a walk group by group, COPY). Its
conditions still come from querysets, so that a filter is written once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Clause:
    """SQL with `%s` placeholders, and a value for each of them, in order."""

    sql: str
    params: tuple[Any, ...] = ()


NOTHING = Clause("FALSE")
EVERYTHING = Clause("TRUE")


def joined(glue: str, clauses: Iterable[Clause]) -> Clause:
    """Several clauses as one: `joined(" AND ", [...])`."""
    parts = tuple(clauses)
    return Clause(glue.join(part.sql for part in parts), tuple(value for part in parts for value in part.params))


def template(sql: str, **parts: Clause | str) -> Clause:
    """SQL with `{name}` places filled by clauses (their parameters in the order of their places) or by plain SQL."""
    pieces: list[Clause] = []
    for literal, name, _, _ in Formatter().parse(sql):
        part = parts[name] if name else ""
        pieces += [Clause(literal), Clause(part) if isinstance(part, str) else part]
    return joined("", pieces)


def conditions(queryset: QuerySet) -> Clause:
    """The WHERE of a queryset, with its columns in the name of its table; for querysets over one table alone."""
    query = queryset.query
    if sum(uses > 0 for uses in query.alias_refcount.values()) > 1:
        raise ValueError("The conditions of a joined query do not stand alone: ask with Exists() instead.")
    compiler = query.get_compiler(connection=connection)
    try:
        sql, params = compiler.compile(query.where)
    except EmptyResultSet:
        return NOTHING
    except FullResultSet:
        return EVERYTHING
    return Clause(sql or "TRUE", tuple(params))
