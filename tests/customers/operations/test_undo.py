"""Taking a change back: exactly what it did, for ten minutes, by the person who made it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.utils import timezone

from core.models import Actor
from core.problems import Refused
from customers.changes import Entry, read_changes
from customers.changes.parts import COLUMNS_OF
from customers.models import Customer, CustomerFlag, CustomerTag, Flag, SearchDocument, Tag
from customers.operations import (
    Unchanged,
    Updated,
    add_flag,
    add_tag,
    delete_customer,
    mark_as_spam,
    remove_flag,
    undo_change,
    update_customer,
)
from customers.operations.catalogue_tags import merge_tag
from customers.operations.edit import FlagChanges, update_from_form
from customers.operations.ladders import TIERS, delete_entry
from customers.rows import flags_of, state_of
from tests.factories import (
    ActorFactory,
    CustomAttributeFactory,
    CustomerFactory,
    FlagFactory,
    TierFactory,
    UserFactory,
    WorkflowStatusFactory,
)

pytestmark = pytest.mark.django_db

STEP = {"rev", "updated_at", "updated_by_id"}


def reread(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def own_row(customer: Customer) -> dict[str, object]:
    """Every column but those that each operation writes."""
    (row,) = Customer.objects.filter(pk=customer.pk).values()
    return {column: value for column, value in row.items() if column not in STEP}


def links(customer: Customer) -> list[dict[str, object]]:
    models = (CustomerFlag, CustomerTag)
    return [row for model in models for row in model.objects.filter(customer=customer).order_by("id").values()]


def feed(customer: Customer, viewer: Actor) -> list[Entry]:
    return list(read_changes(customer.pk, None, 10, viewer=viewer.user).rows)


def problems(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, tuple[object, ...], str]]:
    return [(problem.code, problem.path, problem.message) for problem in refused.value.problems]


@pytest.fixture
def noor() -> Actor:
    return ActorFactory(user=UserFactory(name="Noor Okafor", support_agent=True))


@pytest.fixture
def jun() -> Actor:
    return ActorFactory(user=UserFactory(name="Jun Park", support_agent=True))


@pytest.mark.parametrize(
    "asked",
    [
        lambda: {"tier_id": str(TierFactory().pk)},
        lambda: {"status_id": str(WorkflowStatusFactory().pk)},
        lambda: {"owner_id": str(UserFactory().pk)},
        lambda: {"assignee_id": str(UserFactory().pk)},
        lambda: {"support_status": "SNOOZED", "snoozed_until": timezone.now() + timedelta(days=1)},
        lambda: {"name": "Renamed", "revenue": 7, "birthday": None, "slack_channel_id": "C0ACME0002"},
        lambda: {"custom": {"planStr": "pro", "seatsNum": None}},
        lambda: {"sentiment": None, "language": "de"},
        lambda: {"tags": ["second", "third", "first"]},
        lambda: {"tags": ["third", "fourth"]},
    ],
    ids=["tier", "status", "owner", "assignee", "snooze", "fields", "custom", "sentiment", "tag-order", "tags"],
)
def test_an_undone_change_leaves_every_column_and_link_as_it_was(asked, noor) -> None:
    for key in ("planStr", "seatsNum"):
        CustomAttributeFactory(key=key)
    customer = CustomerFactory(
        assignee_id=str(UserFactory().pk), tier_id=str(TierFactory().pk), tags=["first", "second", "third"],
        revenue=5, slack_channel_id="C0ACME0001", custom={"planStr": "free", "seatsNum": 3},
        sentiment={"polarity": 1, "confidence": 1}, created_at=timezone.now() - timedelta(days=9),
    )  # fmt: skip
    row, was = own_row(customer), links(customer)

    made = update_customer(customer.pk, asked(), actor=noor)
    assert isinstance(made, Updated)
    assert (own_row(customer), links(customer)) != (row, was)
    undone = undo_change(customer.pk, made.change, actor=noor)

    assert isinstance(undone, Updated)
    assert (own_row(customer), links(customer)) == (row, was)
    assert (reread(customer).rev, reread(customer).updated_by, undone.customer.rev) == (3, noor, 3)


def test_a_flag_that_was_taken_away_comes_back_with_its_date_and_author(noor, jun) -> None:
    FlagFactory(key="vip_care")
    customer = CustomerFactory()
    add_flag(customer.pk, "vip_care", actor=jun)
    was = links(customer)

    made = remove_flag(customer.pk, "vip_care", actor=noor)
    undo_change(customer.pk, made.change, actor=noor)

    assert links(customer) == was
    assert [link["added_by_id"] for link in was] == [jun.pk]


def test_a_flag_that_was_set_goes_again(noor) -> None:
    FlagFactory(key="vip_care")
    customer = CustomerFactory()

    made = add_flag(customer.pk, "vip_care", actor=noor)
    undone = undo_change(customer.pk, made.change, actor=noor)

    assert (undone.changed, flags_of(customer.pk), reread(customer).rev) == (("flags",), [], 3)


def test_fields_and_flags_of_one_form_go_back_together(noor) -> None:
    FlagFactory(key="vip_care")
    customer = CustomerFactory(name="Before")
    made = update_from_form(customer.pk, {"name": "After"}, FlagChanges(added=["vip_care"]), rev=1, actor=noor)

    assert made.changed == ("name", "flags")

    undone = undo_change(customer.pk, made.change, actor=noor)

    assert (undone.changed, reread(customer).rev) == (("name", "flags"), 3)
    assert (reread(customer).name, flags_of(customer.pk)) == ("Before", [])


def test_the_search_finds_the_old_name_again(noor) -> None:
    customer = CustomerFactory(name="Before")
    made = update_customer(customer.pk, {"name": "After"}, actor=noor)

    undo_change(customer.pk, made.change, actor=noor)

    assert SearchDocument.objects.get(customer=customer).document == f" before {customer.pk}"
    assert reread(customer).folded_name == "before"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_undo_is_one_step_of_the_history_by_the_person_who_undid(noor) -> None:
    first, second = TierFactory(name="Copper"), TierFactory(name="Silver")
    customer = CustomerFactory(tier_id=str(first.pk))
    made = update_customer(customer.pk, {"tier_id": str(second.pk)}, actor=noor)

    undo_change(customer.pk, made.change, actor=noor)

    told = [(entry.who, [(each.words, each.was, each.now) for each in entry.changes]) for entry in feed(customer, noor)]
    assert told == [
        ("Noor Okafor", [("changed tier", "Silver", "Copper")]),
        ("Noor Okafor", [("changed tier", "Copper", "Silver")]),
        ("Tests", [("created this customer", "", "")]),
    ]


def test_a_second_undo_changes_nothing(noor) -> None:
    customer = CustomerFactory(revenue=1)
    made = update_customer(customer.pk, {"revenue": 2}, actor=noor)
    undo_change(customer.pk, made.change, actor=noor)
    events = apps.get_model("customers", "CustomerEvent").objects.count()

    assert undo_change(customer.pk, made.change, actor=noor) == Unchanged(customer)

    assert (reread(customer).rev, reread(customer).revenue) == (3, 1)
    assert apps.get_model("customers", "CustomerEvent").objects.count() == events


def test_an_undo_is_undone_and_the_change_then_undone_again(noor) -> None:
    customer = CustomerFactory(assignee_id=str(UserFactory().pk), tags=["old"])
    start = own_row(customer), links(customer)
    made = update_customer(customer.pk, {"assignee_id": None, "tags": ["new"]}, actor=noor)
    changed = own_row(customer), links(customer)

    back = undo_change(customer.pk, made.change, actor=noor)
    assert (own_row(customer), links(customer)) == start
    undo_change(customer.pk, back.change, actor=noor)
    assert (own_row(customer), links(customer)) == changed
    undo_change(customer.pk, made.change, actor=noor)
    assert (own_row(customer), links(customer)) == start
    assert isinstance(undo_change(customer.pk, made.change, actor=noor), Unchanged)
    assert reread(customer).rev == 5


def test_two_changes_of_one_field_are_undone_from_the_last_to_the_first(noor) -> None:
    customer = CustomerFactory(revenue=1)
    changes = [update_customer(customer.pk, {"revenue": value}, actor=noor).change for value in (2, 3)]

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, changes[0], actor=noor)
    assert [code for code, _, _ in problems(refused)] == ["C51"]

    for change in reversed(changes):
        undo_change(customer.pk, change, actor=noor)
    assert reread(customer).revenue == 1


def test_what_stands_on_an_earlier_change_that_was_undone_is_not_done_again(noor) -> None:
    customer = CustomerFactory(revenue=1)
    first, second = (update_customer(customer.pk, {"revenue": value}, actor=noor).change for value in (2, 3))
    back = undo_change(customer.pk, second, actor=noor)
    undo_change(customer.pk, first, actor=noor)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, back.change, actor=noor)

    assert [(code, path) for code, path, _ in problems(refused)] == [("C51", ("revenue",))]
    assert reread(customer).revenue == 1


def test_other_fields_that_somebody_changed_since_stay(noor, jun) -> None:
    CustomAttributeFactory(key="planStr")
    CustomAttributeFactory(key="seatsNum")
    FlagFactory(key="vip_care")
    customer = CustomerFactory(revenue=1, custom={"planStr": "free"}, tags=["first", "second"])
    made = update_customer(customer.pk, {"revenue": 2, "custom": {"planStr": "pro"}, "tags": ["second"]}, actor=noor)
    update_customer(customer.pk, {"size": 9, "custom": {"seatsNum": 4}, "tags": ["second", "third"]}, actor=jun)
    add_flag(customer.pk, "vip_care", actor=jun)

    undo_change(customer.pk, made.change, actor=noor)

    state = state_of(reread(customer))
    assert (state["revenue"], state["size"], state["custom"]) == (1, 9, {"planStr": "free", "seatsNum": 4})
    assert (state["tags"], flags_of(customer.pk)) == (["first", "second", "third"], ["vip_care"])


@pytest.mark.parametrize(
    ("mine", "theirs", "path", "sentence"),
    [
        ({"tier_name": "Silver"}, {"tier_name": "Gold"}, ("tier_id",), "set the tier to Gold"),
        ({"tier_name": "Silver"}, {"tier_name": None}, ("tier_id",), "removed the tier"),
        ({"revenue": 2}, {"revenue": 3}, ("revenue",), "set the revenue to $3"),
        (
            {"support_status": "ACTIVE"}, {"support_status": "SNOOZED"}, ("support_status",),
            "set the support status to Snoozed",
        ),
        ({"custom": {"planStr": "a"}}, {"custom": {"planStr": "b"}}, ("custom", "planStr"), "changed Plan"),
        ({"birthday": "1990-01-01"}, {"birthday": "1991-01-01"}, ("birthday",), "set the birthday to 1 Jan 1991"),
        ({"tags": ["b", "a"]}, {"tags": ["a", "b"]}, ("tags",), "reordered the tags"),
    ],
)  # fmt: skip
def test_what_somebody_changed_since_is_named_with_who_and_nothing_is_written(
    mine, theirs, path, sentence, noor, jun
) -> None:
    for name in ("Silver", "Gold"):
        TierFactory(name=name)
    CustomAttributeFactory(key="planStr", label="Plan")
    customer = CustomerFactory(kind="person", revenue=1, tags=["a", "b"])
    made = update_customer(customer.pk, mine, actor=noor)
    update_customer(customer.pk, theirs, actor=jun)
    row, was = own_row(customer), links(customer)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    message = f"Jun Park {sentence} just now. Change it back by hand if it should be as before."
    assert problems(refused) == [("C51", path, message)]
    assert (own_row(customer), links(customer), reread(customer).rev) == (row, was, 3)


def test_a_value_that_somebody_set_again_since_is_a_conflict_although_it_is_the_same(noor, jun) -> None:
    customer = CustomerFactory(revenue=1)
    made = update_customer(customer.pk, {"revenue": 2}, actor=noor)
    for value in (3, 2):
        update_customer(customer.pk, {"revenue": value}, actor=jun)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    assert [path for _, path, _ in problems(refused)] == [("revenue",)]


def test_a_change_in_between_that_was_undone_does_not_stand_in_the_way(noor, jun) -> None:
    customer = CustomerFactory(revenue=1)
    made = update_customer(customer.pk, {"revenue": 2}, actor=noor)
    theirs = update_customer(customer.pk, {"revenue": 3}, actor=jun)
    undo_change(customer.pk, theirs.change, actor=jun)

    undo_change(customer.pk, made.change, actor=noor)

    assert reread(customer).revenue == 1


def test_tags_are_numbered_without_gaps_after_an_undo(noor, jun) -> None:
    customer = CustomerFactory(tags=["first", "second"])
    made = update_customer(customer.pk, {"tags": ["second"]}, actor=noor)
    add_tag(customer.pk, "third", actor=jun)

    undo_change(customer.pk, made.change, actor=noor)

    numbered = CustomerTag.objects.order_by("position").values_list("position", "tag__name")
    assert list(numbered) == [(0, "first"), (1, "second"), (2, "third")]


def test_a_tag_that_was_merged_into_another_since_is_a_conflict(noor, jun) -> None:
    customer = CustomerFactory()
    made = add_tag(customer.pk, "renewals", actor=noor)
    renewals, renewal = Tag.objects.get(), Tag.objects.create(name="renewal")
    merge_tag(renewals.pk, into=renewal.pk, rev=renewals.rev, actor=jun)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    assert [(code, path) for code, path, _ in problems(refused)] == [("C51", ("tags", str(renewals.pk)))]


def test_a_flag_and_a_tag_that_somebody_touched_since_are_named(noor, jun) -> None:
    flag = FlagFactory(key="vip_care", label="VIP care")
    customer = CustomerFactory(tags=["renewal"])
    made = update_from_form(customer.pk, {"tags": []}, FlagChanges(added=["vip_care"]), rev=1, actor=noor)
    remove_flag(customer.pk, "vip_care", actor=jun)
    update_customer(customer.pk, {"tags": ["renewal"]}, actor=jun)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    tag = Tag.objects.get(name="renewal")
    rest = "just now. Change it back by hand if it should be as before."
    assert problems(refused) == [
        ("C51", ("flags", str(flag.pk)), f"Jun Park removed the flag VIP care {rest}"),
        ("C51", ("tags", str(tag.pk)), f"Jun Park added the tag renewal {rest}"),
    ]


def test_a_direct_change_of_the_database_is_a_conflict_too(noor) -> None:
    customer = CustomerFactory(revenue=1)
    made = update_customer(customer.pk, {"revenue": 2}, actor=noor)
    with connection.cursor() as cursor:
        for setting in ("pghistory.context_id", "pghistory.context_metadata"):
            cursor.execute("SELECT set_config(%s, '', TRUE)", [setting])
        cursor.execute("UPDATE customers_customer SET revenue = 9")

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    ((_, _, message),) = problems(refused)
    assert message.startswith("A direct database change set the revenue to $9 just now.")


def test_only_the_person_who_made_a_change_undoes_it(noor, jun) -> None:
    customer = CustomerFactory(revenue=1)
    made = update_customer(customer.pk, {"revenue": 2}, actor=noor)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=jun)

    assert problems(refused) == [("C66", ("change",), "Change it back by hand: only Noor Okafor can undo this change.")]
    assert reread(customer).revenue == 2


def test_a_change_is_too_old_after_ten_minutes(noor) -> None:
    customer = CustomerFactory(revenue=1)
    made = update_customer(customer.pk, {"revenue": 2}, actor=noor)

    with time_machine.travel(timezone.now() + timedelta(minutes=10)), pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    message = "Change it back by hand: a change can be undone for 10 minutes."
    assert problems(refused) == [("C74", ("change",), message)]


@pytest.mark.parametrize(("change", "code"), [(uuid4, "C74"), (lambda: "x", "C50"), (lambda: None, "C50")])
def test_a_change_that_nobody_made_is_refused(change, code, noor) -> None:
    with pytest.raises(Refused) as refused:
        undo_change(CustomerFactory().pk, change(), actor=noor)

    assert [(found, path) for found, path, _ in problems(refused)] == [(code, ("change",))]


def test_a_change_of_another_customer_is_none_of_this_one(noor) -> None:
    other, customer = CustomerFactory(revenue=1), CustomerFactory(revenue=1)
    made = update_customer(other.pk, {"revenue": 2}, actor=noor)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    assert [code for code, _, _ in problems(refused)] == ["C74"]


def test_the_creation_of_a_customer_is_not_undone(noor) -> None:
    customer = CustomerFactory(actor=noor)
    (change,) = apps.get_model("customers", "CustomerEvent").objects.values_list("pgh_context_id", flat=True)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, change, actor=noor)

    assert [code for code, _, _ in problems(refused)] == ["C74"]


def test_a_change_of_contact_points_is_not_undone_in_half(noor) -> None:
    customer = CustomerFactory(revenue=1)
    made = update_customer(customer.pk, {"revenue": 2, "emails": ["a@acme.com"], "domains": ["acme.com"]}, actor=noor)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    message = "Change it back by hand: undo does not cover contact points and external IDs, domains."
    assert problems(refused) == [("C74", ("change",), message)]
    assert reread(customer).revenue == 2


def test_a_deleted_customer_is_gone_for_undo_too(noor) -> None:
    customer = CustomerFactory(revenue=1)
    made = update_customer(customer.pk, {"revenue": 2}, actor=noor)
    delete_customer(customer.pk, actor=noor)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    assert [code for code, _, _ in problems(refused)] == ["C47"]


@pytest.mark.parametrize(
    ("key", "factory", "code", "message"),
    [
        ("tier_id", TierFactory, "C24", "The tier cannot be put back. Choose a tier that exists."),
        ("status_id", WorkflowStatusFactory, "C24", "The status cannot be put back. Choose a status that exists."),
        (
            "owner_id", UserFactory, "C24",
            "The owner cannot be put back. Choose a staff person as owner: nobody has this ID.",
        ),
    ],
)  # fmt: skip
def test_what_was_deleted_since_cannot_be_put_back(key, factory, code, message, noor) -> None:
    was, now = factory(), factory()
    customer = CustomerFactory(**{key: str(was.pk)})
    made = update_customer(customer.pk, {key: str(now.pk)}, actor=noor)
    was.delete()

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    assert problems(refused) == [(code, (key,), message)]
    assert state_of(reread(customer))[key] == str(now.pk)


def test_somebody_who_left_since_is_not_made_responsible_again(noor) -> None:
    leaver = UserFactory()
    customer = CustomerFactory(assignee_id=str(leaver.pk))
    made = update_customer(customer.pk, {"assignee_id": None}, actor=noor)
    leaver.is_active = False
    leaver.save()

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    message = "The assignee cannot be put back. Choose an active staff person as assignee."
    assert problems(refused) == [("C27", ("assignee_id",), message)]


def test_a_tag_and_a_flag_that_were_deleted_since_cannot_be_put_back(noor) -> None:
    flag = FlagFactory(key="vip_care", label="VIP care")
    customer = CustomerFactory(tags=["renewal"])
    add_flag(customer.pk, "vip_care", actor=noor)
    tag = Tag.objects.get(name="renewal")
    made = update_from_form(customer.pk, {"tags": []}, FlagChanges(removed=["vip_care"]), rev=2, actor=noor)
    Tag.objects.all().delete()
    Flag.objects.all().delete()

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    assert problems(refused) == [
        (
            "C44", ("flags", str(flag.pk)),
            "The flag VIP care cannot be put back. Choose a flag of the catalogue that is switched on.",
        ),
        (
            "C24", ("tags", str(tag.pk)),
            "The tag renewal cannot be put back. It was deleted since: add it again if it is still needed.",
        ),
    ]  # fmt: skip


def test_a_flag_that_became_read_only_since_stays_as_it_is(noor) -> None:
    flag = FlagFactory(key="vip_care")
    customer = CustomerFactory()
    made = add_flag(customer.pk, "vip_care", actor=noor)
    flag.read_only = True
    flag.save()

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    assert [code for code, _, _ in problems(refused)] == ["C45"]
    assert flags_of(customer.pk) == ["vip_care"]


def test_a_slack_channel_that_another_customer_took_since_is_not_taken_back(noor) -> None:
    customer = CustomerFactory(slack_channel_id="C0ACME0001")
    made = update_customer(customer.pk, {"slack_channel_id": None}, actor=noor)
    CustomerFactory(name="Beta", slack_channel_id="C0ACME0001")

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    assert [(code, path) for code, path, _ in problems(refused)] == [("C22", ("slack_channel_id",))]


def test_a_snooze_that_has_ended_since_is_not_put_back(noor) -> None:
    until = timezone.now() + timedelta(minutes=5)
    customer = CustomerFactory(support_status="SNOOZED", snoozed_until=until)
    made = update_customer(customer.pk, {"support_status": "ACTIVE"}, actor=noor)

    with time_machine.travel(timezone.now() + timedelta(minutes=6)), pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    message = "The snooze cannot be put back. Choose a time in the future to be reminded at."
    assert problems(refused) == [("C65", ("snoozed_until",), message)]


def test_a_company_that_would_close_a_circle_is_not_put_back(noor) -> None:
    parent, customer = CustomerFactory(kind="organization"), CustomerFactory(kind="organization")
    update_customer(customer.pk, {"company_id": str(parent.pk)}, actor=noor)
    made = update_customer(customer.pk, {"company_id": None}, actor=noor)
    update_customer(parent.pk, {"company_id": str(customer.pk)}, actor=noor)

    with pytest.raises(Refused) as refused:
        undo_change(customer.pk, made.change, actor=noor)

    assert [(code, path) for code, path, _ in problems(refused)] == [("C72", ("company_id",))]


def test_a_spam_mark_is_taken_off_again_with_its_entry_in_the_timeline(noor) -> None:
    customer = CustomerFactory()
    row = own_row(customer)
    made = mark_as_spam(customer.pk, actor=noor)

    undo_change(customer.pk, made.change, actor=noor)

    assert own_row(customer) == row
    assert [entry.kind for entry in customer.timeline.order_by("at")] == ["spam_marked", "spam_unmarked"]


def at_once(*writes: Callable[[], object]) -> list[str]:
    """What each of these ends in, all of them started together."""
    together = threading.Barrier(len(writes), timeout=30)

    def run(write: Callable[[], object]) -> str:
        together.wait()
        try:
            return type(write()).__name__
        except Refused as refused:
            return refused.problems[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(writes)) as pool:
        return list(pool.map(run, writes))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_undo_that_is_pressed_twice_at_once_undoes_once(noor) -> None:
    customer = CustomerFactory(revenue=1, tags=["old"])
    made = update_customer(customer.pk, {"revenue": 2, "tags": ["new"]}, actor=noor)

    outcomes = at_once(*[lambda: undo_change(customer.pk, made.change, actor=noor)] * 2)

    assert sorted(outcomes) == ["Unchanged", "Updated"]
    assert (reread(customer).revenue, state_of(reread(customer))["tags"], reread(customer).rev) == (1, ["old"], 3)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_tier_that_is_deleted_in_the_same_moment_is_either_kept_or_missed(noor) -> None:
    was, now = TierFactory(), TierFactory()
    customer = CustomerFactory(tier_id=str(was.pk))
    made = update_customer(customer.pk, {"tier_id": str(now.pk)}, actor=noor)

    outcomes = at_once(
        lambda: undo_change(customer.pk, made.change, actor=noor),
        lambda: delete_entry(TIERS, was.pk, rev=1, actor=noor),
    )

    assert outcomes in (["Updated", "C62"], ["C24", "EntryDeleted"])
    assert reread(customer).tier == (was if outcomes[0] == "Updated" else now)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_slack_channel_that_is_taken_in_the_same_moment_has_one_owner(noor) -> None:
    customer, other = CustomerFactory(slack_channel_id="C0ACME0001"), CustomerFactory()
    made = update_customer(customer.pk, {"slack_channel_id": None}, actor=noor)

    outcomes = at_once(
        lambda: undo_change(customer.pk, made.change, actor=noor),
        lambda: update_customer(other.pk, {"slack_channel_id": "C0ACME0001"}, actor=noor),
    )

    assert sorted(outcomes) == ["C22", "Updated"]


def test_every_column_belongs_to_a_part_or_is_written_by_every_operation() -> None:
    known = {column for columns in COLUMNS_OF.values() for column in columns}
    event = apps.get_model("customers", "CustomerEvent")
    rest = {field.attname for field in event._meta.fields if not field.name.startswith("pgh_")} - known
    assert rest == {"id", "custom", "created_by_id", "updated_at", "updated_by_id"}
