"""The way in and out, as a person walks it."""

from playwright.sync_api import Page, expect

from tests.browser.world import AGENT
from tests.factories import PASSWORD


def fill_in(page: Page, *, email: str = AGENT, password: str = PASSWORD) -> None:
    page.get_by_label("Work email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_front_page_asks_for_sign_in_and_leads_to_the_customers(desk):
    page = desk()
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_label("Work email")).to_be_focused()
    fill_in(page)
    expect(page).to_have_url("/customers/")
    expect(page.get_by_role("link", name="Tomas Berg", exact=True)).to_be_visible()


def test_page_that_asked_for_sign_in_opens_after_it(desk):
    page = desk()
    page.goto("/customers/?q=harbour")
    fill_in(page)
    expect(page).to_have_url("/customers/?q=harbour")
    expect(page.get_by_role("searchbox", name="Search customers").last).to_have_value("harbour")


def test_wrong_password_is_told_and_the_address_stays(desk):
    page = desk()
    page.goto("/account/login/")
    fill_in(page, password="not-the-password")
    expect(page.get_by_role("alert")).to_have_text("That email and password do not match. Check both, then try again.")
    expect(page.get_by_label("Work email")).to_have_value(AGENT)
    expect(page.get_by_label("Password")).to_have_value("")


def test_signing_out_closes_the_pages(page):
    page.goto("/profile/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto("/customers/")
    expect(page).to_have_url("/account/login/?next=/customers/")
