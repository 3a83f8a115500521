"""The filters of the customer list: what each is called, which values it takes, and what it does to a queryset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

import django_filters as filters
from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse_lazy
from django.utils.datastructures import MultiValueDict

from core.models import User
from customers import normalise
from customers.choices import CustomerKind, SupportStatus
from customers.countries import COUNTRY_CODES
from customers.listing.wanted import MINE
from customers.models import Customer, CustomerFlag, CustomerTag, Domain, Flag, Location, Tag, Tier, WorkflowStatus
from customers.querysets import CustomerQuerySet

NOBODY = "none"
_GROUPING = frozenset({"tier", "status", "owner", "assignee"})
LARGEST = 2**63 - 1


class StaffField(forms.CharField):
    """A staff person by e-mail address or name; "me" and "none" stand for the viewer and for nobody."""

    default_error_messages = {
        "unknown": "Nobody here is called “%(value)s”. Use an e-mail address, a full name, “me” or “none”.",
        "several": "Several people are called “%(value)s”. Use the e-mail address.",
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


def _looked_up(place: str, help_text: str) -> dict[str, Any]:
    """A text that suggestions are fetched for while somebody types; without JavaScript it is a text all the same."""
    attributes = {
        "list": place, "autocomplete": "off", "hx-get": reverse_lazy(f"customers:{place}"), "hx-target": f"#{place}",
        "hx-trigger": "input changed delay:150ms, focus once", "hx-swap": "innerHTML", "hx-sync": "this:replace",
    }  # fmt: skip
    return {"widget": forms.TextInput(attrs=attributes), "help_text": help_text}


def _one_of(label: str, queryset: Any, **options: Any) -> filters.ModelMultipleChoiceFilter:
    """A choice of entries of a small catalogue."""
    field = filters.ModelMultipleChoiceFilter(
        label=label, queryset=queryset, distinct=False, widget=forms.CheckboxSelectMultiple, **options
    )
    field.extra["error_messages"] = {
        "invalid_choice": "This choice no longer exists. Choose another one.",
        "invalid_pk_value": "This choice does not exist. Choose another one.",
    }
    return field


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

    RANGES = (("created_from", "created_to"), ("updated_from", "updated_to"),
              ("revenue_min", "revenue_max"), ("size_min", "size_max"))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a range that is the wrong way round, which would silently find nothing."""
        for low, high in self.RANGES:
            first, last = self.cleaned_data.get(low), self.cleaned_data.get(high)
            if first is not None and last is not None and first > last:
                self.add_error(high, "The end of the range comes before its start. Swap the two.")
        return self.cleaned_data


class CustomerFilters(filters.FilterSet):
    """Every filter of the list by its parameter; `q` and `sort` are not filters but the search and the order."""

    tier = _one_of("Tier", Tier.objects.all(), null_label="No tier", null_value=NOBODY)
    status = _one_of("Status", WorkflowStatus.objects.all(), field_name="workflow_status")
    status_not = _one_of("Status is not", WorkflowStatus.objects.all(), field_name="workflow_status", exclude=True)
    support_status = _choice("Support status", SupportStatus.choices)
    owner = StaffFilter(label="Owner", field_name="owner", **_looked_up("staff", "E-mail, name, “me” or “none”."))
    assignee = StaffFilter(label="Assignee", field_name="assignee", **_looked_up("staff", "As for the owner."))
    tag = TagFilter(label="Tag", **_looked_up("tags", "The whole tag, for example reference."))
    flag = _one_of("Flag", Flag.objects.all(), to_field_name="key", method="with_flag")
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

    def with_flag(self, customers: CustomerQuerySet, name: str, flags: Iterable[Flag]) -> CustomerQuerySet:
        """Customers with any of these flags."""
        if not flags:
            return customers
        return customers.filter(Exists(CustomerFlag.objects.filter(customer=OuterRef("pk"), flag__in=list(flags))))

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


def filters_of(values: Mapping[str, Iterable[str]], request: Any, *, whole: bool = False) -> CustomerFilters:
    """The filters filled with the values that somebody asked for; `whole` for the form that shows them all."""
    data = MultiValueDict({name: list(typed) for name, typed in values.items()})
    cls = CustomerFilters if whole else _narrowed(frozenset(values) & frozenset(CustomerFilters.base_filters))
    return cls(data, queryset=Customer.objects.live(), request=request)


NAMES: tuple[str, ...] = ("q", *CustomerFilters.base_filters)
"""Every parameter that narrows the list."""
