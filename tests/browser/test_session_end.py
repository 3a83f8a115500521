"""The end of a session is told before it comes, in every tab, and what was typed stays."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from core.models import Session
from tests.browser.looks import shortcomings
from tests.browser.test_edit import SAVE, open_form, press
from tests.browser.test_sign_in import fill_in
from tests.browser.world import AGENT, COLLEAGUE, MINIMAL

NOTICE = "#toasts .banner"


def ends_in(seconds: int) -> None:
    """Let every session be over in so many seconds, as if nobody had used one since long ago."""
    now = timezone.now()
    Session.objects.update(expire_date=now + timedelta(seconds=seconds), seen_at=now)


def heading(page: Page):
    return page.locator(NOTICE).get_by_role("heading")


def press_stay(page: Page) -> None:
    page.locator(NOTICE).get_by_role("button", name="Stay signed in").click()
    expect(page.locator(NOTICE)).to_have_count(0)


def lasts() -> timedelta:
    return Session.objects.get().expire_date - timezone.now()


def test_end_is_told_once_and_staying_keeps_the_page_and_what_was_typed(page, settings):
    ends_in(118)
    open_form(page, MINIMAL)
    expect(heading(page)).to_have_text("You will be signed out in 2 minutes")
    assert shortcomings(page) == []
    name = page.get_by_label("Name", exact=True)
    name.fill("Half a name")
    press_stay(page)
    expect(name).to_have_value("Half a name")
    expect(name).to_be_focused()
    assert lasts() > timedelta(seconds=settings.SESSION_COOKIE_AGE - 60)


def test_page_that_lay_open_asks_before_it_tells(page, settings):
    almost_all = (settings.SESSION_COOKIE_AGE - 60) * 1000
    page.clock.install()
    open_form(page, MINIMAL)
    expect(page.locator(NOTICE)).to_have_count(0)
    # Another page has used the session meanwhile, one that tells nobody.
    with page.expect_response("**/profile/session/"):
        page.clock.fast_forward(almost_all)
    expect(page.locator(NOTICE)).to_have_count(0)
    ends_in(100)
    page.clock.fast_forward(almost_all)
    expect(heading(page)).to_have_text("You will be signed out in 2 minutes")


def test_staying_in_one_tab_is_staying_in_all(page):
    ends_in(80)
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto("/profile/")
        expect(heading(tab)).to_have_text("You will be signed out in 1 minute")
    press_stay(other)
    expect(page.locator(NOTICE)).to_have_count(0)


def test_work_in_another_tab_puts_the_end_off(page):
    page.goto("/profile/")
    ends_in(100)
    page.reload()
    expect(heading(page)).to_have_count(1)
    other = page.context.new_page()
    Session.objects.update(seen_at=timezone.now() - timedelta(minutes=6))
    other.goto("/profile/")
    expect(page.locator(NOTICE)).to_have_count(0)


def over(page: Page) -> None:
    """A form with something typed in it, whose session has just come to its end."""
    open_form(page, MINIMAL)
    page.get_by_label("Name", exact=True).fill("Half a name")
    ends_in(2)
    page.evaluate("learn(2); watch();")
    expect(heading(page)).to_have_text("You are signed out")


def sign_in_in_a_new_tab(page: Page, email: str) -> None:
    with page.context.expect_page() as opened:
        page.locator(NOTICE).get_by_role("link", name="Sign in in a new tab").click()
    fill_in(opened.value, email=email)
    expect(opened.value).to_have_url("/customers/")


def test_after_the_end_one_signs_in_in_a_new_tab_and_saves_what_was_typed(page):
    over(page)
    assert shortcomings(page) == []
    sign_in_in_a_new_tab(page, AGENT)
    expect(page.locator(NOTICE)).to_have_count(0)
    expect(page.get_by_label("Name", exact=True)).to_have_value("Half a name")
    press(page, SAVE)
    expect(page.get_by_role("heading", name="Half a name", level=1)).to_be_visible()


def test_after_the_end_somebody_else_who_signs_in_does_not_go_on_with_the_form(page):
    over(page)
    with page.expect_response("**/profile/session/"):
        sign_in_in_a_new_tab(page, COLLEAGUE)
    expect(heading(page)).to_have_text("You are signed out")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Half a name")
