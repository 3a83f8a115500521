"""The facts beside a customer: everything of its own row that is known, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from django.utils import timezone

from core import formatting
from customers.choices import IdentifierKind, SupportStatus
from customers.models import Customer, Identifier
from customers.presenting.values import Fact, Value, facts_of, page_of, text, web

_MOODS = {-1: ("Negative", "tone-red"), 0: ("Neutral", "tone-gray"), 1: ("Positive", "tone-green")}
_SUPPORT_TONES = {SupportStatus.ACTIVE: "tone-blue", SupportStatus.SNOOZED: "tone-amber"}


def details(customer: Customer, identifiers: Iterable[Identifier]) -> list[Fact]:
    """What people look for first: how it is known, where it speaks from, and how it stands."""
    return list(
        facts_of(
            [
                ("External ID", _external_ids(customer, identifiers)),
                (
                    "Domains",
                    [web(f"https://{each.domain_ascii}", each.domain_unicode) for each in customer.domains.all()],
                ),
                ("Company", Value(customer.company.name, page_of(customer.company)) if customer.company else None),
                ("Slack", text(customer.slack_channel_id, is_code=True)),
                ("Support", _support(customer)),
                ("Assigned", _assignee(customer)),
                ("Sentiment", _sentiment(customer.sentiment_polarity, customer.sentiment_confidence)),
                ("Language", _named_tag(customer.language)),
                ("Locale", _named_tag(customer.locale)),
                ("Time zone", _zone(customer.time_zone)),
                ("Last idle", _moment(customer.last_idle_at)),
                ("Signed up", _moment(customer.signed_up_at)),
                ("Last seen", _moment(customer.last_seen_at)),
            ]
        )
    )


def record(customer: Customer) -> list[Fact]:
    """Who this is in other words, and where the record comes from."""
    created, updated = (
        Value(formatting.moment(at), note=f"by {by.label}")
        for at, by in ((customer.created_at, customer.created_by), (customer.updated_at, customer.updated_by))
    )
    return list(
        facts_of(
            [
                ("Kind", Value(customer.get_kind_display())),
                ("Short name", text(customer.short_name)),
                ("Given name", text(customer.given_name)),
                ("Family name", text(customer.family_name)),
                ("User name", text(customer.username)),
                ("Birthday", Value(formatting.day(customer.birthday)) if customer.birthday else None),
                ("Gender", text(customer.get_gender_display() if customer.gender else None)),
                ("Managed by", text(customer.managed_by)),
                ("Created", created),
                ("Imported", _moment(customer.imported_at)),
                ("Updated", updated),
                ("ID", Value(str(customer.pk), is_code=True)),
                ("Short ID", Value(customer.slug, is_code=True)),
            ]
        )
    )


def links(customer: Customer) -> list[Fact]:
    """Pages and pictures elsewhere; nothing of them is loaded."""
    pages = [Fact(url.get_type_display(), (web(url.url),)) for url in customer.urls.all()]
    pictures = (("Logo", customer.logo_url), ("Picture", customer.avatar_url))
    return pages + [Fact(label, (web(address),)) for label, address in pictures if address]


def _external_ids(customer: Customer, identifiers: Iterable[Identifier]) -> Iterator[Value]:
    """The main one first; a shared one says so."""
    mine = [row for row in identifiers if row.kind == IdentifierKind.EXTERNAL_ID]
    for row in sorted(mine, key=lambda row: (row.pk != customer.main_external_id, row.shared, row.position)):
        yield Value(row.value, is_code=True, note="shared" if row.shared else "")


def _support(customer: Customer) -> Iterator[Value]:
    since = f"since {formatting.day(customer.support_status_changed_at)}"
    tone = _SUPPORT_TONES.get(SupportStatus(customer.support_status), "tone-gray")
    yield Value(customer.get_support_status_display(), tone=tone, note=since)
    if customer.snoozed_until:
        yield Value(f"Until {formatting.moment(customer.snoozed_until)}")


def _assignee(customer: Customer) -> Value | None:
    if customer.assignee is None:
        return None
    since = customer.assigned_at
    return Value(str(customer.assignee), note=f"since {formatting.day(since)}" if since else "")


def _sentiment(polarity: int | None, confidence: Decimal | None) -> Value | None:
    if polarity is None or confidence is None:
        return None
    word, tone = _MOODS[polarity]
    return Value(f"{word}, {formatting.percent(confidence)}", tone=tone)


def _named_tag(tag: str) -> Value | None:
    """`Norwegian Bokmål (nb)`; a tag that nobody has named stands alone."""
    if not tag:
        return None
    try:
        name = Locale.parse(tag, sep="-").get_display_name("en")
    except (UnknownLocaleError, ValueError):
        name = None
    return Value(name, note=f"({tag})") if name else Value(tag)


def _zone(name: str) -> Value | None:
    """`Europe/Oslo, 17:04 now`: whether one can call."""
    if not name:
        return None
    try:
        local = timezone.now().astimezone(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Value(name)
    return Value(f"{name}, {local:%H:%M} now")


def _moment(value: datetime | None) -> Value | None:
    return Value(formatting.moment(value)) if value else None
