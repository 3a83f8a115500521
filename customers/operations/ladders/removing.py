"""Deleting a tier or a status, and moving the customers that have it to another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import formatting, jobs
from core.history import acting
from core.models import Actor, Job
from core.problems import Problem, Refused
from customers.models import Customer
from customers.operations.catalogue_entries import EntryDeleted, not_found, refuse, save_entry
from customers.operations.ladders.kinds import LADDERS, Entry, Ladder, lock_entries, pick
from customers.operations.races import with_second_chance
from customers.querysets import CustomerQuerySet
from customers.rules import problem

JOB = "customers.empty_entry"

MOST_AT_ONCE = jobs.CHUNK
"""How many customers a request moves by itself; more are left to a job."""


@dataclass(frozen=True, slots=True)
class EntryLeaves:
    """So many customers have the entry that a job moves them and deletes it afterwards."""

    entry: Entry
    job: Job


@dataclass(frozen=True, slots=True)
class _Removal:
    """An entry that goes, the one its customers get, and who wants it."""

    ladder: Ladder
    entry_id: UUID
    successor_id: UUID | None
    actor: Actor


def delete_entry(
    ladder: Ladder, entry_id: object, *, successor_id: object = None, rev: object, actor: Actor
) -> EntryDeleted[Any] | EntryLeaves:
    """Take an entry out of the catalogue; the customers that have it get the successor (C62).

    Spam and deleted customers get it as well, so that they are whole when they come back. More customers than
    `MOST_AT_ONCE` are left to a job. The successor of the default tier becomes the default.
    """
    return with_second_chance(
        lambda: _delete(ladder, entry_id, successor_id=successor_id or None, rev=rev, actor=actor)
    )


def _delete(
    ladder: Ladder, entry_id: object, *, successor_id: object, rev: object, actor: Actor
) -> EntryDeleted[Any] | EntryLeaves:
    with transaction.atomic(), acting(actor):
        entries = lock_entries(ladder)
        entry = pick(ladder, entries, entry_id, rev=rev)
        refuse(_unsettled(ladder, entries, entry))
        successor = _successor(ladder, entries, entry, successor_id) if successor_id else None
        removal = _Removal(ladder, entry.pk, successor.pk if successor else None, actor)
        customers = ladder.of(entry.pk).count()
        refuse(ladder.check_removal(0 if successor else customers, len(entries) - 1))
        if customers > MOST_AT_ONCE and successor:
            return EntryLeaves(entry, _start(removal, entry, successor, customers))
        moved = _finish(removal, entries)
        if moved is None:
            raise Refused([problem("C62", (), "Try again: more customers have got it in this moment.")])
    return EntryDeleted(entry, moved)


def _unsettled(ladder: Ladder, entries: Sequence[Entry], entry: Entry) -> list[Problem]:
    """C62: nothing is deleted while a job moves its customers away, or those of another entry to it."""
    for leaving, successor in leaving_entries(ladder).items():
        if entry.pk == leaving:
            return [problem("C62", (), f"Wait a moment: {entry} is being deleted already.")]
        if entry.pk == successor:
            other = next((each for each in entries if each.pk == leaving), None)
            return [problem("C62", (), f"Wait a moment: the customers of {other} are being moved to {entry}.")]
    return []


def leaving_entries(ladder: Ladder) -> dict[UUID, UUID]:
    """The entries whose customers a job is moving, each with the one that they get."""
    running = Job.objects.open().filter(kind=JOB, parameters__ladder=ladder.key)
    return {UUID(job.parameters["entry"]): UUID(job.parameters["successor"]) for job in running}


def _successor(ladder: Ladder, entries: Sequence[Entry], entry: Entry, successor_id: object) -> Entry:
    """Who gets the customers; raises `Refused` with C24 at the field of that name."""
    others = {str(each.pk): each for each in entries if each is not entry}
    successor = others.get(str(successor_id).lower())
    if successor is None:
        raise Refused([problem("C24", ("successor",), f"Choose another {ladder.key}: this one is going or gone.")])
    if successor.pk in leaving_entries(ladder):
        raise Refused([problem("C24", ("successor",), f"Choose another {ladder.key}: this one is being deleted.")])
    return successor


def _start(removal: _Removal, entry: Entry, successor: Entry, customers: int) -> Job:
    return jobs.start(
        JOB,
        title=f"Move {formatting.number(customers)} customers from {entry} to {successor}",
        actor=removal.actor,
        total=customers,
        ladder=removal.ladder.key,
        entry=str(entry.pk),
        successor=str(successor.pk),
    )


def empty_and_delete(job: Job) -> str:
    """The work of the job: move the customers chunk by chunk, the last of them together with the deletion."""
    asked = job.parameters
    removal = _Removal(LADDERS[asked["ladder"]], UUID(asked["entry"]), UUID(asked["successor"]), job.actor)
    live = removal.ladder.of(removal.entry_id).live()
    while with_second_chance(lambda: _move_some(removal, job, live)):
        pass
    while not with_second_chance(lambda: _delete_at_last(removal, job)):
        pass
    job.refresh_from_db(fields=["done"])
    successor = removal.ladder.model.objects.get(pk=removal.successor_id)
    return f"{formatting.number(job.done)} customers moved to {successor}."


def _move_some(removal: _Removal, job: Job, customers: CustomerQuerySet) -> int:
    with transaction.atomic(), acting(removal.actor):
        if not removal.ladder.model.objects.filter(pk=removal.successor_id).exists():
            raise Refused([not_found(removal.ladder.model)])
        # Somebody may be saving one of them: a later round takes it, and nobody waits for the other.
        free = customers.select_for_update(no_key=True, skip_locked=True)
        moved = _move(removal, list(free.values_list("pk", flat=True)[: jobs.CHUNK]))
        job.advance(moved)
        return moved


def _delete_at_last(removal: _Removal, job: Job) -> bool:
    """Whether the entry is gone; not yet when more than one chunk of customers has it again."""
    with transaction.atomic(), acting(removal.actor):
        entries = lock_entries(removal.ladder)
        if all(entry.pk != removal.entry_id for entry in entries):
            return True  # An earlier run has come this far.
        moved = _finish(removal, entries)
        if moved is None:
            _move_some(removal, job, removal.ladder.of(removal.entry_id))
            return False
        job.advance(moved)
        return True


def _finish(removal: _Removal, entries: Sequence[Entry]) -> int | None:
    """Move those that are left and delete the entry; None when too many have it for one transaction."""
    # With the key: whoever is giving it to a customer now waits, and then finds that it is gone.
    entry = removal.ladder.model.objects.select_for_update().get(pk=removal.entry_id)
    had_by = removal.ladder.of(entry.pk).order_by("pk").select_for_update(no_key=True)
    left = list(had_by.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if len(left) > MOST_AT_ONCE:
        return None
    moved = _move(removal, left)
    removal.ladder.model.objects.filter(pk=entry.pk).delete()
    if getattr(entry, "is_default", False):
        for heir in (each for each in entries if each.pk == removal.successor_id):
            save_entry(heir, {"is_default": True})
    return moved


def _move(removal: _Removal, customers: list[UUID]) -> int:
    """Give these customers the successor, as a change of each of them."""
    now = timezone.now()
    changed_at = {"workflow_status_changed_at": now} if removal.ladder.column == "workflow_status" else {}
    return Customer.objects.filter(pk__in=customers).update(
        **{f"{removal.ladder.column}_id": removal.successor_id},
        **changed_at,
        rev=F("rev") + 1,
        updated_at=now,
        updated_by=removal.actor,
    )
