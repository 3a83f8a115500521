"""The columns of a customer's own row: what each is called, and how its value is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core import formatting
from customers.changes.names import Names
from customers.choices import CustomerKind, Gender, SupportStatus

type Writer = Callable[[Any, Names], str]

_LONGEST = 160
_POLARITIES = {-1: "Negative", 0: "Neutral", 1: "Positive"}


@dataclass(frozen=True, slots=True)
class Field:
    """A column that people see, or several that are told as one value."""

    label: str
    columns: tuple[str, ...]
    write: Writer
    icon: str = "pencil"


def short(value: object) -> str:
    """A value on one line, cut where it would fill the page."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def is_there(value: object) -> bool:
    """Whether a column, or several that are one value, hold anything."""
    return value not in (None, "") and value != (None, None)


def moment(value: object) -> str:
    """A moment of a JSON document for the viewer; what is none stays as it is."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return short(value)
    return formatting.moment(found) if found.tzinfo else short(value)


def _text(value: Any, names: Names) -> str:
    return short(value)


def _number(value: Any, names: Names) -> str:
    return formatting.number(value)


def _moment(value: Any, names: Names) -> str:
    return moment(value)


def _day(value: Any, names: Names) -> str:
    return formatting.day(date.fromisoformat(str(value)))


def _named(kind: str) -> Writer:
    return lambda value, names: short(names.of(kind, value))


def _choice(choices: Any) -> Writer:
    words = dict(choices.choices)
    return lambda value, names: short(words.get(value, value))


def _sentiment(value: tuple[Any, Any], names: Names) -> str:
    polarity, confidence = value
    word = _POLARITIES.get(polarity, "")
    return word if confidence is None else f"{word}, {formatting.percent(confidence)}"


def _field(label: str, column: str, write: Writer = _text, icon: str = "pencil") -> Field:
    return Field(label, (column,), write, icon)


FIELDS = (
    _field("name", "name"),
    _field("short name", "short_name"),
    _field("given name", "given_name"),
    _field("family name", "family_name"),
    _field("user name", "username"),
    _field("kind", "kind", _choice(CustomerKind)),
    _field("company", "company_id", _named("customer")),
    _field("status", "workflow_status_id", _named("status"), "circle-dot"),
    _field("support status", "support_status", _choice(SupportStatus), "circle-dot"),
    _field("end of the snooze", "snoozed_until", _moment),
    _field("tier", "tier_id", _named("tier")),
    _field("owner", "owner_id", _named("user"), "user"),
    _field("assignee", "assignee_id", _named("user"), "user"),
    _field("revenue", "revenue", lambda value, names: formatting.money(value, cents=False)),
    _field("size", "size", _number),
    _field("Slack channel", "slack_channel_id"),
    _field("main external ID", "main_external_id", _named("identifier")),
    _field("language", "language"),
    _field("locale", "locale"),
    _field("time zone", "time_zone"),
    _field("birthday", "birthday", _day),
    _field("gender", "gender", _choice(Gender)),
    Field("sentiment", ("sentiment_polarity", "sentiment_confidence"), _sentiment),
    _field("logo", "logo_url"),
    _field("picture", "avatar_url"),
    _field("manager of the record", "managed_by"),
    _field("sign-up", "signed_up_at", _moment),
    _field("last visit", "last_seen_at", _moment),
    _field("last activity", "last_activity_at", _moment),
    _field("last activity of the customer", "last_customer_activity_at", _moment),
    _field("import", "imported_at", _moment),
    _field("day of creation", "created_at", _moment),
)

DEEDS = ("marked_as_spam_at", "deleted_at", "anonymised_at", "merged_into_id")
"""Columns that are told as what somebody did."""

SHOWN = (*(column for field in FIELDS for column in field.columns), "custom", *DEEDS)
"""Every column whose change is told."""

HIDDEN = (
    "id", "rev", "created_by_id", "updated_at", "updated_by_id", "assigned_at", "workflow_status_changed_at",
    "support_status_changed_at", "last_idle_at", "marked_as_spam_by_id", "deleted_by_id", "anonymised_by_id",
)  # fmt: skip
"""Columns that only follow the others."""
