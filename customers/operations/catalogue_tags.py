"""The catalogue of tags: administrators add, rename, merge and delete them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from core.history import acting
from core.models import Actor
from core.problems import Holder
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
from customers.rules.tag_entries import TAG_FIELDS, TakenByTags, check_tag_entry, check_tag_merge

_NULL_WHEN_EMPTY = ("key", "external_id")


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


def merge_tag(tag_id: object, *, into: object, rev: object, actor: Actor) -> EntryDeleted[Tag]:
    """Give every customer with this tag another one in its place, and delete it.

    A customer who has both keeps the other one where it stands. Each customer's `rev` rises by one.
    """
    with transaction.atomic(), acting(actor):
        source, target = _locked_pair(tag_id, into, rev=rev)
        return _without(source, target.pk, actor=actor)


def delete_tag(tag_id: object, *, rev: object, actor: Actor) -> EntryDeleted[Tag]:
    """Take a tag off every customer who has it, and delete it; each customer's `rev` rises by one."""
    with transaction.atomic(), acting(actor):
        return _without(lock_entry(Tag, tag_id, rev=rev), None, actor=actor)


def _locked_pair(tag_id: object, into_id: object, *, rev: object) -> tuple[Tag, Tag]:
    """Both tags, locked in the order of their ids, so that two merges the other way round do not block each other."""
    refuse(check_tag_merge(str(tag_id), str(into_id)))
    revs = {str(tag_id): rev, str(into_id): None}
    locked = {pk: lock_entry(Tag, pk, rev=revs[pk]) for pk in sorted(revs)}
    return locked[str(tag_id)], locked[str(into_id)]


def _without(tag: Tag, target_id: UUID | None, *, actor: Actor) -> EntryDeleted[Tag]:
    # Whoever puts the tag on a customer meanwhile waits for its lock, finds it gone, and makes a new one.
    customers = 0
    while moved := retag(tag.pk, target_id, actor=actor):
        customers += moved
    Tag.objects.filter(pk=tag.pk).delete()
    return EntryDeleted(tag, customers)


def retag_some(tag_id: UUID, target_id: UUID | None, *, actor: Actor) -> int:
    """One step of a merge or a deletion that is too large for one transaction; says how many customers are left.

    The last step is `merge_tag` or `delete_tag` itself.
    """
    with transaction.atomic(), acting(actor):
        retag(tag_id, target_id, actor=actor)
    return CustomerTag.objects.filter(tag=tag_id).count()


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
