"""What the feed of a customer is made of, before and after it is put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

type Row = Mapping[str, Any]

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Event:
    """One row of a history: a row of `model` before and after; None where there was none or none is known.

    A timeline entry is an event of the model "timeline": its label is its kind, `after` its payload and actor.
    """

    model: str
    label: str
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class Operation:
    """Everything that was written at one moment in one context; moment and key together are its place in the feed."""

    at: datetime
    key: str
    context: Mapping[str, Any]
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that became different, as a sentence without its subject: "added email", "ada@x.io"."""

    words: str
    values: tuple[str, ...] = ()
    after: str = ""
    """What the sentence ends with: "marked email ada@x.io *as verified*"."""
    was: str = ""
    now: str = ""
    icon: str = "pencil"

    @property
    def shown(self) -> tuple[str, ...]:
        """The first values; an import may add hundreds at once."""
        return self.values[:_SHOWN]

    @property
    def more(self) -> int:
        """How many values are not shown."""
        return max(0, len(self.values) - _SHOWN)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the feed: somebody did one thing or several at once."""

    at: datetime
    who: str
    changes: tuple[Change, ...]
    text: str = ""
    """What somebody wrote: a note or a message."""
    start: tuple[str, ...] = ()
    """What a new customer began with, each in a few words."""

    @property
    def icon(self) -> str:
        """The picture of what was done; of several different things, the one for changes."""
        icons = {change.icon for change in self.changes}
        return icons.pop() if len(icons) == 1 else "pencil"
