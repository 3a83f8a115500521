"""What the tests of the pages about flags, tags and custom attributes share: an administrator at a browser."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from core.models import User
from tests.customers.forms.filling import filled
from tests.factories import UserFactory

FLAGS = "/customers/settings/flags-and-tags/"
ATTRIBUTES = "/customers/settings/attributes/"


class Keeper:
    """Somebody who opens forms and sends them; with `over`, htmx does, for a dialog over this list."""

    def __init__(self, user: User | None = None, over: str = "") -> None:
        self.client = Client()
        self.client.force_login(user or UserFactory(administrator=True, name="Priya Raman"))
        self.headers = {"HX-Request": "true", "HX-Target": "dialog-slot", "HX-Current-URL": over} if over else {}

    def open(self, url: str) -> str:
        """The page behind an address."""
        response = self.client.get(url, headers=self.headers)
        assert response.status_code == 200
        return response.content.decode()

    def send(self, url: str, form: dict[str, Any], **typed: Any) -> HttpResponse:
        """Send a form that was opened before; None takes an input away, as an unticked box is."""
        asked = {name: value for name, value in (form | typed).items() if value is not None}
        return self.client.post(url, asked, headers=self.headers)

    def fill(self, url: str) -> dict[str, str]:
        """What the form would send if nothing was touched."""
        return filled(self.open(url), form_id="entry-form")

    def save(self, url: str, **typed: Any) -> HttpResponse:
        """Open, type and send."""
        return self.send(url, self.fill(url), **typed)


def said(response: HttpResponse) -> str:
    """The toast that came with an answer."""
    found = re.search(r'<div class="toast[^>]*>.*?<p>(.*?)</p>', response.content.decode(), re.DOTALL)
    return unescape(found[1]) if found else ""


def errors(response: HttpResponse) -> list[str]:
    """What stands at the fields."""
    found = re.findall(r'<p class="error"[^>]*>.*?<span>(.*?)</span>', response.content.decode(), re.DOTALL)
    return [unescape(text) for text in found]


def listed(page: str, list_id: str = "") -> list[str]:
    """The names of the entries on a page, in order."""
    part = page.split(f'id="{list_id}"')[1] if list_id else page
    part = part.split("</ul>")[0] if list_id else part
    return [unescape(name) for name in re.findall(r'<span class="med"><bdi>(.*?)</bdi>', part)]
