"""What is written when administrators keep the catalogue of custom attributes."""

import pytest

from core.problems import Refused
from customers.models import CustomAttribute, Customer
from customers.operations import create_customer, delete_customer, update_customer
from customers.operations.catalogue_attributes import change_attribute, create_attribute
from customers.operations.catalogue_entries import EntryCreated, EntryUnchanged, EntryUpdated
from tests.factories import CustomAttributeFactory, CustomerFactory

pytestmark = pytest.mark.django_db


def refused(write) -> list[tuple[str, tuple]]:
    """The problems that keep something from being written; nothing is."""
    before = list(CustomAttribute.objects.values_list())
    with pytest.raises(Refused) as caught:
        write()
    assert list(CustomAttribute.objects.values_list()) == before
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_new_attribute_is_stored_in_one_spelling_behind_the_others(actor):
    CustomAttributeFactory(position=4)
    asked = {
        "key": "regionStr",
        "label": " Sales  region ",
        "options": [" emea", "apac", "emea", " "],
        "sensitive": True,
    }

    outcome = create_attribute(asked, actor=actor)

    stored = CustomAttribute.objects.get(key="regionStr")
    assert outcome == EntryCreated(stored)
    assert (stored.label, stored.options, stored.sensitive, stored.required_on_create, stored.archived) == (
        "Sales region", ["emea", "apac"], True, False, False,
    )  # fmt: skip
    assert (stored.position, stored.rev) == (5, 1)


def test_key_that_is_taken_in_another_case_is_refused(actor):
    CustomAttributeFactory(key="regionStr")
    assert refused(lambda: create_attribute({"key": "RegionStr", "label": "R"}, actor=actor)) == [("C63", ("key",))]


def test_change_raises_the_revision_by_one_and_no_change_writes_nothing(actor):
    attribute = CustomAttributeFactory(key="regionStr")
    changes = {"label": "Region", "options": ["emea"], "sensitive": True, "required_on_create": True}

    outcome = change_attribute(attribute.pk, changes, rev=1, actor=actor)

    attribute.refresh_from_db()
    assert outcome == EntryUpdated(attribute, ("label", "options", "sensitive", "required_on_create"))
    assert (attribute.label, attribute.options, attribute.rev) == ("Region", ["emea"], 2)
    assert change_attribute(attribute.pk, changes, rev=2, actor=actor) == EntryUnchanged(attribute)
    assert CustomAttribute.objects.get().rev == 2


def test_type_cannot_change_and_a_stale_revision_is_refused(actor):
    attribute = CustomAttributeFactory(key="regionStr")
    assert refused(lambda: change_attribute(attribute.pk, {"key": "regionTxt"}, rev=1, actor=actor)) == [
        ("C52", ("key",))
    ]
    assert refused(lambda: change_attribute(attribute.pk, {"label": "X"}, rev=2, actor=actor)) == [("C51", ("rev",))]


def test_option_that_customers_have_goes_only_when_it_is_confirmed(actor):
    attribute = CustomAttributeFactory(key="regionStr", options=["emea", "apac", "amer"])
    for region in ("emea", "emea", "apac"):
        CustomerFactory(custom={"regionStr": region})
    delete_customer(CustomerFactory(custom={"regionStr": "apac"}).pk, actor=actor)
    smaller = {"options": ["apac"]}

    with pytest.raises(Refused) as caught:
        change_attribute(attribute.pk, {"options": ["amer"]}, rev=1, actor=actor)
    assert [problem.message for problem in caught.value.problems] == [
        "Keep these options, or confirm below that they go: 2 customers have “emea”, 2 customers have “apac”."
    ]
    assert refused(lambda: change_attribute(attribute.pk, smaller, rev=1, actor=actor)) == [("C62", ("options",))]
    assert isinstance(
        change_attribute(attribute.pk, smaller, rev=1, actor=actor, drops_used_options=True), EntryUpdated
    )


def test_customer_keeps_a_value_that_is_no_option_any_more(actor):
    attribute = CustomAttributeFactory(key="regionStr", options=["emea", "apac"])
    customer = CustomerFactory(custom={"regionStr": "emea"})
    change_attribute(attribute.pk, {"options": ["apac"]}, rev=1, actor=actor, drops_used_options=True)

    update_customer(customer.pk, {"custom": {"regionStr": "emea"}, "size": 5}, actor=actor)

    assert Customer.objects.get(pk=customer.pk).custom == {"regionStr": "emea"}
    with pytest.raises(Refused):
        create_customer({"name": "New", "custom": {"regionStr": "emea"}}, actor=actor)


def test_unused_option_goes_and_no_options_at_all_let_every_value_be(actor):
    attribute = CustomAttributeFactory(key="regionStr", options=["emea", "apac"])
    CustomerFactory(custom={"regionStr": "emea"})
    change_attribute(attribute.pk, {"options": ["emea"]}, rev=1, actor=actor)
    change_attribute(attribute.pk, {"options": []}, rev=2, actor=actor)
    assert CustomerFactory(custom={"regionStr": "anything"}).custom == {"regionStr": "anything"}


def test_archived_attribute_keeps_its_values_and_takes_no_new_ones_until_it_is_back(actor):
    attribute = CustomAttributeFactory(key="regionStr")
    customer = CustomerFactory(custom={"regionStr": "emea"})

    change_attribute(attribute.pk, {"archived": True}, rev=1, actor=actor)
    update_customer(customer.pk, {"size": 5}, actor=actor)
    assert Customer.objects.get(pk=customer.pk).custom == {"regionStr": "emea"}
    with pytest.raises(Refused) as caught:
        update_customer(customer.pk, {"custom": {"regionStr": "apac"}}, actor=actor)
    assert [problem.code for problem in caught.value.problems] == ["C42"]

    change_attribute(attribute.pk, {"archived": False}, rev=2, actor=actor)
    update_customer(customer.pk, {"custom": {"regionStr": "apac"}}, actor=actor)
    assert Customer.objects.get(pk=customer.pk).custom == {"regionStr": "apac"}
