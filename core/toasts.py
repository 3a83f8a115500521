"""The offer to undo that a toast carries, also over a redirect."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Undo:
    """Where a change is undone, which change it is, and the part of the page that shows the outcome."""

    href: str
    change: str
    target: str = ""


def say(request: HttpRequest, text: str, undo: Undo | None = None, *, is_error: bool = False) -> None:
    """A message for the next page, with the way back; messages store text alone, so the offer travels as tags."""
    level = messages.ERROR if is_error else messages.SUCCESS
    messages.add_message(request, level, text, extra_tags=f"{undo.href} {undo.change}" if undo else "")


def offered(tags: str | None) -> Undo | None:
    """The offer that a message carries."""
    parts = (tags or "").split()
    return Undo(*parts) if len(parts) == 2 else None
