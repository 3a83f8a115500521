"""Taking one change of a customer back, for the person who made it and while it is fresh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.history import acting
from core.models import Actor
from core.problems import Problem, Refused
from customers.changes.parts import REVISION, Part
from customers.changes.telling import told
from customers.changes.trail import Difference, beyond_parts, by_part, net, read_trail, revision_before, successor
from customers.models import Customer
from customers.operations.locking import lock_customer
from customers.operations.outcomes import Unchanged, Updated
from customers.operations.putting_back import put_back
from customers.operations.races import with_second_chance
from customers.rules import ChangeFact, changed_since, check_id, check_undo

_NOT_UNDONE = {
    ("external_id",): "the main external ID",
    ("deleted_at",): "deletions",
    ("merged_into_id",): "mergers",
    ("anonymised_at",): "anonymisation",
}


def undo_change(customer_id: object, change: object, *, actor: Actor) -> Updated | Unchanged:
    """Put back exactly what a change did to the customer's columns, flags and tags, raising `rev` by one.

    `change` is what `Updated.change` said. What was undone already stays as it is. Raises `Refused` when the change
    is another person's (C66), too old or too big (C74), when somebody changed the same since (C51; other fields do
    not matter), or when a rule forbids today what stood there before.
    """
    problems = [replace(found, path=("change",)) for found in check_id(change)]
    if problems:
        raise Refused(problems)
    made = UUID(str(change))
    return with_second_chance(lambda: _check_and_undo(customer_id, made, actor=actor))


def _check_and_undo(customer_id: object, change: UUID, *, actor: Actor) -> Updated | Unchanged:
    now = timezone.now()
    with transaction.atomic(), acting(actor, undoes=str(change)) as undoing:
        customer = lock_customer(customer_id)
        trails = _trails(customer, change)
        problems = check_undo(_fact(customer, trails, change), actor_id=str(actor.pk), now=now)
        if problems:
            raise Refused(problems)
        wanted = _wanted(customer, trails, change)
        if not wanted:
            return Unchanged(customer)
        put_back(customer, wanted, actor=actor, now=now)
    return Updated(customer, tuple(dict.fromkeys(part[0] for part in wanted)), undoing)


def _trails(customer: Customer, change: UUID) -> dict[Part, list[Difference]]:
    """The parts that this change touched, each with everything that happened to it since."""
    since = revision_before(customer.pk, change)
    trails = {} if since is None else by_part(read_trail(customer.pk, since=since))
    return {part: trail for part, trail in trails.items() if any(each.change == change for each in trail)}


def _fact(customer: Customer, trails: Mapping[Part, Sequence[Difference]], change: UUID) -> ChangeFact | None:
    if REVISION not in trails:
        return None
    made = net(trails[REVISION], change)
    beyond = [*beyond_parts(customer.pk, change), *(words for part, words in _NOT_UNDONE.items() if part in trails)]
    return ChangeFact(made.at, str(made.context.get("actor", "")), str(made.context.get("label", "")), beyond)


def _wanted(customer: Customer, trails: Mapping[Part, Sequence[Difference]], change: UUID) -> dict[Part, Difference]:
    """What is to be put back; raises `Refused` with C51 for every part that somebody changed since."""
    wanted: dict[Part, Difference] = {}
    overtaken: dict[Part, Difference] = {}
    for part, trail in trails.items():
        mine, later = net(trail, change), successor(trail, change)
        if part == REVISION or mine.before == mine.after:
            continue
        if later is None:
            wanted[part] = mine
        elif later.undoes != change:
            overtaken[part] = later
    if any(part[0] != "tag_order" for part in wanted):
        # Tags move up when others come or go; only for a change that did nothing else is their order the matter.
        overtaken = {part: later for part, later in overtaken.items() if part[0] != "tag_order"}
    if overtaken:
        raise Refused(dict.fromkeys(_conflict(customer, later) for later in overtaken.values()))
    return wanted


def _conflict(customer: Customer, later: Difference) -> Problem:
    path = ("tags",) if later.part[0] == "tag_order" else later.part
    return changed_since(path, told(customer.pk, later))
