"""The filters of the customer list: what each is called, which values it takes, and what it does to a queryset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

import django_filters as filters
from babel import Locale
from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse_lazy
from django.utils.datastructures import MultiValueDict

from customers import normalise
from customers.choices import CustomerKind, SupportStatus
from customers.countries import COUNTRY_CODES
from customers.filter_fields import (
    FLAGS,
    NOBODY,
    STATUSES,
    TIERS,
    CatalogueFilter,
    DayFilter,
    DomainFilter,
    Entry,
    RevenueFilter,
    StaffFilter,
    TagFilter,
    WholeNumberFilter,
)
from customers.listing.attribute_filters import attribute_filters, names_among, partners
from customers.models import Customer, CustomerFlag, Domain, Location
from customers.querysets import CustomerQuerySet

_GROUPING = frozenset({"tier", "status", "owner", "assignee"})
LARGEST = 2**63 - 1


def _looked_up(place: str, help_text: str) -> dict[str, Any]:
    """A text that suggestions are fetched for while somebody types; without JavaScript it is a text all the same."""
    attributes = {
        "list": place, "autocomplete": "off", "hx-get": reverse_lazy(f"customers:{place}"), "hx-target": f"#{place}",
        "hx-trigger": "input changed delay:150ms, focus once", "hx-swap": "innerHTML", "hx-sync": "this:replace",
    }  # fmt: skip
    return {"widget": forms.TextInput(attrs=attributes), "help_text": help_text}


def _countries() -> list[tuple[str, str]]:
    names = Locale("en").territories
    return sorted(((code, names.get(code, code)) for code in COUNTRY_CODES), key=itemgetter(1))


def _choice(label: str, choices: Iterable[tuple[str, str]], **options: Any) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(
        label=label, choices=list(choices), empty_label="Any",
        error_messages={"invalid_choice": "“%(value)s” is not one of the choices."}, **options,
    )  # fmt: skip


def _day(label: str, field: str, lookup: str) -> DayFilter:
    return DayFilter(
        label=label,
        field_name=field,
        lookup_expr=lookup,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Use a date such as 2026-12-31."},
        # The day after the last one of the calendar would be none.
        validators=[MaxValueValidator(date.max - timedelta(days=1), "Use a date before 9999-12-31.")],
    )


def _number(
    label: str, field: str, lookup: str, kind: type[WholeNumberFilter] = WholeNumberFilter
) -> WholeNumberFilter:
    return kind(
        label=label, field_name=field, lookup_expr=lookup, min_value=0, max_value=LARGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": "Use zero or more.", "max_value": f"Use a number up to {LARGEST:,}."},
    )  # fmt: skip


class RangesForm(forms.Form):
    """The filters as a form: where a range has two ends, the first may not come after the last."""

    OWN_RANGES = (("created_from", "created_to"), ("updated_from", "updated_to"),
                  ("revenue_min", "revenue_max"), ("size_min", "size_max"))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a range that is the wrong way round, which would silently find nothing."""
        ranges = {found[1:] for name in self.fields if (found := partners(name))}
        for low, high in (*self.OWN_RANGES, *ranges):
            first, last = self.cleaned_data.get(low), self.cleaned_data.get(high)
            if first is not None and last is not None and first > last:
                self.add_error(high, "The end of the range comes before its start. Swap the two.")
        return self.cleaned_data


