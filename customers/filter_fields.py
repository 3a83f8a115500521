"""What a person may type into each kind of filter, and what that asks of a queryset."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Q
from django.db.models.functions import Coalesce

from core import planned_once
from core.models import User
from customers import normalise
from customers.listing.wanted import MINE
from customers.models import CustomerTag, Domain, Flag, Tag, Tier, WorkflowStatus
from customers.querysets import CustomerQuerySet

NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a catalogue as a filter names it: by its id, a flag by its key; without an id it stands for none."""

    id: UUID | None
    key: str
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of one catalogue: their model, the column that addresses one and its form, their name in SQL."""

    model: type[Model]
    key: str
    is_key: Callable[[str], object]
    label: str

    def all(self) -> list[Entry]:
        """Every entry, in the order of the catalogue."""
        return [Entry(each.pk, str(getattr(each, self.key)), str(each)) for each in self.model._default_manager.all()]

    def named(self, keys: Iterable[str]) -> dict[str, Entry]:
        """The entries with these keys by their key; one that nothing has is left out."""
        sql = f"SELECT id, {self.key}::text, {self.label} FROM {self.model._meta.db_table} WHERE {self.key} = ANY(%s)"
        with planned_once.cursor() as opened:
            opened.execute(sql, [list(keys)])
            return {key: Entry(id_, key, label) for id_, key, label in opened.fetchall()}


_DISPLAYED = "COALESCE(NULLIF(display_name, ''), name)"
TIERS = Catalogue(Tier, "id", normalise.is_record_id, _DISPLAYED)
STATUSES = Catalogue(WorkflowStatus, "id", normalise.is_record_id, _DISPLAYED)
FLAGS = Catalogue(Flag, "key", re.compile(r"[a-z0-9_]+").fullmatch, "label")


class CatalogueField(forms.MultipleChoiceField):
    """Some entries of a small catalogue; with `none`, customers without one can be asked for under that name.

    The whole catalogue is read where its choices are drawn; to understand what is asked for, only those entries are.
    """

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "gone": "This choice no longer exists. Choose another one.",
        "unknown": "This choice does not exist. Choose another one.",
    }

    def __init__(self, *, catalogue: Catalogue, none: str = "", **kwargs: Any) -> None:
        self.catalogue = catalogue
        self.none = [Entry(None, NOBODY, none)] if none else []
        super().__init__(choices=self._choices, **kwargs)

    def _choices(self) -> list[tuple[str, str]]:
        return [(entry.key, entry.label) for entry in (*self.none, *self.catalogue.all())]

    def clean(self, value: Any) -> list[Entry]:
        """The entries, in the order they were asked for."""
        keys = [key.lower() for key in value or ()]
        known = {entry.key: entry for entry in self.none}
        asked = set(keys) - set(known)
        if not all(self.catalogue.is_key(key) for key in asked):
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        if asked:
            known |= self.catalogue.named(asked)
        if not known.keys() >= asked:
            raise ValidationError(self.error_messages["gone"], code="gone")
        return [known[key] for key in keys]


class CatalogueFilter(filters.Filter):
    """A reference to one of several entries of a catalogue."""

    field_class = CatalogueField

    def filter(self, qs: CustomerQuerySet, value: list[Entry]) -> CustomerQuerySet:
        """Customers with any of the entries; with none of them where the filter excludes."""
        if not value:
            return qs
        ids = [entry.id for entry in value if entry.id]
        # One id is compared, not looked up in a list: the condition an index of the reference is walked by.
        wanted = Q(**{f"{self.field_name}_id": ids[0]}) if len(ids) == 1 else Q(**{f"{self.field_name}_id__in": ids})
        if len(ids) < len(value):
            wanted |= Q(**{f"{self.field_name}__isnull": True})
        return qs.exclude(wanted) if self.exclude else qs.filter(wanted)


class StaffField(forms.CharField):
    """A staff person by email address or name; "me" and "none" stand for the viewer and for nobody."""

    default_error_messages = {
        "unknown": "Nobody here is called “%(value)s”. Use an email address, a full name, “me” or “none”.",
        "several": "Several people are called “%(value)s”. Use the email address.",
    }

    def clean(self, value: Any) -> User | str | None:
        """The person, or one of the two words; None for nothing."""
        typed = super().clean(value)
        if not typed or typed.lower() in (MINE, NOBODY):
            return typed.lower() or None
        by_id = Q(pk=normalise.record_id(typed)) if normalise.is_record_id(typed) else Q()
        found = list(User.objects.filter(by_id or Q(email__iexact=typed) | Q(name__iexact=typed)).order_by("id")[:2])
        if len(found) != 1:
            reason = "several" if found else "unknown"
            raise ValidationError(self.error_messages[reason], code=reason, params={"value": typed})
        return found[0]


class StaffFilter(filters.CharFilter):
    """Whom a customer belongs to."""

    field_class = StaffField

    def filter(self, qs: CustomerQuerySet, value: User | str | None) -> CustomerQuerySet:
        """Customers of that person, of the viewer, or of nobody."""
        if not value:
            return qs
        person = {NOBODY: None, MINE: self.parent.request.user}.get(value, value) if isinstance(value, str) else value
        return qs.filter(**{self.field_name: person})


class WholeNumberField(forms.IntegerField):
    """A whole number as people write it: 1,250,000 or $1 250 000."""

    default_error_messages = {"invalid": "Use a whole number, for example 250000."}

    def to_python(self, value: Any) -> int | None:
        """The number without its separators."""
        return super().to_python(str(value or "").translate(str.maketrans("", "", ",$ \u00a0\u202f")))


class WholeNumberFilter(filters.NumberFilter):
    """A bound of a whole number."""

    field_class = WholeNumberField


class RevenueFilter(WholeNumberFilter):
    """A bound of the revenue, asked in the words of the index that the list is sorted by."""

    def filter(self, qs: CustomerQuerySet, value: int | None) -> CustomerQuerySet:
        """Customers whose revenue is known and within the bound."""
        if value is None:
            return qs
        known = qs.alias(known_revenue=Coalesce("revenue", -1)).filter(known_revenue__gte=0)
        return known.filter(**{f"known_revenue__{self.lookup_expr}": value})


class DayFilter(filters.DateFilter):
    """A bound of a moment, given as a day in UTC; the last day counts to its end."""

    def filter(self, qs: CustomerQuerySet, value: date | None) -> CustomerQuerySet:
        """Customers from that day on, or up to and with that day."""
        if value is None:
            return qs
        day = value if self.lookup_expr == "gte" else value + timedelta(days=1)
        return qs.filter(**{f"{self.field_name}__{self.lookup_expr}": datetime.combine(day, time(), UTC)})


class TagField(forms.CharField):
    """A tag by its name, in whatever case."""

    def clean(self, value: Any) -> Tag | None:
        """The tag; None for nothing."""
        typed = super().clean(value)
        if not typed:
            return None
        if tag := Tag.objects.filter(folded_name=normalise.text(typed).casefold()).first():
            return tag
        raise ValidationError("There is no tag “%(value)s”. Check its spelling.", params={"value": typed})


class TagFilter(filters.CharFilter):
    """A tag on a customer."""

    field_class = TagField

    def filter(self, qs: CustomerQuerySet, value: Tag | None) -> CustomerQuerySet:
        """Customers with the tag."""
        return qs.filter(Exists(CustomerTag.objects.filter(customer=OuterRef("pk"), tag=value))) if value else qs


class DomainField(forms.CharField):
    """A domain, also out of a web address."""

    def clean(self, value: Any) -> str:
        """The domain as it is stored; "" for nothing."""
        typed = super().clean(value)
        if not typed:
            return ""
        if (forms_ := normalise.domain(typed)) is None:
            raise ValidationError("Use a domain such as example.com, not “%(value)s”.", params={"value": typed})
        return forms_.ascii


class DomainFilter(filters.CharFilter):
    """A domain of a customer."""

    field_class = DomainField

    def filter(self, qs: CustomerQuerySet, value: str) -> CustomerQuerySet:
        """Customers who have exactly this domain."""
        return qs.filter(Exists(Domain.objects.filter(customer=OuterRef("pk"), domain_ascii=value))) if value else qs
