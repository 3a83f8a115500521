"""Changing customers: one step of `rev` for what changed, none for what did not."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from core.problems import Refused
from customers.models import Customer, Identifier, SearchDocument
from customers.operations import (
    Unchanged,
    Updated,
    add_flag,
    delete_customer,
    mark_as_spam,
    remove_flag,
    unmark_as_spam,
    update_customer,
)
from customers.rows import flags_of, state_of
from tests.factories import ActorFactory, CustomerFactory, FlagFactory, TierFactory, UserFactory

pytestmark = pytest.mark.django_db


def reread(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def refusals(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_saving_the_state_as_it_stands_changes_nothing() -> None:
    customer = CustomerFactory(
        emails=[{"email": "a@acme.com", "verified": True}],
        domains=["acme.com"],
        locations=[{"country_code": "NO", "latitude": 59, "longitude": 10}],
        tags=["vip"],
        external_id="cus-1",
        sentiment={"polarity": 0, "confidence": Decimal("0.5")},
    )
    before = reread(customer)
    state = state_of(before)
    asked = {key: state[key] for key in ("name", "emails", "domains", "locations", "tags", "external_id", "sentiment")}

    assert update_customer(customer.pk, asked, actor=ActorFactory()) == Unchanged(customer)

    after = reread(customer)
    assert (after.rev, after.updated_at, after.updated_by) == (before.rev, before.updated_at, before.updated_by)


def test_a_change_of_several_rows_raises_rev_by_one_and_names_its_author() -> None:
    customer, author = CustomerFactory(emails=["a@acme.com"], tags=["old"]), ActorFactory()

    outcome = update_customer(
        customer.pk,
        {"name": "Renamed", "emails": ["b@acme.com"], "tags": ["new"], "domains": ["acme.com"]},
        actor=author,
        rev=1,
    )

    after = reread(customer)
    assert isinstance(outcome, Updated)
    assert set(outcome.changed) == {"name", "emails", "domains", "tags"}
    assert (after.rev, after.updated_by, after.name) == (2, author, "Renamed")


def test_absent_keys_are_left_and_none_clears() -> None:
    customer = CustomerFactory(revenue=5, size=7, slack_channel_id="C0ACME0001", domains=["acme.com"])

    update_customer(customer.pk, {"revenue": None, "slack_channel_id": None, "domains": None}, actor=ActorFactory())

    state = state_of(reread(customer))
    assert (state["revenue"], state["size"], state["slack_channel_id"], state["domains"]) == (None, 7, None, [])


def test_a_stale_revision_is_refused_and_nothing_is_written() -> None:
    customer = CustomerFactory(name="Acme")
    update_customer(customer.pk, {"name": "Theirs"}, actor=ActorFactory(), rev=1)

    with pytest.raises(Refused) as refused:
        update_customer(customer.pk, {"name": "Mine"}, actor=ActorFactory(), rev=1)

    assert refusals(refused) == ["C51"]
    assert reread(customer).name == "Theirs"


@pytest.mark.parametrize(
    ("customer_id", "code"), [("42", "C50"), (None, "C50"), ("0197a000-0000-7000-8000-00000000dead", "C46")]
)
def test_an_id_that_leads_nowhere_is_refused(customer_id: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        update_customer(customer_id, {"name": "X"}, actor=ActorFactory())

    assert refusals(refused) == [code]


def test_a_deleted_customer_is_gone_for_every_operation() -> None:
    customer, actor = CustomerFactory(), ActorFactory()
    FlagFactory(key="vip_care")
    delete_customer(customer.pk, actor=actor)

    for operation in (
        lambda: update_customer(customer.pk, {"name": "X"}, actor=actor),
        lambda: add_flag(customer.pk, "vip_care", actor=actor),
        lambda: mark_as_spam(customer.pk, actor=actor),
    ):
        with pytest.raises(Refused) as refused:
            operation()
        assert refusals(refused) == ["C47"]


def test_a_customer_that_is_deleted_twice_is_not_found_the_second_time() -> None:
    customer, actor = CustomerFactory(), ActorFactory()
    delete_customer(customer.pk, actor=actor)

    with pytest.raises(Refused) as refused:
        delete_customer(customer.pk, actor=actor)

    assert refusals(refused) == ["C46"]
    assert reread(customer).rev == 2


def test_a_stale_revision_among_the_changes_is_refused_too() -> None:
    customer = CustomerFactory(name="Acme")

    with pytest.raises(Refused) as refused:
        update_customer(customer.pk, {"rev": 2, "name": "Beta"}, actor=ActorFactory())

    assert refusals(refused) == ["C51"]
    assert reread(customer).name == "Acme"
    assert update_customer(customer.pk, {"rev": 1, "name": "Beta"}, actor=ActorFactory()).customer.rev == 2


def test_verified_is_kept_for_the_same_address_and_lost_with_another_one() -> None:
    customer = CustomerFactory(emails=[{"email": "a@acme.com", "verified": True}])

    update_customer(customer.pk, {"emails": ["A@acme.com", "b@acme.com"]}, actor=ActorFactory())

    rows = Identifier.objects.filter(customer=customer).order_by("position")
    assert [(row.value, row.verified, row.verified_at is not None) for row in rows] == [
        ("A@acme.com", True, True),
        ("b@acme.com", False, False),
    ]


def test_a_value_moves_from_the_shared_list_to_the_customers_own() -> None:
    customer = CustomerFactory(shared_emails=["a@acme.com"])

    update_customer(customer.pk, {"shared_emails": [], "emails": ["a@acme.com"]}, actor=ActorFactory())

    assert list(Identifier.objects.values_list("value", "shared")) == [("a@acme.com", False)]


def test_a_new_main_external_id_joins_the_list_and_clearing_it_promotes_the_next() -> None:
    customer = CustomerFactory(external_ids=["a", "b"])
    update_customer(customer.pk, {"external_id": "c"}, actor=ActorFactory())
    state = state_of(reread(customer))
    assert (state["external_id"], [item["external_id"] for item in state["external_ids"]]) == ("c", ["a", "b", "c"])

    update_customer(customer.pk, {"external_id": None}, actor=ActorFactory())
    state = state_of(reread(customer))
    assert (state["external_id"], [item["external_id"] for item in state["external_ids"]]) == ("a", ["a", "b"])


def test_a_derived_name_follows_its_parts_until_somebody_writes_another() -> None:
    customer = CustomerFactory(name=None, given_name="Ada", family_name="King")
    update_customer(customer.pk, {"family_name": "Lovelace"}, actor=ActorFactory())
    assert reread(customer).name == "Ada Lovelace"

    update_customer(customer.pk, {"name": "The Countess"}, actor=ActorFactory())
    update_customer(customer.pk, {"given_name": "Augusta"}, actor=ActorFactory())
    assert reread(customer).name == "The Countess"


def test_assigning_somebody_asks_for_attention_and_doing_it_again_changes_nothing() -> None:
    customer, agent = CustomerFactory(), UserFactory()
    update_customer(customer.pk, {"assignee_id": agent.pk}, actor=ActorFactory())
    assigned = reread(customer)
    assert (assigned.assignee, assigned.support_status) == (agent, "ACTIVE")
    assert assigned.assigned_at == assigned.support_status_changed_at == assigned.last_idle_at == assigned.updated_at

    assert isinstance(update_customer(customer.pk, {"assignee_id": str(agent.pk)}, actor=ActorFactory()), Unchanged)

    update_customer(customer.pk, {"assignee_id": None}, actor=ActorFactory())
    unassigned = reread(customer)
    assert (unassigned.assignee, unassigned.assigned_at, unassigned.support_status) == (None, None, "ACTIVE")


def test_snoozing_ends_with_its_date_when_the_status_moves_on() -> None:
    customer, until = CustomerFactory(), timezone.now() + timedelta(days=3)
    update_customer(customer.pk, {"support_status": "SNOOZED", "snoozed_until": until}, actor=ActorFactory())
    assert reread(customer).snoozed_until == until

    update_customer(customer.pk, {"support_status": "IDLE"}, actor=ActorFactory())
    assert reread(customer).snoozed_until is None


def test_the_same_tier_by_name_in_another_case_changes_nothing() -> None:
    tier = TierFactory(name="Gold")
    customer = CustomerFactory(tier_id=str(tier.pk))

    assert isinstance(update_customer(customer.pk, {"tier_name": "GOLD"}, actor=ActorFactory()), Unchanged)


def test_the_search_document_follows_the_name() -> None:
    customer = CustomerFactory(name="Before")

    update_customer(customer.pk, {"name": "Åfter"}, actor=ActorFactory())

    assert SearchDocument.objects.get(customer=customer).document == f" after {customer.pk}"
    assert reread(customer).folded_name == "after"


def test_only_rows_that_differ_appear_in_the_history() -> None:
    customer = CustomerFactory(emails=["a@acme.com", "b@acme.com"], urls=[{"url": "https://acme.com"}])

    update_customer(customer.pk, {"emails": ["a@acme.com", "c@acme.com"]}, actor=ActorFactory())

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, value FROM customers_identifierevent WHERE customer_id = %s ORDER BY pgh_id",
            [customer.pk],
        )
        assert cursor.fetchall() == [
            ("insert", "a@acme.com"),
            ("insert", "b@acme.com"),
            ("delete", "b@acme.com"),
            ("insert", "c@acme.com"),
        ]
        cursor.execute("SELECT count(*) FROM customers_urlevent WHERE customer_id = %s", [customer.pk])
        assert cursor.fetchone() == (1,)


def test_an_organisation_that_people_belong_to_stays_one() -> None:
    company = CustomerFactory(kind="organization")
    CustomerFactory(kind="person", company_id=str(company.pk))

    with pytest.raises(Refused) as refused:
        update_customer(company.pk, {"kind": "person"}, actor=ActorFactory())

    assert [(problem.code, problem.path) for problem in refused.value.problems] == [("C72", ("kind",))]


def test_an_organisation_without_people_may_become_a_person() -> None:
    company = CustomerFactory(kind="organization")

    update_customer(company.pk, {"kind": "person"}, actor=ActorFactory())

    assert reread(company).kind == "person"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_organisations_that_join_each_other_at_once_make_no_circle() -> None:
    actor = ActorFactory()
    first, second = CustomerFactory(kind="organization"), CustomerFactory(kind="organization")
    together = threading.Barrier(2)

    def join(pair: tuple[Customer, Customer]) -> str:
        together.wait()
        try:
            update_customer(pair[0].pk, {"company_id": str(pair[1].pk)}, actor=actor)
            return "joined"
        except Refused as refused:
            return refused.problems[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(join, [(first, second), (second, first)]))

    assert results == ["C72", "joined"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_customers_that_take_the_same_values_in_opposite_order_end_in_one_refusal() -> None:
    actor = ActorFactory()
    customers = [CustomerFactory(), CustomerFactory()]
    values = ["a@acme.com", "b@acme.com"]
    together = threading.Barrier(2)

    def take(number: int) -> str:
        together.wait()
        try:
            update_customer(customers[number].pk, {"emails": values[:: 1 - 2 * number]}, actor=actor)
            return "taken"
        except Refused as refused:
            return refused.problems[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, range(2))) == ["C9", "taken"]


def test_a_flag_is_set_once_and_taken_away_once() -> None:
    customer, actor = CustomerFactory(), ActorFactory()
    FlagFactory(key="vip_care")

    outcomes = [
        add_flag(customer.pk, "vip_care", actor=actor),
        add_flag(customer.pk, "vip_care", actor=actor),
    ]
    assert [type(outcome) for outcome in outcomes] == [Updated, Unchanged]
    assert (flags_of(customer.pk), reread(customer).rev) == (["vip_care"], 2)

    outcomes = [
        remove_flag(customer.pk, "vip_care", actor=actor),
        remove_flag(customer.pk, "vip_care", actor=actor),
    ]
    assert [type(outcome) for outcome in outcomes] == [Updated, Unchanged]
    assert (flags_of(customer.pk), reread(customer).rev) == ([], 3)


@pytest.mark.parametrize(
    ("flag", "key", "code"),
    [({"enabled": False}, "vip_care", "C44"), ({}, "unheard_of", "C44"), ({"read_only": True}, "vip_care", "C45")],
)
def test_a_flag_that_staff_may_not_set_is_refused(flag: dict[str, bool], key: str, code: str) -> None:
    FlagFactory(key="vip_care", **flag)
    customer = CustomerFactory()

    for operation in (add_flag, remove_flag):
        with pytest.raises(Refused) as refused:
            operation(customer.pk, key, actor=ActorFactory())
        assert refusals(refused) == [code]


def test_a_spam_mark_keeps_its_first_time_and_leaves_the_support_status() -> None:
    customer, actor = CustomerFactory(), ActorFactory()
    mark_as_spam(customer.pk, actor=actor)
    first = reread(customer)
    assert (first.marked_as_spam_by, first.support_status, first.rev) == (actor, "IDLE", 2)

    assert isinstance(mark_as_spam(customer.pk, actor=ActorFactory()), Unchanged)
    assert reread(customer).marked_as_spam_at == first.marked_as_spam_at

    unmark_as_spam(customer.pk, actor=actor)
    assert (reread(customer).marked_as_spam_at, reread(customer).rev) == (None, 3)
    assert isinstance(unmark_as_spam(customer.pk, actor=actor), Unchanged)
    assert [entry.kind for entry in customer.timeline.order_by("at")] == ["spam_marked", "spam_unmarked"]


def test_a_customer_is_deleted_with_the_time_and_the_author() -> None:
    customer, actor = CustomerFactory(emails=["a@acme.com"]), ActorFactory()
    before = datetime.now(UTC)

    delete_customer(customer.pk, actor=actor, rev=1)

    deleted = reread(customer)
    assert (deleted.deleted_by, deleted.rev) == (actor, 2)
    assert deleted.deleted_at is not None
    assert deleted.deleted_at >= before
    assert list(Identifier.objects.values_list("active", flat=True)) == [False]


def test_a_change_gives_the_id_that_its_history_shares() -> None:
    customer, actor = CustomerFactory(tags=["old"]), ActorFactory()
    FlagFactory(key="vip_care")

    outcomes = [
        update_customer(customer.pk, {"name": "Renamed", "tags": ["new"]}, actor=actor),
        add_flag(customer.pk, "vip_care", actor=actor),
        remove_flag(customer.pk, "vip_care", actor=actor),
    ]

    with connection.cursor() as cursor:
        cursor.execute("SELECT pgh_context_id FROM customers_customerevent WHERE rev > 1 ORDER BY rev")
        assert cursor.fetchall() == [(outcome.change,) for outcome in outcomes]
        cursor.execute(
            "SELECT pgh_label FROM customers_customertagevent WHERE pgh_context_id = %s", [outcomes[0].change]
        )
        assert sorted(cursor.fetchall()) == [("delete",), ("insert",)]
