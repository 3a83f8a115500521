"""`manage.py import_customers FILE.csv`: customers from a CSV file, through the rules of every other door."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from core.models import Actor, User
from core.permissions import require
from core.problems import Refused
from customers.imports import RefusedRows, Table, Tally, Unreadable, import_rows, open_table
from customers.imports.columns import is_kept
from customers.imports.reading import SEPARATORS, is_same_file, shown
from customers.rules import PROBLEM_NAMES

_BAR_WIDTH = 30
_SECONDS_BETWEEN_LINES = 5


class Command(BaseCommand):
    """Imports customers; refused rows are no failure, they come back as a file of their own."""

    help = "Create customers from a CSV file. Rows that the rules refuse are written to a file with the reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file, who imports it, and where refused rows go."""
        parser.add_argument("file", type=Path, help="the CSV file; its first line names the columns")
        parser.add_argument("--actor", metavar="EMAIL", help="the person who imports; without it, the system does")
        parser.add_argument(
            "--refused", type=Path, metavar="FILE", help="where refused rows go; default: NAME.refused.csv, here"
        )
        parser.add_argument("--encoding", default="", help="such as cp1252; without it the mark decides, else UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file, showing how far it is; exit status 1 when it cannot be read."""
        actor = _actor(options["actor"])
        path: Path = options["file"]
        refused = options["refused"] or Path(f"{path.stem}.refused.csv")
        if is_same_file(path, refused):
            raise CommandError(f"{refused} is the file to be imported: name another one for the refused rows.")
        started = time.monotonic()
        try:
            table = open_table(path, options["encoding"])
            tally = self._import(table, actor, refused)
        except Unreadable as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{refused} cannot be written: {(error.strerror or str(error)).lower()}.") from error
        except Refused as error:
            sentences = "\n  ".join(f"{found.code} {found.message}" for found in error.problems)
            raise CommandError(
                f"Nothing was imported: the header of {shown(path)} does not fit.\n  {sentences}"
            ) from error
        self._summarise(table, tally, refused, seconds=time.monotonic() - started)

    def _import(self, table: Table, actor: Actor, refused: Path) -> Tally:
        tally = Tally()
        progress = _Progress(self.stdout, table.row_count)
        with RefusedRows(refused, table) as report:
            try:
                for tally in import_rows(table, actor=actor, refuse=report.add):
                    progress.show(tally.read)
            except KeyboardInterrupt:
                self.stderr.write("\nStopped. What was created stays; the same file can be imported again.")
        progress.finish()
        return tally

    def _summarise(self, table: Table, tally: Tally, refused: Path, *, seconds: float) -> None:
        form = f"{SEPARATORS[table.separator]}, {table.encoding.removesuffix('-sig').upper()}"
        self.stdout.write(f"Read {tally.read:,} rows of {table.name} ({form}) in {seconds:.1f} s.")
        kept = [name for name in table.header if is_kept(name)]
        if kept:
            self.stdout.write(f"Passed over, because Retainer keeps them by itself: {', '.join(kept)}.")
        self.stdout.write(f"  created {tally.created:>9,}")
        self.stdout.write(f"  refused {tally.refused:>9,}")
        for code, rows in sorted(tally.rows_by_rule.items(), key=lambda found: (-found[1], found[0])):
            self.stdout.write(f"    {code:<4} {PROBLEM_NAMES[code]:<38} {rows:>7,} row{'s' if rows > 1 else ''}")
        if tally.refused:
            self.stdout.write(f"The refused rows are in {refused}: correct them there, then import that file.")


def _actor(email: str | None) -> Actor:
    if email is None:
        return Actor.objects.system("CSV import")
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody signs in as {email}: give --actor the email of an active person.")
    try:
        require(person, "customers.import_customer")
    except PermissionDenied as error:
        raise CommandError(f"{person} may not import. {error}") from error
    return Actor.objects.of(person)


class _Progress:
    """How far the import is: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, out: Any, total: int) -> None:
        self._out, self._total = out, total
        self._is_terminal = out.isatty() if hasattr(out, "isatty") else sys.stdout.isatty()
        self._last = time.monotonic()

    def show(self, done: int) -> None:
        """Say that so many rows are done."""
        if self._is_terminal:
            filled = _BAR_WIDTH * done // max(self._total, 1)
            bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
            self._out.write(f"\r{bar} {done:,} of {self._total:,} rows", ending="")
            self._out.flush()
        elif time.monotonic() - self._last > _SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            self._out.write(f"{done:,} of {self._total:,} rows")
            self._out.flush()

    def finish(self) -> None:
        """Leave the bar as it stands and go on below it."""
        if self._is_terminal:
            self._out.write("")
