"""Reading a CSV file: its encoding, its separator, its header and its rows. Knows nothing of customers."""

from __future__ import annotations

import codecs
import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

LONGEST_CELL = 10_000_000
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_MARKS = (
    # The mark of UTF-32 begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20


class Unreadable(Exception):
    """The file cannot be imported at all; the text is a whole sentence that says how to mend it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: the line it starts on, counted from 1, and its cells as they stand there."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file that has been looked through from end to end: nothing about its form can fail any more."""

    path: Path
    encoding: str
    separator: str
    header: list[str]
    row_count: int

    @property
    def name(self) -> str:
        """The name of the file as it can be shown and stored, whatever bytes it is made of."""
        return shown(self.path)

    def rows(self) -> Iterator[Row]:
        """Walk through the rows below the header; rows without anything in them are left out."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            walk = _walk(file, self.separator)
            next(walk)
            yield from walk


def open_table(path: Path, encoding: str = "") -> Table:
    """Look through a file from end to end; raises `Unreadable` where its form is wrong.

    Without `encoding` the byte order mark says it, else the file is strict UTF-8.
    """
    try:
        encoding = _known(encoding) if encoding else _marked_encoding(path)
        _decode_all(path, encoding)
        with path.open(encoding=encoding, newline="") as file:
            separator = _sniff(_first_line(file))
            file.seek(0)
            walk = _walk(file, separator)
            first = next(walk, None)
            if first is None:
                raise Unreadable(f"{shown(path)} is empty: it needs a header line, for example name,domains.")
            return Table(path, encoding, separator, first.cells, sum(1 for _ in walk))
    except OSError as error:
        raise Unreadable(f"{shown(path)} cannot be read: {(error.strerror or str(error)).lower()}.") from error


def _known(encoding: str) -> str:
    try:
        if codecs.lookup(encoding)._is_text_encoding:
            return encoding
    except (LookupError, ValueError):
        pass
    raise Unreadable(f"There is no encoding {encoding!r}: name one such as utf-8, cp1252 or utf-16.")


def _marked_encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    return next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "utf-8")


def _decode_all(path: Path, encoding: str) -> None:
    """Decode everything before the first row is stored, so that a bad byte at the end does not come as a surprise."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                lines += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeError as error:
                start = getattr(error, "start", 0)
                at = lines + getattr(error, "object", chunk)[:start].count(b"\n")
                raise Unreadable(
                    f"Line {at:,} of {shown(path)} is not {encoding.removesuffix('-sig').upper()}: save the file as "
                    'CSV UTF-8, or name its encoding, for example "--encoding cp1252".'
                ) from error
            if not chunk:
                return


def _first_line(file: TextIO) -> str:
    """The first line with anything on it, cut off at the longest cell."""
    while line := file.readline(LONGEST_CELL):
        if "\x00" in line:
            raise Unreadable(
                "The header holds NUL characters, as a UTF-16 file without its mark does: save the file as CSV UTF-8, "
                'or name its encoding, for example "--encoding utf-16-le".'
            )
        if line.strip():
            return line
    return ""


def _sniff(header: str) -> str:
    """The separator that makes the most columns of the header; a single column needs none."""
    return max(SEPARATORS, key=lambda separator: len(next(csv.reader([header], delimiter=separator), [])))


def _walk(file: TextIO, separator: str) -> Iterator[Row]:
    """The rows with anything in them, the header first."""
    reader = csv.reader(file, delimiter=separator, strict=True)
    line = 1
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        while True:
            cells = _next_cells(reader, line)
            if cells is None:
                return
            if any(cell and not cell.isspace() for cell in cells):
                yield Row(line, cells)
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(before)


def _next_cells(reader: Any, line: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise Unreadable(f"The row on line {line:,} cannot be read: {_ADVICE.get(str(error), _QUOTES)}") from error


_QUOTES = 'a quoted cell goes on after its closing quote: write a quote inside a quoted cell twice ("").'
_ADVICE = {
    "unexpected end of data": "it opens a quote that is never closed.",
    f"field larger than field limit ({LONGEST_CELL})": (
        f"it holds a cell of more than {LONGEST_CELL:,} characters, or opens a quote that is never closed."
    ),
}


def shown(path: Path) -> str:
    """The name of a file, with a question mark for every byte that is no character."""
    return path.name.encode(errors="replace").decode()


def is_same_file(first: Path, second: Path) -> bool:
    """Whether two paths lead to the same existing file."""
    return first.exists() and second.exists() and os.path.samefile(first, second)
