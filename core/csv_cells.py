"""How a value becomes a cell of a CSV file that a spreadsheet cannot mistake for a formula, and that reads back equal.

Every rule is here twice, as Python, which defines it, and as the SQL that an export runs on a million rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_FORMULA = "'=+-@\t\r"
_CLEAR = re.compile(r"\\*<clear>", re.IGNORECASE)
_MARKS = ';|"'


def cell(text: str) -> str:
    """The cell of a text: a quote keeps it from being a formula, a backslash from meaning "clear this"."""
    if text[:1] and text[0] in _FORMULA:
        return f"'{text}"
    return f"\\{text}" if _CLEAR.fullmatch(text) else text


def part(text: str) -> str:
    """A piece of a list cell, quoted as in CSV where it holds a separator or a quote."""
    if not any(mark in text for mark in _MARKS):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def list_cell(items: Iterable[Sequence[str]]) -> str:
    """The cell of a list: items stand behind each other with `;`, their parts with `|`."""
    return cell(";".join("|".join(part(text) for text in item) for item in items))


def cell_sql(expression: str) -> str:
    """`cell` as SQL over a text expression; NULL stays NULL."""
    return (
        f"CASE WHEN left({expression}, 1) IN ('''', '=', '+', '-', '@', E'\\t', E'\\r') THEN '''' || {expression} "
        f"WHEN lower(right({expression}, 7)) = '<clear>' AND {expression} ~* '^\\\\*<clear>$' "
        f"THEN '\\' || {expression} ELSE {expression} END"
    )


def part_sql(expression: str) -> str:
    """`part` as SQL over a text expression; NULL stays NULL."""
    return (
        f"CASE WHEN translate({expression}, '{_MARKS}', '') = {expression} THEN {expression} "
        f"ELSE '\"' || replace({expression}, '\"', '\"\"') || '\"' END"
    )


def item_sql(expressions: Iterable[str]) -> str:
    """An item of a list cell as SQL over the expressions of its parts, none of which is NULL."""
    return " || '|' || ".join(expressions)
