"""The key of a custom attribute, which says its type by how it ends."""

import re

from core.text import fold
from customers.choices import AttributeType

LONGEST_KEY = 64

_KEY = re.compile(rf"[A-Za-z][A-Za-z0-9]*?({'|'.join(AttributeType.values)})")
_WORD = re.compile(r"[a-z0-9]+")


def attribute_type(key: str) -> AttributeType | None:
    """The type of a key; None for what is no key of an attribute."""
    typed = _KEY.fullmatch(key)
    return AttributeType(typed[1]) if typed else None


def attribute_key(words: str, type_: AttributeType) -> str:
    """A key for what somebody calls an attribute: "Contract renewal" and a time are `contractRenewalAt`.

    What is a key of this type already stays as it is. Nothing comes of words without a letter to start with.
    """
    if attribute_type(words) == type_:
        return words
    first, *rest = _WORD.findall(fold(words)) or [""]
    camel = "".join([first, *(word.capitalize() for word in rest)]).lstrip("0123456789")
    start = camel[: LONGEST_KEY - len(type_)]
    return f"{start[:1].lower()}{start[1:]}{type_}" if start else ""
