"""Whatever text an address is asked with, signed in or not, the answer is no error of the server."""

from urllib.parse import quote

import pytest
from django.test import Client

from customers.filters import NAMES
from tests.factories import CustomerFactory, UserFactory
from tests.test_permission_sweep import ALL, ANY_ID, url_of

pytestmark = pytest.mark.django_db

HOSTILE = {
    "NUL": b"a\x00b",
    "half a surrogate pair": b"\xed\xa0\x80",
    "no UTF-8": b"\xff\xfe",
    "right to left": "\u202eשלום مرحبا".encode(),
    "emoji": "🦊👩‍👩‍👧‍👦".encode(),
    "long": b"x" * 3_000,
    "number": b"9" * 400,
}
# The many inputs of the form of a customer have a sweep of their own (customers/test_hostile_form.py).
PARAMETERS = (
    *NAMES,
    *(
        "sort",
        "page_size",
        "page_token",
        "columns",
        "focus",
        "next",
        "i",
        "id",
        "add",
        "rev",
        "key",
        "opened",
        "value",
        "until",
        "change",
    ),
    *("login", "password", "email", "oldpassword", "password1", "password2", "code", "credential", "name", "remember"),
    *("theme", "time_zone", "single_key_shortcuts"),
)
ROUTES = [route for route, _ in ALL if not route.startswith("admin/")]


@pytest.mark.parametrize("route", ROUTES, ids=[route or "/" for route in ROUTES])
def test_hostile_text_in_every_parameter_is_answered(route) -> None:
    url = url_of(route).replace(ANY_ID, str(CustomerFactory().pk))
    signed_in, stranger = (Client(raise_request_exception=False) for _ in range(2))
    signed_in.force_login(UserFactory(administrator=True))
    for name, text in HOSTILE.items():
        # Strangers are turned away before a page reads anything, so two sorts of text will do for them.
        clients = (signed_in, stranger) if name in ("NUL", "no UTF-8") else (signed_in,)
        for client in clients:
            assert max(statuses(client, url, text)) < 500, name


def statuses(client: Client, url: str, text: bytes) -> list[int]:
    words = "&".join(f"{name}={quote(text)}" for name in PARAMETERS)
    found = []
    for method, address, body in (("GET", f"{url}?{words}", ""), ("POST", url, words)):
        response = client.generic(method, address, body, content_type="application/x-www-form-urlencoded")
        b"".join(response)  # An export holds its connection until somebody has read it.
        found.append(response.status_code)
    return found
