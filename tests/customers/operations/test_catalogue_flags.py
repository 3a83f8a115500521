"""What is written when administrators keep the catalogue of flags."""

import threading

import pytest
from django.db import connection, transaction

from core.problems import Refused
from customers.models import Customer, CustomerFlag, Flag
from customers.operations import add_flag, delete_customer
from customers.operations.catalogue_entries import EntryCreated, EntryDeleted, EntryUnchanged, EntryUpdated
from customers.operations.catalogue_flags import change_flag, create_flag, delete_flag
from customers.operations.edit import FlagChanges, update_from_form
from tests.factories import ActorFactory, CustomerFactory, FlagFactory

pytestmark = pytest.mark.django_db
NOBODY = "0197a1b2-0000-7000-8000-000000000000"


def refused(write) -> list[tuple[str, tuple]]:
    """The problems that keep something from being written; nothing is."""
    before = list(Flag.objects.values_list())
    with pytest.raises(Refused) as caught:
        write()
    assert list(Flag.objects.values_list()) == before
    return [(problem.code, problem.path) for problem in caught.value.problems]


def events(flag: Flag) -> list[tuple[str, str]]:
    model = Flag.pgh_event_model
    return [
        (row.pgh_label, (row.pgh_context or {}).get("label", ""))
        for row in model.objects.filter(pgh_obj_id=flag.pk).order_by("pgh_id")
    ]


def test_new_flag_is_stored_in_one_spelling_and_names_its_author():
    actor = ActorFactory(user__name="Priya Raman")
    outcome = create_flag({"key": " payment_risk ", "label": "  Payment   risk "}, actor=actor)

    flag = Flag.objects.get(key="payment_risk")
    assert outcome == EntryCreated(flag)
    assert (flag.label, flag.description, flag.read_only, flag.enabled, flag.rev) == (
        "Payment risk", "", False, True, 1,
    )  # fmt: skip
    assert events(flag) == [("insert", "Priya Raman")]


def test_key_that_another_flag_has_is_refused(actor):
    FlagFactory(key="vip")
    assert refused(lambda: create_flag({"key": "vip", "label": "VIP"}, actor=actor)) == [("C63", ("key",))]


def test_text_that_cannot_be_stored_is_refused_before_anything_else(actor):
    flag = FlagFactory()
    wrong = {"key": "X", "label": "a\x00b"}
    assert refused(lambda: create_flag(wrong, actor=actor)) == [("C71", ("label",))]
    assert refused(lambda: change_flag(flag.pk, wrong, rev=9, actor=actor)) == [("C71", ("label",))]


def test_change_raises_the_revision_by_one_and_no_change_writes_nothing(actor):
    flag = FlagFactory(label="Old", key="vip")
    changes = {"label": "New", "description": "Call first.", "read_only": True, "enabled": False}

    outcome = change_flag(flag.pk, changes, rev=1, actor=actor)
    flag.refresh_from_db()
    assert outcome == EntryUpdated(flag, ("label", "description", "read_only", "enabled"))
    assert (flag.label, flag.description, flag.read_only, flag.enabled, flag.rev) == (
        "New", "Call first.", True, False, 2,
    )  # fmt: skip

    assert change_flag(flag.pk, changes, rev=2, actor=actor) == EntryUnchanged(flag)
    flag.refresh_from_db()
    assert flag.rev == 2
    assert [label for label, _ in events(flag)] == ["insert", "update"]


def test_key_of_a_flag_cannot_be_changed(actor):
    flag = FlagFactory(key="vip")
    assert refused(lambda: change_flag(flag.pk, {"key": "other"}, rev=1, actor=actor)) == [("C52", ("key",))]


def test_stale_revision_is_refused(actor):
    flag = FlagFactory()
    change_flag(flag.pk, {"label": "First"}, rev=1, actor=actor)
    assert refused(lambda: change_flag(flag.pk, {"label": "Second"}, rev=1, actor=actor)) == [("C51", ("rev",))]
    assert refused(lambda: delete_flag(flag.pk, rev=1, actor=actor)) == [("C51", ("rev",))]


def test_flag_that_is_gone_or_never_was_is_refused(actor):
    assert refused(lambda: change_flag(NOBODY, {"label": "X"}, rev=1, actor=actor)) == [("C24", ("id",))]
    assert refused(lambda: delete_flag("vip", rev=1, actor=actor)) == [("C50", ("id",))]


def test_flag_that_nobody_has_is_deleted(actor):
    flag = FlagFactory()
    assert delete_flag(flag.pk, rev=1, actor=actor) == EntryDeleted(flag)
    assert list(Flag.objects.all()) == []
    assert [label for label, _ in events(flag)] == ["insert", "delete"]


def test_flag_that_even_a_deleted_customer_has_stays(actor):
    flag = FlagFactory(key="vip")
    customer = CustomerFactory()
    add_flag(customer.pk, "vip", actor=actor)
    delete_customer(customer.pk, actor=actor)
    assert refused(lambda: delete_flag(flag.pk, rev=1, actor=actor)) == [("C62", ())]


def test_switched_off_flag_stays_on_those_who_have_it(actor):
    flag = FlagFactory(key="vip")
    customer = CustomerFactory()
    add_flag(customer.pk, "vip", actor=actor)
    rev = Customer.objects.get(pk=customer.pk).rev

    change_flag(flag.pk, {"enabled": False}, rev=1, actor=actor)

    assert CustomerFlag.objects.filter(customer=customer, flag=flag).count() == 1
    assert Customer.objects.get(pk=customer.pk).rev == rev


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_people_who_add_the_same_key_at_once_make_one_flag_and_one_refusal():
    actors = [ActorFactory(), ActorFactory()]
    start, answers = threading.Barrier(2), []

    def add(actor):
        start.wait()
        try:
            answers.append(create_flag({"key": "vip", "label": "VIP"}, actor=actor))
        except Refused as problem:
            answers.append([each.code for each in problem.problems])
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=[actor]) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers, key=lambda answer: isinstance(answer, list)) == [EntryCreated(Flag.objects.get()), ["C63"]]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("door", ["button", "form"])
def test_flag_that_somebody_is_about_to_get_is_not_deleted_under_their_hands(door):
    actor, flag, customer = ActorFactory(), FlagFactory(key="vip"), CustomerFactory()
    answers = []

    def delete():
        try:
            answers.append(delete_flag(flag.pk, rev=1, actor=actor))
        except Refused as problem:
            answers.append([each.code for each in problem.problems])
        finally:
            connection.close()

    deleting = threading.Thread(target=delete)
    with transaction.atomic():
        if door == "button":
            add_flag(customer.pk, "vip", actor=actor)
        else:
            update_from_form(customer.pk, {}, FlagChanges(added=["vip"]), rev=1, actor=actor)
        deleting.start()
        wait_for_somebody_to_wait()
    deleting.join()

    assert answers == [["C62"]]
    assert CustomerFlag.objects.filter(customer=customer, flag=flag).count() == 1


def wait_for_somebody_to_wait() -> None:
    """Until another connection waits for a lock of this one."""
    with connection.cursor() as cursor:
        for _ in range(10_000):
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return
    pytest.fail("Nobody has come to wait.")
