"""Deleting customers and bringing them back."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.obstacles import Guard, Obstacle, customer_guards
from core.problems import Refused
from customers.models import Customer, Domain, Identifier
from customers.operations import Unchanged, Updated, create_customer, delete_customer, restore_customer, update_customer
from customers.rows import state_of
from tests.factories import ActorFactory, CustomerFactory

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "name": "Northpass Air",
    "emails": ["ops@northpass.com"],
    "shared_emails": ["press@northpass.com"],
    "phones": ["+4722864400"],
    "external_ids": ["np-1", "np-2"],
    "external_id": "np-2",
    "domains": ["northpass.com"],
    "slack_channel_id": "C0ACME0001",
    "socials": [{"type": "twitter", "username": "northpass"}],
    "tags": ["vip"],
}


def reread(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def active_values(customer: Customer) -> int:
    claimed = Identifier.objects.filter(customer=customer, active=True).count()
    return claimed + Domain.objects.filter(customer=customer, active=True).count()


def test_deleted_customer_frees_its_values_and_comes_back_with_all_of_them():
    actor = ActorFactory()
    customer = create_customer(EVERYTHING, actor=actor).customer
    before, claimed = state_of(reread(customer)), active_values(customer)
    deleted = delete_customer(customer.pk, actor=actor, rev=1)
    assert (deleted.customer.rev, active_values(customer)) == (2, 0)
    restored = restore_customer(customer.pk, actor=actor, rev=2)
    assert isinstance(restored, Updated)
    stored = reread(customer)
    assert (stored.rev, stored.deleted_at, stored.deleted_by, stored.updated_by) == (3, None, None, actor)
    assert (state_of(stored), active_values(customer)) == (before, claimed)


def test_restoring_a_live_customer_changes_nothing():
    customer = CustomerFactory()
    assert isinstance(restore_customer(customer.pk, actor=ActorFactory()), Unchanged)
    assert reread(customer).rev == 1


def test_restoring_is_refused_while_values_have_a_new_owner_and_works_afterwards():
    actor = ActorFactory()
    old = create_customer(EVERYTHING, actor=actor).customer
    delete_customer(old.pk, actor=actor)
    new = create_customer({"name": "New", "emails": ["ops@northpass.com"], "domains": ["northpass.com"]}, actor=actor)
    with pytest.raises(Refused) as refused:
        restore_customer(old.pk, actor=actor)
    assert codes(refused) == ["C68", "C68"]
    assert {problem.holder.id for problem in refused.value.problems} == {str(new.customer.pk)}
    assert (reread(old).is_deleted, reread(old).rev, active_values(old)) == (True, 2, 0)
    update_customer(new.customer.pk, {"emails": None, "domains": None}, actor=actor)
    restore_customer(old.pk, actor=actor)
    assert reread(old).is_deleted is False


def test_restoring_into_a_company_that_became_a_person_is_refused():
    actor, company = ActorFactory(), CustomerFactory(kind="organization")
    person = create_customer({"kind": "person", "name": "Ida", "company_id": str(company.pk)}, actor=actor).customer
    delete_customer(person.pk, actor=actor)
    update_customer(company.pk, {"kind": "person"}, actor=actor)
    with pytest.raises(Refused) as refused:
        restore_customer(person.pk, actor=actor)
    assert codes(refused) == ["C68"]


def test_restoring_an_older_revision_is_refused():
    customer = CustomerFactory()
    delete_customer(customer.pk, actor=ActorFactory())
    with pytest.raises(Refused) as refused:
        restore_customer(customer.pk, actor=ActorFactory(), rev=1)
    assert codes(refused) == ["C51"]


def test_restoring_a_merged_customer_is_refused_and_names_the_one_it_lives_on_in():
    actor, survivor = ActorFactory(), CustomerFactory()
    merged = CustomerFactory()
    delete_customer(merged.pk, actor=actor)
    Customer.objects.filter(pk=merged.pk).update(merged_into=survivor)
    with pytest.raises(Refused) as refused:
        restore_customer(merged.pk, actor=actor)
    (problem,) = refused.value.problems
    assert (problem.code, problem.holder.id) == ("C47", str(survivor.pk))


def test_customer_with_commitments_is_not_deleted(monkeypatch):
    monkeypatch.setattr(customer_guards, "_items", {})
    customer_guards.register(Guard("test", lambda customer_id: [Obstacle("the commit Platform 2026")]))
    customer = CustomerFactory()
    with pytest.raises(Refused) as refused:
        delete_customer(customer.pk, actor=ActorFactory())
    assert codes(refused) == ["C73"]
    assert (reread(customer).is_deleted, reread(customer).rev) == (False, 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_of_two_who_restore_rivals_at_once_wins_and_the_other_is_told():
    actor = ActorFactory()
    rivals = []
    for name in ("One", "Two"):
        customer = create_customer({"name": name, "emails": ["ops@northpass.com"]}, actor=actor).customer
        delete_customer(customer.pk, actor=actor)
        rivals.append(customer)
    start = threading.Barrier(2)

    def restore(customer: Customer) -> list[str]:
        start.wait()
        try:
            restore_customer(customer.pk, actor=actor)
        except Refused as refused:
            return [problem.code for problem in refused.problems]
        finally:
            connection.close()
        return []

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(restore, rivals))
    assert answers == [[], ["C68"]]
    assert Identifier.objects.filter(value="ops@northpass.com", active=True).count() == 1
