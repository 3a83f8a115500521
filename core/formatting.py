"""How numbers, money, dates and names are written; one place for pages, exports of screens and messages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import phonenumbers
from babel.numbers import get_currency_precision, get_currency_symbol
from django.utils import timezone

MINUS = "\u2212"
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: int | Decimal) -> str:
    """A number with thousands separators and a real minus sign: `1,920,000`."""
    return f"{value:,}" if value >= 0 else f"{MINUS}{-value:,}"


def money(amount: int | Decimal, currency: str = "USD", *, cents: bool = True) -> str:
    """An amount in major units, symbol first: `$70,000.00`; never rounded, unless `cents` is off (`$960,000`)."""
    symbol, decimals = _currency(currency)
    exact = Decimal(amount)
    shown = exact.quantize(Decimal(1), ROUND_HALF_UP) if not cents else exact
    places = max(decimals, -_exponent(shown)) if cents else 0
    sign = MINUS if shown < 0 else ""
    return f"{sign}{symbol}{abs(shown):,.{places}f}"


def percent(share: float | Decimal) -> str:
    """A share of one in whole percent: `87%`; `<1%` for what is more than nothing and less than one percent."""
    if 0 < share < Decimal("0.01"):
        return "<1%"
    return f"{number(int((Decimal(share) * 100).quantize(Decimal(1), ROUND_HALF_UP)))}%"


def day(value: date) -> str:
    """A date: `31 Dec 2026`; of a moment, the date it has for the viewer."""
    local = _local(value) if isinstance(value, datetime) else value
    return f"{local.day} {_MONTHS[local.month]} {local.year}"


def moment(value: datetime) -> str:
    """A date and time for the viewer: `19 Nov 2026, 09:41`."""
    local = _local(value)
    return f"{day(local)}, {local:%H:%M}"


def moment_utc(value: datetime) -> str:
    """The full value behind a short one: `19 Nov 2026, 09:41 UTC`."""
    utc = value.astimezone(UTC)
    return f"{utc.day} {_MONTHS[utc.month]} {utc.year}, {utc:%H:%M} UTC"


def ago(value: datetime, now: datetime | None = None) -> str:
    """How long ago, up to a day (`2 h ago`), then `Yesterday`, then the date, without the year if it is this one."""
    now = now or timezone.now()
    seconds = (now - value).total_seconds()
    if -60 < seconds < 60:
        return "Just now"
    if 0 < seconds < 3600:
        return f"{int(seconds // 60)} min ago"
    if 0 < seconds < 86400:
        return f"{int(seconds // 3600)} h ago"
    local, today = _local(value), _local(now)
    if local.date() == today.date() - timedelta(days=1):
        return "Yesterday"
    return f"{local.day} {_MONTHS[local.month]}" if local.year == today.year else day(local)


def ago_within(value: datetime, now: datetime | None = None) -> str:
    """How long ago, within a sentence: `just now`, `2 h ago`, `yesterday`, `on 19 Nov`."""
    text = ago(value, now)
    if text in ("Just now", "Yesterday"):
        return text.lower()
    return text if text.endswith("ago") else f"on {text}"


@lru_cache(maxsize=4096)
def phone(number: str) -> str:
    """A phone number (E.164) in the groups of its country: `+47 22 86 44 00`; as it is where none are known."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    grouped = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    # What is read aloud must be what is dialled, and some plans know a digit more or less.
    return grouped if "+" + "".join(filter(str.isdecimal, grouped)) == number else number


def initials(name: str) -> str:
    """The first letters of the first and the last word: `PR`; `?` when there is no letter or digit."""
    letters = [letter for word in name.split() if (letter := _first_letter(word))]
    return letters[0] + letters[-1] if len(letters) > 1 else "".join(letters) or "?"


def _first_letter(word: str) -> str:
    return next((character.upper()[0] for character in word if character.isalnum()), "")


def _local(value: datetime) -> datetime:
    try:
        return value.astimezone(timezone.get_current_timezone())
    except OverflowError:  # The first or last hours of the calendar, in a zone that leaves it.
        return value.astimezone(UTC)


def _exponent(value: Decimal) -> int:
    """The exponent without trailing zeros: -2 for `1.50`, because cents are shown anyway, and -3 for `1.125`."""
    exponent = value.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("An amount is a number, never NaN or infinite.")
    return exponent


@lru_cache(maxsize=256)
def _currency(code: str) -> tuple[str, int]:
    """Symbol and decimals of a currency; a code that is none (a custom unit) is written out before the amount."""
    symbol = get_currency_symbol(code, locale="en")
    return (symbol if symbol != code else f"{code} ", get_currency_precision(code))
