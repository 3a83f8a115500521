"""Every page reads well for everybody: light, dark, on a phone, and with nothing beside the screen.

Pages at the end of a journey (a refused form, a conflict, the steps of two-step sign-in) are looked at there.
"""

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from customers.models import Customer
from tests.browser.looks import shortcomings
from tests.browser.world import DELETED, FULL, LONG, MINIMAL, SPAM, VIEWER, customer

PUBLIC = {
    "sign in": "/account/login/",
    "password reset": "/account/password/reset/",
    "password reset sent": "/account/password/reset/done/",
    "password reset with a bad link": "/account/password/reset/key/x-y/",
    "password replaced": "/account/password/reset/key/done/",
    "sign-up closed": "/account/signup/",
    "account closed": "/account/inactive/",
}
SIGNED_IN = {
    "list": "/customers/",
    "list with a long name": "/customers/?q=wolkenkuckucksheim",
    "list without hits": "/customers/?q=nobodyiscalledthis",
    "list with filters": "/customers/?tier=none&owner=me&created_from=2020-01-01",
    "list with a filter that cannot be read": "/customers/?owner=nobody-at-all",
    "spam view": "/customers/?spam=yes",
    "all filters": "/customers/filters/",
    "new customer": "/customers/new/",
    "not found": "/nowhere/",
    "tiers and statuses": "/customers/settings/tiers-and-statuses/",
    "profile": "/profile/",
    "sessions": "/profile/sessions/",
    "shortcuts": "/shortcuts/",
    "password change": "/account/password/change/",
    "second steps": "/account/2fa/",
    "sign out": "/account/logout/",
}
OF_A_CUSTOMER = {
    "full": (FULL, ""),
    "minimal": (MINIMAL, ""),
    "spam": (SPAM, ""),
    "deleted": (DELETED, ""),
    "long": (LONG, ""),
    "people": (FULL, "people/"),
    "marking as spam": (MINIMAL, "spam/"),
    "person": ("Ada Lovelace", ""),
    "changes": (FULL, "changes/"),
    "long changes": (LONG, "changes/"),
    "full form": (FULL, "edit/"),
    "long form": (LONG, "edit/"),
    "minimal form": (MINIMAL, "edit/"),
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


@pytest.mark.parametrize(("name", "path"), OF_A_CUSTOMER.values(), ids=OF_A_CUSTOMER)
def test_page_of_a_customer_reads_well_in_every_look(page, name, path):
    page.goto(f"/customers/{customer(name).pk}/{path}")
    page.evaluate("document.querySelectorAll('details').forEach((group) => { group.open = true; })")
    assert shortcomings(page) == []


def test_list_before_the_first_customer_reads_well_and_leads_to_making_one(page):
    Customer.objects.update(deleted_at=timezone.now(), deleted_by=F("created_by"))
    page.goto("/customers/")
    expect(page.get_by_role("heading", name="No customers yet")).to_be_visible()
    assert shortcomings(page) == []
    page.get_by_role("link", name="Create the first customer").click()
    expect(page.get_by_role("heading", name="New customer", level=1)).to_be_visible()


def test_dialogs_and_menus_read_well_while_they_are_open(page):
    page.goto("/customers/")
    page.get_by_role("button", name="Export CSV").click()
    assert shortcomings(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(page.get_by_role("dialog", name="Filter customers")).to_be_visible()
    assert shortcomings(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert shortcomings(page) == []


def test_menu_of_a_phone_opens_reads_well_and_leads_on(desk):
    page = desk(VIEWER)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/profile/")
    page.get_by_role("button", name="Open menu").click()
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_visible()
    menu.get_by_role("link", name="Customers", exact=True).click()
    expect(page).to_have_url("/customers/")
