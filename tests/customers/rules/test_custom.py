"""C40, C41, C42, C70."""

import pytest

from customers.rules import AttributeFact, World
from tests.customers.rules.judging import judge, on_create, on_update, path_of

KEYS = ("regionStr", "notesTxt", "seatsNum", "trialBool", "renewalAt", "contractUrl", "crmId", "areaTree", "RegionStr")
WORLD = World(
    attributes={key: AttributeFact() for key in KEYS}
    | {"planStr": AttributeFact(options=("gold", "silver")), "oldStr": AttributeFact(archived=True)}
)


@pytest.mark.parametrize("value", ["x", 5, True, [], None])
def test_custom_attributes_that_are_no_object_are_refused(value):
    assert on_create(WORLD, custom=value) == ["C41"]
    assert on_update(world=WORLD, custom=value) == ["C41"]


@pytest.mark.parametrize(
    "key",
    [
        "region",
        "regionstr",
        "region_str",
        "Str",
        "1regionStr",
        "regionSTR",
        "región Str",
        "regionStr ",
        "what",
        "",
        "é" * 99,
    ],
)
def test_key_without_a_typed_suffix_is_refused(key):
    found = judge({"name": "Acme", "custom": {key: None}}, world=WORLD)

    assert [problem.code for problem in found] == ["C40"]
    assert path_of(found) == ("custom", key)


def test_key_that_is_no_text_is_refused():
    assert on_create(WORLD, custom={5: "x"}) == ["C40"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("regionStr", value) for value in (5, True, ["x"], {}, "x" * 1025)),
        *(("notesTxt", value) for value in (5, "x" * 1025)),
        *(("seatsNum", value) for value in ("5", True, float("nan"), float("inf"), [], {})),
        *(("trialBool", value) for value in ("true", 1, 0, "yes")),
        *(("renewalAt", value) for value in ("soon", "2026-13-01", 5, True, "")),
        *(("contractUrl", value) for value in ("northpass.com", "javascript:alert(1)", 5, "")),
        *(("crmId", value) for value in ("", " ", 5, "x" * 256)),
        *(("areaTree", value) for value in (5, ["emea"], "x" * 1025)),
    ],
)
def test_value_of_another_type_is_refused(key, value):
    found = judge({"name": "Acme", "custom": {key: value}}, world=WORLD)

    assert [problem.code for problem in found] == ["C41"]
    assert path_of(found) == ("custom", key)


@pytest.mark.parametrize("sign", [1, -1])
def test_number_that_cannot_be_written_as_json_is_refused(sign):
    assert on_create(WORLD, custom={"seatsNum": sign * 10**5000}) == ["C41"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(
            ("regionStr", "x" * 1024),
            ("RegionStr", ""),
            ("notesTxt", "Prefers email. 🚀"),
            ("areaTree", "emea.nordics"),
        ),
        *(("seatsNum", 5), ("seatsNum", -1840.5), ("seatsNum", 10**400), ("trialBool", True), ("trialBool", False)),
        *(
            ("renewalAt", "2026-10-02T15:04:05Z"),
            ("renewalAt", "2026-10-02"),
            ("crmId", "507f1f77bcf8"),
            ("crmId", "x" * 255),
        ),
        *(("contractUrl", "https://northpass.com"), *((key, None) for key in KEYS)),
    ],
)
def test_value_of_the_type_is_fine(key, value):
    assert on_create(WORLD, custom={key: value}) == []


def test_attribute_outside_the_catalogue_is_refused():
    found = judge({"name": "Acme", "custom": {"colourStr": "red"}}, world=WORLD)

    assert [problem.code for problem in found] == ["C42"]
    assert path_of(found) == ("custom", "colourStr")
    assert on_create(WORLD, custom={"oldStr": "red"}) == ["C42"]


def test_value_outside_the_options_is_refused():
    assert on_create(WORLD, custom={"planStr": "bronze"}) == ["C42"]
    assert on_create(WORLD, custom={"planStr": "gold"}) == []


def test_removing_an_archived_attribute_is_fine():
    assert on_update({"custom": {"oldStr": "x"}}, world=WORLD, custom={"oldStr": None, "colourStr": None}) == []


def test_stored_value_is_not_judged_again():
    stored = {"custom": {"oldStr": "x", "planStr": "bronze"}}

    assert on_update(stored, world=WORLD, custom={"oldStr": "x", "planStr": "bronze"}) == []
    assert on_update(stored, world=WORLD, custom={"oldStr": "y", "planStr": "iron"}) == ["C42", "C42"]


def test_stored_number_is_no_boolean():
    assert on_update({"custom": {"seatsNum": 1}}, world=WORLD, custom={"seatsNum": True}) == ["C41"]


REQUIRED = World(
    attributes={
        "regionStr": AttributeFact(required_on_create=True),
        "oldStr": AttributeFact(required_on_create=True, archived=True),
        "seatsNum": AttributeFact(),
    }
)


@pytest.mark.parametrize("custom", [{}, {"regionStr": None}, {"regionStr": " "}, {"seatsNum": 5}])
def test_required_attribute_missing_on_create_is_refused(custom):
    found = judge({"name": "Acme", "custom": custom}, world=REQUIRED)

    assert [(problem.code, problem.kind.value) for problem in found] == [("C70", "required")]
    assert path_of(found) == ("custom", "regionStr")
    assert on_create(REQUIRED) == ["C70"]


def test_required_attribute_is_asked_of_new_customers_only():
    assert on_create(REQUIRED, custom={"regionStr": "EMEA"}) == []
    assert on_update(world=REQUIRED, custom={"seatsNum": 5}) == []
