"""Making customers, one or a batch of them, through the same rules and the same few statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from core.history import acting
from core.models import Actor
from core.problems import Refused
from customers import rows
from customers.models import Customer, CustomerTag, Domain, Identifier, Location, SearchDocument, Url, WorkflowStatus
from customers.operations.outcomes import Created
from customers.operations.races import with_second_chance
from customers.operations.reading_input import storable
from customers.operations.references import tag_ids, with_tier_id
from customers.operations.world import load_world
from customers.rules import Door, check
from customers.state import State, advance


def create_customer(changes: Mapping[str, object], *, actor: Actor, door: Door = Door.FORM) -> Created:
    """Store a new customer, under the `id` in the changes if there is one; raises `Refused` with every problem."""
    return with_second_chance(lambda: _check_and_create(changes, actor=actor, door=door))


def _check_and_create(changes: Mapping[str, object], *, actor: Actor, door: Door) -> Created:
    now = timezone.now()
    asked = storable(changes)
    with transaction.atomic(), acting(actor):
        world = load_world([asked], actor=actor)
        problems = check(asked, stored=None, world=world, now=now, door=door)
        if problems:
            raise Refused(problems)
        (customer,) = store_new([asked], actor=actor, now=now)
    return Created(customer)


def store_new(accepted: Sequence[Mapping[str, object]], *, actor: Actor, now: datetime) -> list[Customer]:
    """Write normalised inputs that the rules have accepted, in a fixed number of statements whatever their number.

    Runs inside the caller's transaction and history context; raises `IntegrityError` when it loses a race.
    """
    first_status_id = WorkflowStatus.objects.order_by("position", "id").values_list("id", flat=True)[0]
    asked = with_tier_id(accepted)
    states = [advance(None, changes, now=now, first_status_id=str(first_status_id)) for changes in asked]
    fresh = iter(_new_ids(2 * len(states)))
    customers = [
        Customer(
            id=changes.get("id") or next(fresh),
            main_external_id=next(fresh) if state["external_id"] else None,
            **rows.columns(state),
            created_by=actor,
            updated_at=state["created_at"],
            updated_by=actor,
        )
        for changes, state in zip(asked, states, strict=True)
    ]
    Customer.objects.bulk_create(customers, batch_size=500)
    _store_children(customers, states)
    return customers


def _new_ids(count: int) -> list[UUID]:
    """UUIDv7 ids from the database, for rows that must point at each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7() FROM generate_series(1, %s)", [count])
        return [pk for (pk,) in cursor.fetchall()]


def _store_children(customers: Sequence[Customer], states: Sequence[State]) -> None:
    pairs = list(zip(customers, states, strict=True))
    tags = tag_ids([name for state in states for name in state["tags"]])
    Identifier.objects.bulk_create(
        [_identifier(customer, state, row) for customer, state in pairs for row in rows.identifiers(state)],
        batch_size=1000,
    )
    _store_owned(Domain, pairs, rows.domains)
    _store_owned(Url, pairs, rows.urls)
    _store_owned(Location, pairs, rows.locations)
    CustomerTag.objects.bulk_create(
        [
            CustomerTag(customer=customer, tag_id=tags[name.casefold()], position=position)
            for customer, state in pairs
            for position, name in enumerate(state["tags"])
        ],
        batch_size=1000,
    )
    SearchDocument.objects.bulk_create(
        [SearchDocument(customer=customer, document=rows.document(state, customer.pk)) for customer, state in pairs],
        batch_size=1000,
    )


def _store_owned[Owned: (Domain, Url, Location)](
    model: type[Owned], pairs: Sequence[tuple[Customer, State]], rows_of: Callable[[State], list[dict[str, Any]]]
) -> None:
    owned = [model(customer=customer, **row) for customer, state in pairs for row in rows_of(state)]
    model._default_manager.bulk_create(owned, batch_size=1000)


def _identifier(customer: Customer, state: State, row: dict[str, Any]) -> Identifier:
    identifier = Identifier(customer=customer, **row, verified_at=customer.created_at if row["verified"] else None)
    if row["kind"] == "external_id" and not row["shared"] and row["value"] == state["external_id"]:
        identifier.pk = customer.main_external_id  # decided above, so that both rows could be written without an update
    return identifier
