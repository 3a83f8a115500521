"""Tiers and workflow statuses: added, changed, put in order, deleted with their customers moved."""

import threading
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from core.models import Job
from core.problems import Refused
from customers.models import Customer, Tier, WorkflowStatus
from customers.operations import delete_customer, mark_as_spam
from customers.operations.catalogue_entries import EntryCreated, EntryDeleted, EntryUnchanged, EntryUpdated
from customers.operations.ladders import (
    STATUSES,
    TIERS,
    add_entry,
    change_entry,
    delete_entry,
    move_entry,
)
from tests.factories import ActorFactory, CustomerFactory, TierFactory, WorkflowStatusFactory

pytestmark = pytest.mark.django_db

UNKNOWN = "0197a1b2-0000-7000-8000-000000000000"
FACTORIES = {"tier": TierFactory, "status": WorkflowStatusFactory}
BOTH = pytest.mark.parametrize("ladder", [TIERS, STATUSES], ids=["tiers", "statuses"])


@pytest.fixture(autouse=True)
def nothing_yet(db):
    """Neither tier nor status: each test makes its own."""
    Tier.objects.all().delete()
    WorkflowStatus.objects.all().delete()


@pytest.fixture
def who(db):
    return ActorFactory()


def make(ladder, *names, **fields):
    """Entries of these names in this order, in the places 1, 2, 3."""
    return [
        FACTORIES[ladder.key](name=name, position=position, **fields) for position, name in enumerate(names, start=1)
    ]


def customers_with(ladder, entry, number=1, **fields):
    if not WorkflowStatus.objects.exists():
        WorkflowStatusFactory()  # Every customer needs one, whatever the test is about.
    return [CustomerFactory(**{f"{ladder.key}_id": str(entry.pk)}, **fields) for _ in range(number)]


def order(ladder):
    return [(entry.name, entry.position, entry.rev) for entry in ladder.model.objects.all()]


def refused(operation, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        operation(*args, **kwargs)
    return [(problem.code, problem.path) for problem in caught.value.problems]


@BOTH
def test_new_entry_stands_at_the_end(ladder, who):
    make(ladder, "Gold")
    outcome = add_entry(ladder, {"name": "  Silver ", "color": "#ABC"}, actor=who)
    assert isinstance(outcome, EntryCreated)
    assert (outcome.entry.name, outcome.entry.color, outcome.entry.rev) == ("Silver", "#aabbcc", 1)
    assert order(ladder) == [("Gold", 1, 1), ("Silver", 2, 1)]


@BOTH
def test_entry_with_nothing_but_a_display_name_goes_by_that(ladder, who):
    entry = add_entry(ladder, {"display_name": "Silver", "color": "#aabbcc"}, actor=who).entry
    assert (entry.name, entry.display_name) == ("Silver", "Silver")


@BOTH
@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"name": "", "color": "#aabbcc"}, [("C63", ("name",))]),
        ({"name": "GOLD", "color": "#aabbcc"}, [("C63", ("name",))]),
        ({"name": "Silver", "color": "silver"}, [("C63", ("color",))]),
        ({"name": "Silver", "color": "#aabbcc", "shape": "round"}, [("C69", ("shape",))]),
        ({"name": "Sil\0ver", "color": "#aabbcc"}, [("C71", ("name",))]),
        ({"name": "x" * 81}, [("C63", ("name",)), ("C63", ("color",))]),
    ],
    ids=["no name", "taken", "no colour", "unknown field", "not storable", "several"],
)
def test_new_entry_that_does_not_fit_is_refused_and_not_stored(ladder, changes, problems, who):
    make(ladder, "Gold")
    assert refused(add_entry, ladder, changes, actor=who) == problems
    assert order(ladder) == [("Gold", 1, 1)]


