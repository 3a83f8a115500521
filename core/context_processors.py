"""What the base template needs on every page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from core.navigation import Menu, menu_for


def frame(request: HttpRequest) -> dict[str, Callable[[], Menu]]:
    """The main menu, as a call: a fragment, which has no frame, does not pay for it."""
    return {"menu": lambda: menu_for(request.user, request.path)}
