"""C40, C52, C62, C63, C69 for the catalogue of custom attributes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.problems import Holder
from customers import normalise
from customers.choices import AttributeType
from customers.rules.attribute_entries import check_attribute_entry, check_option_removal

REGION = {
    "key": "regionStr", "label": "Region", "options": ["emea"], "sensitive": False, "required_on_create": False,
    "archived": False,
}  # fmt: skip
HOLDER = Holder("0197a000-0000-7000-8000-00000000000a", "Region")


def found(problems) -> list[tuple[str, tuple]]:
    return [(problem.code, problem.path) for problem in problems]


@pytest.mark.parametrize("type_", AttributeType)
def test_attribute_with_a_typed_key_and_a_label_is_fine(type_):
    assert check_attribute_entry({"key": f"region{type_}", "label": "Region"}) == []
    assert normalise.attribute_type(f"region{type_}") is type_


@pytest.mark.parametrize(
    "key", ["", "region", "Str", "2Str", "region str", "régionStr", "region_Str", "regionstr", None, 5]
)
def test_key_without_a_type_is_refused(key):
    assert found(check_attribute_entry({"key": key, "label": "Region"})) == [("C40", ("key",))]


def test_key_that_is_too_long_is_refused():
    assert check_attribute_entry({"key": "r" * 61 + "Str", "label": "Region"}) == []
    assert found(check_attribute_entry({"key": "r" * 62 + "Str", "label": "Region"})) == [("C40", ("key",))]


def test_key_that_is_taken_in_any_case_names_its_holder():
    (problem,) = check_attribute_entry({"key": "RegionStr", "label": "New"}, taken={"regionstr": HOLDER})
    assert (problem.code, problem.path, problem.holder) == ("C63", ("key",), HOLDER)


def test_key_of_an_attribute_that_exists_stays():
    assert found(check_attribute_entry({"key": "regionTxt"}, stored=REGION)) == [("C52", ("key",))]
    assert check_attribute_entry({"key": "regionStr"}, stored=REGION, taken={"regionstr": HOLDER}) == []


@pytest.mark.parametrize("label", ["", " ", None, "L" * 101])
def test_label_that_says_nothing_or_too_much_is_refused(label):
    assert found(check_attribute_entry({"label": label}, stored=REGION)) == [("C63", ("label",))]


@pytest.mark.parametrize("name", ["sensitive", "required_on_create", "archived"])
def test_switch_that_is_neither_on_nor_off_is_refused(name):
    assert found(check_attribute_entry({name: "yes"}, stored=REGION)) == [("C63", (name,))]
    assert check_attribute_entry({name: True}, stored=REGION) == []


@pytest.mark.parametrize("type_", [type_ for type_ in AttributeType if not type_.takes_options])
def test_number_switch_and_time_have_no_options(type_):
    stored = REGION | {"key": f"region{type_}", "options": []}
    assert found(check_attribute_entry({"options": ["1"]}, stored=stored)) == [("C63", ("options",))]
    assert check_attribute_entry({"options": []}, stored=stored) == []


@pytest.mark.parametrize("options", [None, "emea", [5], [""], ["\u200b"], ["o" * 256], [str(n) for n in range(501)]])
def test_options_that_do_not_fit_are_refused(options):
    assert found(check_attribute_entry({"options": options}, stored=REGION)) == [("C63", ("options",))]


def test_options_are_values_of_the_type():
    stored = REGION | {"key": "pageUrl"}
    assert check_attribute_entry({"options": ["https://a.no", "o" * 3]}, stored=stored)[0].message == (
        "ooo: Write a web address that starts with https://, for example https://northpass.com."
    )
    assert check_attribute_entry({"options": ["o" * 255, "emea"]}, stored=REGION) == []


def test_field_that_attributes_do_not_have_is_refused():
    assert found(check_attribute_entry({"type": "Num"}, stored=REGION)) == [("C69", ("type",))]


def test_used_options_are_told_with_their_numbers():
    (problem,) = check_option_removal({"emea": 1_204, "apac": 1})

    assert (problem.code, problem.path) == ("C62", ("options",))
    assert problem.message == (
        "Keep these options, or confirm below that they go: 1,204 customers have “emea”, 1 customer has “apac”."
    )
    many = check_option_removal({str(n): 1 for n in range(8)})[0].message
    assert many.endswith("1 customer has “4” and 3 more options are in use.")
    assert check_option_removal({}) == []


@pytest.mark.parametrize(
    ("words", "type_", "key"),
    [
        ("Contract renewal", "At", "contractRenewalAt"),
        ("contractRenewal", "At", "contractrenewalAt"),
        ("regionStr", "Str", "regionStr"),
        ("RegionStr", "Str", "RegionStr"),
        ("regionStr", "Num", "regionstrNum"),
        ("Ærlig talt?", "Bool", "aerligTaltBool"),
        ("2nd contact", "Str", "ndContactStr"),
        ("42", "Str", ""),
        ("", "Str", ""),
        ("x" * 80, "Tree", "x" * 60 + "Tree"),
    ],
)
def test_key_is_made_of_what_people_call_it(words, type_, key):
    assert normalise.attribute_key(words, AttributeType(type_)) == key


@given(st.text(max_size=100), st.sampled_from(list(AttributeType)))
def test_key_made_of_any_words_is_none_or_one_of_its_type(words, type_):
    key = normalise.attribute_key(words, type_)
    assert key == "" or (
        normalise.attribute_type(key) is type_ and check_attribute_entry({"key": key[:64], "label": "A"}) == []
    )
