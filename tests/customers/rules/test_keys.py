"""C50, C52, C69, C71."""

import pytest

from customers.rules import Door, check_text
from customers.rules.fields import BACKDATED, READ_ONLY, WRITABLE
from tests.customers.rules.judging import NOW, judge, on_create, on_update, path_of

ID = "3f8d7f0a-6a52-4d5e-9a86-0a8f0c1d2e01"


@pytest.mark.parametrize("key", sorted(READ_ONLY))
def test_field_that_the_product_keeps_is_refused(key):
    found = judge({key: None}, stored={"name": "Acme"})

    assert [problem.code for problem in found] == ["C52"]
    assert path_of(found) == (key,)


@pytest.mark.parametrize("key", sorted(READ_ONLY - {"id"}))
def test_field_that_the_product_keeps_is_refused_on_create(key):
    assert on_create(**{key: "x"}) == ["C52"]


def test_new_customer_may_bring_its_id():
    assert on_create(id=ID) == []
    assert on_create(id="x") == ["C50"]


@pytest.mark.parametrize("key", BACKDATED)
@pytest.mark.parametrize("door", [Door.FORM, Door.API, Door.ADMIN])
def test_backdating_an_existing_customer_is_refused(key, door):
    assert on_update(door=door, **{key: NOW}) == ["C52"]


@pytest.mark.parametrize("key", BACKDATED)
def test_backdating_is_for_a_create_or_an_import(key):
    assert on_create(**{key: NOW}) == []
    assert on_update(door=Door.CSV, **{key: NOW}) == []
    assert on_update(door=Door.SEED, **{key: NOW}) == []
    assert on_update(**{key: None}) == []
    assert on_update({key: NOW}, **{key: NOW}) == []


@pytest.mark.parametrize("key", ["nonsense", "fullName", "Name", "email", "", "name "])
def test_field_that_does_not_exist_is_refused(key):
    found = judge({"name": "Acme", key: None})

    assert [problem.code for problem in found] == ["C69"]
    assert path_of(found) == (key,)


def test_unknown_field_is_answered_with_the_nearest_one():
    (problem,) = judge({"name": "Acme", "phone": None})

    assert problem.message == "There is no field of this name: did you mean phones?"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"emails": [{"email": "a@x.org", "colour": 1}]}, ("emails", 0, "colour")),
        ({"locations": [{}, {"planet": "Mars"}]}, ("locations", 1, "planet")),
        ({"external_ids": [{"external_id": "a", "type": "work"}]}, ("external_ids", 0, "type")),
        ({"sentiment": {"polarity": 1, "confidence": 1, "mood": 1}}, ("sentiment", "mood")),
    ],
)
def test_field_of_an_item_that_does_not_exist_is_refused(changes, path):
    found = judge({"name": "Acme"} | changes)

    assert [problem.code for problem in found] == ["C69"]
    assert path_of(found) == path


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d", "ok \udc00"])
@pytest.mark.parametrize("key", sorted(WRITABLE))
def test_text_that_cannot_be_stored_is_refused_before_anything_else(key, text):
    for value in (text, [text], {"x": [text]}, [{"email": text}]):
        assert [problem.code for problem in judge({key: value})] == ["C71"]


def test_field_name_that_cannot_be_stored_is_refused():
    (problem,) = check_text({"a\x00": 1})
    assert (problem.code, problem.path) == ("C71", ())

    (problem,) = check_text({"custom": {"a\ud800Str": 1}})
    assert (problem.code, problem.path) == ("C71", ("custom",))


def test_text_in_any_script_can_be_stored():
    assert on_create(name="שלום 한국 🚀 \u202eabc") == []