@BOTH
def test_change_raises_rev_by_one_and_is_signed(ladder, who):
    gold, _ = make(ladder, "Gold", "Silver")
    outcome = change_entry(ladder, gold.pk, {"name": "Platinum", "color": "#112233"}, rev=1, actor=who)
    assert isinstance(outcome, EntryUpdated)
    assert set(outcome.changed) == {"name", "color"}
    assert order(ladder) == [("Platinum", 1, 2), ("Silver", 2, 1)]
    table = f"{ladder.model._meta.db_table}event"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, pgh_context->>'label' FROM {table} ORDER BY pgh_id DESC LIMIT 1")
        assert cursor.fetchone() == ("Platinum", who.label)


@BOTH
def test_change_to_what_is_stored_writes_nothing(ladder, who):
    (gold,) = make(ladder, "Gold", color="#112233")
    outcome = change_entry(ladder, gold.pk, {"name": " Gold", "color": "#112233"}, rev=1, actor=who)
    assert isinstance(outcome, EntryUnchanged)
    assert order(ladder) == [("Gold", 1, 1)]


@BOTH
@pytest.mark.parametrize("rev", [0, 2, "x"])
def test_change_of_another_revision_is_refused(ladder, rev, who):
    (gold,) = make(ladder, "Gold")
    assert refused(change_entry, ladder, gold.pk, {"name": "X"}, rev=rev, actor=who) == [("C51", ("rev",))]
    assert refused(move_entry, ladder, gold.pk, to=1, rev=rev, actor=who) == [("C51", ("rev",))]
    assert refused(delete_entry, ladder, gold.pk, rev=rev, actor=who) == [("C51", ("rev",))]
    assert order(ladder) == [("Gold", 1, 1)]


@BOTH
@pytest.mark.parametrize(("entry_id", "code"), [(UNKNOWN, "C24"), ("x", "C50")])
def test_entry_that_is_not_there_is_refused(ladder, entry_id, code, who):
    assert refused(change_entry, ladder, entry_id, {"name": "X"}, rev=1, actor=who) == [(code, ("id",))]
    assert refused(move_entry, ladder, entry_id, by=1, rev=1, actor=who) == [(code, ("id",))]
    assert refused(delete_entry, ladder, entry_id, rev=1, actor=who) == [(code, ("id",))]


@BOTH
def test_name_of_another_entry_is_refused_and_the_own_one_in_other_letters_is_not(ladder, who):
    gold, _ = make(ladder, "Gold", "Silver")
    assert refused(change_entry, ladder, gold.pk, {"name": "silver"}, rev=1, actor=who) == [("C63", ("name",))]
    change_entry(ladder, gold.pk, {"name": "GOLD"}, rev=1, actor=who)
    assert order(ladder) == [("GOLD", 1, 2), ("Silver", 2, 1)]


def test_new_default_takes_the_place_of_the_old_one(who):
    gold, silver = make(TIERS, "Gold", "Silver")
    change_entry(TIERS, gold.pk, {"is_default": True}, rev=1, actor=who)
    change_entry(TIERS, silver.pk, {"is_default": True}, rev=1, actor=who)
    assert list(Tier.objects.values_list("name", "is_default", "rev")) == [("Gold", False, 3), ("Silver", True, 2)]
    add_entry(TIERS, {"name": "Bronze", "color": "#aabbcc", "is_default": True}, actor=who)
    assert list(Tier.objects.filter(is_default=True).values_list("name", flat=True)) == ["Bronze"]


@pytest.mark.parametrize("priority", [-1, 4, 40_000, True, "1"])
def test_priority_that_is_none_is_refused(priority, who):
    (gold,) = make(TIERS, "Gold")
    problems = refused(change_entry, TIERS, gold.pk, {"default_priority": priority}, rev=1, actor=who)
    assert problems == [("C63", ("default_priority",))]


def test_category_of_a_status_is_kept_and_another_word_refused(who):
    (gold,) = make(STATUSES, "Gold")
    assert refused(change_entry, STATUSES, gold.pk, {"category": "asleep"}, rev=1, actor=who) == [
        ("C63", ("category",))
    ]
    change_entry(STATUSES, gold.pk, {"category": "inactive"}, rev=1, actor=who)
    assert WorkflowStatus.objects.get().category == "inactive"


