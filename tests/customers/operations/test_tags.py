"""Putting one tag on a customer and taking one off."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.problems import Refused
from customers.models import Customer, CustomerTag, Tag
from customers.operations import Unchanged, Updated, add_tag, delete_customer, remove_tag
from customers.rows import state_of
from tests.factories import ActorFactory, CustomerFactory

pytestmark = pytest.mark.django_db


def tags(customer: Customer) -> list[str]:
    return state_of(Customer.objects.get(pk=customer.pk))["tags"]


def rev(customer: Customer) -> int:
    return Customer.objects.get(pk=customer.pk).rev


def test_a_tag_is_put_behind_the_others_once(actor) -> None:
    customer = CustomerFactory(tags=["renewal"])

    outcomes = [add_tag(customer.pk, name, actor=actor, rev=1 + step) for step, name in enumerate(("vip", " VIP "))]

    assert [type(outcome) for outcome in outcomes] == [Updated, Unchanged]
    assert (outcomes[0].changed, tags(customer), rev(customer)) == (("tags",), ["renewal", "vip"], 2)


def test_a_tag_is_taken_off_once_in_whatever_case(actor) -> None:
    customer = CustomerFactory(tags=["renewal", "vip", "nordic"])

    outcomes = [remove_tag(customer.pk, name, actor=actor) for name in ("VIP", "vip")]

    assert [type(outcome) for outcome in outcomes] == [Updated, Unchanged]
    assert (tags(customer), rev(customer)) == (["renewal", "nordic"], 2)
    assert list(CustomerTag.objects.order_by("position").values_list("position", flat=True)) == [0, 1]


def test_a_tag_of_the_catalogue_is_used_again_in_its_own_spelling(actor) -> None:
    CustomerFactory(tags=["Renewal"])
    customer = CustomerFactory()

    add_tag(customer.pk, "renewal", actor=actor)

    assert (tags(customer), Tag.objects.count()) == (["Renewal"], 1)


@pytest.mark.parametrize(("name", "code"), [("", "C43"), ("  ", "C43"), ("a" * 61, "C43"), (7, "C43"), ("a\0", "C71")])
def test_a_tag_that_cannot_be_one_is_refused_and_nothing_is_written(name, code, actor) -> None:
    customer = CustomerFactory(tags=["renewal"])

    with pytest.raises(Refused) as refused:
        add_tag(customer.pk, name, actor=actor)

    assert [(problem.code, problem.path) for problem in refused.value.problems] == [(code, ("tag",))]
    assert (tags(customer), rev(customer)) == (["renewal"], 1)


@pytest.mark.parametrize("operation", [add_tag, remove_tag])
def test_a_stale_revision_and_a_deleted_customer_are_refused(operation, actor) -> None:
    customer = CustomerFactory(tags=["renewal"])
    with pytest.raises(Refused) as stale:
        operation(customer.pk, "renewal", actor=actor, rev=2)
    delete_customer(customer.pk, actor=actor)
    with pytest.raises(Refused) as gone:
        operation(customer.pk, "renewal", actor=actor)

    assert [problem.code for refused in (stale, gone) for problem in refused.value.problems] == ["C51", "C47"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_new_tag_that_two_people_use_at_once_is_made_once() -> None:
    actor = ActorFactory()
    customers = [CustomerFactory(), CustomerFactory()]
    together = threading.Barrier(2)

    def tag(customer: Customer) -> None:
        together.wait()
        try:
            add_tag(customer.pk, "renewal", actor=actor)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tag, customers))

    assert [tags(customer) for customer in customers] == [["renewal"], ["renewal"]]
    assert Tag.objects.count() == 1
