"""A person changes how Retainer looks and works for them, and sees where they are signed in."""

from playwright.sync_api import Page, expect

from tests.browser.looks import shortcomings
from tests.browser.test_sign_in import fill_in
from tests.browser.world import AGENT

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) Version/26.1 Mobile/15E148 Safari/604.1"


def save(page: Page) -> None:
    page.get_by_role("button", name="Save profile").click()
    expect(page.locator("#toasts")).to_contain_text("Profile saved")


def test_name_theme_and_zone_are_kept_and_seen_at_once(page):
    page.goto("/profile/")
    page.get_by_label("Name").fill("Tomas Fjeld")
    page.get_by_text("Dark", exact=True).click()
    page.get_by_label("Time zone").select_option("Asia, Tokyo")
    save(page)
    expect(page.get_by_role("link", name="Tomas Fjeld")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")


def test_profile_is_changed_without_javascript(desk):
    page = desk(AGENT, java_script_enabled=False)
    page.goto("/profile/")
    page.get_by_text("Light", exact=True).click()
    save(page)
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def phone_of_the_agent(desk) -> Page:
    phone = desk(user_agent=IPHONE)
    phone.goto("/account/login/")
    fill_in(phone)
    expect(phone).to_have_url("/customers/")
    return phone


def test_browser_that_is_signed_out_from_another_asks_for_the_password(desk, page):
    phone = phone_of_the_agent(desk)
    page.goto("/profile/")
    page.get_by_role("link", name="Show browsers").click()
    expect(page.get_by_role("listitem").filter(has_text="This browser")).to_have_count(1)
    assert shortcomings(page) == []
    page.get_by_role("button", name="Sign out of Safari on iPhone").click()
    expect(page.locator("#toasts")).to_contain_text("Signed out of Safari on iPhone")
    expect(page.get_by_text("Safari on iPhone", exact=True)).to_have_count(0)
    phone.reload()
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()


def test_signing_out_everywhere_else_works_without_javascript(desk):
    phone = phone_of_the_agent(desk)
    page = desk(AGENT, java_script_enabled=False)
    page.goto("/profile/sessions/")
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_role("button", name="Sign out everywhere else")).to_have_count(0)
    phone.reload()
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()
