"""A form as it was typed: one flat mapping from the name of an input to its text.

What a person sent, what is stored and what the form was opened with all take this shape, so that they are read by
the same inputs and can be compared and merged field by field. Rows are numbered from 0 without gaps.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.http import QueryDict

from customers import normalise
from customers.forms.fields import join_words
from customers.forms.lookups import LOOKUPS
from customers.forms.rows import ROW_KINDS, RowKind
from customers.models import Customer
from customers.rows import flags_of
from customers.state import State

type Typed = dict[str, str]

_ROW = re.compile(r"(?P<key>[a-z_]+)-(?P<index>[0-9]{1,6}|s[0-9])-(?P<name>[a-z_0-9]+)")
_SALT = "customers.forms.typed"
_WORD_LISTS = ("domains", "tags")
_SCALARS = (
    *("kind", "name", "short_name", "given_name", "family_name", "username", "slack_channel_id", "revenue", "size"),
    *("status_id", "tier_id", "support_status", "snoozed_until", "birthday", "gender", "language", "locale"),
    *("time_zone", "logo_url", "avatar_url"),
)


def part_of(name: str) -> str:
    """The field that an input belongs to, as people see fields: a list with all its rows is one."""
    head = name.partition("-")[0]
    return name if head in ("custom", "flag") else head


def overlaid(under: Typed, over: Typed, parts: Iterable[str]) -> Typed:
    """`under` with these fields taken from `over`."""
    chosen = set(parts)
    kept = {name: text for name, text in under.items() if part_of(name) not in chosen}
    return kept | {name: text for name, text in over.items() if part_of(name) in chosen}


def typed_from(post: QueryDict) -> Typed:
    """What was sent; rows that are empty or marked for removal are left out."""
    sent = post.dict()
    rows: dict[str, dict[str, dict[str, str]]] = {}
    typed: Typed = {}
    for name, text in sent.items():
        match = _ROW.fullmatch(name)
        if match and match["key"] in ROW_KINDS:
            rows.setdefault(match["key"], {}).setdefault(match["index"], {})[match["name"]] = str(text)
        else:
            typed[name] = str(text)
    for key, found in rows.items():
        typed |= _renumbered(ROW_KINDS[key], found, picked=typed.pop(f"{key}-primary", ""))
    return typed


def _renumbered(kind: RowKind, found: Mapping[str, Mapping[str, str]], *, picked: str) -> Typed:
    typed: Typed = {}
    number = 0
    for index in sorted(found, key=lambda index: (not index.isdecimal(), int(index.lstrip("s")))):
        row = found[index]
        if "remove" in row or not any(row.get(name, "").strip() for name in kind.row.texts):
            continue
        typed |= _row(kind, number, {name: row.get(name, "") for name in kind.row.base_fields if name in row})
        if index == picked:
            typed[f"{kind.key}-primary"] = str(number)
        number += 1
    return typed


def _row(kind: RowKind, number: int, texts: Mapping[str, str]) -> Typed:
    # The first text is always there: it is what shows that there is a row.
    return {f"{kind.key}-{number}-{name}": text for name, text in {kind.row.texts[0]: "", **texts}.items()}


def blank_row(typed: Typed, kind: RowKind) -> Typed:
    """One more empty row at the end."""
    number = 0
    while f"{kind.key}-{number}-{kind.row.texts[0]}" in typed:
        number += 1
    return typed | _row(kind, number, {})


def typed_of(customer: Customer, state: State) -> Typed:
    """What one would type to get this customer as it is stored."""
    typed = {name: _text(state[name]) for name in _SCALARS}
    typed |= {name: join_words(_shown(name, state[name])) for name in _WORD_LISTS}
    for kind in ROW_KINDS.values():
        typed |= _rows(kind, state)
    for name, lookup in LOOKUPS.items():
        typed |= lookup.typed(name, getattr(customer, name.removesuffix("_id")))
    sentiment = state["sentiment"] or {}
    typed |= {f"sentiment-{part}": _text(sentiment.get(part)) for part in ("polarity", "confidence")}
    typed |= {f"custom-{key}": custom_text(key, value) for key, value in state["custom"].items()}
    typed |= {f"flag-{key}": "on" for key in flags_of(customer.pk)}
    return typed


def _shown(name: str, words: list[str]) -> list[str]:
    if name != "domains":
        return words
    forms = [normalise.domain(word) for word in words]
    return [found.unicode if found else word for found, word in zip(forms, words, strict=True)]


def _rows(kind: RowKind, state: State) -> Typed:
    own, shared = state[kind.key], state[kind.shared_key] if kind.shared_key else []
    typed: Typed = {}
    for number, item in enumerate((*own, *shared)):
        texts = {name: _text(value) for name, value in item.items() if name != "verified"}
        ticks = {"verified": item.get("verified"), "shared": number >= len(own)}
        typed |= _row(kind, number, texts | {name: "on" for name, ticked in ticks.items() if ticked})
    picked = [item[kind.main_key] for item in own].index(state[kind.main_key]) if kind.main_key and own else 0
    return typed | ({f"{kind.key}-primary": str(picked)} if kind.primary and own else {})


def custom_text(key: str, value: object) -> str:
    """A custom attribute as it is typed; instants are kept as ISO text."""
    if key.endswith("At"):
        moment = normalise.instant(value)
        return _text(moment)
    return _text(value)


def _text(value: object) -> str:
    return next((write(value) for kind, write in _WRITTEN if isinstance(value, kind)), str(value))


def _moment(value: datetime) -> str:
    """As inputs of browsers have it, in UTC; a fraction of a second is not shown, so it is not changed either."""
    utc = value.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M}" if not utc.second else f"{utc:%Y-%m-%dT%H:%M:%S}"


def _number(value: Decimal | float) -> str:
    return f"{Decimal(str(value)):f}"


_WRITTEN: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (type(None), lambda _: ""),
    (bool, lambda value: "yes" if value else "no"),
    (datetime, _moment),
    (date, date.isoformat),
    (float | Decimal, _number),
    (dict | list, json.dumps),
)


def sealed(customer_id: object, rev: object, typed: Typed) -> str:
    """What the form was opened with, signed, for the form to carry."""
    return signing.dumps([str(customer_id), rev, typed], salt=_SALT, compress=True)


def unsealed(token: str, *, customer_id: object, rev: object) -> Typed | None:
    """What the form was opened with; None when it cannot be told, because somebody changed the token."""
    try:
        pk, opened_rev, typed = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return typed if (pk, opened_rev) == (str(customer_id), rev) else None
