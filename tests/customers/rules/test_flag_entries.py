"""C52, C62, C63, C69 for the catalogue of flags."""

import pytest

from core.problems import Holder
from customers.rules.flag_entries import check_flag_entry, check_flag_removal

FLAG = {"key": "vip", "label": "VIP", "description": "", "read_only": False, "enabled": True}
HOLDER = Holder("0197a000-0000-7000-8000-00000000000a", "Very important")


def found(problems) -> list[tuple[str, tuple]]:
    return [(problem.code, problem.path) for problem in problems]


def test_flag_with_a_snake_case_key_and_a_label_is_fine():
    assert check_flag_entry({"key": "payment_risk_2", "label": "Payment risk"}) == []
    assert check_flag_entry({"key": "k" * 64, "label": "L" * 100, "description": "d" * 500}) == []


@pytest.mark.parametrize("key", ["", "Vip", "2fast", "_x", "pay-risk", "pay risk", "é", "k" * 65, "vip\n", None, 5, []])
def test_key_that_is_not_snake_case_is_refused(key):
    assert found(check_flag_entry({"key": key, "label": "VIP"})) == [("C63", ("key",))]


def test_new_flag_without_key_and_label_is_told_both():
    assert found(check_flag_entry({})) == [("C63", ("key",)), ("C63", ("label",))]


def test_key_that_is_taken_names_its_holder():
    (problem,) = check_flag_entry({"key": "vip", "label": "New"}, taken={"vip": HOLDER})

    assert (problem.code, problem.holder) == ("C63", HOLDER)
    assert problem.message == "Choose another key: Very important has this one."


def test_key_of_a_flag_that_exists_stays():
    assert found(check_flag_entry({"key": "vip2"}, stored=FLAG)) == [("C52", ("key",))]
    assert check_flag_entry({"key": "vip", "label": "Very"}, stored=FLAG, taken={"vip": HOLDER}) == []


@pytest.mark.parametrize("label", ["", " ", "\u200b", None, 5, "L" * 101])
def test_label_that_says_nothing_or_too_much_is_refused(label):
    assert found(check_flag_entry({"label": label}, stored=FLAG)) == [("C63", ("label",))]


@pytest.mark.parametrize("description", ["d" * 501, None, 5])
def test_description_that_does_not_fit_is_refused(description):
    assert found(check_flag_entry({"description": description}, stored=FLAG)) == [("C63", ("description",))]


@pytest.mark.parametrize("name", ["read_only", "enabled"])
@pytest.mark.parametrize("value", ["yes", 1, None])
def test_switch_that_is_neither_on_nor_off_is_refused(name, value):
    assert found(check_flag_entry({name: value}, stored=FLAG)) == [("C63", (name,))]


def test_field_that_flags_do_not_have_is_refused():
    assert found(check_flag_entry({"color": "#ffffff"}, stored=FLAG)) == [("C69", ("color",))]


def test_flag_in_use_is_not_deleted_but_may_be_switched_off():
    (problem,) = check_flag_removal(customers=1_204)

    assert (problem.code, problem.path) == ("C62", ())
    assert problem.message == "Switch this flag off instead: 1,204 customers have it."
    assert check_flag_removal(customers=1)[0].message == "Switch this flag off instead: 1 customer has it."
    assert check_flag_removal(customers=0) == []
