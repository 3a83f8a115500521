"""The first look at an input, before the database is asked anything about it."""

from __future__ import annotations

from collections.abc import Mapping

from core.problems import Refused
from customers import normalise
from customers.rules import check_text


def storable(changes: Mapping[str, object]) -> dict[str, object]:
    """The normalised input; raises `Refused` with C71 when it holds text that no query can even carry."""
    problems = check_text(changes)
    if problems:
        raise Refused(problems)
    return normalise.customer(changes)
