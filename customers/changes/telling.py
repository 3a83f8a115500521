"""One change of one part in a sentence: who did what, and when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core import formatting
from customers.changes.entries import Event, Operation, Row
from customers.changes.fields import is_there, short
from customers.changes.names import Names, look_up
from customers.changes.parts import FIELD_OF, REVISION
from customers.changes.trail import Difference, read_trail
from customers.changes.wording import NOBODY
from customers.models import Customer

_FURTHEST = 100
"""How many changes are looked through for somebody whose page is old."""

_MODEL_OF = {"flags": "customerflag", "tags": "customertag"}


def who_changed(customer_id: UUID, key: str, *, since: int) -> str:
    """Who changed this of a customer after a revision, and to what: "Noor Okafor set the tier to Growth 2 min ago."

    `key` is a field of the input, `flags` or `tags`. Who changed the customer at all, if it was something else; empty
    when nobody did.
    """
    now = Customer.objects.filter(pk=customer_id).values_list("rev", flat=True).first() or since
    trail = read_trail(customer_id, since=max(since, now - _FURTHEST))
    steps = [difference for difference in trail if difference.part == REVISION]
    since_then = {step.change for step in steps}
    of_key = [each for each in trail if each.part[0] == key and each.change in since_then]
    last = [*steps[-1:], *of_key[-1:]]
    return told(customer_id, last[-1]) if last else ""


def told(customer_id: UUID, difference: Difference) -> str:
    """The sentence of one change, with the names it needs."""
    return sentence(difference, look_up(customer_id, [_operation(difference)]))


def name_of(customer_id: UUID, difference: Difference) -> str:
    """What the flag or the tag of a change is called, or was called when it is gone."""
    key, record_id = difference.part
    return short(look_up(customer_id, [_operation(difference)]).of(key.removesuffix("s"), record_id))


def sentence(difference: Difference, names: Names) -> str:
    """Who did it, what it is now, and when."""
    who = short(difference.context.get("label") or "") or NOBODY
    return f"{who} {_deed(difference, names)} {formatting.ago_within(difference.at)}."


def _deed(difference: Difference, names: Names) -> str:
    key, *rest = difference.part
    if key in FIELD_OF:
        return _set(difference, names)
    if key == "custom":
        # Without the value: the attribute may be one that not everybody may see.
        return f"changed {short(names.of('attribute', rest[0]))}"
    if key in _MODEL_OF:
        kind = key.removesuffix("s")
        name = short(names.of(kind, rest[0]))
        return f"added the {kind} {name}" if difference.after else f"removed the {kind} {name}"
    if key == "tag_order":
        return "reordered the tags"
    if key == "marked_as_spam_at":
        is_marked = difference.after and difference.after[key]
        return "marked this customer as spam" if is_marked else "took the spam mark off this customer"
    return "changed this customer"


def _set(difference: Difference, names: Names) -> str:
    field = FIELD_OF[difference.part[0]]
    after = difference.after or {}
    values: tuple[Any, ...] = tuple(after.get(column) for column in field.columns)
    value = values[0] if len(values) == 1 else values
    return f"set the {field.label} to {field.write(value, names)}" if is_there(value) else f"removed the {field.label}"


def _operation(difference: Difference) -> Operation:
    """The difference in the shape in which names are looked up."""
    key, *rest = difference.part
    model = _MODEL_OF.get(key, "customer")

    def row(values: Row | None) -> Row:
        ids = {column: str(value) for column, value in (values or {}).items() if isinstance(value, UUID)}
        return {**ids, "custom": dict.fromkeys(rest if key == "custom" else ())}

    event = Event(model, "update", row(difference.before), row(difference.after))
    return Operation(difference.at, "", difference.context, [event])
