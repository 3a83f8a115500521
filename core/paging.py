"""Paging by position instead of by number: a page starts after a row, so rows that come or go move nothing.

The position travels in a token that is signed together with every other parameter of the request; a token that was
made up, or that belongs to other filters, another order or another page size, opens nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing

type Scalar = str | int | bool | None
type Position = tuple[Scalar, ...]


class BadToken(Exception):
    """The token was not made by us, or for another request than this one."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page starts: after (or, going backward, before) the row with these values of the order's columns."""

    position: Position
    is_backward: bool = False


@dataclass(frozen=True, slots=True)
class Page[Row]:
    """The rows of one page, in the order of the list, and where its neighbours start."""

    rows: Sequence[Row]
    next: Cursor | None
    previous: Cursor | None


def cut[Row](
    found: Sequence[Row], cursor: Cursor | None, size: int, position_of: Callable[[Row], Sequence[object]]
) -> Page[Row]:
    """Make a page of what was found walking from the cursor: up to `size` rows and one that tells there are more."""
    is_backward = cursor is not None and cursor.is_backward
    rows = list(found[:size])
    if is_backward:
        rows.reverse()
    has_more = len(found) > size
    has_next, has_previous = (True, has_more) if is_backward else (has_more, cursor is not None)
    if not rows:
        # Everything from here on is gone: the way back starts where the person was.
        return Page(rows, None, Cursor(cursor.position, is_backward=True) if cursor and not is_backward else None)
    return Page(
        rows,
        next=Cursor(_position(position_of(rows[-1]))) if has_next else None,
        previous=Cursor(_position(position_of(rows[0])), is_backward=True) if has_previous else None,
    )


def seal(cursor: Cursor, parameters: Mapping[str, object]) -> str:
    """The token of a cursor, good for requests with exactly these other parameters."""
    return _signer(parameters).sign_object([cursor.is_backward, *cursor.position])


def unseal(token: str, parameters: Mapping[str, object]) -> Cursor:
    """The cursor behind a token; raises BadToken for a made-up one and for one of other parameters."""
    try:
        is_backward, *position = _signer(parameters).unsign_object(token)
    except (signing.BadSignature, ValueError) as problem:
        raise BadToken from problem
    return Cursor(tuple(position), is_backward)


def _signer(parameters: Mapping[str, object]) -> signing.Signer:
    # The parameters are part of the key, so the token need not carry them.
    canonical = json.dumps(parameters, sort_keys=True, default=str).encode()
    return signing.Signer(salt=f"core.paging:{hashlib.sha256(canonical).hexdigest()}")


def _position(values: Sequence[object]) -> Position:
    return tuple(_scalar(value) for value in values)


def _scalar(value: object) -> Scalar:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"A position is made of text, numbers, moments and ids, not of {type(value).__name__}.")
