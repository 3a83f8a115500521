"""Every page reads well for everybody: light, dark, on a phone, and with nothing beside the screen."""

import pytest

from tests.browser.looks import shortcomings

PUBLIC = {
    "sign in": "/account/login/",
    "password reset": "/account/password/reset/",
    "password reset sent": "/account/password/reset/done/",
    "sign-up closed": "/account/signup/",
    "not found": "/nowhere/",
}
SIGNED_IN = {
    "list": "/customers/",
    "list without hits": "/customers/?q=nobodyiscalledthis",
    "list with filters": "/customers/?tier=none&owner=me&created_from=2020-01-01",
    "list with a filter that cannot be read": "/customers/?owner=nobody-at-all",
    "spam view": "/customers/?spam=yes",
    "all filters": "/customers/filters/",
    "new customer": "/customers/new/",
    "profile": "/profile/",
    "password change": "/account/password/change/",
    "second steps": "/account/2fa/",
    "sign out": "/account/logout/",
}


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC)
def test_page_for_everybody_reads_well_in_every_look(desk, path):
    page = desk()
    page.goto(path)
    assert shortcomings(page) == []


@pytest.mark.parametrize("path", SIGNED_IN.values(), ids=SIGNED_IN)
def test_page_reads_well_in_every_look(page, path):
    page.goto(path)
    assert shortcomings(page) == []