@BOTH
def test_move_changes_the_entries_between_both_places_and_no_other(ladder, who):
    a, b, *_ = make(ladder, "A", "B", "C", "D")
    assert isinstance(move_entry(ladder, b.pk, by=-1, rev=1, actor=who), EntryUpdated)
    assert order(ladder) == [("B", 1, 2), ("A", 2, 2), ("C", 3, 1), ("D", 4, 1)]
    move_entry(ladder, a.pk, to=3, rev=2, actor=who)
    assert order(ladder) == [("B", 1, 2), ("C", 2, 2), ("D", 3, 2), ("A", 4, 3)]


@BOTH
def test_move_keeps_gaps_between_places(ladder, who):
    a, _ = (FACTORIES[ladder.key](name=name, position=place) for name, place in (("A", -5), ("B", 900)))
    move_entry(ladder, a.pk, by=1, rev=1, actor=who)
    assert order(ladder) == [("B", -5, 2), ("A", 900, 2)]


@BOTH
def test_move_among_entries_in_one_place_counts_the_places_anew(ladder, who):
    _, _, c = (FACTORIES[ladder.key](name=name, position=7) for name in "ABC")
    move_entry(ladder, c.pk, by=-1, rev=1, actor=who)
    assert order(ladder) == [("A", 1, 2), ("C", 2, 2), ("B", 3, 2)]


@BOTH
@pytest.mark.parametrize("step", [{"by": 1}, {"to": 1}, {"to": 99}, {"by": 0}])
def test_move_beyond_the_end_changes_nothing(ladder, step, who):
    _, b = make(ladder, "A", "B")
    assert isinstance(move_entry(ladder, b.pk, **step, rev=1, actor=who), EntryUnchanged)
    assert order(ladder) == [("A", 1, 1), ("B", 2, 1)]


@BOTH
def test_entry_that_nobody_has_is_deleted(ladder, who):
    gold, _ = make(ladder, "Gold", "Silver")
    outcome = delete_entry(ladder, gold.pk, rev=1, actor=who)
    assert (type(outcome), outcome.customers) == (EntryDeleted, 0)
    assert order(ladder) == [("Silver", 2, 1)]


@BOTH
def test_entry_that_customers_have_is_not_deleted_without_a_successor(ladder, who):
    gold, _ = make(ladder, "Gold", "Silver")
    customers_with(ladder, gold)
    assert refused(delete_entry, ladder, gold.pk, rev=1, actor=who) == [("C62", ())]
    assert len(order(ladder)) == 2


def test_last_status_is_not_deleted_and_the_last_tier_is(who):
    (gold,), (only,) = make(TIERS, "Gold"), make(STATUSES, "Only")
    delete_entry(TIERS, gold.pk, rev=1, actor=who)
    assert refused(delete_entry, STATUSES, only.pk, rev=1, actor=who) == [("C62", ())]


@BOTH
def test_customers_of_a_deleted_entry_get_the_successor_as_a_change_of_each(ladder, who):
    gold, silver = make(ladder, "Gold", "Silver")
    (moving,), (staying,) = customers_with(ladder, gold), customers_with(ladder, silver)
    before = timezone.now()
    outcome = delete_entry(ladder, gold.pk, successor_id=silver.pk, rev=1, actor=who)
    assert (type(outcome), outcome.customers) == (EntryDeleted, 1)
    moved, stayed = (Customer.objects.get(pk=customer.pk) for customer in (moving, staying))
    assert getattr(moved, ladder.column) == silver
    assert (moved.rev, moved.updated_by, moved.updated_at > before) == (2, who, True)
    assert (stayed.rev, stayed.updated_at) == (1, staying.updated_at)
    assert (moved.workflow_status_changed_at > before) == (ladder is STATUSES)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rev, pgh_context->>'label' FROM customers_customerevent WHERE pgh_obj_id = %s"
            " ORDER BY pgh_id DESC LIMIT 1",
            [moved.pk],
        )
        assert cursor.fetchone() == (2, who.label)


