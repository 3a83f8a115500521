"""The properties that are changed where they stand: what can be chosen, how it looks, and what a choice asks for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString

from core.formatting import moment
from core.models import User
from core.templatetags.ui import badge, person, status, tone_status
from customers.choices import SupportStatus
from customers.forms.lookups import LOOKUPS
from customers.models import Customer, Tier, WorkflowStatus
from customers.state import Changes

_SUPPORT_TONES = {SupportStatus.ACTIVE: "blue", SupportStatus.SNOOZED: "amber", SupportStatus.IDLE: "gray"}
_MORNING = time(9)
_YOU = SafeString(' <span class="muted">You</span>')


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a menu: what it sends, how it looks, whether it is so already."""

    value: str
    mark: SafeString
    is_current: bool = False


class Property(ABC):
    """One property of a customer: `key` in the address, `field` in the input, `label` for people."""

    key: ClassVar[str]
    field: ClassVar[str]
    label: ClassVar[str]
    is_searched: ClassVar[bool] = False
    takes_moment: ClassVar[bool] = False
    is_named: ClassVar[bool] = False
    """Whether its label is seen beside the value, which would say too little alone."""

    @abstractmethod
    def shown(self, customer: Customer) -> SafeString:
        """What stands on the page."""

    @abstractmethod
    def said(self, customer: Customer) -> str:
        """The value in words: "Status set to Active"."""

    @abstractmethod
    def choices(self, customer: Customer, viewer: User) -> Iterator[Choice]:
        """Every choice, or for people the ones at hand."""

    def found(self, text: str) -> list[Choice]:
        """The choices that fit what somebody typed; only where the property is searched."""
        return []

    def changes(self, data: Mapping[str, str]) -> Changes:
        """What a pressed button asks for."""
        return {self.field: data.get("value", "").strip() or None}


class Status(Property):
    """Where the account is in its life."""

    key, field, label = "status", "status_id", "Status"

    def shown(self, customer: Customer) -> SafeString:
        return status(str(customer.workflow_status), customer.workflow_status.color)

    def said(self, customer: Customer) -> str:
        return f"Status set to {customer.workflow_status}"

    def choices(self, customer: Customer, viewer: User) -> Iterator[Choice]:
        for each in WorkflowStatus.objects.all():
            yield Choice(str(each.pk), status(str(each), each.color), each.pk == customer.workflow_status_id)


class CustomerTier(Property):
    """How important the customer is."""

    key, field, label = "tier", "tier_id", "Tier"

    def shown(self, customer: Customer) -> SafeString:
        return badge(str(customer.tier), customer.tier.color) if customer.tier else badge("No tier")

    def said(self, customer: Customer) -> str:
        return f"Tier set to {customer.tier}" if customer.tier else "Tier removed"

    def choices(self, customer: Customer, viewer: User) -> Iterator[Choice]:
        for each in Tier.objects.all():
            yield Choice(str(each.pk), badge(str(each), each.color), each.pk == customer.tier_id)
        yield Choice("", badge("No tier"), customer.tier_id is None)


class Person(Property):
    """Somebody of the staff: found by name or email, because there may be thousands."""

    is_searched = True
    nobody: ClassVar[str]

    def of(self, customer: Customer) -> User | None:
        """Who it is now."""
        found: User | None = getattr(customer, self.field.removesuffix("_id"))
        return found

    def shown(self, customer: Customer) -> SafeString:
        return person(str(self.of(customer) or "") or None, self.nobody)

    def said(self, customer: Customer) -> str:
        found = self.of(customer)
        return f"{self.label} set to {found}" if found else f"{self.label} removed"

    def choices(self, customer: Customer, viewer: User) -> Iterator[Choice]:
        """The person who looks at the page, whoever it is now, and nobody."""
        now = self.of(customer)
        for each in dict.fromkeys((viewer, now or viewer)):
            mark = person(str(each))
            yield Choice(str(each.pk), mark + _YOU if each == viewer else mark, each == now)
        yield Choice("", person(None, self.nobody), now is None)

    def found(self, text: str) -> list[Choice]:
        return [Choice(found.id, person(found.label)) for found in LOOKUPS[self.field].find(text)]


