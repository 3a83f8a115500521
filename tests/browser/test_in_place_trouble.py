"""Changing a customer where it stands when something comes in between: slow answers, other tabs, long words."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from core.models import Actor
from customers.operations import delete_customer, mark_as_spam
from tests.browser.test_edit import expect_toast
from tests.browser.test_in_place import head_menu, open_customer, row_menu, row_of, stored, undo
from tests.browser.world import AGENT, MINIMAL, customer
from tests.factories import TierFactory


@pytest.fixture(autouse=True)
def gold(db) -> None:
    """One that no customer has."""
    TierFactory(name="Gold")


def open_first_page(page: Page) -> None:
    page.goto("/customers/?q=harbour&sort=name")


def set_gold(page: Page, name: str) -> None:
    row_menu(page, row_of(page, name), "tier").get_by_role("button", name="Gold").click()
    expect_toast(page, "Tier set to Gold")


def delete(name: str) -> None:
    delete_customer(customer(name).pk, actor=Actor.objects.system("Tests"))


def press_undo(page: Page) -> None:
    page.locator("#toasts").get_by_role("button", name="Undo").click()


def test_second_press_during_a_slow_answer_is_not_sent_and_the_focus_stays(page):
    sent = []

    def hold(route) -> None:
        """Press another choice before the first one is answered."""
        sent.append(route.request.post_data)
        menu.get_by_role("button", name="No tier").evaluate("button => button.click()")
        route.continue_()

    open_customer(page, MINIMAL)
    menu = head_menu(page, "tier")
    page.route(f"**/customers/{customer(MINIMAL).pk}/tier/", hold)
    menu.get_by_role("button", name="Gold").click()
    expect_toast(page, "Tier set to Gold")
    expect(page.locator("#p-tier")).to_be_focused()
    assert (len(sent), stored(MINIMAL).tier.name, stored(MINIMAL).rev) == (1, "Gold", 2)


def test_choice_for_a_customer_that_is_gone_leaves_the_focus_in_the_menu(page):
    open_customer(page, MINIMAL)
    choice = head_menu(page, "tier").get_by_role("button").first
    delete(MINIMAL)
    choice.click()
    expect_toast(page, "This was deleted")
    expect(choice).to_be_focused()


def test_undo_for_a_customer_that_is_gone_takes_its_row_away_and_no_other(page):
    open_first_page(page)
    set_gold(page, "Harbour 07")
    row_menu(page, row_of(page, "Harbour 09"), "status")
    page.keyboard.press("Escape")
    gone, other = row_of(page, "Harbour 07"), row_of(page, "Harbour 09")
    delete("Harbour 07")
    press_undo(page)
    expect_toast(page, "This was deleted")
    expect(gone).to_have_count(0)
    expect(other).to_be_visible()
    expect(page.locator("#results")).to_be_focused()
    expect(page.locator("#toasts").get_by_role("button", name="Undo")).to_have_count(0)


def test_undo_after_turning_the_page_puts_it_back_and_goes_on_at_the_rows(page):
    open_first_page(page)
    set_gold(page, "Harbour 07")
    page.get_by_role("link", name="Next").click()
    expect(row_of(page, "Harbour 07")).to_have_count(0)
    expect(page.locator("#results")).to_be_focused()
    undo(page)
    expect(page.locator("#results")).to_be_focused()
    assert stored("Harbour 07").tier is None


def covered(what: Locator) -> bool:
    """Whether something else would get the click in its middle."""
    return what.evaluate(
        "element => { const box = element.getBoundingClientRect();"
        " const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);"
        " return !element.contains(top); }"
    )


@pytest.mark.parametrize("offers", [1, 2, 3, 5])
def test_offers_to_undo_cover_neither_the_pager_nor_the_screen(page, offers):
    open_first_page(page)
    for number in range(1, offers + 1):
        row = row_of(page, f"Harbour {number:02}")
        row_menu(page, row, "tier").get_by_role("button", name="Gold").click()
        expect(page.locator("#toasts .toast")).to_have_count(number)
        expect(row.locator("a.prop[href$='/tier/']")).to_be_focused()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    following = page.get_by_role("link", name="Next")
    expect(following).to_be_in_viewport()
    assert not covered(following)
    expect(page.locator("#toasts .toast:visible")).to_have_count(min(offers, 3))


def test_offer_to_undo_stands_above_the_buttons_of_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    open_customer(page, MINIMAL)
    head_menu(page, "tier").get_by_role("button", name="Gold").click()
    expect_toast(page, "Tier set to Gold")
    assert not covered(page.locator(".actionbar a"))


@pytest.mark.parametrize("width", [320, 1440])
def test_toast_with_a_very_long_word_keeps_its_buttons_on_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    open_customer(page, MINIMAL)
    head_menu(page, "tier").get_by_role("button", name="T" * 80).click()
    box = page.locator("#toasts").get_by_role("button", name="Dismiss").bounding_box()
    assert box
    assert box["x"] + box["width"] <= width


def test_moment_that_was_refused_is_still_there(page):
    open_customer(page, MINIMAL)
    menu = head_menu(page, "support-status")
    menu.get_by_label("Snooze until", exact=True).fill("2020-03-02T09:30")
    menu.get_by_role("button", name="Snooze", exact=True).click()
    expect(menu.get_by_role("alert")).to_contain_text("Choose a time in the future")
    expect(menu.get_by_label("Snooze until", exact=True)).to_have_value("2020-03-02T09:30")


def test_way_back_to_a_list_without_script_leads_to_the_row(desk):
    plain = desk(AGENT, java_script_enabled=False)
    open_first_page(plain)
    here = urlsplit(plain.url).query
    row = plain.locator("#results tbody tr").nth(40)
    row.locator("a.prop[href$='/tier/']").click()
    plain.get_by_role("button", name="Gold").click()
    expect(plain.locator("#toasts")).to_contain_text("Tier set to Gold")
    expect(row).to_be_in_viewport()
    assert urlsplit(plain.url).query == here


def test_customer_in_spam_is_changed_and_then_taken_out_of_it(page):
    mark_as_spam(customer(MINIMAL).pk, actor=Actor.objects.system("Tests"))
    open_customer(page, MINIMAL)
    head_menu(page, "tier").get_by_role("button", name="Gold").click()
    expect_toast(page, "Tier set to Gold")
    page.get_by_role("region", name="Marked as spam").get_by_role("button", name="Not spam").click()
    expect_toast(page, "No longer marked as spam")
    assert not stored(MINIMAL).is_spam
