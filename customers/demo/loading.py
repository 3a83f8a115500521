"""Writing the demo data: every customer through the rules and the operations that everybody else uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.history import acting
from core.models import Actor, ActorKind, User
from core.problems import Refused
from customers import normalise, operations
from customers.choices import TimelineKind
from customers.demo.backdating import Moment, backdate
from customers.demo.directory import LISTED, plan_directory
from customers.demo.plan import Changes, Deed, Entry, Plan, Step
from customers.demo.staff import LEFT, create_catalogue, create_staff
from customers.models import TimelineEntry, TimelineInfo, WorkflowStatus
from customers.operations.outcomes import Updated
from customers.operations.world import load_world
from customers.rules import Door, check

_BATCH = 500
_SYSTEM = "CRM sync"


def load_demo(*, size: int = LISTED, now: datetime | None = None) -> int:
    """Store the demo data as it stands at `now`, all or nothing; how many customers there are then."""
    moment = (now or timezone.now()).replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        with acting(Actor.objects.system(_SYSTEM)):
            create_catalogue()
            loader = _Loader(create_staff())
        return loader.load(plan_directory(moment, size=size))


class _Loader:
    """Turns plans into customers; knows the ids behind the names that plans use, and collects when what happened."""

    def __init__(self, staff: dict[str, User]) -> None:
        self.staff = staff
        self.statuses = {name: str(pk) for name, pk in WorkflowStatus.objects.values_list("name", "id")}
        self.actors = {name: Actor.objects.of(user) for name, user in staff.items()}
        self.actors[""] = Actor.objects.system(_SYSTEM)
        self.ids: dict[int, UUID] = {}
        self.moments: list[Moment] = []

    def load(self, plans: Sequence[Plan]) -> int:
        """Store companies before the people in them, then what happened to them all."""
        for some in ([plan for plan in plans if not plan.company], [plan for plan in plans if plan.company]):
            self._store(some)
        deeds = [(step, self.ids[id(plan)]) for plan in plans for step in plan.steps]
        for step, customer_id in sorted(deeds, key=lambda deed: deed[0].at):
            self._take(step, customer_id)
        self._store_entries(plans)
        backdate(self.moments)
        User.objects.filter(email=LEFT).update(is_active=False)
        return len(plans)

    def _store(self, plans: Sequence[Plan]) -> None:
        by_author: dict[str, list[Plan]] = defaultdict(list)
        for plan in sorted(plans, key=lambda plan: plan.created_at):
            by_author[plan.by].append(plan)
        for author, theirs in by_author.items():
            for batch in batched(theirs, _BATCH):
                self._store_batch(batch, self.actors[author])

    def _store_batch(self, plans: Sequence[Plan], actor: Actor) -> None:
        now = timezone.now()
        asked = [normalise.customer(self._input(plan)) for plan in plans]
        with acting(actor):
            world = load_world(asked, actor=actor)
            for changes in asked:
                problems = check(changes, stored=None, world=world, now=now, door=Door.SEED)
                if problems:
                    raise Refused(problems)
            customers = operations.store_new(asked, actor=actor, now=now)
        for plan, customer in zip(plans, customers, strict=True):
            self.ids[id(plan)] = customer.pk
            self.moments.append(Moment(customer.pk, 1, plan.created_at))

    def _input(self, plan: Plan) -> Changes:
        changes = self._resolved(plan.changes) | {"created_at": plan.created_at}
        return changes | ({"company_id": str(self.ids[id(plan.company)])} if plan.company else {})

    def _resolved(self, changes: Changes) -> dict[str, Any]:
        """Ids in place of the names that plans use."""
        resolved = dict(changes)
        for key in ("owner_id", "assignee_id"):
            if resolved.get(key):
                resolved[key] = str(self.staff[resolved[key]].pk)
        if "status_id" in resolved:
            resolved["status_id"] = self.statuses[resolved["status_id"]]
        return resolved

    def _take(self, step: Step, customer_id: UUID) -> None:
        """Do what a step says; one that changes nothing leaves no trace."""
        actor = self.actors[step.by]
        match step.deed:
            case Deed.CHANGE:
                changes = self._resolved(step.changes)
                done = operations.update_customer(customer_id, changes, actor=actor, door=Door.SEED)
            case Deed.FLAG:
                done = operations.add_flag(customer_id, step.flag, actor=actor, staff=bool(step.by))
            case Deed.SPAM:
                done = operations.mark_as_spam(customer_id, actor=actor)
            case Deed.DELETE:
                done = operations.delete_customer(customer_id, actor=actor)
        if isinstance(done, Updated):
            self.moments.append(Moment(customer_id, done.customer.rev, step.at))

    def _store_entries(self, plans: Sequence[Plan]) -> None:
        spoken = [plan for plan in plans if any(entry.kind == TimelineKind.INBOUND for entry in plan.entries)]
        # What comes in is by an actor that stands for the customer, as staff are named by theirs.
        writers = Actor.objects.bulk_create(
            Actor(kind=ActorKind.CUSTOMER, label=plan.changes["name"]) for plan in spoken
        )
        writer_of = {id(plan): writer for plan, writer in zip(spoken, writers, strict=True)}
        TimelineEntry.objects.bulk_create(
            TimelineEntry(
                customer_id=self.ids[id(plan)],
                at=entry.at,
                actor=writer_of[id(plan)] if entry.kind == TimelineKind.INBOUND else self.actors[entry.by],
                kind=entry.kind,
                payload={"text": entry.text},
            )
            for plan in plans
            for entry in plan.entries
        )
        TimelineInfo.objects.bulk_create(
            TimelineInfo(customer_id=self.ids[id(plan)], **_summary(plan.entries)) for plan in plans if plan.entries
        )


def _summary(entries: Sequence[Entry]) -> dict[str, Any]:
    """What the timeline of one customer adds up to."""
    last = max(entries, key=lambda entry: entry.at)
    said = sorted((entry for entry in entries if entry.kind != TimelineKind.NOTE), key=lambda entry: entry.at)
    answered = max((entry.at for entry in said if entry.kind == TimelineKind.OUTBOUND), default=None)
    waiting = [
        entry.at for entry in said if entry.kind == TimelineKind.INBOUND and (not answered or entry.at > answered)
    ]
    return {
        "unread_count": len(waiting),
        "waiting_for_reply_since": min(waiting, default=None),
        "last_communication_at": said[-1].at if said else None,
        "last_entry_preview": last.text[:255],
    }
