"""C35 to C39: language, time zone, birthday, gender and mood."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from string import ascii_lowercase

from langcodes.registry_parser import parse_registry
from langcodes.tag_parser import LanguageTagError, parse_tag

from core.problems import Problem
from customers.choices import Gender
from customers.rules.attempt import Attempt
from customers.rules.places import is_number
from customers.rules.problems import problem

EARLIEST_BIRTHDAY = date(1900, 1, 1)

# What the column holds; the longest tag anybody uses has 35 characters.
_LONGEST_TAG = 255


def language_unknown(attempt: Attempt) -> Iterator[Problem]:
    """C35: a language is a well-formed BCP 47 tag whose first part IANA has registered."""
    for key in ("language", "locale"):
        value = attempt.changes.get(key)
        if value is not None and not (isinstance(value, str) and is_language(value)):
            yield problem("C35", (key,), "Use a language tag, for example en, nb-NO or zh-Hant-TW.")


def is_language(tag: str) -> bool:
    """Whether a tag is well-formed and its primary language, or the tag as a whole, is in the IANA registry."""
    if len(tag) > _LONGEST_TAG:
        return False
    try:
        parse_tag(tag)
    except LanguageTagError:
        return False
    registered = _registered_languages()
    return tag.lower() in registered or tag.lower().split("-")[0] in registered


@cache
def _registered_languages() -> frozenset[str]:
    """Read the primary languages and the grandfathered tags of the registry, once and only when needed."""
    tags = {
        str(entry.get("Subtag") or entry.get("Tag")).lower()
        for entry in parse_registry()
        if entry["Type"] in ("language", "grandfathered")
    }
    # The registry writes the codes for private use as one range.
    private = {f"q{second}{third}" for second in ascii_lowercase[:20] for third in ascii_lowercase}
    return frozenset(tags | private)


def time_zone_unknown(attempt: Attempt) -> Iterator[Problem]:
    """C36: a time zone has its IANA name, by the release of tzdata that is installed with the product."""
    zone = attempt.changes.get("time_zone")
    if zone is not None and not (isinstance(zone, str) and zone in time_zones()):
        yield problem("C36", ("time_zone",), "Use the name of a time zone, for example Europe/Oslo.")


@cache
def time_zones() -> frozenset[str]:
    """Name the time zones; not those of the machine, which differ from server to server."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def birthday_impossible(attempt: Attempt) -> Iterator[Problem]:
    """C37: a birthday is a date from 1900 up to today."""
    birthday = attempt.changes.get("birthday")
    if birthday is None:
        return
    if isinstance(birthday, datetime) or not isinstance(birthday, date):
        yield problem("C37", ("birthday",), "Write the birthday as year-month-day, for example 1984-05-17.")
    elif not EARLIEST_BIRTHDAY <= birthday <= attempt.now.date():
        yield problem("C37", ("birthday",), "Check the year: a birthday lies between 1900-01-01 and today.")


def gender_unknown(attempt: Attempt) -> Iterator[Problem]:
    """C38: gender is m, f or not given."""
    gender = attempt.changes.get("gender")
    if gender is not None and not (isinstance(gender, str) and gender in Gender.values):
        yield problem("C38", ("gender",), "Use m or f, or leave it empty.")


def sentiment_out_of_range(attempt: Attempt) -> Iterator[Problem]:
    """C39: sentiment is a polarity of -1, 0 or 1 together with a confidence from 0 to 1."""
    sentiment = attempt.changes.get("sentiment")
    if sentiment is None:
        return
    if not isinstance(sentiment, Mapping):
        yield problem("C39", ("sentiment",), "Give sentiment as an object with polarity and confidence.")
        return
    polarity, confidence = sentiment.get("polarity"), sentiment.get("confidence")
    if not isinstance(polarity, int) or isinstance(polarity, bool) or polarity not in (-1, 0, 1):
        yield problem("C39", ("sentiment", "polarity"), "Use -1, 0 or 1 as polarity.")
    if not is_number(confidence) or not 0 <= confidence <= 1:  # type: ignore[operator]
        yield problem("C39", ("sentiment", "confidence"), "Use a confidence from 0 to 1, for example 0.8.")


RULES = (language_unknown, time_zone_unknown, birthday_impossible, gender_unknown, sentiment_out_of_range)
