"""C11, C43, C53, C65, C67: tags, instants, and who has to do something now."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.problems import Problem
from customers.choices import SupportStatus
from customers.rules.attempt import Attempt, is_blank, listed
from customers.rules.fields import INSTANTS
from customers.rules.problems import problem

LONGEST_TAG = 60
CLOCK_TOLERANCE = timedelta(minutes=5)

_INSTANT_ADVICE = "Write the time as 2026-11-19T09:41:00Z."


def tag_empty_or_too_long(attempt: Attempt) -> Iterator[Problem]:
    """C43: a tag has 1 to 60 characters."""
    for index, tag in enumerate(listed(attempt.changes, "tags")):
        if not isinstance(tag, str) or is_blank(tag) or len(tag) > LONGEST_TAG:
            yield problem("C43", ("tags", index), f"Write a tag of 1 to {LONGEST_TAG} characters, for example renewal.")


def instant_unreadable(attempt: Attempt) -> Iterator[Problem]:
    """C11: an instant is a time, as ISO 8601 writes it."""
    for key in (*INSTANTS, "snoozed_until"):
        if not isinstance(attempt.changes.get(key), datetime | None) or _has_no_zone(attempt.changes.get(key)):
            yield problem("C11", (key,), _INSTANT_ADVICE)


def _has_no_zone(value: object) -> bool:
    return isinstance(value, datetime) and value.utcoffset() is None


def instant_in_the_future(attempt: Attempt) -> Iterator[Problem]:
    """C53: what has happened lies in the past; clocks may differ by five minutes."""
    for key in INSTANTS:
        value = attempt.changes.get(key)
        if isinstance(value, datetime) and not _has_no_zone(value) and value > attempt.now + CLOCK_TOLERANCE:
            yield problem("C53", (key,), "Use a time that has passed: this one lies in the future.")


def support_status_unknown(attempt: Attempt) -> Iterator[Problem]:
    """C67: a customer is active, idle or snoozed."""
    if "support_status" in attempt.changes and attempt.changes["support_status"] not in SupportStatus.values:
        yield problem("C67", ("support_status",), f"Choose one of these: {', '.join(SupportStatus.values)}.")


def snooze_ends_in_the_past(attempt: Attempt) -> Iterator[Problem]:
    """C65: a snooze ends in the future, and only a snoozed customer has an end of it."""
    until = attempt.changes.get("snoozed_until")
    if not attempt.renews("snoozed_until") or not isinstance(until, datetime) or _has_no_zone(until):
        return
    if until <= attempt.now:
        yield problem("C65", ("snoozed_until",), "Choose a time in the future to be reminded at.")
    elif attempt.after("support_status") != SupportStatus.SNOOZED:
        yield problem("C65", ("snoozed_until",), "Set the support status to SNOOZED as well, or leave this time out.")


RULES = (
    tag_empty_or_too_long,
    instant_unreadable,
    instant_in_the_future,
    support_status_unknown,
    snooze_ends_in_the_past,
)
