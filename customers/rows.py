"""Between a customer's state and its rows: the one place that knows which column holds what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from core.text import fold
from customers import normalise
from customers.choices import IdentifierKind
from customers.models import Customer, CustomerFlag, CustomerTag, Domain, Identifier, Location, Url
from customers.normalise import LIST_OF_KIND
from customers.state import INSTANTS, NUMBERS, TEXTS, State, blank, search_terms

NULL_WHEN_EMPTY = frozenset({"slack_channel_id", "gender"})
"""Texts whose column is NULL rather than '' when empty."""

LOCATION_KEYS = (
    "type", "name", "address", "address2", "address3", "latitude", "longitude", "country_code", "country_name",
    "region_code", "region_name", "city_name", "zip_code", "area_code",
)  # fmt: skip

_SAME_NAME = (
    "kind", *NUMBERS, *INSTANTS, "birthday", "custom", "support_status", "snoozed_until",
    "support_status_changed_at", "last_idle_at", "assigned_at", "created_at",
)  # fmt: skip
_REFERENCE_COLUMNS = {
    "company_id": "company_id",
    "owner_id": "owner_id",
    "assignee_id": "assignee_id",
    "tier_id": "tier_id",
    "status_id": "workflow_status_id",
}
_VALUE_KEY = {"email": "email", "phone": "phone", "external_id": "external_id", "social": "username"}


def columns(state: State) -> dict[str, Any]:
    """The values of the customer's own row, by attribute name."""
    sentiment = state["sentiment"] or {}
    return {
        **{key: state[key] if key in NULL_WHEN_EMPTY else state[key] or "" for key in TEXTS},
        **{key: state[key] for key in _SAME_NAME},
        **{column: state[key] and UUID(state[key]) for key, column in _REFERENCE_COLUMNS.items()},
        "folded_name": fold(state["name"])[:255],
        "workflow_status_changed_at": state["status_changed_at"],
        "sentiment_polarity": sentiment.get("polarity"),
        "sentiment_confidence": sentiment.get("confidence"),
    }


def document(state: State, customer_id: object) -> str:
    """The search document: each term folded and after a space, so that a word prefix can be asked for."""
    terms = dict.fromkeys(fold(term) for term in search_terms(state, customer_id))
    return "".join(f" {term}" for term in terms if term)


def identifiers(state: State) -> list[dict[str, Any]]:
    """The identifier rows a state asks for, without their customer."""
    return [
        {"kind": kind, "shared": shared, "position": position, **_identifier(kind, item)}
        for kind, lists in LIST_OF_KIND.items()
        for shared, key in enumerate(lists)
        for position, item in enumerate(state[key])
    ]


def _identifier(kind: str, item: Mapping[str, Any]) -> dict[str, Any]:
    key = normalise.contact_key(kind, item)
    row: dict[str, Any] = {"value_norm": key, "verified": item.get("verified", False), "type": item.get("type", "")}
    if kind == IdentifierKind.FACEBOOK_ID:
        return row | {"value": key} | {name: item[name] for name in ("page_id", "user_id", "name")}
    row["value"] = item[_VALUE_KEY[kind]]
    if kind == IdentifierKind.SOCIAL:
        row |= {"type_key": item["type"], "value_norm": key.partition(":")[2]}
        row |= {"userid": item["userid"], "url": item["url"]}
    return row


def domains(state: State) -> list[dict[str, Any]]:
    """The domain rows a state asks for, without their customer."""
    forms = [normalise.domain(domain) for domain in state["domains"]]
    return [
        {"domain_ascii": form.ascii, "domain_unicode": form.unicode, "position": position}
        for position, form in enumerate(filter(None, forms))
    ]


def urls(state: State) -> list[dict[str, Any]]:
    """The URL rows a state asks for, without their customer."""
    return [{**item, "position": position} for position, item in enumerate(state["urls"])]


def locations(state: State) -> list[dict[str, Any]]:
    """The location rows a state asks for, without their customer."""
    return [
        {**{key: item[key] for key in LOCATION_KEYS}, "position": position}
        for position, item in enumerate(state["locations"])
    ]


def state_of(customer: Customer) -> State:
    """The state of one customer."""
    return states_of([customer])[customer.pk]


def states_of(customers: Collection[Customer]) -> dict[UUID, State]:
    """The states of these customers, read with one query for each kind of child row."""
    states = {customer.pk: blank() | own_state(customer) for customer in customers}
    mains = {customer.main_external_id for customer in customers}
    of_these = {"customer__in": list(states)}
    for row in Identifier.objects.filter(**of_these).order_by("shared", "position", "id"):
        state = states[row.customer_id]
        state[LIST_OF_KIND[row.kind][row.shared]].append(_item(row))
        if row.pk in mains:
            state["external_id"] = row.value
    for domain in Domain.objects.filter(**of_these).order_by("position", "id"):
        states[domain.customer_id]["domains"].append(domain.domain_ascii)
    for url in Url.objects.filter(**of_these).order_by("position", "id"):
        states[url.customer_id]["urls"].append({"type": url.type, "url": url.url})
    for place in Location.objects.filter(**of_these).order_by("position", "id"):
        states[place.customer_id]["locations"].append({key: getattr(place, key) for key in LOCATION_KEYS})
    for link in CustomerTag.objects.filter(**of_these).order_by("position", "id").select_related("tag"):
        states[link.customer_id]["tags"].append(link.tag.name)
    return states


def own_state(customer: Customer) -> State:
    """What the customer's own row says: its state without the lists."""
    references = {key: getattr(customer, column) for key, column in _REFERENCE_COLUMNS.items()}
    return {
        **{key: getattr(customer, key) or None for key in TEXTS},
        **{key: getattr(customer, key) for key in _SAME_NAME},
        **{key: pk and str(pk) for key, pk in references.items()},
        "status_changed_at": customer.workflow_status_changed_at,
        "custom": dict(customer.custom),
        "sentiment": _sentiment(customer),
    }


def _sentiment(customer: Customer) -> State | None:
    if customer.sentiment_polarity is None:
        return None
    return {"polarity": customer.sentiment_polarity, "confidence": customer.sentiment_confidence}


def _item(row: Identifier) -> dict[str, Any]:
    if row.kind == IdentifierKind.FACEBOOK_ID:
        return {"page_id": row.page_id, "user_id": row.user_id, "name": row.name}
    item: dict[str, Any] = {_VALUE_KEY[row.kind]: row.value, "verified": row.verified}
    if row.kind != IdentifierKind.EXTERNAL_ID:
        item["type"] = row.type
    if row.kind == IdentifierKind.SOCIAL:
        item |= {"userid": row.userid, "url": row.url}
    return item


def flags_of(customer_id: UUID) -> list[str]:
    """The keys of the flags set on a customer, in order."""
    links = CustomerFlag.objects.filter(customer=customer_id).order_by("flag__key")
    return list(links.values_list("flag__key", flat=True))