class Owner(Person):
    """Who is responsible for the account."""

    key, field, label, nobody = "owner", "owner_id", "Owner", "No owner"


class Assignee(Person):
    """Who handles the customer now."""

    key, field, label, nobody = "assignee", "assignee_id", "Assignee", "Nobody"
    is_named = True


class Support(Property):
    """Whether somebody has to do something now; a snooze may have an end."""

    key, field, label = "support-status", "support_status", "Support"
    takes_moment = is_named = True

    def shown(self, customer: Customer) -> SafeString:
        return self._mark(SupportStatus(customer.support_status))

    def said(self, customer: Customer) -> str:
        until = f" until {moment(customer.snoozed_until)}" if customer.snoozed_until else ""
        return f"Support set to {customer.get_support_status_display()}{until}"

    def choices(self, customer: Customer, viewer: User) -> Iterator[Choice]:
        now = SupportStatus(customer.support_status)
        for each in SupportStatus:
            is_current = each == now and customer.snoozed_until is None
            yield Choice(each.value, self._mark(each), is_current)
        for name, (label, _) in SNOOZES.items():
            yield Choice(f"{SupportStatus.SNOOZED}:{name}", tone_status(label, "amber"))

    def changes(self, data: Mapping[str, str]) -> Changes:
        """A status alone, with the name of an end (`SNOOZED:hour`), or with a moment of the viewer's own (`until`)."""
        value, _, name = data.get("value", "").strip().partition(":")
        if name in SNOOZES:
            return {self.field: value, "snoozed_until": SNOOZES[name][1](timezone.localtime())}
        if "until" in data:
            return {self.field: value, "snoozed_until": _moment(data["until"])}
        return {self.field: value, "snoozed_until": None}

    @staticmethod
    def _mark(value: SupportStatus) -> SafeString:
        return tone_status(str(value.label), _SUPPORT_TONES[value])


def _next_morning(now: datetime, days: int) -> datetime:
    return datetime.combine(now.date() + timedelta(days=days), _MORNING, now.tzinfo)


SNOOZES = {
    "hour": ("Snooze for an hour", lambda now: now.astimezone(UTC) + timedelta(hours=1)),
    "tomorrow": ("Snooze until tomorrow, 09:00", lambda now: _next_morning(now, 1)),
    "monday": ("Snooze until Monday, 09:00", lambda now: _next_morning(now, 7 - now.weekday())),
}


def _moment(typed: str) -> datetime | str | None:
    """A moment as browsers send it, in the viewer's zone; what is none stays, for the rules to refuse."""
    try:
        found = parse_datetime(typed.strip())
    except ValueError:
        return typed
    if found is None:
        return typed.strip() or None
    return found if timezone.is_aware(found) else timezone.make_aware(found)


PROPERTIES: Mapping[str, Property] = {
    each.key: each for each in (Status(), CustomerTier(), Owner(), Assignee(), Support())
}
"""By the part of the address, in the order of the page's head."""

ROW_MENUS: Mapping[str, tuple[Property, ...]] = {
    "status": (PROPERTIES["status"], PROPERTIES["support-status"]),
    "tier": (PROPERTIES["tier"],),
    "owner": (PROPERTIES["owner"], PROPERTIES["assignee"]),
}
"""What the menu of each cell of the list offers: the list has no columns for the rest."""


@dataclass(frozen=True, slots=True)
class Section:
    """One property of one customer in a menu; `message` says why a choice was not taken."""

    property: Property
    href: str
    shown: SafeString
    choices: tuple[Choice, ...]
    typed: str = ""
    found: tuple[Choice, ...] = ()
    until: str = ""
    message: str = ""


def sections(properties: Iterable[Property], customer: Customer, viewer: User) -> tuple[Section, ...]:
    """What a menu, or the head of the customer's page, offers this viewer."""
    return tuple(
        Section(
            each,
            reverse(f"customers:{each.key}", args=[customer.pk]),
            each.shown(customer),
            tuple(each.choices(customer, viewer)),
        )
        for each in properties
    )
