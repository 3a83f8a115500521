import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import call_command

from core.demo_logins import DEMO_LOGINS
from core.models import Actor, User
from customers import rows
from customers.demo.directory import plan_directory
from customers.demo.loading import load_demo
from customers.demo.staff import LEFT
from customers.models import Customer, CustomerFlag, Identifier, TimelineEntry, TimelineInfo
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 3, 1, 9, tzinfo=UTC)
SIZE = 160


def load():
    # The clock ticks, as it does between two changes of one customer.
    with time_machine.travel(NOW + timedelta(hours=2)):
        load_demo(size=SIZE, now=NOW)


@pytest.fixture
def loaded():
    load()


def content() -> str:
    """Everything about the customers that does not hang on ids, in one hash."""
    people = {str(user.pk): user.email for user in User.objects.all()}
    names = {str(pk): name for pk, name in Customer.objects.values_list("pk", "name")}
    lines = []
    for customer in Customer.objects.order_by("name", "created_at"):
        state = rows.state_of(customer)
        for key in ("owner_id", "assignee_id", "company_id"):
            state[key] = (people | names).get(state[key])
        lines.append(repr((sorted(state.items(), key=str), customer.rev, customer.updated_at, customer.deleted_at)))
    lines += map(repr, TimelineEntry.objects.order_by("at", "customer__name").values_list("at", "kind", "payload"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_two_loads_give_the_same_customers(loaded):
    first = content()
    Customer.pgh_event_model.objects.all().delete()
    Customer.objects.update(company=None, main_external=None)
    Customer.objects.all().delete()
    load()
    assert content() == first


def test_lists_show_as_many_as_were_asked_for(loaded):
    assert (Customer.objects.listed().count(), Customer.objects.spam().count()) == (SIZE, SIZE // 21)
    assert Customer.objects.filter(deleted_at__isnull=False).count() == SIZE // 80


def test_whole_plan_has_the_size_of_the_company_in_the_pictures():
    plans = plan_directory(NOW)
    assert len(plans) == 2_418 + 115 + 30
    assert {"Halden Logistics", "Northpass Air", "Ostrava Foods"} <= {plan.changes["name"] for plan in plans}
    assert max(len(plan.changes["name"]) for plan in plans) == 255


def test_demo_logins_work_in_their_groups(loaded):
    for group, email, password in DEMO_LOGINS:
        user = authenticate(username=email, password=password)
        assert (user.email, user.is_superuser) == (email, group == "Superuser")
        assert list(user.groups.values_list("name", flat=True)) == ([] if user.is_superuser else [group])


def test_who_has_left_owns_customers_and_cannot_sign_in(loaded):
    left = User.objects.get(email=LEFT)
    assert (left.is_active, left.has_usable_password()) == (False, False)
    assert Customer.objects.filter(owner=left).exists()


def test_every_revision_is_dated_within_the_story(loaded):
    events = Customer.pgh_event_model.objects.filter(name="Halden Logistics").order_by("rev")
    dates = [event.pgh_created_at for event in events]
    assert dates == sorted(dates)
    assert dates[0] == datetime(2023, 3, 14, 9, 20, tzinfo=UTC)
    assert [event.updated_at for event in events] == dates
    assert events.last().workflow_status_changed_at == dates[-1]


def test_nothing_is_dated_by_the_clock_of_the_loading(loaded):
    late = {"pgh_created_at__gt": NOW}
    owned = (Identifier, CustomerFlag)
    assert [model.pgh_event_model.objects.filter(**late).count() for model in (Customer, *owned)] == [0, 0, 0]
    assert CustomerFlag.objects.filter(added_at__gt=NOW).count() == 0
    assert TimelineEntry.objects.filter(at__gt=NOW).count() == 0
    for column in ("updated_at", "workflow_status_changed_at", "marked_as_spam_at", "deleted_at", "last_idle_at"):
        assert Customer.objects.filter(**{f"{column}__gt": NOW}).count() == 0


def test_backdating_leaves_no_history_of_its_own(loaded):
    assert Customer.pgh_event_model.objects.count() == sum(Customer.objects.values_list("rev", flat=True))


def test_changes_have_the_names_of_those_who_made_them(loaded):
    events = Customer.pgh_event_model.objects.filter(name="Halden Logistics").order_by("rev")
    assert [event.pgh_context["label"] for event in events] == [
        "Priya Raman", "Tomás Vidal", "Noor Okafor", "Tomás Vidal", "Jun Watanabe", "Tomás Vidal", "CRM sync",
        "Priya Raman",
    ]  # fmt: skip


def test_waiting_customers_are_those_whose_last_message_has_no_answer(loaded):
    info = TimelineInfo.objects.get(customer__name="Corvid Analytics")
    assert (info.unread_count, info.waiting_for_reply_since) == (1, NOW - timedelta(minutes=12))
    assert info.last_entry_preview == "Can we move the review to next week? The figures are late."


def test_second_run_changes_nothing(loaded, capsys):
    before = content()
    call_command("seed_demo")
    assert content() == before
    assert capsys.readouterr().out == f"There are {Customer.objects.count()} customers already: nothing was changed.\n"


def test_directory_with_a_customer_of_ones_own_is_left_alone(capsys):
    CustomerFactory(name="Mine", actor=Actor.objects.system("Tests"))
    call_command("seed_demo")
    assert list(Customer.objects.values_list("name", flat=True)) == ["Mine"]
