"""Tiers and statuses as their page shows them: in order, with colour and number of customers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.urls import reverse

from core.clauses import Clause, conditions, template
from core.counting import Count, counting, up_to_bound
from core.models import Job
from core.tones import COLOURS, GRAY, TONES, nearest_tone
from customers.models import Customer, Tier
from customers.operations.ladders import Entry, Ladder
from customers.operations.ladders.removing import JOB


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: what stands in its line, and the addresses of what can be done with it."""

    entry: Entry
    count: Count
    href: str
    is_first: bool
    is_last: bool
    is_default: bool
    job: Job | None

    @property
    def id(self) -> UUID:
        """What the ids of its controls end with."""
        return self.entry.pk

    @property
    def label(self) -> str:
        """What the entry is called."""
        return str(self.entry)

    @property
    def tone(self) -> str:
        """The tone that comes nearest to its colour."""
        return nearest_tone(self.entry.color)

    @property
    def url(self) -> str:
        """Where its details are; what else is done with it is addressed below that."""
        return reverse(
            f"customers:settings-{'tier' if isinstance(self.entry, Tier) else 'status'}", args=[self.entry.pk]
        )

    @property
    def named_by(self) -> str:
        """The field that holds what it is called."""
        return "display_name" if self.entry.display_name else "name"

    @property
    def customers(self) -> str:
        """Whom its number counts: "1 customer", "10,000+ customers"."""
        return f"{self.count} customer{'' if self.count.number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Why nothing was written, in a heading and a sentence."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Open:
    """What is open in a panel, or goes on in it: a form with what was typed, a notice, the control with the focus."""

    form: str = ""
    entry_id: UUID | None = None
    typed: str = ""
    error: str = ""
    notice: Notice | None = None
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the two lists. `many` is what its entries are called and its id on the page, `one` is each of them."""

    many: str
    one: str
    rows: tuple[Row, ...]
    open: Open
    may_keep: bool
    can_delete: bool

    tones = tuple(COLOURS.items())

    @property
    def title(self) -> str:
        """Its heading."""
        return self.many.capitalize()


def panel(ladder: Ladder, state: Open, *, may_keep: bool, can_delete: bool) -> Panel:
    """The list of a ladder, read with three queries whatever its length; and what somebody may do in it."""
    entries = list(ladder.model.objects.all())
    return Panel(
        many(ladder),
        ladder.key,
        tuple(_rows(ladder, entries, _counts(ladder), _jobs(ladder))),
        state,
        may_keep,
        can_delete,
    )


def many(ladder: Ladder) -> str:
    """What several entries are called."""
    return "tiers" if ladder.key == "tier" else "statuses"


def free_colour(ladder: Ladder) -> str:
    """A colour for a new entry: that of the first tone which no other has."""
    used = {nearest_tone(color) for color in ladder.model.objects.values_list("color", flat=True)}
    return COLOURS[next((tone for tone in TONES if tone not in {*used, GRAY}), GRAY)]


def _rows(
    ladder: Ladder, entries: list[Entry], counts: Mapping[UUID, Count], jobs: Mapping[UUID, Job]
) -> Iterator[Row]:
    listed = reverse("customers:list")
    for place, entry in enumerate(entries):
        is_first = place == 0
        yield Row(
            entry,
            counts[entry.pk],
            f"{listed}?{ladder.key}={entry.pk}",
            is_first,
            is_last=place == len(entries) - 1,
            # A new customer gets the status that stands first.
            is_default=entry.is_default if ladder.key == "tier" else is_first,  # type: ignore[union-attr]
            job=jobs.get(entry.pk),
        )


def _counts(ladder: Ladder) -> dict[UUID, Count]:
    """How many listed customers have each entry, no further than the bound."""
    of_entry = template(
        "{column} = entries.id AND {listed}",
        column=Clause(f"{ladder.column}_id"),
        listed=conditions(Customer.objects.listed()),
    )
    question = template(
        "SELECT entries.id, ({counted}) FROM {table} AS entries",
        counted=counting("customers_customer", of_entry),
        table=ladder.model._meta.db_table,
    )
    with connection.cursor() as cursor:
        cursor.execute(question.sql, question.params)
        return {entry_id: up_to_bound(number) for entry_id, number in cursor.fetchall()}


def _jobs(ladder: Ladder) -> dict[UUID, Job]:
    """The jobs that move customers away, by the entry they leave."""
    running = Job.objects.open().filter(kind=JOB, parameters__ladder=ladder.key)
    return {UUID(job.parameters["entry"]): job for job in running}
