"""Who has to do something now: what a change of status, assignee or owner alone writes, and what it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations

import pytest
import time_machine
from django.utils import timezone

from customers.models import Customer
from customers.operations import Unchanged, Updated, update_customer
from customers.rules import Door
from tests.factories import CustomerFactory, TierFactory, UserFactory, WorkflowStatusFactory

pytestmark = pytest.mark.django_db

STATUSES = ("ACTIVE", "IDLE", "SNOOZED")
EVERY_STEP = {"rev", "updated_at", "updated_by_id"}


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    """Customers are made a day ago, so that a time that was set now cannot be the time of their creation."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def made(**fields: object) -> Customer:
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        return CustomerFactory(**fields)


def written(customer: Customer, actor, **changes: object) -> dict[str, object]:
    """The columns that a change has written, beside those that every change writes."""
    before = Customer.objects.filter(pk=customer.pk).values().get()
    update_customer(customer.pk, changes, actor=actor, rev=before["rev"])
    after = Customer.objects.filter(pk=customer.pk).values().get()
    assert after["rev"] == before["rev"] + 1
    return {key: after[key] for key in after if after[key] != before[key] and key not in EVERY_STEP}


def columns(customer: Customer, *names: str) -> tuple[object, ...]:
    return Customer.objects.filter(pk=customer.pk).values_list(*names).get()


def test_a_new_tier_writes_the_tier_alone(actor) -> None:
    tier = TierFactory()
    assert written(made(), actor, tier_id=str(tier.pk)) == {"tier_id": tier.pk}


def test_a_new_owner_is_independent_of_the_assignee(actor) -> None:
    owner = UserFactory()
    assert written(made(assignee_id=str(UserFactory().pk)), actor, owner_id=str(owner.pk)) == {"owner_id": owner.pk}


def test_a_new_workflow_status_is_dated_and_leaves_the_support_status(actor) -> None:
    status = WorkflowStatusFactory()
    assert written(made(), actor, status_id=str(status.pk)) == {
        "workflow_status_id": status.pk,
        "workflow_status_changed_at": timezone.now(),
    }


@pytest.mark.parametrize(("was", "now"), list(permutations(STATUSES, 2)))
def test_any_support_status_may_follow_any_other_and_is_dated(was, now, actor) -> None:
    left_idle = {"last_idle_at": timezone.now()} if "IDLE" in (was, now) else {}
    assert written(made(support_status=was), actor, support_status=now) == {
        "support_status": now,
        "support_status_changed_at": timezone.now(),
        **left_idle,
    }


@pytest.mark.parametrize("status", STATUSES)
def test_the_same_support_status_again_changes_nothing(status, actor) -> None:
    customer = made(support_status=status)
    assert update_customer(customer.pk, {"support_status": status}, actor=actor) == Unchanged(customer)


def test_a_snooze_carries_its_end(actor) -> None:
    until = timezone.now() + timedelta(days=3)
    assert written(made(support_status="ACTIVE"), actor, support_status="SNOOZED", snoozed_until=until) == {
        "support_status": "SNOOZED",
        "support_status_changed_at": timezone.now(),
        "snoozed_until": until,
    }


def test_a_snooze_may_have_no_end(actor) -> None:
    customer = made(support_status="ACTIVE")
    written(customer, actor, support_status="SNOOZED")
    assert columns(customer, "support_status", "snoozed_until") == ("SNOOZED", None)


def test_another_end_of_the_same_snooze_leaves_the_time_of_the_status(actor) -> None:
    first, second = (timezone.now() + timedelta(days=days) for days in (3, 9))
    customer = made(support_status="SNOOZED", snoozed_until=first)
    assert written(customer, actor, support_status="SNOOZED", snoozed_until=second) == {"snoozed_until": second}
    assert written(customer, actor, snoozed_until=None) == {"snoozed_until": None}


@pytest.mark.parametrize("status", ["ACTIVE", "IDLE"])
def test_a_snooze_ends_with_its_date_when_the_status_moves_on(status, actor) -> None:
    customer = made(support_status="SNOOZED", snoozed_until=timezone.now() + timedelta(days=3))
    written(customer, actor, support_status=status)
    assert columns(customer, "support_status", "snoozed_until") == (status, None)


