"""One operation in words: who did what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from core import formatting
from customers.changes.entries import Change, Entry, Event, Operation, Row
from customers.changes.fields import DEEDS, FIELDS, Field, is_there, moment, short
from customers.changes.items import items_changed, items_counted
from customers.changes.names import Names
from customers.choices import CustomerKind, TimelineKind

NOBODY = "A direct database change"
"""Who acted, where the history knows of nobody."""

_SAID = {
    TimelineKind.NOTE: Change("added a note", icon="sticky-note"),
    TimelineKind.INBOUND: Change("wrote", icon="mail"),
    TimelineKind.OUTBOUND: Change("wrote to the customer", icon="send"),
    TimelineKind.MERGED: Change("merged two customers", icon="merge"),
    TimelineKind.UNMERGED: Change("took two merged customers apart", icon="split"),
}


def tell(operation: Operation, names: Names, *, sees_sensitive: bool) -> Entry:
    """The entry of one operation; the values of sensitive attributes are for those who may change customers."""
    mine = [event for event in operation.events if event.model == "customer"]
    owned = [event for event in operation.events if event.model not in ("customer", "timeline")]
    if operation.events[0].model == "timeline":
        return _told(operation, operation.events[0])
    who = short(operation.context.get("label") or "") or NOBODY
    if any(event.label == "insert" for event in mine):
        start = (*_start(mine[-1].after or {}, names), *items_counted(owned))
        return Entry(operation.at, who, (Change("created this customer", icon="user-plus"),), start=start)
    lists = tuple(items_changed(owned, names))
    changes = (*_own_changes(mine, lists, names, sees_sensitive=sees_sensitive), *lists)
    return Entry(operation.at, who, changes or (Change("made a change that only the database sees"),))


def _told(operation: Operation, event: Event) -> Entry:
    """A note, a message or an event, which is told as it was written."""
    row = event.after or {}
    payload = row["payload"] if isinstance(row["payload"], dict) else {}
    text = str(payload.get("text") or "")
    who = short(row["who"]) or NOBODY
    if event.label == TimelineKind.IMPORTED:
        return Entry(operation.at, who, (_imported(payload),))
    recorded = Change("recorded", (short(payload.get("title") or "an event"),), icon="activity")
    return Entry(operation.at, who, (_SAID.get(TimelineKind(event.label), recorded),), text=text)


def _imported(payload: dict[str, Any]) -> Change:
    if not payload.get("file"):
        return Change("imported this customer", icon="file-down")
    line = payload.get("line")
    after = f"(line {formatting.number(line)})" if isinstance(line, int) else ""
    return Change("imported this customer from", (short(payload["file"]),), after, icon="file-down")


def _start(row: Row, names: Names) -> Iterator[str]:
    """What a customer began with that people look for first."""
    yield str(dict(CustomerKind.choices).get(row["kind"], row["kind"]))
    for kind, column, words in (
        ("status", "workflow_status_id", "status {}"),
        ("tier", "tier_id", "tier {}"),
        ("user", "owner_id", "owner {}"),
        ("user", "assignee_id", "assignee {}"),
        ("customer", "company_id", "company {}"),
    ):
        if row[column]:
            yield words.format(short(names.of(kind, row[column])))
    if row["custom"]:
        yield f"{len(row['custom'])} custom attribute{'' if len(row['custom']) == 1 else 's'}"


def _own_changes(
    events: Sequence[Event], lists: Sequence[Change], names: Names, *, sees_sensitive: bool
) -> Iterator[Change]:
    """What became different in the customer's own row."""
    if not events or events[0].before is None or events[-1].after is None:
        return
    before, after = events[0].before, events[-1].after
    yield from _deeds(before, after, names)
    for field in FIELDS:
        change = _change(field, before, after, names)
        if change and not (field.columns == ("main_external_id",) and _follows(change, lists)):
            yield change
    yield from _custom(before["custom"], after["custom"], names, sees_sensitive=sees_sensitive)


def _deeds(before: Row, after: Row, names: Names) -> Iterator[Change]:
    """Spam marks, deletion and the like, which are no values but things done."""
    changed = {column for column in DEEDS if before[column] != after[column]}
    if "anonymised_at" in changed:
        yield Change("anonymised this customer", icon="user-x")
    if "merged_into_id" in changed and after["merged_into_id"]:
        survivor = short(names.of("customer", after["merged_into_id"]))
        yield Change("merged this customer into", (survivor,), icon="merge")
    elif "merged_into_id" in changed:
        yield Change("took this customer out of a merger", icon="split")
    elif "deleted_at" in changed and after["deleted_at"]:
        yield Change("deleted this customer", icon="trash-2")
    elif "deleted_at" in changed:
        yield Change("restored this customer", icon="rotate-ccw")
    if "marked_as_spam_at" in changed and after["marked_as_spam_at"]:
        yield Change("marked this customer as spam", icon="shield-alert")
    elif "marked_as_spam_at" in changed:
        yield Change("took the spam mark off this customer", icon="shield-check")


def _change(field: Field, before: Row, after: Row, names: Names) -> Change | None:
    old, new = (_value(field, row) for row in (before, after))
    if old == new:
        return None
    was, now = (field.write(value, names) if is_there(value) else "" for value in (old, new))
    return _became(field.label, was, now, field.icon)


def _became(label: str, was: str, now: str, icon: str = "pencil") -> Change:
    if was and now:
        return Change(f"changed {label}", was=was, now=now, icon=icon)
    if now:
        return Change(f"set {label} to", (now,), icon=icon)
    return Change(f"removed {label}", (was,) if was else (), icon=icon)


def _value(field: Field, row: Row) -> Any:
    values = tuple(row[column] for column in field.columns)
    return values[0] if len(values) == 1 else values


def _follows(change: Change, lists: Sequence[Change]) -> bool:
    """Whether the main external ID only follows the IDs that came and went, which are told already."""
    told = [each for each in lists if each.words.endswith(("external ID", "external IDs"))]
    removed = {value for each in told if each.words.startswith("removed") for value in each.values}
    return bool(told) and (not change.was or not change.now or change.was in removed)


def _custom(before: Row, after: Row, names: Names, *, sees_sensitive: bool) -> Iterator[Change]:
    """Custom attributes, each by the label that the catalogue has for it."""
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old == new and isinstance(old, bool) == isinstance(new, bool):
            continue
        label = short(names.of("attribute", key))
        if key in names.sensitive and not sees_sensitive:
            yield Change(f"changed {label}", after="(its value is not shown to you)", icon="eye-off")
        else:
            yield _became(label, _written(key, old), _written(key, new))


def _written(key: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if key.endswith("At"):
        return moment(value)
    return short(value)