class CustomerFilters(filters.FilterSet):
    """Every filter of the list by its parameter; `q` and `sort` are not filters but the search and the order."""

    tier = CatalogueFilter(label="Tier", catalogue=TIERS, none="No tier")
    status = CatalogueFilter(label="Status", field_name="workflow_status", catalogue=STATUSES)
    status_not = CatalogueFilter(label="Status is not", field_name="workflow_status", catalogue=STATUSES, exclude=True)
    support_status = _choice("Support status", SupportStatus.choices)
    owner = StaffFilter(label="Owner", field_name="owner", **_looked_up("staff", "Email, name, “me” or “none”."))
    assignee = StaffFilter(label="Assignee", field_name="assignee", **_looked_up("staff", "As for the owner."))
    tag = TagFilter(label="Tag", **_looked_up("tags", "The whole tag, for example reference."))
    flag = CatalogueFilter(label="Flag", catalogue=FLAGS, method="with_flag")
    kind = _choice("Kind", CustomerKind.choices)
    has_domain = _choice("Has a domain", [("yes", "Yes"), ("no", "No")], method="with_domain")
    domain = DomainFilter(label="Domain")
    spam = _choice("Spam", [("yes", "Spam only")], method="unchanged")
    created_from = _day("Created from", "created_at", "gte")
    created_to = _day("Created to", "created_at", "lt")
    updated_from = _day("Updated from", "updated_at", "gte")
    updated_to = _day("Updated to", "updated_at", "lt")
    revenue_min = _number("Revenue from", "revenue", "gte", RevenueFilter)
    revenue_max = _number("Revenue to", "revenue", "lte", RevenueFilter)
    size_min = _number("Size from", "size", "gte")
    size_max = _number("Size to", "size", "lte")
    country = _choice("Country", _countries(), method="in_country")
    language = filters.CharFilter(label="Language", method="speaking")

    class Meta:
        model = Customer
        fields: tuple[str, ...] = ()
        form = RangesForm

    @property
    def is_group(self) -> bool:
        """Whether one tier, status or person is all that is asked for.

        Nobody as the assignee is no group: most customers have none, so their index leaves them out.
        """
        names = set(self.filters)
        if len(names) != 1 or not names <= _GROUPING or self.form.cleaned_data.get("assignee") == NOBODY:
            return False
        return all(len(self.data.getlist(name)) == 1 for name in names)

    def with_flag(self, customers: CustomerQuerySet, name: str, flags: list[Entry]) -> CustomerQuerySet:
        """Customers with any of these flags."""
        if not flags:
            return customers
        return customers.filter(
            Exists(CustomerFlag.objects.filter(customer=OuterRef("pk"), flag_id__in=[flag.id for flag in flags]))
        )

    def with_domain(self, customers: CustomerQuerySet, name: str, value: str) -> CustomerQuerySet:
        """Customers that have a domain, or those that have none."""
        has_one = Exists(Domain.objects.filter(customer=OuterRef("pk")))
        return customers.filter(has_one if value == "yes" else ~has_one)

    def unchanged(self, customers: CustomerQuerySet, name: str, value: str) -> CustomerQuerySet:
        """Spam is no condition like the others: it decides which customers are listed at all (`Selection.spam`)."""
        return customers

    def in_country(self, customers: CustomerQuerySet, name: str, value: str) -> CustomerQuerySet:
        """Customers with a place in this country."""
        return customers.filter(Exists(Location.objects.filter(customer=OuterRef("pk"), country_code=value)))

    def speaking(self, customers: CustomerQuerySet, name: str, value: str) -> CustomerQuerySet:
        """Customers with this language, whatever its region: `pt` finds `pt-BR` too."""
        tag = str(normalise.language(value))
        # From "pt-" to just before "pt.", the next character after a hyphen: as a range, the index answers it.
        return customers.filter(Q(language=tag) | Q(language__gte=f"{tag}-", language__lt=f"{tag}."))


@lru_cache(maxsize=256)
def _narrowed(names: frozenset[str]) -> type[CustomerFilters]:
    """The filters with these names alone: the list need not build twenty fields to read two."""
    narrow: Any = type("CustomerFilters", (CustomerFilters,), {})
    narrow.base_filters = {name: f for name, f in CustomerFilters.base_filters.items() if name in names}
    return narrow


def _with_attributes(cls: type[CustomerFilters], more: Mapping[str, filters.Filter]) -> type[CustomerFilters]:
    """The filters with those by the company's own attributes behind them."""
    wide: Any = type("CustomerFilters", (cls,), {})
    wide.base_filters = {**cls.base_filters, **more}
    return wide


def filters_of(values: Mapping[str, Iterable[str]], request: Any, *, whole: bool = False) -> CustomerFilters:
    """The filters filled with the values that somebody asked for; `whole` for the form that shows them all."""
    data = MultiValueDict({name: list(typed) for name, typed in values.items()})
    cls = CustomerFilters if whole else _narrowed(frozenset(values) & frozenset(CustomerFilters.base_filters))
    by_attribute = attribute_filters(None if whole else names_among(values), request.user)
    if by_attribute:
        cls = _with_attributes(cls, by_attribute)
    return cls(data, queryset=Customer.objects.live(), request=request)


NAMES: tuple[str, ...] = ("q", *CustomerFilters.base_filters)
"""Every parameter that narrows the list, those of the company's own attributes apart."""


def names_in(parameters: Iterable[str]) -> tuple[str, ...]:
    """Every parameter that narrows the list, and those of a request that are filters by an attribute."""
    return (*NAMES, *names_among(parameters))
