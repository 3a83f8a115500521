"""C17 to C19, C21, C28, C29: what an organisation is known by and how large it is."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from publicsuffixlist import PublicSuffixList

from core.problems import Problem
from customers import normalise
from customers.rules.attempt import Attempt, listed
from customers.rules.problems import problem

LARGEST_NUMBER = 2**63 - 1

_PUBLIC_EMAIL_DOMAINS = Path(__file__).parent.parent / "data" / "public_email_domains.txt"
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
# What the column holds; the ids of Slack have 9 to 11 characters.
_SLACK_CHANNEL = re.compile(r"[CG][A-Z0-9]{8,254}")


def domain_refused(attempt: Attempt) -> Iterator[Problem]:
    """C17, C18, C19: a domain is a host name, belongs to no email provider, and is the one that was registered.

    One domain has one of these problems at most. A domain that is stored already is not judged again: the lists of
    providers and of public suffixes change.
    """
    stored = listed(attempt.stored or {}, "domains")
    for index, typed in enumerate(listed(attempt.changes, "domains")):
        if typed in stored:
            continue
        code, message = _domain_problem(typed)
        if code:
            yield problem(code, ("domains", index), message)


def _domain_problem(typed: object) -> tuple[str, str]:
    forms = normalise.domain(typed) if isinstance(typed, str) else None
    if forms is None or not _is_host_name(forms.ascii):
        return "C17", "Write a domain such as northpass.com, without spaces and not as a number."
    if forms.ascii in public_email_domains():
        return "C18", f"Leave {forms.unicode} out: everybody can have an address there, so it says nothing about them."
    registered = _public_suffixes().privatesuffix(forms.ascii)
    if registered is None:
        return "C19", f"Add the name in front of {forms.unicode}: names of many owners end in it."
    if registered != forms.ascii:
        return "C19", f"Use the registered domain {registered} instead of its part {forms.unicode}."
    return "", ""


def _is_host_name(ascii_domain: str) -> bool:
    """Whether DNS could hold the name; its length and its labels are checked by IDNA."""
    *rest, last = ascii_domain.split(".")
    return bool(rest) and len(last) > 1 and not _NUMERIC_LABEL.fullmatch(last)


@cache
def public_email_domains() -> frozenset[str]:
    """Read the email providers whose domains say nothing about a customer; the file is there to be edited."""
    lines = _PUBLIC_EMAIL_DOMAINS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def _public_suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def slack_channel_malformed(attempt: Attempt) -> Iterator[Problem]:
    """C21: a Slack channel is given by its id, not by its name."""
    channel = attempt.changes.get("slack_channel_id")
    if channel is not None and not (isinstance(channel, str) and _SLACK_CHANNEL.fullmatch(channel)):
        message = "Use the channel ID from Slack, for example C0ACME0001, and not the channel's name."
        yield problem("C21", ("slack_channel_id",), message)


def revenue_not_whole_dollars(attempt: Attempt) -> Iterator[Problem]:
    """C28: revenue is a whole number of dollars, from 0 to what a bigint holds."""
    if not _is_amount(attempt.changes.get("revenue")):
        yield problem("C28", ("revenue",), "Enter whole dollars, for example 1920000.")


def size_not_whole_number(attempt: Attempt) -> Iterator[Problem]:
    """C29: size is a whole number of people or seats, from 0 to what a bigint holds."""
    if not _is_amount(attempt.changes.get("size")):
        yield problem("C29", ("size",), "Enter a whole number, for example 250.")


def _is_amount(value: object) -> bool:
    if value is None:
        return True
    # True is an int in Python, and 12.0 is no whole number to whoever sent it.
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_NUMBER


RULES = (domain_refused, slack_channel_malformed, revenue_not_whole_dollars, size_not_whole_number)
