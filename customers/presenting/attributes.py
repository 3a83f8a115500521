"""The company's own attributes, each by its label and in the shape of its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from core import formatting
from customers.models import CustomAttribute
from customers.presenting.values import Fact, Value, web


def attributes(custom: dict[str, Any], catalogue: Iterable[CustomAttribute], *, sees_sensitive: bool) -> Iterator[Fact]:
    """What is set, in the order of the catalogue; what the catalogue no longer has comes last, under its key."""
    known = {attribute.key: attribute for attribute in catalogue}
    for key in (*known, *sorted(custom.keys() - known.keys())):
        value = custom.get(key)
        if value is None or value == "":
            continue
        attribute = known.get(key)
        is_sensitive = attribute is not None and attribute.sensitive
        label = attribute.label if attribute else key
        shown = _guarded(key, value, sees_sensitive) if is_sensitive else _written(key, value)
        # It is in no form any more, so the page says why.
        yield Fact(label, (replace(shown, note="Archived") if attribute and attribute.archived else shown,))


def _guarded(key: str, value: Any, sees_sensitive: bool) -> Value:
    if not sees_sensitive:
        return Value("Not shown to you", is_withheld=True)
    return Value(_written(key, value).text, is_folded=True)


def _written(key: str, value: Any) -> Value:
    if isinstance(value, bool):
        return Value("Yes" if value else "No")
    if isinstance(value, int | float):
        # Through its text, because a float says more digits than anybody has typed.
        return Value(formatting.number(Decimal(str(value))))
    if key.endswith("At"):
        return Value(_moment(str(value)))
    if key.endswith("Url"):
        return web(str(value))
    return Value(str(value), is_code=key.endswith("Id"), is_long=key.endswith("Txt"))


def _moment(value: str) -> str:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return value
    return formatting.moment_utc(found) if found.tzinfo else value
