"""A failure that a person can mend: shown as one sentence, without a traceback."""

import sys
from collections.abc import Callable


class Failure(Exception):
    """Its message says what is wrong and what to do about it."""


def exit_status(run: Callable[[], int]) -> int:
    """The exit status of `run`; a Failure becomes its sentence and status 1."""
    try:
        return run()
    except Failure as failure:
        print(f"\n{failure}", file=sys.stderr, flush=True)
        return 1
