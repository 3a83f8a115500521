"""C30, C33, C34: links and places."""

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import urlsplit

from core.problems import Path, Problem
from customers.countries import COUNTRY_CODES
from customers.rules.attempt import Attempt
from customers.rules.problems import problem

LONGEST_URL = 2048
# PostgreSQL keeps 16,383 digits behind the point, and an exact number may be written with more: 1e-20000.
MOST_DECIMALS = 100
# Python writes integers of at most 4,300 digits as text, and so as JSON.
LARGEST_INTEGER = 10**4000

# Browsers drop tabs and line ends, and read a backslash as a slash: what is checked must be what is opened.
_NEVER_IN_URLS = re.compile(r"[\s\\\x00-\x20\x7f-\x9f]")


def url_refused(attempt: Attempt) -> Iterator[Problem]:
    """C30: a link is http or https, names a host and no user, and has at most 2,048 characters."""
    for path, value in _urls(attempt):
        if not is_web_address(value):
            yield problem(
                "C30", path, "Write a web address that starts with https://, for example https://northpass.com."
            )


def _urls(attempt: Attempt) -> Iterator[tuple[Path, object]]:
    for key in ("logo_url", "avatar_url"):
        if attempt.changes.get(key) is not None:
            yield (key,), attempt.changes[key]
    for path, item in attempt.items("urls"):
        yield (*path, "url"), item.get("url")
    for path, item in attempt.items("socials", "shared_socials"):
        if item.get("url", "") != "":
            yield (*path, "url"), item.get("url")


def is_web_address(value: object) -> bool:
    """Whether a value is a link that C30 lets through."""
    if not isinstance(value, str) or len(value) > LONGEST_URL or _NEVER_IN_URLS.search(value):
        return False
    try:
        parts = urlsplit(value)
        port_is_readable = parts.port is None or parts.port >= 0
    except ValueError:  # A broken IPv6 address, or a port that is no number.
        return False
    host = (parts.hostname or "").strip(".")
    return parts.scheme in ("http", "https") and host != "" and "@" not in parts.netloc and port_is_readable


def coordinates_off_the_map(attempt: Attempt) -> Iterator[Problem]:
    """C33: latitude is -90 to 90, longitude -180 to 180, and one does not come without the other."""
    for path, item in attempt.items("locations"):
        latitude, longitude = item.get("latitude"), item.get("longitude")
        if latitude is not None and not _is_within(latitude, 90):
            yield problem("C33", (*path, "latitude"), "Enter a latitude from -90 to 90, for example 59.91.")
        if longitude is not None and not _is_within(longitude, 180):
            yield problem("C33", (*path, "longitude"), "Enter a longitude from -180 to 180, for example 10.75.")
        if (latitude is None) != (longitude is None):
            missing = "latitude" if latitude is None else "longitude"
            yield problem("C33", (*path, missing), f"Add the {missing}: one number alone is no place.")


def _is_within(value: object, limit: int) -> bool:
    return is_number(value) and -limit <= value <= limit  # type: ignore[operator]


def is_number(value: object) -> bool:
    """Whether a value is a finite number that a column can hold; True is none."""
    if isinstance(value, bool):
        return False
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Decimal):
        return value.is_finite() and -int(value.as_tuple().exponent) <= MOST_DECIMALS
    return isinstance(value, int) and abs(value) <= LARGEST_INTEGER


def country_not_assigned(attempt: Attempt) -> Iterator[Problem]:
    """C34: a country is an assigned ISO 3166-1 alpha-2 code."""
    for path, item in attempt.items("locations"):
        code = item.get("country_code", "")
        if code != "" and code not in COUNTRY_CODES:
            message = "Use the two-letter code of the country, for example NO or GB."
            yield problem("C34", (*path, "country_code"), message)


RULES = (url_refused, coordinates_off_the_map, country_not_assigned)
