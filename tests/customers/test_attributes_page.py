"""The page of custom attributes: what it lists, who may change it, and what becomes of the values."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.permissions import Role
from customers.models import CustomAttribute, Customer
from customers.operations import delete_customer
from customers.operations.catalogue_attributes import change_attribute
from tests.customers.editing import Editor, edit_url
from tests.customers.vocabularies import ATTRIBUTES, Keeper, errors, listed, said
from tests.factories import ActorFactory, CustomAttributeFactory, CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return Keeper()


@pytest.fixture
def over():
    """The same at a dialog, which htmx has put over the list."""
    return Keeper(over=f"http://testserver{ATTRIBUTES}")


@pytest.fixture
def region():
    return CustomAttributeFactory(key="regionStr", label="Region", options=["emea", "apac"])


def url(attribute: CustomAttribute, more: str = "") -> str:
    return f"{ATTRIBUTES}{attribute.pk}/{more}"


def stored() -> CustomAttribute:
    return CustomAttribute.objects.get()


def test_attributes_stand_in_their_order_with_type_marks_and_numbers_and_the_archive_below(keeper, region):
    CustomAttributeFactory(key="aNum", label="Seats", position=1, sensitive=True, required_on_create=True)
    CustomAttributeFactory(key="oldAt", label="Old", archived=True, position=2)
    for market in ("emea", "apac"):
        CustomerFactory(custom={"regionStr": market, "aNum": 5})
    delete_customer(CustomerFactory(custom={"regionStr": "emea", "aNum": 5}).pk, actor=ActorFactory())
    page = keeper.open(ATTRIBUTES)
    assert listed(page.split('id="archive-title"')[0]) == ["Region", "Seats"]
    assert listed(page.split('id="archive-title"')[1]) == ["Old"]
    assert re.findall(r'<span class="vh">([^<]*) with a value', page) == ["2 customers", "2 customers", "0 customers"]
    assert re.findall(r'<span class="badge[^"]*">([^<]*)</span>', page) == [
        "Text", "Number", "Required", "Sensitive", "Date and time",
    ]  # fmt: skip
    assert "2 options: <bdi>emea</bdi>, <bdi>apac</bdi>" in page


def test_one_row_and_three_cost_the_same_queries(keeper, region):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            keeper.open(ATTRIBUTES)
        return len(captured)

    keeper.open(ATTRIBUTES)
    one = queries()
    for archived in (False, True):
        CustomAttributeFactory(archived=archived)
    assert queries() == one


def test_attribute_is_added_with_a_key_made_of_label_and_type(keeper):
    form = {"label": "Contract renewal", "type": "At", "required_on_create": "on"}
    response = keeper.save(f"{ATTRIBUTES}add/", **form)
    assert (response.status_code, response["Location"]) == (303, f"{ATTRIBUTES}#menu-{stored().pk}")
    assert (stored().key, stored().label, stored().required_on_create, stored().sensitive) == (
        "contractRenewalAt", "Contract renewal", True, False,
    )  # fmt: skip
    assert said(keeper.client.get(ATTRIBUTES)) == "Added Contract renewal"


def test_attribute_is_added_with_options_and_a_key_of_ones_own_from_a_dialog(over):
    response = over.save(
        f"{ATTRIBUTES}add/", label="Region", type="Str", key="salesRegionStr", options=" emea\r\n\r\napac\nemea"
    )
    assert (stored().key, stored().options) == ("salesRegionStr", ["emea", "apac"])
    assert (response["HX-Retarget"], listed(response.content.decode())) == ("#attribute-list", ["Region"])


def test_refused_attribute_is_shown_again_with_every_error_at_its_field(keeper):
    response = keeper.save(f"{ATTRIBUTES}add/", label="", type="Num", key="seats", options="1\n2")
    page = response.content.decode()
    assert (response.status_code, errors(response)) == (
        422,
        [
            "Give the attribute a label, for example Contract renewal.",
            "Leave the options out: number is a type without any.",
        ],
    )
    assert ('value="seats"' in page, "1\n2</textarea>" in page) == (True, True)


@pytest.mark.parametrize("key", ["42", "", "!"])
def test_key_of_which_no_letter_can_be_used_is_refused(keeper, key):
    response = keeper.save(f"{ATTRIBUTES}add/", label="42", type="Num", key=key)
    assert (response.status_code, errors(response)) == (
        422,
        ["Write letters and digits that end in the type, for example regionStr, seatsNum, renewalAt or trialBool."],
    )


def test_type_that_does_not_exist_is_refused(keeper):
    response = keeper.save(f"{ATTRIBUTES}add/", label="Region", type="Json", key="")
    assert response.status_code == 422
    assert CustomAttribute.objects.count() == 0


def test_attribute_is_changed_but_for_type_and_key(keeper, region):
    form = keeper.fill(url(region))
    assert ({"type", "key", "drops_used_options"} & form.keys(), form["options"]) == (set(), "emea\napac")
    keeper.send(url(region), form, label="Sales region", sensitive="on", key="otherStr", type="Num")
    assert (stored().key, stored().label, stored().sensitive, stored().rev) == ("regionStr", "Sales region", True, 2)
    assert said(keeper.client.get(ATTRIBUTES)) == "Saved Sales region"


def test_only_types_of_text_have_options(keeper):
    assert "options" not in keeper.fill(url(CustomAttributeFactory(key="seatsNum")))


def test_used_option_goes_after_it_was_confirmed(over, region):
    for _ in range(2):
        CustomerFactory(custom={"regionStr": "emea"})
    response = over.save(url(region), options="apac")
    assert (response.status_code, errors(response)) == (
        422, ["Keep these options, or confirm below that they go: 2 customers have “emea”."],
    )  # fmt: skip
    page = response.content.decode()
    assert 'name="drops_used_options"' in page
    assert "apac</textarea>" in page
    assert said(over.save(url(region), options="apac", drops_used_options="on")) == "Saved Region"
    assert stored().options == ["apac"]


def test_stale_form_is_a_conflict_that_shows_both(keeper, region):
    form = keeper.fill(url(region))
    change_attribute(region.pk, {"options": ["emea"]}, rev=1, actor=ActorFactory(user__name="Noor Okafor"))
    response = keeper.send(url(region), form, label="Area")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Nothing was changed: Noor Okafor has changed Region just now" in page
    assert re.findall(r"<p>([^<]*, you typed[^<]*)</p>", page) == [
        "Label: “Region” is stored, you typed “Area”.",
        "Options: “emea” is stored, you typed “emea, apac”.",
    ]
    assert 'name="rev" value="2"' in page


def test_archived_attribute_leaves_forms_and_filters_and_every_value_where_it_is(keeper, region):
    customer = CustomerFactory(custom={"regionStr": "emea"})
    page = keeper.open(url(region, "archive/"))
    assert "1 customer has a value." in page
    assert "Every value stays stored, and comes back with the attribute" in page
    keeper.save(url(region, "archive/"))
    assert said(keeper.client.get(ATTRIBUTES)) == "Archived Region"

    editor = Editor()
    form = editor.open(edit_url(customer))
    assert [name for name in form if name.startswith("custom")] == []
    assert editor.send(edit_url(customer), form, name="Renamed").status_code == 303
    assert Customer.objects.get().custom == {"regionStr": "emea"}
    assert "custom.regionStr" not in keeper.open("/customers/filters/")
    kept = '<dt>Region</dt><dd><bdi>emea</bdi> <span class="muted">Archived</span></dd>'
    assert kept in keeper.open(f"/customers/{customer.pk}/")

    keeper.save(url(region, "archive/"))
    assert said(keeper.client.get(ATTRIBUTES)) == "Brought back Region"
    assert editor.open(edit_url(customer))["custom-regionStr"] == "emea"


def test_stale_question_is_asked_again(keeper, region):
    form = keeper.fill(url(region, "archive/"))
    change_attribute(region.pk, {"label": "Area"}, rev=1, actor=ActorFactory())
    assert keeper.send(url(region, "archive/"), form).status_code == 409
    assert stored().archived is False


def test_required_attribute_is_asked_for_again_when_it_comes_back(keeper):
    attribute = CustomAttributeFactory(archived=True, required_on_create=True)
    assert "Every new customer needs a value again" in keeper.open(url(attribute, "archive/"))


def test_attribute_that_is_gone_is_not_found(keeper, region):
    form = keeper.fill(url(region))
    CustomAttribute.objects.all().delete()
    for more in ("", "archive/"):
        assert keeper.client.get(url(region, more)).status_code == 404
        assert keeper.send(url(region, more), form).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_who_may_not_change_reads_without_buttons(region, role):
    page = Keeper(UserFactory(roles=(role,))).open(ATTRIBUTES)
    assert "You can look, and Administrators can change" in page
    assert listed(page) == ["Region"]
    assert re.findall(r"Actions for|Add attribute", page) == []


def test_empty_catalogue_says_what_it_is_for(keeper):
    assert "No attributes in use." in keeper.open(ATTRIBUTES)
