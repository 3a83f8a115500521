"""The list filtered by the company's own attributes: what is found, refused, told, kept and exported."""

import re
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.chips import Chip, chips
from customers.filters import filters_of, names_in
from customers.listing.attribute_filters import MOST, names_among
from customers.listing.wanted import Wanted
from customers.operations import delete_customer
from tests.factories import ActorFactory, CustomAttributeFactory, CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(db):
    labels = {
        "marketStr": "Market",
        "noteTxt": "Note",
        "seatsNum": "Seats",
        "trialBool": "Trial",
        "renewalAt": "Renewal",
    }
    for position, (key, label) in enumerate(labels.items()):
        options = ["EMEA", "APAC"] if key == "marketStr" else []
        CustomAttributeFactory(key=key, label=label, options=options, position=position)
    CustomAttributeFactory(key="taxNumberStr", label="Tax number", sensitive=True, position=8)
    CustomAttributeFactory(key="oldStr", label="Old", archived=True, position=9)


@pytest.fixture
def viewer(db):
    return UserFactory(support_agent=True)


def filters_for(viewer, values):
    typed = {name: v if isinstance(v, tuple) else (str(v),) for name, v in values.items()}
    return filters_of(typed, SimpleNamespace(user=viewer))


@pytest.fixture
def filtered(viewer):
    def find(values) -> list[str]:
        filters = filters_for(viewer, values)
        assert filters.is_valid(), filters.form.errors
        return list(filters.qs.order_by("created_at", "id").values_list("name", flat=True))

    return find


@pytest.fixture
def refused(viewer):
    def find(values, of=viewer) -> dict[str, list[str]]:
        filters = filters_for(of, values)
        assert not filters.is_valid()
        return {name: list(errors) for name, errors in filters.form.errors.items()}

    return find


def test_text_is_found_as_a_whole_and_in_its_case(filtered):
    for note in ("Emea", "Emea north", "emea"):
        CustomerFactory(name=note, custom={"noteTxt": note})
    CustomerFactory(name="Other", custom={"taxNumberStr": "Emea"})
    assert filtered({"custom.noteTxt": " Emea "}) == ["Emea"]
    assert filtered({"custom.noteTxt": "Eme"}) == []


def test_long_texts_that_begin_alike_are_told_apart(filtered):
    start = "x" * 255
    for name, note in (("A", start), ("B", start + "y"), ("C", start + "z")):
        CustomerFactory(name=name, custom={"noteTxt": note})
    assert filtered({"custom.noteTxt": start}) == ["A"]
    assert filtered({"custom.noteTxt": start + "z"}) == ["C"]


def test_choice_yes_and_no(filtered):
    CustomerFactory(name="E", custom={"marketStr": "EMEA", "trialBool": True})
    CustomerFactory(name="A", custom={"marketStr": "APAC", "trialBool": False})
    CustomerFactory(name="Neither")
    assert filtered({"custom.marketStr": "EMEA"}) == filtered({"custom.trialBool": "yes"}) == ["E"]
    assert filtered({"custom.trialBool": "no"}) == ["A"]
    assert filtered({"custom.marketStr": "EMEA", "custom.trialBool": "no"}) == []


def test_choice_that_is_none_any_more_is_still_found(filtered, viewer):
    assert filtered({"custom.marketStr": "Nordics"}) == []
    field = filters_for(viewer, {"custom.marketStr": "Nordics"}).form
    assert field.is_valid()
    assert [value for value, _ in field.fields["custom.marketStr"].widget.choices] == ["", "EMEA", "APAC", "Nordics"]


def test_range_of_a_number_holds_its_ends(filtered):
    for seats in (-5, 9, 10, 10.5, 12, 1250):
        CustomerFactory(name=str(seats), custom={"seatsNum": seats})
    CustomerFactory(name="None", custom={"noteTxt": "10"})
    assert filtered({"custom.seatsNum.from": "10", "custom.seatsNum.to": "12"}) == ["10", "10.5", "12"]
    assert filtered({"custom.seatsNum.from": "1,250"}) == ["1250"]
    assert filtered({"custom.seatsNum.to": "\u22125"}) == ["-5"]
    assert filtered({"custom.seatsNum.from": "0", "custom.seatsNum.to": "0"}) == []


def test_range_of_days_is_in_utc_and_holds_its_last_day(filtered):
    for at in ("2026-03-01T00:00:00Z", "2026-03-02T23:59:59.999999Z", "2026-03-03T00:00:00Z"):
        CustomerFactory(name=at, custom={"renewalAt": at})
    days = {"custom.renewalAt.from": "2026-03-01", "custom.renewalAt.to": "2026-03-02"}
    assert filtered(days) == ["2026-03-01T00:00:00Z", "2026-03-02T23:59:59.999999Z"]
    assert filtered({"custom.renewalAt.from": "2026-03-03"}) == ["2026-03-03T00:00:00Z"]
    assert filtered({"custom.renewalAt.to": "2026-03-01"}) == ["2026-03-01T00:00:00Z"]


def test_deleted_customers_are_not_found(filtered):
    delete_customer(CustomerFactory(custom={"marketStr": "EMEA"}).pk, actor=ActorFactory())
    assert filtered({"custom.marketStr": "EMEA"}) == []


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("custom.seatsNum.from", "many", "Use a number, for example 1840.5."),
        ("custom.seatsNum.to", "NaN", "Use a number, for example 1840.5."),
        ("custom.seatsNum.to", "1e400", "Use a number of at most 30 digits."),
        ("custom.seatsNum.from", "1" * 16, "Use a number of at most 15 digits before the point."),
        ("custom.seatsNum.from", "0." + "1" * 16, "Use a number of at most 15 decimals."),
        ("custom.renewalAt.from", "soon", "Use a date such as 2026-12-31."),
        ("custom.renewalAt.to", "9999-12-31", "Use a date before 9999-12-31."),
        ("custom.trialBool", "maybe", "Choose yes or no."),
    ],
)
def test_value_that_says_nothing_is_refused(refused, name, typed, message):
    assert refused({name: typed}) == {name: [message]}


