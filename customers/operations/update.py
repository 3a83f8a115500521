"""Changing a customer: the state it had, the state it gets, and the fewest rows in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from core.history import acting
from core.models import Actor
from core.problems import Refused
from customers import rows
from customers.models import Customer, CustomerTag, Domain, Identifier, Location, SearchDocument, Url
from customers.operations.locking import lock_customer
from customers.operations.outcomes import Unchanged, Updated
from customers.operations.races import change_companies_one_by_one, with_second_chance
from customers.operations.reading_input import storable
from customers.operations.references import tag_ids, with_tier_id
from customers.operations.world import load_world
from customers.rules import Door, check
from customers.state import State, advance, changed_keys

type Row = dict[str, Any]


def update_customer(
    customer_id: object,
    changes: Mapping[str, object],
    *,
    actor: Actor,
    rev: object = None,
    door: Door = Door.FORM,
) -> Updated | Unchanged:
    """Write the changes (customers.md 4.2), raising `rev` by one, or nothing when they change nothing.

    With `rev`, here or among the changes, the write happens only while the stored one is the same (C51).
    Raises `Refused` with every problem.
    """
    return with_second_chance(lambda: _check_and_update(customer_id, changes, actor=actor, rev=rev, door=door))


def _check_and_update(
    customer_id: object, changes: Mapping[str, object], *, actor: Actor, rev: object, door: Door
) -> Updated | Unchanged:
    now = timezone.now()
    asked = storable(changes)
    with transaction.atomic(), acting(actor) as change:
        customer = lock_customer(customer_id, rev=asked.get("rev") if rev is None else rev)
        before = rows.state_of(customer)
        if {"company_id", "kind"} & asked.keys():
            change_companies_one_by_one()
        world = load_world([asked], actor=actor, customer_id=customer.pk)
        problems = check(asked, stored=before, world=world, now=now, door=door, customer_id=str(customer.pk))
        if problems:
            raise Refused(problems)
        (resolved,) = with_tier_id([asked])
        after = advance(before, resolved, now=now, may_turn_back=door.may_backdate)
        changed = changed_keys(before, after)
        if not changed:
            return Unchanged(customer)
        _write(customer, before, after, actor=actor, now=now)
    return Updated(customer, changed, change)


def _write(customer: Customer, before: State, after: State, *, actor: Actor, now: datetime) -> None:
    _store_identifiers(customer, before, after, now=now)
    domain_key = _key_of("domain_ascii")
    _store_list(Domain, customer, rows.domains(before), rows.domains(after), domain_key)
    _store_list(Url, customer, rows.urls(before), rows.urls(after), _key_of("position"))
    _store_list(Location, customer, rows.locations(before), rows.locations(after), _key_of("position"))
    tags = tag_ids([*before["tags"], *after["tags"]])
    _store_list(CustomerTag, customer, _tags(before, tags), _tags(after, tags), _key_of("tag_id"))
    values = rows.columns(after)
    for name, value in values.items():
        setattr(customer, name, value)
    customer.rev += 1
    customer.updated_at = now
    customer.updated_by = actor
    customer.main_external_id = _main_external_id(customer, after)
    customer.save(update_fields=[*values, "rev", "updated_at", "updated_by", "main_external"])
    store_document(customer, before, after)


def store_document(customer: Customer, before: State, after: State) -> None:
    """Write what the customer is found by, if that has changed."""
    document = rows.document(after, customer.pk)
    if document != rows.document(before, customer.pk):
        SearchDocument.objects.update_or_create(customer=customer, defaults={"document": document})


def _tags(state: State, ids: Mapping[str, UUID]) -> list[Row]:
    return [{"tag_id": ids[name.casefold()], "position": position} for position, name in enumerate(state["tags"])]


def _main_external_id(customer: Customer, state: State) -> UUID | None:
    if not state["external_id"]:
        return None
    main = Identifier.objects.filter(customer=customer, kind="external_id", shared=False, value=state["external_id"])
    return main.values_list("pk", flat=True).get()


def _store_identifiers(customer: Customer, before: State, after: State, *, now: datetime) -> None:
    """As `_store_list`, and `verified_at` follows `verified`."""
    was = {_identifier_key(row): row["verified"] for row in rows.identifiers(before)}
    dated = []
    for row in rows.identifiers(after):
        if row["verified"] != was.get(_identifier_key(row), False):
            row["verified_at"] = now if row["verified"] else None
        dated.append(row)
    _store_list(Identifier, customer, rows.identifiers(before), dated, _identifier_key)


def _key_of(*names: str) -> Callable[[Row], tuple[Any, ...]]:
    return lambda row: tuple(row.get(name, "") for name in names)


_identifier_key = _key_of("kind", "type_key", "value_norm")


def _store_list(
    model: type[models.Model],
    customer: Customer,
    before: Iterable[Row],
    after: Iterable[Row],
    key_of: Callable[[Row], Any],
) -> None:
    """Delete, change and insert the child rows that differ, so that the history shows just what changed."""
    old = {key_of(row): row for row in before}
    new = {key_of(row): row for row in after}
    if old == new:
        return
    manager = model._default_manager
    mine = {key_of(vars(row)): row for row in manager.filter(customer=customer)}
    gone = [row.pk for key, row in mine.items() if key not in new]
    if gone:
        manager.filter(pk__in=gone).delete()
    for key, row in new.items():
        if key in old and row != old[key]:
            manager.filter(pk=mine[key].pk).update(**row)
    manager.bulk_create([model(customer=customer, **row) for key, row in new.items() if key not in old])
