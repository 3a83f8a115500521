"""What is planned for one customer of the demo data: the input that makes it, and what happens afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from customers.choices import TimelineKind

type Changes = dict[str, Any]


class Deed(Enum):
    """What can be done with a customer that is there."""

    CHANGE = "fields are changed"
    FLAG = "a flag is set"
    SPAM = "it is marked as spam"
    DELETE = "it is deleted"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done with a customer; without `by`, the system does it."""

    at: datetime
    by: str
    changes: Changes = field(default_factory=dict)
    flag: str = ""
    deed: Deed = Deed.CHANGE


@dataclass(frozen=True, slots=True)
class Entry:
    """A note, or a message from or to the customer."""

    at: datetime
    by: str
    kind: TimelineKind
    text: str


@dataclass(slots=True)
class Plan:
    """One customer. In `changes` and steps, people are mailboxes of staff, statuses names, companies other plans."""

    changes: Changes
    created_at: datetime
    by: str
    company: Plan | None = None
    steps: list[Step] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
