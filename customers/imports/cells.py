"""What one cell says (customers.md 4.3): nothing, "clear this", or a value. The mirror of the export's cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum

LIST_SEPARATOR = ";"
PART_SEPARATOR = "|"
_GUARDED = re.compile(r"'(?=['=+\-@\t\r])")
_CLEAR = re.compile(r"\\*<clear>", re.IGNORECASE)
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?=[;|]|$)')
_PLAIN = re.compile(r"[^;|]*")
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,30}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,300}(\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?")


class Said(Enum):
    """What a cell can say besides a value."""

    NOTHING = "absent: leave the field as it is"
    CLEAR = "the field has no value"


def read_cell(cell: str) -> str | Said:
    """Read a cell: blank says nothing, `<clear>` clears, a guarding quote and the escape of a literal come off."""
    if not cell or cell.isspace():
        return Said.NOTHING
    text = _GUARDED.sub("", cell, count=1) if cell[0] == "'" else cell
    if text[0] in "\\<" and _CLEAR.fullmatch(text):
        return Said.CLEAR if text[0] == "<" else text[1:]
    return text


def read_items(text: str) -> list[list[str]]:
    """Split a list cell into its items, and each into its parts: `a@x.com|home;b@x.com` has two items.

    A part that holds `;`, `|` or quotes is quoted as in CSV. Items with nothing in them are left out.
    """
    items: list[list[str]] = [[]]
    for part, is_last_of_item in _parts(text):
        items[-1].append(part)
        if is_last_of_item:
            items.append([])
    return [item for item in items if any(part.strip() for part in item)]


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    while at <= len(text):
        quoted = _QUOTED.match(text, at)
        if quoted:
            part, at = quoted[1].replace('""', '"'), quoted.end()
        else:
            plain = _PLAIN.match(text, at)
            part, at = (plain[0], plain.end()) if plain else ("", at)
        yield part, text[at : at + 1] != PART_SEPARATOR
        at += 1


def read_boolean(text: str) -> bool | str:
    """Read true, false, yes, no, 1 or 0; the rest stays text, for the rules to refuse."""
    return _BOOLEANS.get(text.strip().casefold(), text)


def read_whole_number(text: str) -> int | str:
    """Read digits; the rest stays text, for the rules to refuse."""
    typed = text.strip()
    return int(typed) if _WHOLE_NUMBER.fullmatch(typed) else text


def read_decimal(text: str) -> Decimal | str:
    """Read a number with a decimal point, exactly; the rest stays text, for the rules to refuse."""
    typed = text.strip()
    return Decimal(typed) if _NUMBER.fullmatch(typed) else text


def read_json_number(text: str) -> int | float | str:
    """Read a number as JSON keeps it; the rest stays text, for the rules to refuse."""
    whole = read_whole_number(text)
    if isinstance(whole, int):
        return whole
    return float(text) if _NUMBER.fullmatch(text.strip()) else text