@BOTH
def test_spam_and_deleted_customers_get_the_successor_too(ladder, who):
    gold, silver = make(ladder, "Gold", "Silver")
    spam, gone = customers_with(ladder, gold, 2)
    mark_as_spam(spam.pk, actor=who)
    delete_customer(gone.pk, actor=who)
    assert refused(delete_entry, ladder, gold.pk, rev=1, actor=who) == [("C62", ())]
    assert delete_entry(ladder, gold.pk, successor_id=silver.pk, rev=1, actor=who).customers == 2
    assert list(Customer.objects.values_list(f"{ladder.column}__name", "rev")) == [("Silver", 3), ("Silver", 3)]


@BOTH
@pytest.mark.parametrize("successor", ["itself", UNKNOWN, "x", UUID(UNKNOWN)])
def test_successor_that_is_none_is_refused(ladder, successor, who):
    gold, _ = make(ladder, "Gold", "Silver")
    customers_with(ladder, gold)
    successor = gold.pk if successor == "itself" else successor
    problems = refused(delete_entry, ladder, gold.pk, successor_id=successor, rev=1, actor=who)
    assert problems == [("C24", ("successor",))]
    assert len(order(ladder)) == 2


def test_successor_of_the_default_tier_becomes_the_default(who):
    gold, silver = make(TIERS, "Gold", "Silver")
    change_entry(TIERS, gold.pk, {"is_default": True}, rev=1, actor=who)
    delete_entry(TIERS, gold.pk, successor_id=silver.pk, rev=2, actor=who)
    assert list(Tier.objects.values_list("name", "is_default", "rev")) == [("Silver", True, 2)]


def test_default_tier_without_a_successor_leaves_no_default(who):
    gold, _ = make(TIERS, "Gold", "Silver")
    change_entry(TIERS, gold.pk, {"is_default": True}, rev=1, actor=who)
    delete_entry(TIERS, gold.pk, rev=2, actor=who)
    assert list(Tier.objects.values_list("name", "is_default", "rev")) == [("Silver", False, 1)]


def test_deletion_starts_no_job_when_customers_are_few(who):
    gold, silver = make(TIERS, "Gold", "Silver")
    customers_with(TIERS, gold)
    delete_entry(TIERS, gold.pk, successor_id=silver.pk, rev=1, actor=who)
    assert Job.objects.count() == 0


def at_once(*operations):
    """What each operation answers, or the codes it is refused with, when all start together."""
    start, answers = threading.Barrier(len(operations)), {}

    def attempt(number, operation):
        start.wait()
        try:
            answers[number] = type(operation()).__name__
        except Refused as problem:
            answers[number] = [each.code for each in problem.problems]
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=each) for each in enumerate(operations)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers.values(), key=str)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_people_who_add_the_same_name_at_once_make_one_entry_and_one_refusal():
    asked = {"name": "Twice", "color": "#aabbcc"}
    for ladder in (TIERS, STATUSES):
        actors = [ActorFactory(), ActorFactory()]
        add = [lambda actor=actor, ladder=ladder: add_entry(ladder, asked, actor=actor) for actor in actors]
        assert at_once(*add) == ["EntryCreated", ["C63"]]
        assert ladder.model.objects.filter(name="Twice").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_people_who_move_one_entry_at_once_move_it_once():
    a, _, _ = make(TIERS, "A", "B", "C")
    actors = [ActorFactory(), ActorFactory()]
    move = [lambda actor=actor: move_entry(TIERS, a.pk, by=1, rev=1, actor=actor) for actor in actors]
    assert at_once(*move) == ["EntryUpdated", ["C51"]]
    assert order(TIERS) == [("B", 1, 2), ("A", 2, 2), ("C", 3, 1)]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_tiers_that_become_the_default_at_once_leave_one_default():
    a, b = make(TIERS, "A", "B")
    actor = ActorFactory()
    make_default = [
        lambda entry=entry: change_entry(TIERS, entry.pk, {"is_default": True}, rev=entry.rev, actor=actor)
        for entry in (a, b)
    ]
    assert at_once(*make_default) == ["EntryUpdated", "EntryUpdated"]
    assert Tier.objects.filter(is_default=True).count() == 1
