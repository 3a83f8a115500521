"""The keys that do something, as a page and as the sheet that `?` opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from core.pages import Page
from core.permissions import SIGNED_IN
from core.shortcuts import sheet_for


class ShortcutsPage(Page):
    """What the keys do for this person."""

    permission_required = SIGNED_IN
    template_name = "core/shortcuts.html"
    title = "Keyboard shortcuts"
    partials: ClassVar[Mapping[str, str]] = {"dialog-slot": "dialog"}

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        return self.render({"sheet": sheet_for(self.request.user)})
