"""Flags, tags and custom attributes as their pages list them: each with how many customers it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.db.models import Count as Counted
from django.db.models import Q, QuerySet
from django.urls import reverse

from core import formatting
from core.clauses import conditions
from core.counting import Count, bounded
from core.history import last_change
from core.models import Job
from core.paging import Cursor, Page, cut
from customers.models import AttributeValue, CustomAttribute, Customer, CustomerFlag, CustomerTag, Flag, Tag
from customers.models.catalogue import CatalogueEntry
from customers.operations.catalogue_tags import JOB

BOUND = 1_000
"""So far the customers of one entry are counted in a list of many entries."""
PAGE_SIZE = 50

# Where the customers of each entry are found: a table, its column, and what that is compared with.
_LINKS: Mapping[type[CatalogueEntry], tuple[str, str, str]] = {
    Flag: ("customers_customerflag", "flag_id", "id"),
    Tag: ("customers_customertag", "tag_id", "id"),
    CustomAttribute: ("customers_attributevalue", "key", "key"),
}
# Customer by customer, because only the first few of them are looked at.
_COUNTING = """
    SELECT entry.id, (
        SELECT count(*) FROM (
            SELECT 1 FROM {links} AS link CROSS JOIN LATERAL (
                SELECT 1 FROM customers_customer WHERE customers_customer.id = link.customer_id AND {listed} LIMIT 1
            ) AS listed
            WHERE link.{column} = entry.{ours} LIMIT {most}
        ) AS found
    )
    FROM {table} AS entry WHERE entry.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry with what stands in its line; `href` leads to the customers it concerns, where a filter finds them."""

    entry: Any
    url: str
    count: Count
    href: str = ""
    job: Job | None = None

    @property
    def label(self) -> str:
        """What the entry is called."""
        return str(self.entry)

    @property
    def customers(self) -> str:
        """Whom its number counts: "1 customer", "1,000+ customers"."""
        return customers(self.count)


def customers(number: Count | int) -> str:
    """ "1 customer", "1,204 customers"."""
    count = number if isinstance(number, Count) else Count(number)
    return f"{count} customer{'' if count.number == 1 else 's'}"


def flag_rows() -> list[Row]:
    """Every flag, by its label."""
    return _rows(list(Flag.objects.order_by("label", "key")), lambda flag: {"flag": flag.key})


def attribute_rows() -> tuple[list[Row], list[Row]]:
    """The attributes in use in their order, and those in the archive."""
    rows = _rows(list(CustomAttribute.objects.all()), lambda attribute: None)
    return [row for row in rows if not row.entry.archived], [row for row in rows if row.entry.archived]


def tag_rows(typed: str, cursor: Cursor | None) -> Page[Row]:
    """One page of the tags whose name holds what is typed, by name."""
    tags = Tag.objects.filter(folded_name__contains=typed.casefold()) if typed else Tag.objects.all()
    backward = cursor is not None and cursor.is_backward
    if cursor:
        tags = tags.filter(**{f"folded_name__{'lt' if backward else 'gt'}": cursor.position[0]})
    ordered = tags.order_by("-folded_name" if backward else "folded_name")
    page = cut(list(ordered[: PAGE_SIZE + 1]), cursor, PAGE_SIZE, lambda tag: [tag.folded_name])
    leaving = {job.parameters["tag"]: job for job in Job.objects.open().filter(kind=JOB)}
    rows = _rows(page.rows, lambda tag: {"tag": tag.name}, leaving)
    return Page(rows, page.next, page.previous)


def _rows(
    entries: Sequence[Any],
    filter_of: Callable[[Any], Mapping[str, str] | None],
    leaving: Mapping[str, Job] | None = None,
) -> list[Row]:
    counts = _counts(type(entries[0]), [entry.pk for entry in entries]) if entries else {}
    return [
        Row(entry, url_of(entry), counts[entry.pk], _listed(filter_of(entry)), (leaving or {}).get(str(entry.pk)))
        for entry in entries
    ]


def url_of(entry: CatalogueEntry) -> str:
    """Where an entry is changed; what else is done with it is addressed below that."""
    return reverse(f"customers:settings-{_KEYS[type(entry)]}", args=[entry.pk])


_KEYS: Mapping[type[CatalogueEntry], str] = {Flag: "flag", Tag: "tag", CustomAttribute: "attribute"}


def _listed(filters: Mapping[str, str] | None) -> str:
    return f"{reverse('customers:list')}?{urlencode(filters)}" if filters else ""


def _counts(model: type[CatalogueEntry], ids: Sequence[UUID]) -> dict[UUID, Count]:
    """How many listed customers each of these entries concerns, no further than the bound."""
    links, column, ours = _LINKS[model]
    listed = conditions(Customer.objects.listed())
    sql = _COUNTING.format(
        links=links, column=column, ours=ours, listed=listed.sql, most=BOUND + 1, table=model._meta.db_table
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*listed.params, list(ids)])
        return {pk: _up_to_bound(number) for pk, number in cursor.fetchall()}


def _up_to_bound(number: int) -> Count:
    return Count(BOUND, is_bounded=True) if number > BOUND else Count(number)


@dataclass(frozen=True, slots=True)
class Usage:
    """How many customers an entry concerns: all of them, and those among them that lists do not show."""

    total: Count
    spam: int = 0
    deleted: int = 0

    @classmethod
    def of(cls, entry: CatalogueEntry) -> Usage:
        """Count them all; those with a value of an attribute no further than the bound, as nothing is done to them."""
        if isinstance(entry, CustomAttribute):
            return cls(bounded("customers_attributevalue", conditions(AttributeValue.objects.filter(key=entry.key))))
        is_spam = Q(customer__deleted_at=None, customer__marked_as_spam_at__isnull=False)
        numbers = _links_of(entry).aggregate(
            total=Counted("pk"),
            spam=Counted("pk", filter=is_spam),
            deleted=Counted("pk", filter=Q(customer__deleted_at__isnull=False)),
        )
        return cls(Count(numbers["total"]), numbers["spam"], numbers["deleted"])

    @property
    def is_none(self) -> bool:
        """Whether nobody is concerned."""
        return self.total.number == 0

    @property
    def has(self) -> str:
        """The verb after them: "1 customer has", "2 customers have"."""
        return "has" if self.total.number == 1 else "have"

    @property
    def hidden(self) -> str:
        """Those that lists do not show, in words; empty when there are none."""
        parts = [f"{formatting.number(self.spam)} marked as spam"] if self.spam else []
        parts += [f"{formatting.number(self.deleted)} deleted"] if self.deleted else []
        return " and ".join(parts)


def _links_of(entry: CatalogueEntry) -> QuerySet[Any]:
    if isinstance(entry, Flag):
        return CustomerFlag.objects.filter(flag=entry.pk)
    return CustomerTag.objects.filter(tag=entry.pk)


@dataclass(frozen=True, slots=True)
class Notice:
    """Why nothing was written: a heading and what there is to know."""

    title: str
    sentences: tuple[str, ...] = ()


def meanwhile(entry: CatalogueEntry, stored: Mapping[str, str], typed: Mapping[str, str], *, again: str) -> Notice:
    """Who was quicker, and where what is stored now differs from what this person has typed."""
    last = last_change(type(entry), entry.pk)
    who, when = (last.label, formatting.ago_within(last.at)) if last else ("Somebody", "meanwhile")
    return Notice(
        f"Nothing was changed: {who} has changed {entry} {when}",
        (*_differences(stored, typed), again),
    )


def _differences(stored: Mapping[str, str], typed: Mapping[str, str]) -> Iterator[str]:
    for label, mine in typed.items():
        theirs = stored.get(label, mine)
        if theirs != mine:
            yield f"{label}: “{theirs}” is stored, you typed “{mine}”."
