"""C44, C45, C62, C63."""

import pytest

from core.problems import Holder, Problem
from customers import normalise
from customers.rules import (
    FlagFact,
    World,
    check_flag,
    check_status,
    check_status_removal,
    check_tier,
    check_tier_removal,
)

WORLD = World(flags={"vip": FlagFact(), "risk_checked": FlagFact(read_only=True), "old": FlagFact(enabled=False)})
GOLD = Holder("0197a000-0000-7000-8000-00000000000a", "Gold")


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize("key", ["unknown", "old", "VIP", "", None, 5, [], {}])
def test_flag_outside_the_catalogue_or_switched_off_is_refused(key):
    assert codes(check_flag(key, WORLD, staff=True)) == ["C44"]
    assert codes(check_flag(key, WORLD, staff=False)) == ["C44"]


def test_read_only_flag_is_refused_to_staff_alone():
    assert codes(check_flag("risk_checked", WORLD, staff=True)) == ["C45"]
    assert check_flag("risk_checked", WORLD, staff=False) == []


def test_flag_of_the_catalogue_is_fine():
    assert check_flag("vip", WORLD, staff=True) == []


CHECKS = pytest.mark.parametrize("check", [check_tier, check_status])


@CHECKS
@pytest.mark.parametrize("names", [{}, {"name": ""}, {"name": None, "display_name": " "}])
def test_entry_without_any_name_is_refused(check, names):
    assert codes(check({"color": "#2f6f4e"} | names)) == ["C63"]


@CHECKS
@pytest.mark.parametrize("name", [5, ["Gold"], "x" * 81])
def test_entry_with_a_name_that_does_not_fit_is_refused(check, name):
    assert codes(check({"color": "#2f6f4e", "name": name})) == ["C63"]
    assert codes(check({"color": "#2f6f4e", "display_name": name})) == ["C63"]


@CHECKS
@pytest.mark.parametrize("color", ["red", "#2f6f4", "2f6f4e", "#2f6f4e80", "#gggggg", "", None, 5, []])
def test_entry_without_a_hex_color_is_refused(check, color):
    assert codes(check(normalise.catalogue_entry({"name": "Gold", "color": color}))) == ["C63"]
    assert codes(check({"name": "Gold"})) == ["C63"]


@CHECKS
@pytest.mark.parametrize("names", [{"name": "Gold"}, {"display_name": "Gold"}, {"name": "x" * 80}])
def test_entry_with_a_name_and_a_color_is_fine(check, names):
    assert check(normalise.catalogue_entry({"color": "#ABC"} | names)) == []


@CHECKS
def test_change_is_judged_with_what_is_stored(check):
    stored = {"name": "Gold", "display_name": "", "color": "#2f6f4e"}

    assert check({"display_name": "Golden"}, stored=stored) == []
    assert codes(check({"name": ""}, stored=stored)) == ["C63"]


@CHECKS
def test_entry_takes_texts_up_to_their_length(check):
    assert check({"name": "Gold", "color": "#2f6f4e", "description": "x" * 500}) == []
    assert codes(check({"name": "Gold", "color": "#2f6f4e", "description": "x" * 501})) == ["C63"]


@CHECKS
def test_field_that_an_entry_has_not_is_refused(check):
    (problem,) = check({"name": "Gold", "color": "#2f6f4e", "position": 3})

    assert (problem.code, problem.path) == ("C69", ("position",))


def test_status_name_that_is_taken_in_any_case_is_refused():
    (problem,) = check_status({"name": "GOLD", "color": "#2f6f4e"}, taken={"gold": GOLD})

    assert (problem.code, problem.path, problem.holder) == ("C63", ("name",), GOLD)
    assert check_status({"name": "GOLD", "color": "#2f6f4e"}, taken={"gold": GOLD}, status_id=GOLD.id) == []


@pytest.mark.parametrize(("priority", "expected"), [(0, []), (3, []), (None, []), (4, ["C63"]), (True, ["C63"])])
def test_priority_of_a_tier_is_one_of_four(priority, expected):
    assert codes(check_tier({"name": "Gold", "color": "#2f6f4e", "default_priority": priority})) == expected


@pytest.mark.parametrize(("category", "expected"), [("active", []), (None, []), ("asleep", ["C63"]), ("", ["C63"])])
def test_category_of_a_status_is_active_or_inactive(category, expected):
    assert codes(check_status({"name": "Gold", "color": "#2f6f4e", "category": category})) == expected


@pytest.mark.parametrize(("external_id", "expected"), [("", []), ("x" * 255, []), ("x" * 256, ["C63"]), (5, ["C63"])])
def test_external_id_of_a_tier_fits(external_id, expected):
    assert codes(check_tier({"name": "Gold", "color": "#2f6f4e", "external_id": external_id})) == expected


@pytest.mark.parametrize(("is_default", "expected"), [(True, []), (False, []), ("yes", ["C63"]), (None, ["C63"])])
def test_tier_is_the_default_or_not(is_default, expected):
    assert codes(check_tier({"name": "Gold", "color": "#2f6f4e", "is_default": is_default})) == expected


def test_tier_name_that_is_taken_in_any_case_is_refused():
    (problem,) = check_tier({"name": "GOLD", "color": "#2f6f4e"}, taken={"gold": GOLD})

    assert (problem.code, problem.path, problem.holder) == ("C63", ("name",), GOLD)
    assert check_tier({"name": "GOLD", "color": "#2f6f4e"}, taken={"gold": GOLD}, tier_id=GOLD.id) == []
    assert check_tier({"name": "Silver", "color": "#2f6f4e"}, taken={"gold": GOLD}) == []
    assert codes(check_tier({"display_name": "Gold", "color": "#2f6f4e"}, taken={"gold": GOLD})) == ["C63"]


def test_tier_in_use_is_not_deleted():
    (problem,) = check_tier_removal(customers=1_204)

    assert (problem.code, problem.message) == ("C62", "Move the customers first: 1,204 customers have this tier.")
    assert check_tier_removal(customers=0) == []


def test_status_in_use_or_last_is_not_deleted():
    (problem,) = check_status_removal(customers=1, other_statuses=3)

    assert (problem.code, problem.message) == ("C62", "Move the customers first: 1 customer has this status.")
    assert codes(check_status_removal(customers=0, other_statuses=0)) == ["C62"]
    assert check_status_removal(customers=0, other_statuses=1) == []
