"""The catalogue of tags: administrators add, rename, merge and delete them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core import formatting, jobs
from core.history import acting
from core.models import Actor, Job
from core.problems import Holder, Problem
from customers import normalise
from customers.models import CustomerTag, Tag
from customers.operations.catalogue_entries import (
    EntryCreated,
    EntryDeleted,
    EntryUnchanged,
    EntryUpdated,
    lock_entry,
    refuse,
    refuse_unstorable,
    save_entry,
    stored_fields,
)
from customers.operations.races import with_second_chance
from customers.operations.tag_links import retag
from customers.rules import problem
from customers.rules.tag_entries import TAG_FIELDS, TakenByTags, check_tag_entry, check_tag_merge

JOB = "customers.empty_tag"
MOST_AT_ONCE = jobs.CHUNK
"""How many customers a request changes by itself; more are left to a job."""

_NULL_WHEN_EMPTY = ("key", "external_id")


@dataclass(frozen=True, slots=True)
class TagLeaves:
    """So many customers have the tag that a job changes them and deletes it afterwards."""

    entry: Tag
    job: Job


def create_tag(changes: Mapping[str, object], *, actor: Actor) -> EntryCreated[Tag]:
    """Add a tag before anybody uses it; raises `Refused` with every problem (C43, C63)."""
    refuse_unstorable(changes)
    return with_second_chance(lambda: _create(_normalised(changes), actor=actor))


def _create(asked: dict[str, Any], *, actor: Actor) -> EntryCreated[Tag]:
    with transaction.atomic(), acting(actor):
        refuse(check_tag_entry(asked, taken=_taken(asked)))
        return EntryCreated(Tag.objects.create(**asked))


def change_tag(
    tag_id: object, changes: Mapping[str, object], *, rev: object, actor: Actor
) -> EntryUpdated[Tag] | EntryUnchanged[Tag]:
    """Rename a tag, be it in case alone, or change what makes it a group; its customers stay as they are."""
    refuse_unstorable(changes)
    return with_second_chance(lambda: _change(tag_id, _normalised(changes), rev=rev, actor=actor))


def _change(
    tag_id: object, asked: dict[str, Any], *, rev: object, actor: Actor
) -> EntryUpdated[Tag] | EntryUnchanged[Tag]:
    with transaction.atomic(), acting(actor):
        tag = lock_entry(Tag, tag_id, rev=rev)
        stored = stored_fields(tag, TAG_FIELDS)
        refuse(check_tag_entry(asked, stored=stored, taken=_taken(asked), tag_id=str(tag.pk)))
        return save_entry(tag, asked)


def merge_tag(tag_id: object, *, into: object, rev: object, actor: Actor) -> EntryDeleted[Tag] | TagLeaves:
    """Give every customer with this tag another one in its place, and delete it.

    A customer who has both keeps the other one where it stands. Each customer's `rev` rises by one. Many of them are
    left to a job.
    """
    return with_second_chance(lambda: _merge(tag_id, into, rev=rev, actor=actor))


def _merge(tag_id: object, into_id: object, *, rev: object, actor: Actor) -> EntryDeleted[Tag] | TagLeaves:
    with transaction.atomic(), acting(actor):
        source, target = _locked_pair(tag_id, into_id, rev=rev)
        return _start(source, target, actor=actor) or _without(source, target.pk, actor=actor)


def delete_tag(tag_id: object, *, rev: object, actor: Actor) -> EntryDeleted[Tag] | TagLeaves:
    """Take a tag off every customer who has it, and delete it; each customer's `rev` rises by one."""
    return with_second_chance(lambda: _delete(tag_id, rev=rev, actor=actor))


def _delete(tag_id: object, *, rev: object, actor: Actor) -> EntryDeleted[Tag] | TagLeaves:
    with transaction.atomic(), acting(actor):
        tag = lock_entry(Tag, tag_id, rev=rev)
        refuse(_unsettled(tag))
        return _start(tag, None, actor=actor) or _without(tag, None, actor=actor)


