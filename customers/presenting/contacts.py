"""How a customer is reached: its emails, phones and profiles, and the people who belong to an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from core import formatting
from customers.choices import IdentifierKind, SocialType
from customers.models import Customer, Identifier
from customers.presenting.values import Value, mail, phone, web

_REACHED_BY = {IdentifierKind.EMAIL: "mail", IdentifierKind.PHONE: "phone"}


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a customer; `is_verified` is None where nobody asks."""

    value: Value
    kind: str
    icon: str
    is_primary: bool = False
    is_shared: bool = False
    is_verified: bool | None = None


def contacts(identifiers: Iterable[Identifier]) -> Iterator[Contact]:
    """Emails, phones and profiles in this order; the first email that is the customer's alone is the primary one."""
    by_kind: dict[str, list[Identifier]] = {kind: [] for kind in IdentifierKind.values}
    for identifier in sorted(identifiers, key=lambda row: (row.shared, row.position)):
        by_kind[identifier.kind].append(identifier)
    for number, row in enumerate(by_kind[IdentifierKind.EMAIL]):
        value = Value(row.value, mail(row.value))
        yield _contact(row, value, f"{_of_type(row)} email", is_primary=not number and not row.shared)
    for row in by_kind[IdentifierKind.PHONE]:
        value = Value(formatting.phone(row.value_norm), phone(row.value_norm))
        yield _contact(row, value, f"{_of_type(row)} phone")
    for row in by_kind[IdentifierKind.SOCIAL]:
        value = web(row.url, row.value) if row.url else Value(row.value)
        yield Contact(value, _network(row), "at-sign", is_shared=row.shared, is_verified=row.verified)
    for row in by_kind[IdentifierKind.FACEBOOK_ID]:
        yield Contact(Value(row.name or row.user_id), f"Facebook page {row.page_id}", "at-sign")


def people_of(company: Customer) -> QuerySet[Customer]:
    """The listed people of an organisation by name; `reached_by` is the first email or else phone of each."""
    own = Identifier.objects.filter(customer=OuterRef("pk"), kind__in=list(_REACHED_BY))
    first = own.order_by("kind", "shared", "position", "id").values(
        found=JSONObject(kind="kind", value="value", verified="verified")
    )
    people = Customer.objects.listed().filter(company=company).order_by("folded_name", "id")
    return people.annotate(reached_by=Subquery(first[:1])).only("name", "folded_name", "kind")


def _contact(row: Identifier, value: Value, kind: str, *, is_primary: bool = False) -> Contact:
    icon = _REACHED_BY[IdentifierKind(row.kind)]
    return Contact(value, kind, icon, is_primary, is_shared=row.shared, is_verified=row.verified)


def _of_type(row: Identifier) -> str:
    return row.type.capitalize() or "Other"


def _network(row: Identifier) -> str:
    return str(dict(SocialType.choices).get(row.type, row.type))
