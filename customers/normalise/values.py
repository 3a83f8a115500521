"""The one spelling of single values: texts, numbers people dial, tags of language, colours, instants."""

import math
import re
import unicodedata
import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal

# str.strip() leaves what is invisible without being a space, and pasted text brings it along.
_EDGES = re.compile(r"^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$")
_PHONE_SEPARATORS = re.compile(r"[\s\-.()]+")
_SHORT_COLOR = re.compile(r"#[0-9a-fA-F]{3}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")

# Beyond this a decimal such as 1E+1000000 would take all memory as an int.
_MOST_DIGITS = 18

DEFAULT_PAGE_SIZE = 50
LARGEST_PAGE_SIZE = 1000


def text(value: str) -> str:
    """N1: compose characters (NFC) and trim what cannot be seen at both ends."""
    return _EDGES.sub("", unicodedata.normalize("NFC", value))


def name(value: str) -> str:
    """N1: a name is a text with single spaces inside."""
    return " ".join(text(value).split())


def phone(value: str) -> str:
    """N3: take out spaces, hyphens, dots and brackets. No country is guessed, and 00 stays 00."""
    return text(_PHONE_SEPARATORS.sub("", value))


def language(value: str) -> str:
    """N6: hyphens and the case of RFC 5646 (`zh_hant_tw` is `zh-Hant-TW`); a deprecated tag stays itself."""
    first, *rest = text(value).replace("_", "-").split("-")
    subtags = [first.lower()]
    after_singleton = len(first) == 1
    for subtag in rest:
        if after_singleton or len(subtag) not in (2, 4):
            subtags.append(subtag.lower())
        else:
            subtags.append(subtag.upper() if len(subtag) == 2 else subtag.capitalize())
        after_singleton = after_singleton or len(subtag) == 1
    return "-".join(subtags)


def country(value: str) -> str:
    """N7: country codes are upper-case."""
    return text(value).upper()


def color(value: str) -> str:
    """N8: `#RGB` is short for `#rrggbb`."""
    typed = text(value)
    if _SHORT_COLOR.fullmatch(typed):
        typed = "#" + "".join(digit * 2 for digit in typed[1:])
    return typed.lower()


def instant(value: object) -> object:
    """N9: a datetime, a date or ISO text as an instant in UTC; without a zone it is UTC. The rest stays as it is."""
    read = _read_iso(value) if isinstance(value, str) else value
    if isinstance(read, date) and not isinstance(read, datetime):
        read = datetime.combine(read, time())
    if not isinstance(read, datetime):
        return value
    try:
        return read.replace(tzinfo=UTC) if read.utcoffset() is None else read.astimezone(UTC)
    except OverflowError:  # The first or last hours of the calendar, in a zone that leaves it.
        return value


def birthday(value: object) -> object:
    """Read a date from a date, from ISO text or from a midnight (other products send one); the rest stays."""
    read = _read_iso(value) if isinstance(value, str) else value
    return read.date() if isinstance(read, datetime) and read.time() == time() else value


def _read_iso(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text(value))
    except ValueError:
        return None


def record_id(value: object) -> object:
    """Give the id of a record as lower-case text, whether it came as UUID or as text in any case."""
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, str):
        typed = text(value)
        return typed.lower() if _UUID.fullmatch(typed) else typed
    return value


def is_record_id(value: object) -> bool:
    """Whether a value is a UUID, or its text of 36 characters in any case."""
    return isinstance(value, uuid.UUID) or (isinstance(value, str) and _UUID.fullmatch(value) is not None)


def exact(value: object) -> object:
    """Give a float as the decimal it was written as, so that it equals what a numeric column gives back."""
    return Decimal(repr(value)) if isinstance(value, float) and math.isfinite(value) else value


def json_number(value: object) -> object:
    """Give a decimal as JSON keeps numbers: whole ones as int, others as float; too large ones become infinite."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return value
    is_whole = value.adjusted() < _MOST_DIGITS and value == value.to_integral_value()
    return int(value) if is_whole else float(value)


def page_size(value: object) -> object:
    """N10: absent is 50, more than 1,000 is 1,000, digits are a number; what C48 must refuse stays as it is."""
    if value is None or value == "":
        return DEFAULT_PAGE_SIZE
    if isinstance(value, str):
        typed = text(value)
        if _WHOLE_NUMBER.fullmatch(typed):
            value = int(typed)
        elif typed.isascii() and typed.isdigit():
            value = LARGEST_PAGE_SIZE
    if isinstance(value, int) and not isinstance(value, bool):
        return min(value, LARGEST_PAGE_SIZE)
    return value
