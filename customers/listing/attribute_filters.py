"""Filters of the list by the company's own attributes: `custom.regionStr=emea`, `custom.seatsNum.from=5`.

They come from the catalogue: one parameter for a text, a choice or yes and no, two for the ends of a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db.models import Exists, OuterRef, Q

from core.models import User
from customers import normalise
from customers.choices import AttributeType
from customers.models import AttributeValue, CustomAttribute
from customers.querysets import CustomerQuerySet

MOST = 20
"""How many of these parameters one address may have; the rest is passed over."""
FROM, TO = ".from", ".to"

_PREFIX = "custom."
_NAME = re.compile(r"custom\.([A-Za-z][A-Za-z0-9]{0,63})(\.from|\.to)?")
_RANGES = (AttributeType.NUM, AttributeType.AT)
_WHOLE_TEXT = 255
"""From so many characters on, a value is stored whole with the customer alone."""


def names_among(parameters: Iterable[str]) -> tuple[str, ...]:
    """The parameters of a request that are filters by an attribute, whether or not there is such an attribute."""
    return tuple(sorted(name for name in set(parameters) if _NAME.fullmatch(name))[:MOST])


def attribute_filters(names: Iterable[str] | None, viewer: User) -> dict[str, filters.Filter]:
    """The filters with these names, or all that there are; those by sensitive attributes for who may see these.

    A name that leads nowhere has a filter as well, which says so.
    """
    known = _filters_of(names, viewer)
    if names is None:
        return known
    asked = set(names)
    unknown = {name: _NoFilter(label=name.removeprefix(_PREFIX)) for name in sorted(asked - known.keys())}
    return {name: made for name, made in known.items() if name in asked} | unknown


def _filters_of(names: Iterable[str] | None, viewer: User) -> dict[str, filters.Filter]:
    attributes = CustomAttribute.objects.filter(archived=False)
    if names is not None:
        keys = {_key_of(name) for name in names}
        if not keys:
            return {}
        attributes = attributes.filter(key__in=keys)
    if not viewer.has_perm("customers.change_customer"):
        attributes = attributes.filter(sensitive=False)
    return {name: made for attribute in attributes for name, made in _filters_for(attribute)}


def _key_of(name: str) -> str:
    found = _NAME.fullmatch(name)
    return found[1] if found else ""


def _filters_for(attribute: CustomAttribute) -> Iterator[tuple[str, filters.Filter]]:
    name = f"{_PREFIX}{attribute.key}"
    if attribute.type not in _RANGES:
        yield name, _TextFilter(attribute)
        return
    end = _NumberFilter if attribute.type is AttributeType.NUM else _DayFilter
    yield f"{name}{FROM}", end(attribute, FROM)
    yield f"{name}{TO}", end(attribute, TO)


class _NothingField(forms.CharField):
    def clean(self, value: Any) -> Any:
        raise ValidationError("There is no such attribute to filter by. Remove this filter.")


class _NoFilter(filters.CharFilter):
    """A filter by what is not in the catalogue, or not for this person."""

    field_class = _NothingField


class _AttributeFilter(filters.Filter):
    """A condition on the value of one attribute."""

    attribute: CustomAttribute

    def with_value(self, customers: CustomerQuerySet, **condition: Any) -> CustomerQuerySet:
        """Those of the customers whose value of the attribute fulfils the condition."""
        values = AttributeValue.objects.filter(customer=OuterRef("pk"), key=self.attribute.key, **condition)
        return customers.filter(Exists(values))


class _AnyTextField(forms.CharField):
    """A text as it is stored; one of the choices where there are some, or a value that has ceased to be one."""

    def clean(self, value: Any) -> str:
        typed = normalise.text(super().clean(value))
        if isinstance(self.widget, forms.Select):
            offered = dict(self.widget.choices)
            self.widget.choices = [*offered.items(), *([] if typed in offered else [(typed, typed)])]
        return typed


class _YesOrNoField(forms.ChoiceField):
    default_error_messages = {"invalid_choice": "Choose yes or no."}


class _TextFilter(_AttributeFilter):
    """Exactly this text, or yes or no."""

    def __init__(self, attribute: CustomAttribute) -> None:
        self.attribute = attribute
        super().__init__(label=attribute.label, **_input_of(attribute))
        self.field_class = _YesOrNoField if attribute.type is AttributeType.BOOL else _AnyTextField

    def filter(self, qs: CustomerQuerySet, value: str) -> CustomerQuerySet:
        """Customers with that value."""
        if not value:
            return qs
        if self.attribute.type is AttributeType.BOOL:
            return self.with_value(qs, text="true" if value == "yes" else "false")
        found = self.with_value(qs, text=value[:_WHOLE_TEXT])
        return found if len(value) < _WHOLE_TEXT else found.filter(Q(custom__contains={self.attribute.key: value}))


def _input_of(attribute: CustomAttribute) -> dict[str, Any]:
    if attribute.type is AttributeType.BOOL:
        return {"choices": [("", "Any"), ("yes", "Yes"), ("no", "No")]}
    if attribute.options:
        return {"widget": forms.Select(choices=[("", "Any"), *((each, each) for each in attribute.options)])}
    return {"help_text": "The whole value."}


class _RangeFilter(_AttributeFilter):
    """One end of a range. Both ends are asked for at once: each alone may hold for most customers."""

    column = ""

    def __init__(self, attribute: CustomAttribute, end: str, **options: Any) -> None:
        self.attribute, self.end = attribute, end
        super().__init__(label=f"{attribute.label} {end.removeprefix('.')}", **options)

    def bounds(self, first: Any, last: Any) -> Mapping[str, Any]:
        """The condition that a value lies between the two, one of which may be None."""
        ends = {f"{self.column}__gte": first, f"{self.column}__lte": last}
        return {name: value for name, value in ends.items() if value is not None}

    def filter(self, qs: CustomerQuerySet, value: Any) -> CustomerQuerySet:
        """Customers whose value lies in the range."""
        name = f"{_PREFIX}{self.attribute.key}"
        typed: Mapping[str, Any] = self.parent.form.cleaned_data
        first, last = typed.get(f"{name}{FROM}"), typed.get(f"{name}{TO}")
        if value is None or (self.end == TO and first is not None):
            return qs
        return self.with_value(qs, **self.bounds(first, last))


class _NumberField(forms.DecimalField):
    """A number as people write it: 1,250.5 or 1 250.5."""

    default_error_messages = {
        "invalid": "Use a number, for example 1840.5.",
        "max_digits": "Use a number of at most 30 digits.",
        "max_decimal_places": "Use a number of at most 15 decimals.",
        "max_whole_digits": "Use a number of at most 15 digits before the point.",
    }

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override] # The stubs take it for an integer.
        """The number without its separators."""
        return super().to_python(str(value or "").translate(_SEPARATORS))


_SEPARATORS = str.maketrans("\u2212", "-", ", \u00a0\u202f")


class _NumberFilter(_RangeFilter):
    field_class = _NumberField
    column = "number"

    def __init__(self, attribute: CustomAttribute, end: str) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(attribute, end, max_digits=30, decimal_places=15, widget=widget)


class _DayFilter(_RangeFilter):
    field_class = forms.DateField
    column = "moment"

    def __init__(self, attribute: CustomAttribute, end: str) -> None:
        super().__init__(
            attribute,
            end,
            widget=forms.DateInput(attrs={"type": "date"}),
            error_messages={"invalid": "Use a date such as 2026-12-31."},
            # The day after the last one of the calendar would be none.
            validators=[MaxValueValidator(date.max - timedelta(days=1), "Use a date before 9999-12-31.")],
        )

    def bounds(self, first: date | None, last: date | None) -> Mapping[str, Any]:
        """From the beginning of the first day in UTC to the end of the last one."""
        ends = {"moment__gte": first and _midnight(first), "moment__lt": last and _midnight(last + timedelta(days=1))}
        return {name: value for name, value in ends.items() if value is not None}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def partners(name: str) -> tuple[str, str, str] | None:
    """For one end of a range by an attribute, what the range is called and the names of both ends."""
    for end in (FROM, TO):
        if name.startswith(_PREFIX) and name.endswith(end):
            key = name.removesuffix(end)
            return key, f"{key}{FROM}", f"{key}{TO}"
    return None
