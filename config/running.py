"""The one `make run` of a checkout: who it is, and what a killed one has left behind. Standard library alone."""

import contextlib
import fcntl
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from config.failure import Failure
from config.processes import command_line, end_group

ROOT = Path(__file__).resolve().parent.parent
# Where data, logs and the state of a run live; the tests of `make run` use a folder of their own.
DATA = Path(os.environ.get("DATA_DIR") or ROOT / ".data").resolve()


class Run:
    """The claim of a process to be the one that serves this checkout; it ends with the process, however that ends."""

    owns_database: bool
    """Whether this run, or the killed one before it, has started the embedded server and so stops it."""

    def __init__(self) -> None:
        self._state = DATA / "run.json"
        try:
            DATA.mkdir(parents=True, exist_ok=True)
            self._lock: IO[str] = open(DATA / "run.lock", "w")  # noqa: SIM115 - held until the process ends
        except PermissionError as error:
            raise Failure(f"{error.filename} cannot be written: give {DATA} to yourself.") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            address = self._read().get("address", "another port")
            raise Failure(f"Retainer runs already, at {address}: stop that one with Ctrl-C first.") from None
        self.owns_database = self._stop_leftovers()

    def note(self, address: str, children: Sequence[int] = ()) -> None:
        """Write down what has to be cleared away if this process is killed."""
        state = {"address": address, "children": list(children), "owns_database": self.owns_database}
        draft = self._state.with_suffix(".new")
        draft.write_text(json.dumps(state))
        draft.replace(self._state)

    def finish(self) -> None:
        """Nothing is left to clear away."""
        self._state.unlink(missing_ok=True)

    def release(self) -> None:
        """Let another process make the claim."""
        self._lock.close()

    def _stop_leftovers(self) -> bool:
        """End the servers of a run that was killed; whether that run had started the database."""
        state = self._read()
        for pid in state.get("children", []):
            # The number may be another program's by now.
            if command_line(pid)[:1] == [str(ROOT / ".venv" / "bin" / "python")]:
                end_group(pid, seconds=5)
        return bool(state.get("owns_database"))

    def _read(self) -> dict[str, Any]:
        with contextlib.suppress(OSError, ValueError):
            state: dict[str, Any] = json.loads(self._state.read_text())
            return state
        return {}
