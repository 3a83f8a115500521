"""The filters in force as removable chips, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from core import formatting
from customers.filter_fields import NOBODY
from customers.filters import CustomerFilters
from customers.listing.attribute_filters import partners
from customers.listing.wanted import MINE, Wanted

_RANGES = {
    "created": ("Created", "created_from", "created_to"),
    "updated": ("Updated", "updated_from", "updated_to"),
    "revenue": ("Revenue", "revenue_min", "revenue_max"),
    "size": ("Size", "size_min", "size_max"),
}
_RANGE_OF = {name: key for key, (_, *names) in _RANGES.items() for name in names}
_PEOPLE = {MINE: "you", NOBODY: "nobody"}
# What reads better than label, "is" and choice.
_PHRASES = {
    ("has_domain", "yes"): ("Domain", "is", "known"),
    ("has_domain", "no"): ("Domain", "is", "not known"),
    ("spam", "yes"): ("Spam", "", "only"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in words: `Status`, `is not`, `Churned, Paused`; `names` are its parameters."""

    label: str
    verb: str
    value: str
    names: tuple[str, ...]
    error: str = ""

    @property
    def words(self) -> str:
        """The whole filter: "Status is not Churned"."""
        return f"{self.label} {self.verb} {self.value}".replace("  ", " ")

    @property
    def field(self) -> str:
        """The field of the filter form that holds it."""
        return self.names[0]


def chips(wanted: Wanted, filters: CustomerFilters) -> Iterator[Chip]:
    """A chip for each filter in force, in the order of the form; one that could not be read keeps what was typed."""
    filters.is_valid()
    done: set[str] = set()
    for name in filters.filters:
        found = _range_of(name, filters)
        if name not in wanted.filters or name in done:
            continue
        done.update(found.names if found else (name,))
        yield _range(found, wanted, filters) if found else _single(name, wanted, filters)


@dataclass(frozen=True, slots=True)
class _Range:
    """A filter with two ends: what it is called, their names, and whether its figures are money."""

    label: str
    names: tuple[str, str]
    is_money: bool = False


def _range_of(name: str, filters: CustomerFilters) -> _Range | None:
    """The range that a filter is one end of."""
    if key := _RANGE_OF.get(name):
        label, *names = _RANGES[key]
        return _Range(label, (names[0], names[1]), is_money=key == "revenue")
    attribute = getattr(filters.filters[name], "attribute", None)
    found = partners(name)
    return _Range(attribute.label, found[1:]) if attribute and found else None


def _single(name: str, wanted: Wanted, filters: CustomerFilters) -> Chip:
    label = str(filters.filters[name].label)
    errors = filters.form.errors.get(name, [])
    if errors:
        return Chip(label, "is", _typed(wanted, name), (name,), str(errors[0]))
    if phrase := _PHRASES.get((name, _typed(wanted, name))):
        return Chip(*phrase, (name,))
    value = _in_words(name, filters)
    if name == "status_not":
        return Chip("Status", "is not", value, (name,))
    return Chip(label, "is", value, (name,))


def _range(range_: _Range, wanted: Wanted, filters: CustomerFilters) -> Chip:
    label, (low, high) = range_.label, range_.names
    names = tuple(name for name in (low, high) if name in wanted.filters)
    errors = [str(error) for name in names for error in filters.form.errors.get(name, [])]
    if errors:
        return Chip(label, "is", " to ".join(_typed(wanted, name) for name in names), names, errors[0])
    first, last = (filters.form.cleaned_data.get(name) for name in (low, high))
    if first is not None and last is not None:
        return Chip(label, "from", f"{_figure(range_, first)} to {_figure(range_, last)}", names)
    return (
        Chip(label, "from", _figure(range_, first), names)
        if first is not None
        else Chip(label, "up to", _figure(range_, last), names)
    )


def _figure(range_: _Range, value: Any) -> str:
    if isinstance(value, date):
        return formatting.day(value)
    return formatting.money(value, cents=False) if range_.is_money else formatting.number(value)


def _in_words(name: str, filters: CustomerFilters) -> str:
    value, field = filters.form.cleaned_data[name], filters.form.fields[name]
    if name in ("owner", "assignee") and value in _PEOPLE:
        return _PEOPLE[value]
    if isinstance(value, str):
        return str(dict(getattr(field, "choices", ())).get(value, value))
    if isinstance(value, Model):
        return str(value)
    return ", ".join(map(str, value))


def _typed(wanted: Wanted, name: str) -> str:
    return ", ".join(wanted.filters[name])
