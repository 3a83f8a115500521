"""C43, C63, C64, C69: tags as administrators keep them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.problems import Problem
from customers.rules.attempt import is_blank
from customers.rules.entries import (
    LONGEST_KEY,
    Entry,
    Taken,
    color_problems,
    taken_by_another,
    unknown_fields,
)
from customers.rules.handling import LONGEST_TAG
from customers.rules.problems import problem

TAG_FIELDS = ("name", "key", "color", "external_id")
LONGEST_EXTERNAL_ID = 255

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class TakenByTags:
    """The values of an input that tags have already, case-folded, each leading to its tag."""

    names: Taken = field(default_factory=dict)
    keys: Taken = field(default_factory=dict)
    external_ids: Taken = field(default_factory=dict)


def check_tag_entry(
    changes: Entry, *, stored: Entry | None = None, taken: TakenByTags | None = None, tag_id: str | None = None
) -> list[Problem]:
    """C43, C63, C69: a tag has a name of its own; key, colour and external id make it a customer group."""
    after = {**(stored or {}), **changes}
    others = taken or TakenByTags()
    return [
        *unknown_fields(changes, TAG_FIELDS),
        *_name_problems(after, others.names, tag_id),
        *_key_problems(after, others.keys, tag_id),
        *_external_id_problems(after, others.external_ids, tag_id),
        *(color_problems(after["color"]) if after.get("color") not in (None, "") else ()),
    ]


def _name_problems(entry: Entry, taken: Taken, tag_id: str | None) -> Iterator[Problem]:
    name = entry.get("name")
    if not isinstance(name, str) or is_blank(name) or len(name) > LONGEST_TAG:
        yield problem("C43", ("name",), f"Write a tag of 1 to {LONGEST_TAG} characters, for example renewal.")
    elif holder := taken_by_another(name, taken, tag_id):
        message = f"Choose another name, or merge the two: there is a tag {holder.label}."
        yield problem("C63", ("name",), message, holder=holder)


def _key_problems(entry: Entry, taken: Taken, tag_id: str | None) -> Iterator[Problem]:
    key = entry.get("key")
    if key is None:
        return
    if not isinstance(key, str) or not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        message = (
            f"Write a key of at most {LONGEST_KEY} letters, digits, hyphens, dots and _, for example early-access."
        )
        yield problem("C63", ("key",), message)
    elif holder := taken_by_another(key, taken, tag_id):
        yield problem("C63", ("key",), f"Choose another key: {holder.label} has this one.", holder=holder)


def _external_id_problems(entry: Entry, taken: Taken, tag_id: str | None) -> Iterator[Problem]:
    value = entry.get("external_id")
    if value is None:
        return
    if not isinstance(value, str) or is_blank(value) or len(value) > LONGEST_EXTERNAL_ID:
        yield problem("C63", ("external_id",), f"Write an external ID of 1 to {LONGEST_EXTERNAL_ID} characters.")
    elif holder := taken_by_another(value, taken, tag_id):
        message = f"Choose another external ID: {holder.label} has this one."
        yield problem("C63", ("external_id",), message, holder=holder)


def check_tag_merge(tag_id: object, into_id: object) -> list[Problem]:
    """C64: a tag is merged into another one."""
    if tag_id != into_id:
        return []
    return [problem("C64", ("into",), "Choose another tag: one cannot be merged into itself.")]
