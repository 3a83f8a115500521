"""The job that moves the customers of a tier or a status away and deletes it: chunk by chunk, killed and run again."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from core import jobs
from core.job_kinds import job_kinds
from core.models import Job
from core.problems import Refused
from customers import normalise
from customers.models import Customer, Tier, WorkflowStatus
from customers.operations import create_customer, delete_customer, mark_as_spam, store_new, update_customer
from customers.operations.edit import FlagChanges, create_from_form, new_customer_id, update_from_form
from customers.operations.ladders import STATUSES, TIERS, EntryLeaves, delete_entry
from customers.operations.ladders.removing import JOB, MOST_AT_ONCE
from tests.factories import ActorFactory, CustomerFactory, TierFactory, WorkflowStatusFactory

pytestmark = pytest.mark.django_db

MANY = 2 * MOST_AT_ONCE + 500


class Killed(BaseException):
    """The end of a worker: nothing of ours catches it."""


@pytest.fixture
def who(db):
    return ActorFactory()


@pytest.fixture
def old(db):
    return WorkflowStatusFactory(name="Old")


@pytest.fixture
def new(db):
    return WorkflowStatusFactory(name="New")


def fill(status, number):
    accepted = [normalise.customer({"name": f"C {n}", "status_id": str(status.pk)}) for n in range(number)]
    return store_new(accepted, actor=ActorFactory(), now=timezone.now())


def leave(old, new, who):
    return delete_entry(STATUSES, old.pk, successor_id=new.pk, rev=1, actor=who).job


def states():
    return Job.objects.values_list("state", "done", "total").get()


def refused(*args, **kwargs):
    with pytest.raises(Refused) as caught:
        delete_entry(*args, **kwargs)
    return [(problem.code, problem.path, problem.message) for problem in caught.value.problems]


def at_update(number, act):
    """Do something just before the customers are written for the nth time."""
    seen = []

    def look(execute, sql, params, many, context):
        # The history adds statements of its own before this one.
        if 'UPDATE "customers_customer"' in sql:
            seen.append(sql)
            if len(seen) == number:
                act()
        return execute(sql, params, many, context)

    return connection.execute_wrapper(look)


def counting_into(sizes):
    def look(execute, sql, *rest):
        result = execute(sql, *rest)
        if 'UPDATE "customers_customer"' in sql:
            sizes.append(result.rowcount)
        return result

    return look


def die():
    raise Killed


def test_kind_is_registered_under_the_name_that_jobs_are_started_with():
    assert JOB in {kind.key for kind in job_kinds.all()}


def test_more_customers_than_a_request_moves_are_left_to_a_job(old, new, who):
    fill(old, MOST_AT_ONCE + 1)
    outcome = delete_entry(STATUSES, old.pk, successor_id=new.pk, rev=1, actor=who)
    assert isinstance(outcome, EntryLeaves)
    assert (outcome.job.title, outcome.job.actor) == ("Move 1,001 customers from Old to New", who)
    assert states() == ("waiting", 0, 1001)
    assert STATUSES.of(old.pk).count() == 1001


def test_as_many_customers_as_a_request_moves_need_no_job(old, new, who):
    fill(old, MOST_AT_ONCE)
    assert delete_entry(STATUSES, old.pk, successor_id=new.pk, rev=1, actor=who).customers == MOST_AT_ONCE
    assert Job.objects.count() == 0


def test_job_moves_everybody_in_chunks_and_deletes_the_status(old, new, who):
    customers = fill(old, MANY)
    mark_as_spam(customers[0].pk, actor=who)
    delete_customer(customers[1].pk, actor=who)
    job = leave(old, new, who)

    sizes: list[int] = []
    with connection.execute_wrapper(counting_into(sizes)):
        jobs.perform(job.pk)

    # Those of the last chunk, deleted ones among them, in one transaction with the deletion of the status.
    assert sizes == [1000, 1000, 499, 1]
    assert states() == ("done", MANY, MANY)
    assert Job.objects.get().message == "2,500 customers moved to New."
    assert not WorkflowStatus.objects.filter(pk=old.pk).exists()
    assert Customer.objects.filter(workflow_status=new, rev=2, updated_by=who).count() == MANY - 2
    assert Customer.objects.filter(workflow_status=new, rev=3).count() == 2
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT pgh_obj_id) FROM customers_customerevent"
            " WHERE workflow_status_id = %s AND pgh_label = 'update' AND pgh_context->>'label' = %s",
            [new.pk, who.label],
        )
        assert cursor.fetchone() == (MANY, MANY)


def test_job_that_is_killed_half_way_goes_on_where_it_stopped(old, new, who):
    fill(old, MANY)
    job = leave(old, new, who)
    with pytest.raises(Killed), at_update(2, die):
        jobs.perform(job.pk)
    assert states() == ("running", 1000, MANY)
    assert STATUSES.of(old.pk).count() == MANY - 1000

    jobs.perform(job.pk)

    assert states() == ("done", MANY, MANY)
    assert Customer.objects.filter(workflow_status=new, rev=2).count() == MANY
    assert not WorkflowStatus.objects.filter(pk=old.pk).exists()


def test_job_that_was_killed_after_its_last_step_ends_well(old, new, who):
    fill(old, MOST_AT_ONCE + 1)
    job = leave(old, new, who)
    jobs.perform(job.pk)
    Job.objects.update(state="running")

    jobs.perform(job.pk)

    assert states() == ("done", 1001, 1001)
    assert Customer.objects.filter(workflow_status=new, rev=2).count() == 1001


def test_customers_that_get_the_status_meanwhile_are_moved_too(old, new, who):
    fill(old, MOST_AT_ONCE + 1)
    job = leave(old, new, who)
    with at_update(2, lambda: fill(old, MOST_AT_ONCE + 200)):
        jobs.perform(job.pk)
    assert states() == ("done", 2201, 2201)
    assert Customer.objects.filter(workflow_status=new).count() == 2201


def test_deleted_customers_of_more_than_one_chunk_are_moved_too(old, new, who):
    fill(old, MANY)
    Customer.objects.update(deleted_at=timezone.now(), deleted_by=who)
    job = leave(old, new, who)
    jobs.perform(job.pk)
    assert states() == ("done", MANY, MANY)
    assert not WorkflowStatus.objects.filter(pk=old.pk).exists()


def test_status_that_is_being_emptied_is_neither_deleted_again_nor_a_successor(old, new, who):
    fill(old, MOST_AT_ONCE + 1)
    leave(old, new, who)
    other = WorkflowStatusFactory(name="Other")
    CustomerFactory(status_id=str(other.pk))
    assert refused(STATUSES, old.pk, successor_id=other.pk, rev=1, actor=who) == [
        ("C62", (), "Wait a moment: Old is being deleted already.")
    ]
    assert refused(STATUSES, new.pk, successor_id=other.pk, rev=1, actor=who) == [
        ("C62", (), "Wait a moment: the customers of Old are being moved to New.")
    ]
    assert refused(STATUSES, other.pk, successor_id=old.pk, rev=1, actor=who) == [
        ("C24", ("successor",), "Choose another status: this one is being deleted.")
    ]


def test_tier_of_the_same_id_as_nothing_is_not_kept_by_a_job_of_a_status(old, new, who):
    fill(old, MOST_AT_ONCE + 1)
    leave(old, new, who)
    gold = TierFactory()
    delete_entry(TIERS, gold.pk, rev=1, actor=who)
    assert not Tier.objects.filter(pk=gold.pk).exists()


def test_job_whose_successor_is_gone_stops_and_says_so(old, new, who):
    fill(old, MOST_AT_ONCE + 1)
    job = leave(old, new, who)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM customers_workflowstatus WHERE id = %s", [new.pk])
    jobs.perform(job.pk)
    assert Job.objects.values_list("state", "done").get() == ("failed", 0)
    assert Job.objects.get().error == "Look at the list again: this workflow status was deleted."
    assert STATUSES.of(old.pk).count() == 1001


def meanwhile(marker, act):
    """Do something in another connection, once, just before a statement that holds these words."""
    done = []

    def look(execute, sql, params, many, context):
        if marker in sql and not done:
            done.append(sql)
            thread = threading.Thread(target=_with_own_connection, args=[act])
            thread.start()
            thread.join()
        return execute(sql, params, many, context)

    return connection.execute_wrapper(look)


def _with_own_connection(act):
    try:
        act()
    finally:
        connection.close()


def by_form(changes, who):
    return create_from_form(new_customer_id(), changes, FlagChanges(), actor=who)


WRITES = {
    "create": ("INSERT", lambda asked, there, who: create_customer({"name": "Late"} | asked, actor=who)),
    "form of a new customer": ("INSERT", lambda asked, there, who: by_form({"name": "Late"} | asked, who)),
    "update": ("UPDATE", lambda asked, there, who: update_customer(there.pk, asked, actor=who)),
    "form of a customer": (
        "UPDATE",
        lambda asked, there, who: update_from_form(there.pk, asked, FlagChanges(), rev=1, actor=who),
    ),
}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("verb", "write"), WRITES.values(), ids=WRITES)
def test_status_that_is_deleted_while_it_is_given_is_refused_at_its_field(verb, write):
    old, who, there = WorkflowStatusFactory(name="Old"), ActorFactory(), CustomerFactory()
    marker = {"INSERT": 'INSERT INTO "customers_customer"', "UPDATE": 'UPDATE "customers_customer"'}[verb]

    with pytest.raises(Refused) as caught, meanwhile(marker, lambda: delete_entry(STATUSES, old.pk, rev=1, actor=who)):
        write({"status_id": str(old.pk)}, there, who)

    assert [(problem.code, problem.path) for problem in caught.value.problems] == [("C24", ("status_id",))]
    assert Customer.objects.values_list("pk", "rev").get() == (there.pk, 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_new_customer_starts_in_the_next_status_when_the_first_is_deleted_meanwhile():
    first, who = WorkflowStatus.objects.first(), ActorFactory()
    with meanwhile('INSERT INTO "customers_customer"', lambda: delete_entry(STATUSES, first.pk, rev=1, actor=who)):
        created = create_customer({"name": "Late"}, actor=who).customer
    assert created.workflow_status == WorkflowStatus.objects.first() != first


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_customer_that_somebody_is_saving_is_moved_last_and_keeps_what_was_saved():
    old, new, who = WorkflowStatusFactory(name="Old"), WorkflowStatusFactory(name="New"), ActorFactory()
    busy, *_ = fill(old, MOST_AT_ONCE + 1)
    job = leave(old, new, who)
    is_saving, may_end, others_are_done = threading.Event(), threading.Event(), []

    def save_slowly():
        with transaction.atomic():
            update_customer(busy.pk, {"revenue": 5}, actor=who)
            is_saving.set()
            others_are_done.append(may_end.wait(timeout=20))

    def let_go_at_the_end(execute, sql, *rest):
        # The last look, which waits for whoever is saving one of those that are left.
        if f"LIMIT {MOST_AT_ONCE + 1} FOR NO KEY UPDATE" in sql:
            may_end.set()
        return execute(sql, *rest)

    saving = threading.Thread(target=_with_own_connection, args=[save_slowly])
    saving.start()
    assert is_saving.wait(timeout=20)
    with connection.execute_wrapper(let_go_at_the_end):
        jobs.perform(job.pk)
    saving.join()

    assert others_are_done == [True]
    assert states() == ("done", 1001, 1001)
    saved = Customer.objects.get(pk=busy.pk)
    assert (saved.workflow_status, saved.revenue, saved.rev) == (new, 5, 3)
