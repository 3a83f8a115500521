"""The work of an import: batches of rows, judged by the rules of every door and stored in one transaction each."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.history import acting
from core.models import Actor
from core.problems import Problem
from customers import normalise
from customers.choices import TimelineKind
from customers.imports.columns import match_header
from customers.imports.inputs import Layout, Names
from customers.imports.reading import Row, Table
from customers.models import CustomAttribute, Customer, TimelineEntry
from customers.operations import store_new
from customers.operations.world import load_world
from customers.rules import Door, check, check_text, problem
from customers.rules.constraints import problems_of

BATCH_SIZE = 500

type Key = tuple[str, str]
type Refuse = Callable[[Row, Sequence[tuple[str, Problem]]], None]


@dataclass(slots=True)
class Tally:
    """How far an import is; `created + refused == read` after every batch."""

    read: int = 0
    created: int = 0
    refused: int = 0
    rows_by_rule: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the input it stands for and what is wrong with it."""

    row: Row
    changes: Mapping[str, Any]
    problems: Sequence[Problem]


def import_rows(table: Table, *, actor: Actor, refuse: Refuse, batch_size: int = BATCH_SIZE) -> Iterator[Tally]:
    """Create a customer for each row that the rules accept; says after every batch how far it is.

    `refuse` gets each row that is refused, with the header above every problem. A batch is stored whole or not at
    all, so a killed import leaves whole batches. Raises `Refused` before the first row when the header is wrong.
    """
    attributes = CustomAttribute.objects.filter(archived=False).values_list("key", flat=True)
    layout = Layout(table.header, match_header(table.header, attributes), Names())
    run = _Run(actor=actor, file_name=table.name, layout=layout)
    filled = (row for row in table.rows() if not layout.says_nothing(row))
    for rows in batched(filled, batch_size):
        for judged in run.take(rows):
            run.tally.read += 1
            if not judged.problems:
                run.tally.created += 1
                continue
            run.tally.refused += 1
            run.tally.rows_by_rule.update({found.code for found in judged.problems})
            refuse(judged.row, [(layout.header_of(found.path), found) for found in judged.problems])
        yield run.tally


@dataclass(slots=True)
class _Run:
    """One import on its way through a file."""

    actor: Actor
    file_name: str
    layout: Layout
    tally: Tally = field(default_factory=Tally)
    # Value that belongs to one customer -> the line of this file that has brought it.
    claimed: dict[Key, int] = field(default_factory=dict)

    def take(self, rows: Sequence[Row]) -> list[Judged]:
        """Judge and store a batch; when it loses a race, row by row, so that only the rows that lost are refused."""
        try:
            return self._check_and_store(rows)
        except IntegrityError:
            return [judged for row in rows for judged in self._take_alone(row)]

    def _take_alone(self, row: Row) -> list[Judged]:
        try:
            return self._check_and_store([row])
        except IntegrityError as error:
            return [Judged(row, {}, problems_of(error))]

    def _check_and_store(self, rows: Sequence[Row]) -> list[Judged]:
        now = timezone.now()
        with transaction.atomic(), acting(self.actor):
            batch, claimed = self._judge(rows, now=now)
            self._store([judged for judged in batch if not judged.problems], now=now)
        self.claimed |= claimed
        return batch

    def _judge(self, rows: Sequence[Row], *, now: datetime) -> tuple[list[Judged], dict[Key, int]]:
        """The rows with their problems, and the values that those without one claim."""
        asked = [self._ask(row, now=now) for row in rows]
        world = load_world([judged.changes for judged in asked if not judged.problems], actor=self.actor)
        # What an earlier row has brought is told with its line (C57), not as a customer that was there before (C20).
        taken = {key: holder for key, holder in world.taken.items() if key not in self.claimed}
        world = replace(world, taken=taken)
        there = _already_there(asked)
        here: dict[Key, int] = {}
        batch = []
        for judged in asked:
            problems = judged.problems or [
                *check(judged.changes, stored=None, world=world, now=now, door=Door.CSV),
                *_twins(judged.changes, ChainMap(here, self.claimed)),
                *_known(judged.changes, there),
            ]
            batch.append(replace(judged, problems=problems))
            if not problems:
                here |= {(claim.kind, claim.key): judged.row.line for claim in _claims(judged.changes)}
        return batch, here

    def _ask(self, row: Row, *, now: datetime) -> Judged:
        given, problems = self.layout.changes_of(row)
        given.setdefault("imported_at", now)
        changes = normalise.customer(given)
        # Before any query carries the text (C71).
        return Judged(row, changes, problems or check_text(changes))

    def _store(self, accepted: Iterable[Judged], *, now: datetime) -> None:
        kept = list(accepted)
        customers = store_new([judged.changes for judged in kept], actor=self.actor, now=now) if kept else []
        TimelineEntry.objects.bulk_create(
            TimelineEntry(
                customer=customer,
                at=now,
                actor=self.actor,
                kind=TimelineKind.IMPORTED,
                payload={"file": self.file_name, "line": judged.row.line},
            )
            for judged, customer in zip(kept, customers, strict=True)
        )


def _claims(changes: Mapping[str, object]) -> Iterator[normalise.Claim]:
    """What a row claims for its customer alone: the id that it chooses, and all that must be unique."""
    if isinstance(changes.get("id"), str):
        yield normalise.Claim(("id",), "id", str(changes["id"]))
    yield from normalise.claims(changes)


def _twins(changes: Mapping[str, object], claimed: Mapping[Key, int]) -> Iterator[Problem]:
    """C57: a value that belongs to one customer stands in one row of a file; `claimed` leads to the earlier line."""
    said: set[Key] = set()
    for claim in _claims(changes):
        key = (claim.kind, claim.key)
        if key in claimed and key not in said:
            said.add(key)
            message = (
                f"Take {claim.key} out of this row, or make one row of both: line {claimed[key]:,} has it already."
            )
            yield problem("C57", claim.path, message)


def _already_there(batch: Sequence[Judged]) -> dict[str, str]:
    """The ids that rows choose and that customers have already, deleted ones too -> the name of the customer."""
    ids = [judged.changes.get("id") for judged in batch if not judged.problems]
    known = Customer.objects.filter(pk__in=[pk for pk in ids if pk and normalise.is_record_id(pk)])
    return {str(pk): name for pk, name in known.values_list("pk", "name")}


def _known(changes: Mapping[str, object], there: Mapping[str, str]) -> Iterator[Problem]:
    """C52: a file makes new customers; the id of one that is there cannot be given to another."""
    name = there.get(str(changes.get("id")))
    if name is not None:
        message = f"Take this row out, or leave its id blank to make a new customer: {name} has this id already."
        yield problem("C52", ("id",), message)