def test_assigning_somebody_is_dated_and_makes_an_idle_customer_active(actor) -> None:
    agent, now = UserFactory(), timezone.now()
    assert written(made(), actor, assignee_id=str(agent.pk)) == {
        "assignee_id": agent.pk,
        "assigned_at": now,
        "support_status": "ACTIVE",
        "support_status_changed_at": now,
        "last_idle_at": now,
    }


def test_assigning_somebody_ends_a_snooze(actor) -> None:
    agent, now = UserFactory(), timezone.now()
    customer = made(support_status="SNOOZED", snoozed_until=now + timedelta(days=3))
    assert written(customer, actor, assignee_id=str(agent.pk)) == {
        "assignee_id": agent.pk,
        "assigned_at": now,
        "support_status": "ACTIVE",
        "support_status_changed_at": now,
        "snoozed_until": None,
    }


def test_assigning_somebody_leaves_the_time_of_a_customer_that_is_active_already(actor) -> None:
    agent = UserFactory()
    assert written(made(support_status="ACTIVE"), actor, assignee_id=str(agent.pk)) == {
        "assignee_id": agent.pk,
        "assigned_at": timezone.now(),
    }


@pytest.mark.parametrize("status", ["IDLE", "SNOOZED"])
def test_whoever_assigns_may_keep_the_support_status(status, actor) -> None:
    agent = UserFactory()
    until = timezone.now() + timedelta(days=3) if status == "SNOOZED" else None
    customer = made(support_status=status, snoozed_until=until)
    assert written(customer, actor, assignee_id=str(agent.pk), support_status=status) == {
        "assignee_id": agent.pk,
        "assigned_at": timezone.now(),
    }


def test_assigning_the_same_person_again_changes_nothing(actor) -> None:
    agent = UserFactory()
    customer = made(assignee_id=str(agent.pk), support_status="IDLE")
    assert isinstance(update_customer(customer.pk, {"assignee_id": str(agent.pk)}, actor=actor), Unchanged)
    assert columns(customer, "rev", "support_status") == (1, "IDLE")


def test_handing_over_to_another_person_is_dated_anew(actor) -> None:
    customer, other = made(assignee_id=str(UserFactory().pk)), UserFactory()
    assert written(customer, actor, assignee_id=str(other.pk)) == {
        "assignee_id": other.pk,
        "assigned_at": timezone.now(),
    }


@pytest.mark.parametrize("status", STATUSES)
def test_unassigning_clears_the_date_and_leaves_the_support_status(status, actor) -> None:
    customer = made(assignee_id=str(UserFactory().pk), support_status=status)
    assert written(customer, actor, assignee_id=None) == {"assignee_id": None, "assigned_at": None}


def test_unassigning_nobody_changes_nothing(actor) -> None:
    assert isinstance(update_customer(made().pk, {"assignee_id": None}, actor=actor), Unchanged)


def test_what_an_assignment_changes_is_named(actor) -> None:
    outcome = update_customer(made().pk, {"assignee_id": str(UserFactory().pk)}, actor=actor)
    assert isinstance(outcome, Updated)
    assert set(outcome.changed) == {
        "assignee_id", "assigned_at", "support_status", "support_status_changed_at", "last_idle_at",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["last_seen_at", "last_activity_at", "last_customer_activity_at"])
def test_what_happened_last_moves_forward_and_back_only_by_an_import(key, actor) -> None:
    days = [timezone.now() - timedelta(days=ago) for ago in (9, 5, 0)]
    customer = made(**{key: days[1]})

    assert isinstance(update_customer(customer.pk, {key: days[0]}, actor=actor), Unchanged)
    assert written(customer, actor, **{key: days[2]}) == {key: days[2]}
    update_customer(customer.pk, {key: days[0]}, actor=actor, door=Door.CSV)
    assert columns(customer, key) == (days[0],)
    assert written(customer, actor, **{key: None}) == {key: None}
