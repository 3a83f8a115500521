"""C43, C63, C64, C69 for the catalogue of tags."""

import pytest

from core.problems import Holder
from customers.rules.tag_entries import TakenByTags, check_tag_entry, check_tag_merge

TAG = {"name": "Fish", "key": None, "color": "", "external_id": None}
HOLDER = Holder("0197a000-0000-7000-8000-00000000000a", "Seafood")


def found(problems) -> list[tuple[str, tuple]]:
    return [(problem.code, problem.path) for problem in problems]


def test_tag_with_a_name_is_fine_and_may_be_a_group():
    assert check_tag_entry({"name": "Fish"}) == []
    group = {"name": "n" * 60, "key": "early-access_1.0", "color": "#2f6f4e", "external_id": "x" * 255}
    assert check_tag_entry(group) == []
    assert check_tag_entry({"key": "k" * 64}, stored=TAG) == []


@pytest.mark.parametrize("name", ["", " ", "\u200b", None, 5, "n" * 61])
def test_name_that_is_empty_or_too_long_is_refused(name):
    assert found(check_tag_entry({"name": name})) == [("C43", ("name",))]


def test_tag_without_a_name_is_refused():
    assert found(check_tag_entry({})) == [("C43", ("name",))]


@pytest.mark.parametrize("key", ["", "-x", "two words", "é", "k" * 65, 5])
def test_key_of_other_signs_is_refused(key):
    assert found(check_tag_entry({"key": key}, stored=TAG)) == [("C63", ("key",))]


@pytest.mark.parametrize("external_id", ["", " ", "x" * 256, 5])
def test_external_id_that_does_not_fit_is_refused(external_id):
    assert found(check_tag_entry({"external_id": external_id}, stored=TAG)) == [("C63", ("external_id",))]


@pytest.mark.parametrize("color", ["red", "#fff", "#GGGGGG", 5])
def test_color_that_is_none_is_refused(color):
    assert found(check_tag_entry({"color": color}, stored=TAG)) == [("C63", ("color",))]


@pytest.mark.parametrize("field", ["name", "key", "external_id"])
def test_value_that_another_tag_has_names_it_and_ones_own_is_fine(field):
    taken = TakenByTags(names={"sea": HOLDER}, keys={"sea": HOLDER}, external_ids={"sea": HOLDER})

    (problem,) = check_tag_entry({field: "SEA"}, stored=TAG, taken=taken, tag_id="another")

    assert (problem.code, problem.path, problem.holder) == ("C63", (field,), HOLDER)
    assert "Seafood" in problem.message
    assert check_tag_entry({field: "SEA"}, stored=TAG, taken=taken, tag_id=HOLDER.id) == []


def test_field_that_tags_do_not_have_is_refused():
    assert found(check_tag_entry({"label": "Fish"}, stored=TAG)) == [("C69", ("label",))]


def test_tag_is_not_merged_into_itself():
    assert found(check_tag_merge("a", "a")) == [("C64", ("into",))]
    assert check_tag_merge("a", "b") == []
