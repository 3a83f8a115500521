"""What a customer has several of (emails, domains, tags): what came, what went, what became different."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from customers import choices
from customers.changes.entries import Change, Event, Row
from customers.changes.fields import short
from customers.changes.names import Names

type Pair = tuple[Row | None, Row | None]

_TYPES: Mapping[str, Mapping[str, Any]] = {
    "email": dict(choices.EmailType.choices),
    "phone": dict(choices.PhoneType.choices),
    "url": dict(choices.UrlType.choices),
    "location": dict(choices.LocationType.choices),
}
_DETAILS = ("userid", "url", "name", "page_id", "user_id")


@dataclass(frozen=True, slots=True)
class ItemKind:
    """One of the lists: what its items are called, and how one is recognised and shown."""

    key: str
    one: str
    many: str
    label: Callable[[Row, Names], str]
    identity: Callable[[Row], object]
    icon: str = "pencil"

    def count(self, number: int) -> str:
        """`2 emails`."""
        return f"{number} {self.one if number == 1 else self.many}"


def _value(row: Row, names: Names) -> str:
    return str(row["value"])


def _social(row: Row, names: Names) -> str:
    network = dict(choices.SocialType.choices).get(row["type"], row["type"])
    return f"{row['value']} ({network})"


def _facebook(row: Row, names: Names) -> str:
    return f"{row['name'] or row['user_id']} (page {row['page_id']})"


def _place(row: Row, names: Names | None = None) -> str:
    """Everything that is known of a place, so that no two different ones read the same."""
    town = " ".join(filter(None, (row["zip_code"], row["city_name"])))
    region = " ".join(filter(None, (row["region_name"], row["region_code"])))
    country = row["country_name"] or row["country_code"]
    parts = [row["name"], row["address"], row["address2"], row["address3"], town, region, country]
    if row["country_name"] and row["country_code"]:
        parts[-1] = f"{country} ({row['country_code']})"
    if row["area_code"]:
        parts.append(f"area {row['area_code']}")
    if row["latitude"] is not None:
        parts.append(f"{row['latitude']}, {row['longitude']}")
    return ", ".join(filter(None, parts)) or "without an address"


def _norm(row: Row) -> object:
    return row["type_key"], row["value_norm"]


_KINDS = {
    kind.key: kind
    for kind in (
        ItemKind("email", "email", "emails", _value, _norm),
        ItemKind("phone", "phone", "phones", _value, _norm),
        ItemKind("external_id", "external ID", "external IDs", _value, _norm),
        ItemKind("social", "social profile", "social profiles", _social, _norm),
        ItemKind("facebook_id", "Facebook ID", "Facebook IDs", _facebook, _norm),
        ItemKind(
            "domain", "domain", "domains", lambda row, _: row["domain_unicode"], lambda row: row["domain_ascii"]
        ),
        ItemKind("url", "web address", "web addresses", lambda row, _: row["url"], lambda row: row["url"]),
        ItemKind("location", "location", "locations", _place, _place),
        ItemKind(
            "customertag", "tag", "tags", lambda row, names: names.of("tag", row["tag_id"]),
            lambda row: row["tag_id"], "tag",
        ),
        ItemKind(
            "customerflag", "flag", "flags", lambda row, names: names.of("flag", row["flag_id"]),
            lambda row: row["flag_id"], "flag",
        ),
    )
}  # fmt: skip


def items_changed(events: Iterable[Event], names: Names) -> Iterator[Change]:
    """What one operation did to the lists of a customer, list by list."""
    for kind, pairs in _net(events).items():
        removed = [old for old, new in pairs if new is None and old]
        added = [new for old, new in pairs if old is None and new]
        kept = [(old, new) for old, new in pairs if old and new]
        yield from _listed("added", added, kind, names)
        yield from _listed("removed", removed, kind, names)
        different = [change for old, new in kept for change in _differences(old, new, kind, names)]
        yield from different
        is_moved = any(old.get("position") != new.get("position") for old, new in kept)
        # Items also move up because others came or went; that is no news.
        if is_moved and not (removed or added or different):
            yield Change(f"reordered {kind.many}", icon=kind.icon)


def items_counted(events: Iterable[Event]) -> Iterator[str]:
    """How many items of each list there are after an operation that began with none."""
    for kind, pairs in _net(events).items():
        number = sum(new is not None for _, new in pairs)
        if number:
            yield kind.count(number)


def _net(events: Iterable[Event]) -> dict[ItemKind, list[Pair]]:
    """The rows before and after the operation, paired by what they say rather than by the row that says it.

    Web addresses move from row to row when one of them is taken out; only the one that went has changed.
    """
    rows: dict[tuple[ItemKind, str], Pair] = {}
    for event in events:
        row = event.after or event.before or {}
        place = _KINDS[row.get("kind") or event.model], row["pgh_obj_id"]
        first = rows[place][0] if place in rows else event.before
        rows[place] = (first, event.after)
    lists: defaultdict[ItemKind, list[Pair]] = defaultdict(list)
    for kind in _KINDS.values():
        mine = [pair for (of_kind, _), pair in rows.items() if of_kind is kind]
        if mine:
            lists[kind] = _paired(mine, kind)
    return lists


def _paired(pairs: Iterable[Pair], kind: ItemKind) -> list[Pair]:
    arrived: defaultdict[object, list[Row]] = defaultdict(list)
    left: list[Row] = []
    for old, new in pairs:
        if old is not None:
            left.append(old)
        if new is not None:
            arrived[kind.identity(new)].append(new)
    result: list[Pair] = []
    for row in left:
        same = arrived[kind.identity(row)]
        result.append((row, same.pop(0) if same else None))
    return [*result, *((None, row) for rows in arrived.values() for row in rows)]


def _listed(verb: str, items: list[Row], kind: ItemKind, names: Names) -> Iterator[Change]:
    in_order = sorted(items, key=lambda row: row.get("position", 0))
    for shared in (False, True):
        values = tuple(short(kind.label(row, names)) for row in in_order if bool(row.get("shared")) is shared)
        if values:
            noun = kind.one if len(values) == 1 else kind.many
            yield Change(f"{verb} {'shared ' if shared else ''}{noun}", values, icon=kind.icon)


def _differences(old: Row, new: Row, kind: ItemKind, names: Names) -> Iterator[Change]:
    label = short(kind.label(new, names))
    before = short(kind.label(old, names))
    if label != before:
        yield Change(f"changed {kind.one}", was=before, now=label)
    if kind.key in _TYPES and old["type"] != new["type"]:
        types = _TYPES[kind.key]
        was, now = (str(types.get(row["type"], row["type"])) for row in (old, new))
        yield Change(f"changed the type of {kind.one}", (label,), was=was, now=now)
    if old.get("verified") != new.get("verified"):
        yield Change(f"marked {kind.one}", (label,), "as verified" if new["verified"] else "as not verified")
    if old.get("shared") != new.get("shared"):
        made = (f"shared {kind.one}", "with other customers"), (f"made {kind.one}", "this customer’s alone")
        words, after = made[0] if new["shared"] else made[1]
        yield Change(words, (label,), after)
    if kind.key in ("social", "facebook_id") and label == before and _details(old) != _details(new):
        yield Change(f"changed the details of {kind.one}", (label,))


def _details(row: Row) -> list[Any]:
    return [row.get(key) for key in _DETAILS]
