"""The catalogue of flags: administrators add and change them, and delete those that nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core.history import acting
from core.models import Actor
from core.problems import Holder
from customers import normalise
from customers.models import CustomerFlag, Flag
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
from customers.rules.flag_entries import FLAG_FIELDS, check_flag_entry, check_flag_removal


def create_flag(changes: Mapping[str, object], *, actor: Actor) -> EntryCreated[Flag]:
    """Add a flag to the catalogue; raises `Refused` with every problem (C63)."""
    refuse_unstorable(changes)
    return with_second_chance(lambda: _create(normalise.catalogue_entry(changes), actor=actor))


def _create(asked: dict[str, Any], *, actor: Actor) -> EntryCreated[Flag]:
    with transaction.atomic(), acting(actor):
        taken = {flag.key: Holder(str(flag.pk), flag.label) for flag in Flag.objects.all()}
        refuse(check_flag_entry(asked, taken=taken))
        return EntryCreated(Flag.objects.create(**asked))


def change_flag(
    flag_id: object, changes: Mapping[str, object], *, rev: object, actor: Actor
) -> EntryUpdated[Flag] | EntryUnchanged[Flag]:
    """Change label, description or a switch; the key stays (C52). A stale `rev` is C51."""
    refuse_unstorable(changes)
    asked = normalise.catalogue_entry(changes)
    with transaction.atomic(), acting(actor):
        flag = lock_entry(Flag, flag_id, rev=rev)
        refuse(check_flag_entry(asked, stored=stored_fields(flag, FLAG_FIELDS)))
        return save_entry(flag, asked)


def delete_flag(flag_id: object, *, rev: object, actor: Actor) -> EntryDeleted[Flag]:
    """Take a flag out of the catalogue that no customer has, deleted ones included (C62)."""
    with transaction.atomic(), acting(actor):
        flag = lock_entry(Flag, flag_id, rev=rev)
        refuse(check_flag_removal(customers=CustomerFlag.objects.filter(flag=flag).count()))
        Flag.objects.filter(pk=flag.pk).delete()
        return EntryDeleted(flag)
