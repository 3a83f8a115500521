"""A customer as plain data, and what a change makes of it.

A *state* is a dict in the shape of the normalised input with every key present: scalars without a value are None,
ids are text, lists are lists of whole items. Forms, history, export, conflict pages and rules all compare states;
only `rows` knows columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from customers import normalise
from customers.choices import SupportStatus
from customers.normalise import LIST_OF_KIND

type State = dict[str, Any]
type Changes = Mapping[str, Any]

TEXTS = (
    "name", "short_name", "given_name", "family_name", "username", "managed_by", "slack_channel_id",
    "logo_url", "avatar_url", "language", "locale", "time_zone", "gender",
)  # fmt: skip
REFERENCES = ("company_id", "owner_id", "assignee_id", "status_id", "tier_id")
NUMBERS = ("revenue", "size")
INSTANTS = ("signed_up_at", "last_seen_at", "last_activity_at", "last_customer_activity_at", "imported_at")
LATEST = ("last_seen_at", "last_activity_at", "last_customer_activity_at")
LISTS = (
    "emails", "shared_emails", "phones", "shared_phones", "external_ids", "shared_external_ids",
    "socials", "shared_socials", "facebook_ids", "domains", "urls", "locations", "tags",
)  # fmt: skip
_SCALARS = (*TEXTS, *REFERENCES, *NUMBERS, *INSTANTS, "birthday", "sentiment")
_VALUE_KEY = {"email": "email", "phone": "phone", "external_id": "external_id", "social": "username"}


def blank() -> State:
    """The state before a customer exists."""
    return {
        "kind": None,
        **dict.fromkeys(_SCALARS),
        "created_at": None,
        **{name: [] for name in LISTS},
        "external_id": None,
        "custom": {},
        "support_status": SupportStatus.IDLE.value,
        "snoozed_until": None,
        "status_changed_at": None,
        "support_status_changed_at": None,
        "last_idle_at": None,
        "assigned_at": None,
    }


def advance(
    stored: State | None, changes: Changes, *, now: datetime, first_status_id: str = "", may_turn_back: bool = True
) -> State:
    """What the customer is after normalised, accepted changes (customers.md 4.2); `stored` is None on create.

    `first_status_id` is the workflow status that a new customer gets when the input names none. `may_turn_back` is
    whether what happened last may be set to an earlier time.
    """
    asked = normalise.completed(changes, stored)
    before = stored or blank()
    state = {**before}
    for key in (*_SCALARS, "kind"):
        if key in asked:
            state[key] = None if asked[key] == "" else asked[key]
    for key in () if may_turn_back else LATEST:
        if state[key] and before[key]:
            state[key] = max(state[key], before[key])
    for key in LISTS:
        if key in asked:
            state[key] = list(asked[key] or ())  # type: ignore[call-overload]
    _set_main_external_id(state, before, asked)
    if asked.get("custom"):
        merged = {**before["custom"], **asked["custom"]}  # type: ignore[dict-item]
        state["custom"] = {key: value for key, value in merged.items() if value is not None}
    if stored is None:
        now = state["created_at"] = asked.get("created_at") or now  # type: ignore[assignment]
        state["status_id"] = state["status_id"] or first_status_id
    _handle(state, before, asked, now=now)
    return state


def changed_keys(before: State, after: State) -> tuple[str, ...]:
    """The keys whose values differ, in the order of the state."""
    return tuple(key for key in after if after[key] != before[key])


def search_terms(state: State, customer_id: object) -> Iterator[str]:
    """Everything a customer is found by: names, addresses, numbers, domains and ids."""
    for key in ("name", "short_name", "given_name", "family_name", "username", "slack_channel_id"):
        if state[key]:
            yield state[key]
    for kind, value_key in _VALUE_KEY.items():
        for key in LIST_OF_KIND[kind]:
            yield from (item[value_key] for item in state[key])
    for domain in state["domains"]:
        forms = normalise.domain(domain)
        yield from dict.fromkeys((domain, forms.unicode if forms else domain))
    yield str(customer_id)


def _set_main_external_id(state: State, before: State, asked: Mapping[str, object]) -> None:
    """4.2: a value is added and becomes main; null drops the main id and the next by position takes its place."""
    main = asked.get("external_id", before["external_id"])
    if "external_id" in asked and not main:
        dropped = before["external_id"]
        state["external_ids"] = [item for item in state["external_ids"] if item["external_id"] != dropped]
    ids = [item["external_id"] for item in state["external_ids"]]
    if "external_id" in asked and main and main not in ids:
        state["external_ids"] = [*state["external_ids"], {"external_id": main, "verified": False}]
    elif main not in ids:
        main = ids[0] if ids else None
    state["external_id"] = main


def _handle(state: State, before: State, asked: Mapping[str, object], *, now: datetime) -> None:
    """Section 5: statuses and assignment carry the time they changed; assigning somebody asks for attention."""
    if state["status_id"] != before["status_id"]:
        state["status_changed_at"] = now
    if state["assignee_id"] != before["assignee_id"]:
        state["assigned_at"] = now if state["assignee_id"] else None
        if state["assignee_id"]:
            state["support_status"] = SupportStatus.ACTIVE.value
    if asked.get("support_status"):
        state["support_status"] = asked["support_status"]
    snoozed = state["support_status"] == SupportStatus.SNOOZED
    state["snoozed_until"] = asked.get("snoozed_until", before["snoozed_until"]) if snoozed else None
    if state["support_status"] != before["support_status"] or before["support_status_changed_at"] is None:
        state["support_status_changed_at"] = now
        if SupportStatus.IDLE in (state["support_status"], before["support_status"]):
            state["last_idle_at"] = now
