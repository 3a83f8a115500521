"""What facts are made of: short texts, some of which lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.urls import reverse

from customers.models import Customer

_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Value:
    """One text of a fact.

    `href` is where it leads, and `is_external` says that this is outside of the house. `note` stands behind it,
    `tone` draws a dot before it. What `is_folded` opens on request; what `is_withheld` is not in the text at all.
    """

    text: str
    href: str = ""
    is_external: bool = False
    note: str = ""
    tone: str = ""
    is_code: bool = False
    is_long: bool = False
    is_folded: bool = False
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is known under it."""

    label: str
    values: tuple[Value, ...]


def facts_of(pairs: Iterable[tuple[str, Iterable[Value] | Value | None]]) -> Iterator[Fact]:
    """The pairs of which something is known."""
    for label, given in pairs:
        values = (given,) if isinstance(given, Value) else tuple(given or ())
        if values:
            yield Fact(label, values)


def text(value: str | None, *, is_code: bool = False) -> Value | None:
    """A text, if there is one."""
    return Value(value, is_code=is_code) if value else None


def web(url: str, words: str = "") -> Value:
    """A page outside of the house; what is no web address is shown and leads nowhere."""
    is_web = url.casefold().startswith(_WEB)
    return Value(words or url, href=url if is_web else "", is_external=is_web)


def mail(address: str) -> str:
    """The address that writes an email."""
    return f"mailto:{quote(address, safe='@')}"


def phone(number: str) -> str:
    """The address that dials."""
    return f"tel:{number}"


def page_of(customer: Customer) -> str:
    """The page of a customer."""
    return reverse("customers:detail", args=[customer.pk])


def listed_by(name: str, value: str) -> str:
    """The list of customers under one filter."""
    return f"{reverse('customers:list')}?{urlencode({name: value})}"
