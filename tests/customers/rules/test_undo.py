"""C66 and C74: who may take a change back, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from core.problems import Kind
from customers.rules import UNDO_MINUTES, ChangeFact, check_undo

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LIMIT = timedelta(minutes=UNDO_MINUTES)


def refusals(change: ChangeFact | None) -> list[tuple[str, Kind, str]]:
    found = check_undo(change, actor_id="noor", now=NOW)
    return [(problem.code, problem.kind, problem.message) for problem in found]


TOO_OLD = [("C74", Kind.VALIDATION, "Change it back by hand: a change can be undone for 10 minutes.")]


@pytest.mark.parametrize(("age", "expected"), [(LIMIT - timedelta(microseconds=1), []), (LIMIT, TOO_OLD)])
def test_a_change_is_undone_until_ten_minutes_have_passed(age, expected) -> None:
    assert refusals(ChangeFact(NOW - age, "noor", "Noor Okafor")) == expected


def test_a_change_that_nobody_knows_is_not_undone() -> None:
    assert refusals(None) == TOO_OLD


@pytest.mark.parametrize(("who", "author"), [("Jun Park", "Jun Park"), ("", "the person who made it")])
def test_a_change_of_somebody_else_is_theirs_to_undo(who, author) -> None:
    message = f"Change it back by hand: only {author} can undo this change."
    assert refusals(ChangeFact(NOW, "jun", who)) == [("C66", Kind.FORBIDDEN, message)]


def test_a_change_of_more_than_undo_can_put_back_is_left_whole() -> None:
    change = ChangeFact(NOW, "noor", "Noor Okafor", ["domains", "locations"])
    assert refusals(change) == [
        ("C74", Kind.VALIDATION, "Change it back by hand: undo does not cover domains, locations.")
    ]
