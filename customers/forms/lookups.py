"""Inputs that find another record: a person of the staff, or an organisation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.db.models import Q

from core.models import User
from core.text import fold, unstorable
from customers import normalise
from customers.choices import CustomerKind
from customers.forms.fields import Input
from customers.listing.search import understood
from customers.models import Customer

MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A record to pick."""

    id: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """How one sort of record is found, by a search or by its exact name."""

    label: str
    placeholder: str
    nothing: str
    """What is said when nobody is found."""
    search: Callable[[str], models.QuerySet[Any]]
    exactly: Callable[[str], models.QuerySet[Any]]
    hint: Callable[[Any], str]

    def find(self, text: str) -> list[Found]:
        """The first few records that fit."""
        if not text.strip() or unstorable(text) is not None:
            return []
        return [self.found(record) for record in self.search(text.strip())[:MOST_FOUND]]

    def found(self, record: Any) -> Found:
        """A record as it is offered."""
        return Found(str(record.pk), str(record), self.hint(record))

    def resolve(self, text: str) -> str:
        """The id of the one record that is called so; else the text, for the rules to refuse."""
        typed = text.strip()
        if normalise.is_record_id(typed) or unstorable(typed) is not None:
            return typed
        ids = self.exactly(typed).values_list("pk", flat=True)[:2]
        return str(ids[0]) if len(ids) == 1 else typed

    def picked(self, record_id: str) -> Found | None:
        """The record of this id."""
        if not normalise.is_record_id(record_id):
            return None
        record = self.search("").model.objects.filter(pk=UUID(record_id)).first()
        return self.found(record) if record else None

    def typed(self, name: str, record: Any) -> dict[str, str]:
        """What the input of this name holds when the record is picked; None is nobody."""
        if record is None:
            return {name: "", f"{name}-id": "", f"{name}-label": ""}
        found = record if isinstance(record, Found) else self.found(record)
        return {name: found.label, f"{name}-id": found.id, f"{name}-label": found.label}


def staff_like(text: str) -> models.QuerySet[User]:
    """Those who can sign in and whose name or email holds every word of a text."""
    people = User.objects.filter(is_active=True)
    for word in text.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return people.order_by("name", "email")


def _staff_exactly(text: str) -> models.QuerySet[User]:
    return User.objects.filter(Q(email__iexact=text) | Q(name__iexact=text), is_active=True)


def _organisations() -> models.QuerySet[Customer]:
    return Customer.objects.listed().filter(kind=CustomerKind.ORGANIZATION)


def _companies(text: str) -> models.QuerySet[Customer]:
    return understood(text).among(_organisations()).order_by("folded_name", "id")  # type: ignore[arg-type]


def _companies_exactly(text: str) -> models.QuerySet[Customer]:
    domain = normalise.domain(text)
    if domain and re.search(r"\.", domain.ascii):
        return _organisations().filter(domains__domain_ascii=domain.ascii, domains__active=True)
    return _organisations().filter(folded_name=fold(text)[:255])


_PEOPLE: dict[str, Any] = {
    "placeholder": "Name or email",
    "nothing": "Nobody of that name or email can sign in. Check the spelling.",
    "search": staff_like,
    "exactly": _staff_exactly,
    "hint": lambda person: person.email,
}
LOOKUPS: Mapping[str, Lookup] = {
    "owner_id": Lookup("Owner", **_PEOPLE),
    "assignee_id": Lookup("Assignee", **_PEOPLE),
    "company_id": Lookup(
        label="Company",
        placeholder="Name or domain",
        nothing="No organisation of that name is listed. Check the spelling.",
        search=_companies,
        exactly=_companies_exactly,
        hint=lambda company: company.short_name,
    ),
}


@dataclass(frozen=True, slots=True)
class Pick:
    """What a lookup holds: the text, and the record that a text of just this spelling stands for."""

    text: str
    id: str
    label: str

    def __str__(self) -> str:
        return self.text


class LookupInput(forms.TextInput):
    """A text with the id that it stands for beside it."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Pick:
        """All three texts."""
        return Pick(*(str(data.get(each, "")) for each in (name, f"{name}-id", f"{name}-label")))


class LookupField(Input):
    """One record: the one that was picked, or the one that what was typed names exactly."""

    widget = LookupInput

    def __init__(self, lookup: Lookup, **options: Any) -> None:
        super().__init__(lookup.label, **options)
        self.lookup = lookup
        self.widget.attrs |= {"autocomplete": "off", "placeholder": lookup.placeholder}

    def clean(self, value: Pick) -> str | None:
        """The id, or the text that leads to none."""
        if not value.text.strip():
            return None
        return value.id if value.id and value.text == value.label else self.lookup.resolve(value.text)
