"""A failure that a person can mend: shown as one sentence, without a traceback."""

import errno
import sys
from collections.abc import Callable


class Failure(Exception):
    """Its message says what is wrong and what to do about it."""


def exit_status(run: Callable[[], int]) -> int:
    """The exit status of `run`; what a person can mend becomes its sentence and status 1."""
    try:
        return run()
    except Failure as failure:
        sentence = str(failure)
    except OSError as error:
        sentence = _disk_trouble(error)
        if not sentence:
            raise
    print(f"\n{sentence}", file=sys.stderr, flush=True)
    return 1


def _disk_trouble(error: OSError) -> str:
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full{place}: free some space and run this again."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"This folder may not be written{place}: give it to yourself, or run this as its owner."
    return ""
