"""What holds for every operation: one step of `rev` for what changed, and not a row of history for what did not.

The operations are found in the source: a new one without a case here turns the first test red.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from core.models import Actor
from core.models.base import Record
from core.problems import Refused
from customers import operations
from customers.models import Tag, TimelineEntry
from customers.operations import edit
from customers.operations.catalogue_attributes import change_attribute, create_attribute
from customers.operations.catalogue_flags import change_flag, create_flag, delete_flag
from customers.operations.catalogue_tags import change_tag, create_tag, delete_tag, merge_tag
from customers.operations.edit import FlagChanges
from customers.operations.ladders import TIERS, add_entry, change_entry, delete_entry, move_entry
from tests.factories import CustomAttributeFactory, CustomerFactory, FlagFactory, TierFactory

pytestmark = pytest.mark.django_db

OUTCOME = re.compile(r"Created|Updated|Unchanged|Deleted|Leaves")
NOTHING = {"Unchanged", "EntryUnchanged", "AlreadyThere"}


@dataclass(frozen=True)
class Case:
    """A write that changes something when it is done first, and nothing, or is refused, when it is done `again`.

    `record` is what changes; a write without one makes it. `goes` when it is not there afterwards.
    """

    write: Callable[[], object]
    record: Record | None = None
    again: Callable[[], object] | None = None
    goes: bool = False


def operations_of_the_source() -> Iterator[str]:
    """What the package offers, and every public function that answers with an outcome."""
    yield from (name for name in operations.__all__ if inspect.isfunction(getattr(operations, name)))
    for found in pkgutil.walk_packages(operations.__path__, f"{operations.__name__}."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            # Who is given the record itself is a step of another operation.
            if is_own and next(iter(inspect.signature(function).parameters), "") not in ("customer", "entry"):
                answer = str(function.__annotations__.get("return", ""))
                yield from [name] if OUTCOME.search(answer) else []


def rev_of(record: Any) -> int | None:
    return type(record).objects.filter(pk=record.pk).values_list("rev", flat=True).first()


def steps_of(record: Any) -> list[Any]:
    """The ids of the contexts in which the record was written, in order."""
    events = apps.get_model("customers", f"{type(record).__name__}Event").objects.filter(pgh_obj=record.pk)
    return list(events.order_by("pgh_id").values_list("pgh_context_id", flat=True))


def everything_written() -> list[object]:
    """How long every history is, and the timeline."""
    histories = [model for model in apps.get_models() if hasattr(model, "pgh_id")]
    assert len(histories) > 10
    return [(model.__name__, model.objects.count()) for model in (*histories, TimelineEntry)]


def record_of(outcome: Any) -> Any:
    if isinstance(outcome, list):
        (outcome,) = outcome
        return outcome
    return getattr(outcome, "customer", None) or outcome.entry


def creating(actor: Actor) -> Case:
    asked = {"id": edit.new_customer_id(), "name": "Acme", "emails": ["a@acme.com"], "tags": ["vip"]}
    return Case(lambda: operations.create_customer(asked, actor=actor))


def storing(actor: Actor) -> Case:
    asked = [{"name": "Acme", "kind": "person"}]
    return Case(
        lambda: operations.store_new(asked, actor=actor, now=timezone.now()),
        again=lambda: operations.store_new([], actor=actor, now=timezone.now()),
    )


def creating_from_a_form(actor: Actor) -> Case:
    FlagFactory(key="vip_care")
    opened = edit.new_customer_id()
    flags = FlagChanges(added=["vip_care"])
    return Case(lambda: edit.create_from_form(opened, {"name": "Acme", "tags": ["vip"]}, flags, actor=actor))


def updating(actor: Actor) -> Case:
    customer = CustomerFactory(domains=["acme.com"])
    asked = {"name": "Renamed", "emails": ["a@acme.com"], "domains": [], "tags": ["vip"], "tier_name": "Brand new"}
    return Case(lambda: operations.update_customer(customer.pk, asked, actor=Actor.objects.system()), customer)


def updating_from_a_form(actor: Actor) -> Case:
    FlagFactory(key="vip_care")
    customer, flags = CustomerFactory(), FlagChanges(added=["vip_care"])

    def write() -> object:
        return edit.update_from_form(customer.pk, {"size": 3}, flags, rev=rev_of(customer), actor=actor)

    return Case(write, customer)


def adding_a_flag(actor: Actor) -> Case:
    FlagFactory(key="vip_care")
    customer = CustomerFactory()
    return Case(lambda: operations.add_flag(customer.pk, "vip_care", actor=actor), customer)


def removing_a_flag(actor: Actor) -> Case:
    FlagFactory(key="vip_care")
    customer = CustomerFactory()
    operations.add_flag(customer.pk, "vip_care", actor=actor)
    return Case(lambda: operations.remove_flag(customer.pk, "vip_care", actor=actor), customer)


def adding_a_tag(actor: Actor) -> Case:
    customer = CustomerFactory(tags=["renewal"])
    return Case(lambda: operations.add_tag(customer.pk, "vip", actor=actor), customer)


def removing_a_tag(actor: Actor) -> Case:
    customer = CustomerFactory(tags=["renewal", "vip"])
    return Case(lambda: operations.remove_tag(customer.pk, "renewal", actor=actor), customer)


def marking(actor: Actor) -> Case:
    customer = CustomerFactory()
    return Case(lambda: operations.mark_as_spam(customer.pk, actor=actor), customer)


def unmarking(actor: Actor) -> Case:
    customer = CustomerFactory()
    operations.mark_as_spam(customer.pk, actor=actor)
    return Case(lambda: operations.unmark_as_spam(customer.pk, actor=actor), customer)


def deleting(actor: Actor) -> Case:
    customer = CustomerFactory(emails=["a@acme.com"], domains=["acme.com"])
    return Case(lambda: operations.delete_customer(customer.pk, actor=actor), customer)


def restoring(actor: Actor) -> Case:
    customer = CustomerFactory(emails=["a@acme.com"], domains=["acme.com"])
    operations.delete_customer(customer.pk, actor=actor)
    return Case(lambda: operations.restore_customer(customer.pk, actor=actor), customer)


def undoing(actor: Actor) -> Case:
    FlagFactory(key="vip_care")
    customer = CustomerFactory(tags=["renewal"])
    flags = FlagChanges(added=["vip_care"])
    asked = {"name": "Renamed", "tags": ["vip"]}
    made = edit.update_from_form(customer.pk, asked, flags, rev=1, actor=actor)
    return Case(lambda: operations.undo_change(customer.pk, made.change, actor=actor), customer)


def adding_a_tier(actor: Actor) -> Case:
    return Case(lambda: add_entry(TIERS, {"name": "Gold", "color": "#000000"}, actor=actor))


def changing_a_tier(actor: Actor) -> Case:
    tier = TierFactory()
    return Case(lambda: change_entry(TIERS, tier.pk, {"name": "Gold"}, rev=rev_of(tier), actor=actor), tier)


def moving_a_tier(actor: Actor) -> Case:
    tier = TierFactory()
    return Case(lambda: move_entry(TIERS, tier.pk, to=0, rev=rev_of(tier), actor=actor), tier)


def deleting_a_tier(actor: Actor) -> Case:
    tier, successor = TierFactory(), TierFactory()
    customer = CustomerFactory(tier_id=str(tier.pk))
    return Case(lambda: delete_entry(TIERS, tier.pk, successor_id=successor.pk, rev=1, actor=actor), customer)


def creating_a_flag(actor: Actor) -> Case:
    return Case(lambda: create_flag({"key": "vip_care", "label": "VIP care"}, actor=actor))


def changing_a_flag(actor: Actor) -> Case:
    flag = FlagFactory()
    return Case(lambda: change_flag(flag.pk, {"label": "VIP care"}, rev=rev_of(flag), actor=actor), flag)


def deleting_a_flag(actor: Actor) -> Case:
    flag = FlagFactory()
    return Case(lambda: delete_flag(flag.pk, rev=1, actor=actor), flag, goes=True)


def creating_a_tag(actor: Actor) -> Case:
    return Case(lambda: create_tag({"name": "vip"}, actor=actor))


def changing_a_tag(actor: Actor) -> Case:
    CustomerFactory(tags=["vip"])
    tag = Tag.objects.get()
    return Case(lambda: change_tag(tag.pk, {"name": "VIP"}, rev=rev_of(tag), actor=actor), tag)


def merging_tags(actor: Actor) -> Case:
    customer = CustomerFactory(tags=["renewals", "vip", "renewal"])
    source, target = Tag.objects.get(name="renewals"), Tag.objects.get(name="renewal")
    return Case(lambda: merge_tag(source.pk, into=target.pk, rev=1, actor=actor), customer)


def deleting_a_tag(actor: Actor) -> Case:
    customer = CustomerFactory(tags=["renewal", "vip"])
    tag = Tag.objects.get(name="renewal")
    return Case(lambda: delete_tag(tag.pk, rev=1, actor=actor), customer)


def creating_an_attribute(actor: Actor) -> Case:
    return Case(lambda: create_attribute({"key": "planStr", "label": "Plan"}, actor=actor))


def changing_an_attribute(actor: Actor) -> Case:
    attribute = CustomAttributeFactory()

    def write() -> object:
        return change_attribute(attribute.pk, {"label": "Plan"}, rev=rev_of(attribute), actor=actor)

    return Case(write, attribute)


CASES: dict[str, Callable[[Actor], Case]] = {
    "create_customer": creating, "store_new": storing, "create_from_form": creating_from_a_form,
    "update_customer": updating, "update_from_form": updating_from_a_form,
    "add_flag": adding_a_flag, "remove_flag": removing_a_flag,
    "add_tag": adding_a_tag, "remove_tag": removing_a_tag,
    "mark_as_spam": marking, "unmark_as_spam": unmarking,
    "delete_customer": deleting, "restore_customer": restoring,
    "undo_change": undoing,
    "add_entry": adding_a_tier, "change_entry": changing_a_tier,
    "move_entry": moving_a_tier, "delete_entry": deleting_a_tier,
    "create_flag": creating_a_flag, "change_flag": changing_a_flag, "delete_flag": deleting_a_flag,
    "create_tag": creating_a_tag, "change_tag": changing_a_tag, "merge_tag": merging_tags, "delete_tag": deleting_a_tag,
    "create_attribute": creating_an_attribute, "change_attribute": changing_an_attribute,
}  # fmt: skip


def test_every_operation_has_a_case() -> None:
    assert set(operations_of_the_source()) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_what_changes_something_is_exactly_one_step(name, actor) -> None:
    case = CASES[name](actor)
    rev, steps = (rev_of(case.record), steps_of(case.record)) if case.record else (0, [])

    outcome = case.write()

    record = case.record or record_of(outcome)
    assert type(outcome).__name__ not in NOTHING
    assert rev_of(record) == (None if case.goes else rev + 1)
    assert len(steps_of(record)) == len(steps) + 1
    if isinstance(outcome, operations.Updated):
        assert outcome.customer.rev == rev + 1
        assert steps_of(record)[-1] == outcome.change


@pytest.mark.parametrize("name", CASES)
def test_what_changes_nothing_writes_nothing(name, actor) -> None:
    case = CASES[name](actor)
    record = case.record or record_of(case.write())
    if case.record:
        case.write()
    before = (type(record).objects.filter(pk=record.pk).values().first(), everything_written())

    try:
        outcome: object = (case.again or case.write)()
    except Refused:
        outcome = None

    assert outcome in (None, []) or type(outcome).__name__ in NOTHING
    assert (type(record).objects.filter(pk=record.pk).values().first(), everything_written()) == before
