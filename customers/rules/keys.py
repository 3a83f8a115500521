"""C52, C69, C71: fields nobody may write, fields that do not exist, and text that cannot be kept."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from core.problems import Path, Problem
from core.text import unstorable
from customers.rules.attempt import Attempt
from customers.rules.fields import BACKDATED, ITEM_KEYS, READ_ONLY, WRITABLE
from customers.rules.problems import problem
from customers.rules.requests import check_id


def text_cannot_be_stored(changes: Mapping[str, object]) -> Iterator[Problem]:
    """C71: no text holds NUL or half of a surrogate pair: PostgreSQL cannot keep it, and no person can see it."""
    message = "Type this again: it holds a character that cannot be stored."
    for key, value in changes.items():
        where = unstorable(value)
        if unstorable(key) is not None:
            yield problem("C71", (), "Rename this field: its name holds a character that cannot be stored.")
        elif where is not None:
            yield problem("C71", (str(key), *where), message)


def field_is_read_only(attempt: Attempt) -> Iterator[Problem]:
    """C52, C50: what the product keeps by itself cannot be written; backdating is for a create or an import."""
    for key in attempt.changes:
        if key == "id" and attempt.is_create:
            yield from check_id(attempt.changes[key])  # Whoever creates a customer may choose its id.
        elif key in READ_ONLY:
            yield problem(
                "C52", (key,), _READ_ONLY_HINTS.get(key, "Leave this field out: Retainer keeps it by itself.")
            )
        elif key in BACKDATED and attempt.renews(key) and not (attempt.is_create or attempt.door.may_backdate):
            yield problem("C52", (key,), "Leave this time out: only a new or an imported customer can have it set.")


_READ_ONLY_HINTS = {"flags": "Add and remove flags one by one: they are not part of an update."}


def field_is_unknown(attempt: Attempt) -> Iterator[Problem]:
    """C69: every field of the input, and of each item in it, is one that exists."""
    yield from _unknown((), attempt.changes, (*WRITABLE, *READ_ONLY))
    for key, known in ITEM_KEYS.items():
        for path, item in attempt.items(key):
            yield from _unknown(path, item, known)
    sentiment = attempt.changes.get("sentiment")
    if isinstance(sentiment, Mapping):
        yield from _unknown(("sentiment",), sentiment, ("polarity", "confidence"))


def _unknown(path: Path, given: Iterable[object], known: tuple[str, ...]) -> Iterator[Problem]:
    for key in given:
        if key not in known:
            close = get_close_matches(str(key)[:100], known, n=1)
            advice = f"did you mean {close[0]}?" if close else "leave it out."
            yield problem("C69", (*path, str(key)), f"There is no field of this name: {advice}")


RULES = (field_is_read_only, field_is_unknown)
