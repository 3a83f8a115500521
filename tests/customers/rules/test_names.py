"""C1 to C6."""

import pytest

from customers.rules import Door
from tests.customers.rules.judging import CUSTOMER_ID, judge, on_create, on_update, path_of

JANE = {"kind": "person", "name": "Jane Doe", "given_name": "Jane", "family_name": "Doe"}


@pytest.mark.parametrize(
    "changes", [{}, {"name": None}, {"name": " "}, {"name": "\u200b\u200e"}, {"name": "\u3164\u2800"}, {"size": 5}]
)
def test_create_without_any_name_is_refused(changes):
    found = judge(changes)

    assert [problem.code for problem in found] == ["C1"]
    assert path_of(found) == ("name",)


@pytest.mark.parametrize("changes", [{"name": "J"}, {"given_name": "Jane"}, {"family_name": "Doe", "name": ""}])
def test_create_with_any_name_is_fine(changes):
    assert judge(changes) == []


def test_new_person_with_blank_given_and_family_name_is_refused_once():
    found = judge({"given_name": "", "family_name": None})

    assert [problem.code for problem in found] == ["C2"]
    assert path_of(found) == ("given_name",)


def test_person_losing_both_parts_of_the_name_is_refused():
    assert on_update(JANE, given_name=None, family_name="") == ["C2"]
    assert on_update(JANE | {"given_name": None}, family_name=None) == ["C2"]


def test_missing_name_is_told_at_the_part_that_was_given():
    found = judge({"family_name": None}, stored=JANE | {"given_name": None}, customer_id=CUSTOMER_ID)

    assert path_of(found) == ("family_name",)


def test_organisation_becoming_a_person_with_blank_parts_is_refused():
    assert on_update({"kind": "organization"}, kind="person", given_name="") == ["C2"]


def test_person_keeping_one_part_of_the_name_is_fine():
    assert on_update(JANE, given_name=None) == []
    assert on_update(JANE, given_name=None, family_name="Roe") == []


def test_organisation_with_blank_given_name_is_fine():
    assert on_update({"kind": "organization"}, given_name="", family_name="") == []


@pytest.mark.parametrize("door", [Door.FORM, Door.ADMIN])
def test_blank_parts_of_a_form_count_as_absent_where_none_is_stored(door):
    assert on_create(door=door, kind="person", given_name="", family_name="") == []
    assert on_update({"kind": "person"}, door=door, given_name="", family_name="") == []


@pytest.mark.parametrize("door", [Door.API, Door.CSV, Door.SEED])
def test_blank_parts_from_elsewhere_count_as_given(door):
    assert on_create(door=door, kind="person", given_name="", family_name="") == ["C2"]
    assert on_update({"kind": "person"}, door=door, given_name="") == ["C2"]


def test_form_that_blanks_a_stored_part_counts_as_given():
    assert on_update(JANE | {"family_name": None}, door=Door.FORM, given_name="", family_name="") == ["C2"]


@pytest.mark.parametrize(("key", "code"), [("given_name", "C3"), ("family_name", "C4"), ("short_name", "C5")])
def test_name_over_100_characters_is_refused(key, code):
    assert on_create(**{key: "x" * 101}) == [code]
    assert on_create(**{key: "x" * 100}) == []


@pytest.mark.parametrize("key", ["name", "username", "managed_by"])
def test_text_over_255_characters_is_refused(key):
    assert on_create(**{key: "x" * 256}) == ["C5"]
    assert on_create(**{key: "x" * 255}) == []


def test_length_counts_composed_characters_and_no_bytes():
    assert on_create(given_name="u\u0308" * 100) == []
    assert on_create(given_name="ü" * 101) == ["C3"]


@pytest.mark.parametrize("name", [None, "", "  ", "\u200b"])
def test_name_cleared_on_update_is_refused(name):
    assert on_update(name=name) == ["C6"]


def test_customer_may_be_renamed():
    assert on_update(name="Northpass Air") == []


def test_name_left_out_on_update_stays():
    assert on_update(short_name="A") == []


def test_messages_say_how_to_fix_it():
    (problem,) = judge({"short_name": "x" * 120}, stored={"name": "Acme"}, customer_id=CUSTOMER_ID)

    assert problem.message == "Shorten the short name to 100 characters: it has 120."
    assert problem.name == "too_long"