@pytest.mark.parametrize(
    "name", ["custom.nothingStr", "custom.oldStr", "custom.seatsNum", "custom.marketStr.from", "custom.x"]
)
def test_attribute_that_is_none_or_archived_or_no_range_is_refused(refused, name):
    assert refused({name: "5"}) == {name: ["There is no such attribute to filter by. Remove this filter."]}


def test_range_that_is_the_wrong_way_round_is_refused(refused):
    assert refused({"custom.seatsNum.from": "5", "custom.seatsNum.to": "4"}) == {
        "custom.seatsNum.to": ["The end of the range comes before its start. Swap the two."]
    }


def test_sensitive_attribute_is_a_filter_for_those_alone_who_see_it(filtered, refused):
    CustomerFactory(name="Taxed", custom={"taxNumberStr": "NO 1"})
    assert filtered({"custom.taxNumberStr": "NO 1"}) == ["Taxed"]
    assert refused({"custom.taxNumberStr": "NO 1"}, of=UserFactory(viewer=True)) == {
        "custom.taxNumberStr": ["There is no such attribute to filter by. Remove this filter."]
    }


def test_chips_tell_filters_by_attributes_in_words(viewer):
    values = {
        "custom.marketStr": ("EMEA",), "custom.noteTxt": ("none",), "custom.trialBool": ("no",),
        "custom.seatsNum.from": ("1250",), "custom.seatsNum.to": ("2000.5",), "custom.renewalAt.to": ("2026-03-01",),
    }  # fmt: skip
    assert [chip.words for chip in chips(Wanted(values), filters_for(viewer, values))] == [
        "Market is EMEA",
        "Note is none",
        "Seats from 1,250 to 2,000.5",
        "Trial is No",
        "Renewal up to 1 Mar 2026",
    ]


def test_chip_of_an_attribute_that_is_gone_can_be_removed(viewer):
    values = {"custom.goneStr": ("x",)}
    assert list(chips(Wanted(values), filters_for(viewer, values))) == [
        Chip(
            "goneStr",
            "is",
            "x",
            ("custom.goneStr",),
            "There is no such attribute to filter by. Remove this filter.",
        )
    ]


def page(client, **query):
    answer = client.get(f"/customers/?{urlencode(query)}")
    return answer, answer.content.decode()


def test_page_token_is_good_for_the_same_attribute_filter_alone(client):
    for number in range(30):
        CustomerFactory(name=f"Boat {number:02}", custom={"seatsNum": number})
    query = {"custom.seatsNum.from": "1", "page_size": "25"}
    _, first = page(client, **query)
    token = unquote(re.search(r"page_token=([^&\"]+)", first.split('id="next"')[1])[1])

    _, second = page(client, **query, page_token=token)
    assert re.findall(r">(Boat \d\d)<", second) == [f"Boat {number:02}" for number in (4, 3, 2, 1)]
    _, other = page(client, **query | {"custom.seatsNum.from": "2"}, page_token=token)
    assert "Start again from the first page" in other


def test_list_shows_what_is_found_and_the_filter_page_offers_every_attribute(client):
    CustomerFactory(name="Found", custom={"marketStr": "EMEA"})
    CustomerFactory(name="Other")
    answer, found = page(client, **{"custom.marketStr": "EMEA"})
    assert (answer.status_code, re.findall(r"<bdi>|>(Found|Other)<", found)) == (200, ["Found"])
    assert "Market" in found
    fields = re.findall(r'name="(custom[^"]*)"', client.get("/customers/filters/").content.decode())
    assert fields == [
        "custom.marketStr", "custom.noteTxt", "custom.seatsNum.from", "custom.seatsNum.to", "custom.trialBool",
        "custom.renewalAt.from", "custom.renewalAt.to", "custom.taxNumberStr",
    ]  # fmt: skip


def test_viewer_is_offered_no_sensitive_attribute():
    client = Client()
    client.force_login(UserFactory(viewer=True))
    assert "taxNumberStr" not in client.get("/customers/filters/").content.decode()
    answer, _ = page(client, **{"custom.taxNumberStr": "NO 1"})
    assert answer.status_code == 422


def test_blank_fields_of_attributes_leave_the_address(client):
    answer, _ = page(client, **{"custom.marketStr": "EMEA", "custom.noteTxt": " "})
    assert (answer.status_code, answer["Location"]) == (302, "/customers/?custom.marketStr=EMEA")


def test_every_further_parameter_is_passed_over():
    asked = [f"custom.a{number}Str" for number in range(MOST + 5)]
    assert len(names_among(asked)) == MOST
    assert names_in({"custom.aStr": "", "customStr": "", "custom.": "", "custom.a-b": "", "x": ""})[-1] == "custom.aStr"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["", ".from", ".to", ".x"]), st.text(max_size=20)), max_size=5),
    st.text(max_size=30),
)
def test_no_parameter_and_no_value_breaks_the_reading_of_filters(viewer, parts, value):
    names = [f"custom.{key}{end}" for end, key in parts] + [
        "custom.seatsNum.from",
        "custom.renewalAt.to",
        "custom.marketStr",
    ]
    values = {name: (value,) for name in names_among(names) if value.strip()}
    filters = filters_for(viewer, values)
    if filters.is_valid():
        list(filters.qs)
    assert {chip.names[0] for chip in chips(Wanted(values), filters)} <= set(values)
