"""Text as a computer compares it, and text that PostgreSQL cannot keep. Knows no app."""

import re
import unicodedata
from collections.abc import Mapping

from anyascii import anyascii

from core.problems import Path

_NOT_PRINTABLE = re.compile(r"[^!-~]+")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def fold(text: str) -> str:
    """Give `text` as search and sorting see it: transliterated, lower-case printable ASCII with single spaces.

    "Wrocław" becomes "wroclaw", so that people find a name with the keyboard they have. A folded text may be
    longer than its source, because one letter of another script can stand for several Latin ones.
    """
    # Composed first: anyascii reads "한" as "han" only when it is one character.
    latin = anyascii(unicodedata.normalize("NFC", text))
    return _NOT_PRINTABLE.sub(" ", latin).strip().casefold()


def unstorable(value: object) -> Path | None:
    """Lead to the first text inside `value` that holds NUL or a lone surrogate; None when all can be stored.

    Walks through mappings and lists of any depth. A key that cannot be stored is answered with the path of its
    mapping, so that the path itself can always be shown. C71 is stated with it.
    """
    # A stack of our own: hostile input may be nested deeper than Python recurses.
    waiting: list[tuple[Path, object]] = [((), value)]
    while waiting:
        path, found = waiting.pop()
        if isinstance(found, str):
            if _UNSTORABLE.search(found):
                return path
        elif isinstance(found, Mapping):
            if any(isinstance(key, str) and _UNSTORABLE.search(key) for key in found):
                return path
            waiting += [((*path, str(key)), inner) for key, inner in reversed(list(found.items()))]
        elif isinstance(found, list | tuple):
            waiting += [((*path, index), inner) for index, inner in reversed(list(enumerate(found)))]
    return None
