"""Writing what stood there before: the old columns with their times, the very links of flags and tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from core.models import Actor
from core.problems import Problem, Refused
from customers import rows
from customers.changes.parts import COLUMNS_OF, FIELD_OF, Part
from customers.changes.telling import name_of
from customers.changes.trail import Difference
from customers.choices import TimelineKind
from customers.models import Customer, CustomerFlag, CustomerTag, Flag, Tag, TimelineEntry
from customers.operations.locking import save_step
from customers.operations.races import change_companies_one_by_one
from customers.operations.tag_links import number_tags
from customers.operations.update import store_document
from customers.operations.world import known_flags, load_world
from customers.rules import World, check, check_flag, not_restorable
from customers.state import REFERENCES, State

type Wanted = Mapping[Part, Difference]

# What a rule may forbid today although it was right before: what it names has gone, or somebody else has taken it.
_JUDGED = (*REFERENCES, "kind", "slack_channel_id", "support_status", "snoozed_until")


def put_back(customer: Customer, wanted: Wanted, *, actor: Actor, now: datetime) -> None:
    """Write the parts as they were before, as the next revision of a locked customer; raises `Refused`."""
    if {("company_id",), ("kind",)} & wanted.keys():
        change_companies_one_by_one()
    before = rows.state_of(customer)
    columns = _set_columns(customer, wanted)
    after = before | rows.own_state(customer)
    problems = [
        *_problems_of_columns(customer, before, after, wanted, actor=actor, now=now),
        *_problems_of_flags(customer, wanted, actor=actor),
        *_problems_of_tags(customer, wanted),
    ]
    if problems:
        raise Refused(problems)
    customer.folded_name = rows.columns(after)["folded_name"]
    save_step(customer, *columns, "folded_name", actor=actor, now=now)
    _store_flags(customer, _of("flags", wanted))
    if {part[0] for part in wanted} & {"tags", "tag_order"}:
        _store_tags(customer, _of("tags", wanted), _of("tag_order", wanted))
    store_document(customer, before, after)
    if ("marked_as_spam_at",) in wanted:
        kind = TimelineKind.SPAM_MARKED if customer.is_spam else TimelineKind.SPAM_UNMARKED
        TimelineEntry.objects.create(customer=customer, at=now, actor=actor, kind=kind)


def _of(key: str, wanted: Wanted) -> list[Difference]:
    return [difference for part, difference in wanted.items() if part[0] == key]


def _set_columns(customer: Customer, wanted: Wanted) -> list[str]:
    """Set the old values on the customer; gives the columns to write."""
    columns: list[str] = []
    for (key, *_), difference in wanted.items():
        if key in COLUMNS_OF:
            columns += COLUMNS_OF[key]
            for column, value in (difference.before or {}).items():
                setattr(customer, column, value)
    custom = _of("custom", wanted)
    if custom:
        columns.append("custom")
        customer.custom = {**customer.custom, **_custom_of(custom)}
        customer.custom = {key: value for key, value in customer.custom.items() if value is not None}
    return columns


def _custom_of(differences: Iterable[Difference]) -> State:
    """The old values of custom attributes; None for one that was not there."""
    return {each.part[1]: (each.before or {}).get(each.part[1]) for each in differences}


def _problems_of_columns(
    customer: Customer, before: State, after: State, wanted: Wanted, *, actor: Actor, now: datetime
) -> Iterator[Problem]:
    asked = {key: after[key] for key in _JUDGED if after[key] != before[key]}
    custom = _custom_of(_of("custom", wanted))
    if custom:
        asked["custom"] = custom
    world = load_world([asked], actor=actor, customer_id=customer.pk)
    for found in check(asked, stored=before, world=world, now=now, customer_id=str(customer.pk)):
        path = tuple(map(str, found.path))
        yield not_restorable(path, _label(path), found.message, code=found.code)


def _label(path: Part) -> str:
    key, *rest = path
    if rest:
        return f"attribute {rest[0]}"
    return FIELD_OF[key].label if key in FIELD_OF else "snooze"


def _problems_of_flags(customer: Customer, wanted: Wanted, *, actor: Actor) -> Iterator[Problem]:
    flags = _of("flags", wanted)
    world = World(flags=known_flags()) if flags else World()
    keys = dict(Flag.objects.filter(pk__in=_ids(flags)).values_list("pk", "key"))
    for difference in flags:
        key = keys.get(UUID(difference.part[1]))
        for found in check_flag(key, world, staff=actor.user is not None):
            label = f"flag {name_of(customer.pk, difference)}"
            yield not_restorable(difference.part, label, found.message, code=found.code)


def _problems_of_tags(customer: Customer, wanted: Wanted) -> Iterator[Problem]:
    back = [difference for difference in _of("tags", wanted) if difference.before]
    known = set(Tag.objects.filter(pk__in=_ids(back)).values_list("pk", flat=True))
    for difference in back:
        if UUID(difference.part[1]) not in known:
            label = f"tag {name_of(customer.pk, difference)}"
            reason = "It was deleted since: add it again if it is still needed."
            yield not_restorable(difference.part, label, reason, code="C24")


def _ids(differences: Iterable[Difference]) -> list[UUID]:
    return [UUID(difference.part[1]) for difference in differences]


def _store_flags(customer: Customer, flags: Iterable[Difference]) -> None:
    """The links as they were, down to their ids: who set a flag, and when, is part of it."""
    for flag in flags:
        if flag.after:
            CustomerFlag.objects.filter(pk=flag.after["id"]).delete()
        if flag.before:
            CustomerFlag.objects.create(customer=customer, **flag.before)


def _store_tags(customer: Customer, tags: Iterable[Difference], order: Iterable[Difference]) -> None:
    for tag in tags:
        if tag.after:
            CustomerTag.objects.filter(pk=tag.after["id"]).delete()
        if tag.before:
            CustomerTag.objects.create(customer=customer, **tag.before)
    for moved in order:
        if moved.before:
            CustomerTag.objects.filter(pk=moved.before["id"]).update(position=moved.before["position"])
    # Somebody may have put a tag behind the others meanwhile.
    number_tags([customer.pk])