def _locked_pair(tag_id: object, into_id: object, *, rev: object) -> tuple[Tag, Tag]:
    """Both tags, locked in the order of their ids, so that two merges the other way round do not block each other."""
    refuse(check_tag_merge(str(tag_id), str(into_id)))
    revs = {str(tag_id): rev, str(into_id): None}
    locked = {pk: lock_entry(Tag, pk, rev=revs[pk]) for pk in sorted(revs)}
    refuse([found for tag in locked.values() for found in _unsettled(tag)])
    return locked[str(tag_id)], locked[str(into_id)]


def _unsettled(tag: Tag) -> list[Problem]:
    """C62: nothing happens to a tag whose customers, or those of another that is merged into it, are on their way."""
    pk = str(tag.pk)
    running = Job.objects.open().filter(Q(parameters__tag=pk) | Q(parameters__into=pk), kind=JOB)
    return [problem("C62", (), f"Wait a moment: the customers of {tag} are on their way.")] if running.exists() else []


def _start(tag: Tag, target: Tag | None, *, actor: Actor) -> TagLeaves | None:
    """The job for a tag of many customers; None for one of few."""
    customers = CustomerTag.objects.filter(tag=tag).count()
    if customers <= MOST_AT_ONCE:
        return None
    number = formatting.number(customers)
    title = f"Merge {tag} into {target} for {number} customers" if target else f"Take {tag} off {number} customers"
    into = str(target.pk) if target else ""
    return TagLeaves(tag, jobs.start(JOB, title=title, actor=actor, total=customers, tag=str(tag.pk), into=into))


def move_and_delete(job: Job) -> str:
    """The work of the job: customers in steps, the last of them together with the deletion."""
    tag_id = UUID(job.parameters["tag"])
    target_id = UUID(job.parameters["into"]) if job.parameters["into"] else None
    while with_second_chance(lambda: _step(job, tag_id, target_id)):
        pass
    with_second_chance(lambda: _finish(job, tag_id, target_id))
    job.refresh_from_db(fields=["done"])
    target = Tag.objects.filter(pk=target_id).first() if target_id else None
    return f"{formatting.number(job.done)} customers {f'have {target} now' if target else 'do not have it any more'}."


def _step(job: Job, tag_id: UUID, target_id: UUID | None) -> int:
    with transaction.atomic(), acting(job.actor):
        moved = retag(tag_id, target_id, actor=job.actor)
        job.advance(moved)
        return moved


def _finish(job: Job, tag_id: UUID, target_id: UUID | None) -> None:
    with transaction.atomic(), acting(job.actor):
        tag = Tag.objects.select_for_update().filter(pk=tag_id).first()
        if tag:  # Else an earlier run has come this far.
            job.advance(_without(tag, target_id, actor=job.actor).customers)


def _without(tag: Tag, target_id: UUID | None, *, actor: Actor) -> EntryDeleted[Tag]:
    # Whoever puts the tag on a customer meanwhile waits for its lock, finds it gone, and makes a new one.
    customers = 0
    while moved := retag(tag.pk, target_id, actor=actor):
        customers += moved
    Tag.objects.filter(pk=tag.pk).delete()
    return EntryDeleted(tag, customers)


def _normalised(changes: Mapping[str, object]) -> dict[str, Any]:
    asked = normalise.catalogue_entry(changes)
    return {key: None if key in _NULL_WHEN_EMPTY and value == "" else value for key, value in asked.items()}


def _taken(asked: Mapping[str, Any]) -> TakenByTags:
    """Which of these values tags have already."""
    return TakenByTags(
        names=_holders("folded_name", str(asked.get("name") or "").casefold()),
        keys=_holders("key", asked.get("key")),
        external_ids=_holders("external_id", asked.get("external_id")),
    )


def _holders(field: str, value: object) -> dict[str, Holder]:
    tag = Tag.objects.filter(**{field: value}).first() if isinstance(value, str) and value else None
    return {str(value).casefold(): Holder(str(tag.pk), tag.name)} if tag else {}
