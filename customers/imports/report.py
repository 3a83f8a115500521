"""The file of refused rows: what was refused, where and why, ready to be corrected and imported again."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from core.problems import Problem
from customers.imports.columns import REPORT_COLUMNS
from customers.imports.reading import Row, Table

# A spreadsheet takes these for a formula; the import takes the quote off again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class RefusedRows:
    """Writes refused rows as they come; a file without any is taken away again.

    Each row has its own cells once, with its first problem. Further problems of that row follow with blank cells, which
    an import passes over: a corrected file can be imported as it is.
    """

    def __init__(self, path: Path, table: Table) -> None:
        self.path = path
        self._header = table.header
        own = [index for index, name in enumerate(table.header) if name.strip().casefold() not in REPORT_COLUMNS]
        is_report = len(table.header) - len(own) == len(REPORT_COLUMNS)
        self._kept = own if is_report else range(len(table.header))
        self._separator = table.separator
        self._is_empty = True

    def __enter__(self) -> RefusedRows:
        # Opened before the first row is stored, so that nobody loses reasons to a missing folder. The mark says UTF-8.
        self._file = self.path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=self._separator)
        self._writer.writerow([*(self._header[index] for index in self._kept), *REPORT_COLUMNS])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
        if self._is_empty:
            self.path.unlink()

    def add(self, row: Row, problems: Sequence[tuple[str, Problem]]) -> None:
        """Write one refused row; each problem comes with the header it stands under."""
        self._is_empty = False
        cells = [_guarded(row.cells[index]) if index < len(row.cells) else "" for index in self._kept]
        surplus = [_guarded(cell) for cell in row.cells[len(self._header) :]]
        for header, found in problems:
            self._writer.writerow([*cells, row.line, _guarded(header), found.code, found.message, *surplus])
            cells, surplus = [""] * len(cells), []


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
