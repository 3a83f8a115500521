"""Who changed one thing of a customer after a revision, and to what, as a sentence for the person who comes second."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from customers.changes import who_changed
from customers.changes.names import Names
from customers.changes.telling import sentence
from customers.changes.trail import Difference
from customers.models import Customer
from customers.operations import add_flag, mark_as_spam, remove_flag, unmark_as_spam, update_customer
from tests.factories import ActorFactory, CustomAttributeFactory, CustomerFactory, FlagFactory, TierFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor(db):
    return ActorFactory(user=UserFactory(name="Noor Okafor"))


@pytest.fixture
def jun(db):
    return ActorFactory(user=UserFactory(name="Jun Park"))


def test_the_last_change_of_the_field_is_told(noor, jun) -> None:
    for name in ("Silver", "Gold"):
        TierFactory(name=name)
    customer = CustomerFactory()
    update_customer(customer.pk, {"tier_name": "Silver"}, actor=jun)
    update_customer(customer.pk, {"tier_name": "Gold"}, actor=noor)
    update_customer(customer.pk, {"revenue": 7}, actor=jun)

    assert who_changed(customer.pk, "tier_id", since=1) == "Noor Okafor set the tier to Gold just now."
    assert who_changed(customer.pk, "revenue", since=1) == "Jun Park set the revenue to $7 just now."


def test_what_was_changed_before_the_revision_is_not_told(noor, jun) -> None:
    FlagFactory(key="vip_care")
    customer = CustomerFactory(tags=["old"])
    update_customer(customer.pk, {"revenue": 7, "tags": ["new"]}, actor=jun)
    add_flag(customer.pk, "vip_care", actor=jun)
    update_customer(customer.pk, {"size": 7}, actor=noor)

    for key in ("revenue", "tags", "flags"):
        assert who_changed(customer.pk, key, since=3) == "Noor Okafor changed this customer just now."


def test_for_a_page_that_is_very_old_the_latest_changes_are_looked_through(noor) -> None:
    customer = CustomerFactory()
    update_customer(customer.pk, {"size": 1}, actor=noor)
    Customer.objects.filter(pk=customer.pk).update(rev=200)
    update_customer(customer.pk, {"revenue": 1}, actor=noor)

    assert who_changed(customer.pk, "size", since=1) == "Noor Okafor changed this customer just now."


def test_nobody_is_told_when_nothing_has_changed() -> None:
    assert who_changed(CustomerFactory().pk, "tier_id", since=1) == ""


def test_the_responsible_are_told_by_name(noor) -> None:
    customer = CustomerFactory()
    update_customer(customer.pk, {"assignee_id": str(UserFactory(name="Tomas Lind").pk)}, actor=noor)
    assert who_changed(customer.pk, "assignee_id", since=1) == "Noor Okafor set the assignee to Tomas Lind just now."
    assert who_changed(customer.pk, "support_status", since=1) == (
        "Noor Okafor set the support status to Active just now."
    )

    update_customer(customer.pk, {"assignee_id": None}, actor=noor)
    assert who_changed(customer.pk, "assignee_id", since=2) == "Noor Okafor removed the assignee just now."


def test_flags_and_tags_are_told_by_name(noor) -> None:
    FlagFactory(key="vip_care", label="VIP care")
    customer = CustomerFactory(tags=["old"])

    add_flag(customer.pk, "vip_care", actor=noor)
    assert who_changed(customer.pk, "flags", since=1) == "Noor Okafor added the flag VIP care just now."
    remove_flag(customer.pk, "vip_care", actor=noor)
    assert who_changed(customer.pk, "flags", since=1) == "Noor Okafor removed the flag VIP care just now."
    update_customer(customer.pk, {"tags": ["old", "renewal"]}, actor=noor)
    assert who_changed(customer.pk, "tags", since=1) == "Noor Okafor added the tag renewal just now."
    update_customer(customer.pk, {"tags": ["renewal"]}, actor=noor)
    assert who_changed(customer.pk, "tags", since=1) == "Noor Okafor removed the tag old just now."


def test_a_custom_attribute_is_told_without_its_value(noor) -> None:
    CustomAttributeFactory(key="planStr", label="Plan", sensitive=True)
    customer = CustomerFactory()
    update_customer(customer.pk, {"custom": {"planStr": "secret"}}, actor=noor)
    assert who_changed(customer.pk, "custom", since=1) == "Noor Okafor changed Plan just now."


def test_a_spam_mark_is_told_as_a_deed(noor) -> None:
    customer = CustomerFactory()
    mark_as_spam(customer.pk, actor=noor)
    assert who_changed(customer.pk, "marked_as_spam_at", since=1) == (
        "Noor Okafor marked this customer as spam just now."
    )
    unmark_as_spam(customer.pk, actor=noor)
    assert who_changed(customer.pk, "marked_as_spam_at", since=1) == (
        "Noor Okafor took the spam mark off this customer just now."
    )


@pytest.mark.parametrize(
    ("age", "when"),
    [
        (timedelta(), "just now"),
        (timedelta(minutes=2), "2 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(days=900), "on "),
    ],
)
def test_a_sentence_ends_with_when(age, when) -> None:
    at = timezone.now() - age
    change = Difference(("revenue",), {"revenue": 1}, {"revenue": 2}, at, None, {"label": "Noor Okafor"})

    assert sentence(change, Names({})).startswith(f"Noor Okafor set the revenue to $2 {when}")


def test_a_change_past_every_operation_has_no_author() -> None:
    customer = CustomerFactory(revenue=1)
    with connection.cursor() as cursor:
        for setting in ("pghistory.context_id", "pghistory.context_metadata"):
            cursor.execute("SELECT set_config(%s, '', TRUE)", [setting])
    Customer.objects.filter(pk=customer.pk).update(revenue=9, rev=2)

    assert who_changed(customer.pk, "revenue", since=1) == "A direct database change set the revenue to $9 just now."


def test_true_in_place_of_one_is_a_change_of_an_attribute() -> None:
    CustomAttributeFactory(key="segmentTree", label="Segment")
    customer = CustomerFactory()
    for rev, value in enumerate((1, True), start=2):
        Customer.objects.filter(pk=customer.pk).update(custom={"segmentTree": value}, rev=rev)

    assert who_changed(customer.pk, "custom", since=2) == "Tests changed Segment just now."
