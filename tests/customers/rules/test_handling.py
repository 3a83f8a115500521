"""C11, C43, C53, C65, C67."""

from datetime import datetime, timedelta

import pytest

from customers.rules import World, check
from customers.rules.fields import INSTANTS
from tests.customers.rules.judging import NOW, judge, on_create, on_update, path_of


@pytest.mark.parametrize("tag", ["", " ", "\u200b", "x" * 61, None, 5, True, ["vip"]])
def test_empty_or_long_tag_is_refused(tag):
    found = judge({"name": "Acme", "tags": ["vip", tag]})

    assert [problem.code for problem in found] == ["C43"]
    assert path_of(found) == ("tags", 1)


def test_tag_of_60_characters_is_fine():
    assert on_create(tags=["x" * 60, "renewal", "🚀"]) == []


@pytest.mark.parametrize("key", [*INSTANTS, "snoozed_until"])
@pytest.mark.parametrize("value", ["yesterday", 1_700_000_000, True, [], {}, float("nan"), "2026-02-30"])
def test_instant_that_cannot_be_read_is_refused(key, value):
    found = judge({"name": "Acme", key: value})

    assert [problem.code for problem in found] == ["C11"]
    assert path_of(found) == (key,)


@pytest.mark.parametrize("key", [*INSTANTS, "snoozed_until"])
def test_instant_that_nobody_gave_a_zone_is_refused(key):
    changes = {"name": "Acme", "support_status": "SNOOZED", key: datetime(2026, 1, 1)}

    assert [problem.code for problem in check(changes, stored=None, world=World(), now=NOW)] == ["C11"]


@pytest.mark.parametrize("key", INSTANTS)
def test_instant_over_five_minutes_in_the_future_is_refused(key):
    limit = NOW + timedelta(minutes=5)

    assert on_create(**{key: limit + timedelta(microseconds=1)}) == ["C53"]
    assert on_create(**{key: limit}) == []
    assert on_create(**{key: limit.isoformat()}) == []
    assert on_create(**{key: "9999-12-31T23:59:59Z"}) == ["C53"]


@pytest.mark.parametrize("key", INSTANTS)
def test_instant_may_be_left_empty(key):
    assert on_create(**{key: None}) == []
    assert on_update(**{key: ""}) == []


@pytest.mark.parametrize("status", ["OPEN", "active", "", None, 5, True, ["IDLE"], {}])
def test_unknown_support_status_is_refused(status):
    found = judge({"name": "Acme", "support_status": status})

    assert [problem.code for problem in found] == ["C67"]
    assert path_of(found) == ("support_status",)


@pytest.mark.parametrize("status", ["ACTIVE", "IDLE", "SNOOZED", " IDLE "])
def test_known_support_status_is_fine(status):
    assert on_create(support_status=status) == []


def test_snooze_until_a_time_that_has_passed_is_refused():
    assert on_create(support_status="SNOOZED", snoozed_until=NOW) == ["C65"]
    assert on_create(support_status="SNOOZED", snoozed_until=NOW + timedelta(seconds=1)) == []
    assert on_update({"support_status": "SNOOZED"}, snoozed_until=NOW - timedelta(days=1)) == ["C65"]


def test_end_of_a_snooze_without_a_snooze_is_refused():
    tomorrow = NOW + timedelta(days=1)

    assert on_create(snoozed_until=tomorrow) == ["C65"]
    assert on_create(support_status="IDLE", snoozed_until=tomorrow) == ["C65"]
    assert on_update({"support_status": "ACTIVE"}, snoozed_until=tomorrow) == ["C65"]
    assert on_update({"support_status": "SNOOZED"}, snoozed_until=tomorrow) == []


def test_stored_end_of_a_snooze_is_not_judged_again():
    passed = datetime(2026, 1, 1, tzinfo=NOW.tzinfo)
    stored = {"support_status": "SNOOZED", "snoozed_until": passed}

    assert on_update(stored, snoozed_until=passed, support_status="IDLE") == []
    assert on_update(stored, snoozed_until=None) == []
