"""What the form of a customer writes: fields and flags together, in one step of the revision."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, transaction

from core.history import acting
from core.models import Actor
from core.problems import Problem, Refused
from customers import normalise, rows
from customers.models import Customer, CustomerFlag, Flag
from customers.operations.create import create_customer
from customers.operations.flags import held_flags, touched
from customers.operations.locking import lock_customer
from customers.operations.outcomes import Created, Unchanged, Updated
from customers.operations.races import with_second_chance
from customers.operations.update import update_customer
from customers.rules import FlagFact, World, check_flag, check_rev
from customers.state import advance, changed_keys


@dataclass(frozen=True, slots=True)
class FlagChanges:
    """The keys of the flags to set and to take away."""

    added: Collection[str] = ()
    removed: Collection[str] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """A customer with this id exists: the form was sent before."""

    customer: Customer


def new_customer_id() -> UUID:
    """The id that a customer will have: made when its form opens, so that sending the form twice makes one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7()")
        return cursor.fetchone()[0]


def create_from_form(
    customer_id: UUID, changes: Mapping[str, object], flags: FlagChanges, *, actor: Actor
) -> Created | AlreadyThere:
    """Store a new customer with its flags under an id that was chosen when the form opened."""
    return with_second_chance(lambda: _create(customer_id, changes, flags, actor=actor))


def _create(
    customer_id: UUID, changes: Mapping[str, object], flags: FlagChanges, *, actor: Actor
) -> Created | AlreadyThere:
    with transaction.atomic(), acting(actor):
        _wait_for_twin(customer_id)
        existing = Customer.objects.filter(pk=customer_id).first()
        if existing:
            return AlreadyThere(existing)
        catalogue = held_flags(flags.added)
        problems = _flag_problems(flags, catalogue)
        try:
            created = create_customer({**changes, "id": customer_id}, actor=actor)
        except Refused as refused:
            raise Refused([*refused.problems, *problems]) from refused
        if problems:
            raise Refused(problems)
        _store_flags(created.customer, flags, catalogue, actor=actor)
    return created


def says_the_same(customer: Customer, changes: Mapping[str, object], *, actor: Actor) -> bool:
    """Whether this actor made the customer from the same input: writing it again would change nothing."""
    if customer.created_by_id != actor.pk or customer.is_deleted:
        return False
    before = rows.state_of(customer)
    return not changed_keys(before, advance(before, normalise.customer(changes), now=customer.updated_at))


def update_from_form(
    customer_id: object, changes: Mapping[str, object], flags: FlagChanges, *, rev: object, actor: Actor
) -> Updated | Unchanged:
    """Write fields and flags of a customer, raising `rev` by one.

    Raises `Refused` with everything that is wrong; a stale `rev` (C51) comes first and the other problems with it,
    so that a person who has to choose between two versions sees at once what else to correct.
    """
    return with_second_chance(lambda: _update(customer_id, changes, flags, rev=rev, actor=actor))


def _update(
    customer_id: object, changes: Mapping[str, object], flags: FlagChanges, *, rev: object, actor: Actor
) -> Updated | Unchanged:
    with transaction.atomic(), acting(actor) as change:
        customer = lock_customer(customer_id)
        if not changes and not flags:
            return Unchanged(customer)
        catalogue = held_flags(flags.added)
        problems = [*check_rev(rev, customer.rev), *_flag_problems(flags, catalogue)]
        outcome: Updated | Unchanged = Unchanged(customer)
        try:
            outcome = update_customer(customer.pk, changes, actor=actor)
        except Refused as refused:
            problems += refused.problems
        if problems:
            raise Refused(problems)
        if not _store_flags(outcome.customer, flags, catalogue, actor=actor):
            return outcome
        if isinstance(outcome, Unchanged):
            return touched(outcome.customer, change, actor=actor)
        return replace(outcome, changed=(*outcome.changed, "flags"))


def _wait_for_twin(customer_id: UUID) -> None:
    """Two clicks on Save may arrive together: the second waits here and then finds the customer of the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(customer_id)])


def _flag_problems(flags: FlagChanges, catalogue: Mapping[str, Flag]) -> list[Problem]:
    """C44 and C45, each at its flag."""
    facts = {key: FlagFact(read_only=flag.read_only, enabled=flag.enabled) for key, flag in catalogue.items()}
    world = World(flags=facts)
    return [
        replace(problem, path=("flags", key))
        for key in (*flags.added, *flags.removed)
        for problem in check_flag(key, world, staff=True)
    ]


def _store_flags(customer: Customer, flags: FlagChanges, catalogue: Mapping[str, Flag], *, actor: Actor) -> bool:
    """Write the links; says whether any of them was not so already."""
    present = set(CustomerFlag.objects.filter(customer=customer).values_list("flag__key", flat=True))
    new = [key for key in flags.added if key not in present]
    CustomerFlag.objects.bulk_create(
        [CustomerFlag(customer=customer, flag=catalogue[key], added_by=actor) for key in new]
    )
    removed, _ = CustomerFlag.objects.filter(customer=customer, flag__key__in=flags.removed).delete()
    return bool(new or removed)
