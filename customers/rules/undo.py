"""C51, C66, C74: what may be undone, by whom and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.problems import Problem
from customers.rules.problems import problem

UNDO_MINUTES = 10


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A change that somebody wants to take back: when it was made and by whom, and what undo cannot put back."""

    at: datetime
    actor_id: str
    who: str
    beyond_undo: Sequence[str] = ()


def check_undo(change: ChangeFact | None, *, actor_id: str, now: datetime) -> list[Problem]:
    """C66, C74: a change is undone for ten minutes, by the person who made it, and as a whole."""
    if change is None or change.at <= now - timedelta(minutes=UNDO_MINUTES):
        message = f"Change it back by hand: a change can be undone for {UNDO_MINUTES} minutes."
        return [problem("C74", ("change",), message)]
    if change.actor_id != actor_id:
        author = change.who or "the person who made it"
        return [problem("C66", ("change",), f"Change it back by hand: only {author} can undo this change.")]
    if change.beyond_undo:
        message = f"Change it back by hand: undo does not cover {', '.join(change.beyond_undo)}."
        return [problem("C74", ("change",), message)]
    return []


def changed_since(path: tuple[str, ...], sentence: str) -> Problem:
    """C51: somebody changed the same thing after the change that was to be undone; the sentence says who and how."""
    return problem("C51", path, f"{sentence} Change it back by hand if it should be as before.")


def not_restorable(path: tuple[str, ...], label: str, reason: str, *, code: str) -> Problem:
    """What a rule says now about the value that stood there before: the tier was deleted since, for one."""
    return problem(code, path, f"The {label} cannot be put back. {reason}")
