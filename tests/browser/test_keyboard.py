"""Everything is done without a mouse, and one always sees where one is."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.models import User
from tests.browser.test_edit import expect_toast, open_form
from tests.browser.test_list import search_box
from tests.browser.world import AGENT, FULL, MINIMAL, customer
from tests.factories import PASSWORD


@pytest.fixture
def keys_off() -> None:
    User.objects.filter(email=AGENT).update(single_key_shortcuts=False)


def press(page: Page, *keys: str) -> None:
    # Keys are heard once the scripts run; people take longer to reach for one than a page takes to load.
    page.wait_for_load_state()
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    """What has the focus, as the person hears it; it must be on screen and have a ring."""
    return page.evaluate(
        """() => {
            const element = document.activeElement;
            const box = element.getBoundingClientRect();
            const style = getComputedStyle(element);
            const seen = box.bottom > 0 && box.top < innerHeight && box.width > 0;
            const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
            const name = element.getAttribute("aria-label") || element.innerText || element.id;
            return seen && ring ? name.trim() : `${name.trim()}, which nobody sees`;
        }"""
    )


def test_agent_signs_in_finds_opens_changes_and_saves_by_keys_alone(desk):
    page = desk()
    page.goto("/customers/")
    page.keyboard.type(AGENT)
    press(page, "Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    expect(page.locator("#results .name").first).to_be_visible()
    press(page, "/")
    expect(search_box(page)).to_be_focused()
    page.keyboard.type("kajakk")
    expect(page.locator("#results .name")).to_have_text([MINIMAL])
    expect(search_box(page)).to_be_focused()
    for _ in range(20):
        press(page, "Tab")
        if focused(page) == MINIMAL:
            break
    press(page, "Enter")
    expect(page.get_by_role("heading", name=MINIMAL, level=1)).to_be_visible()
    press(page, "e")
    expect(page.get_by_role("heading", name=f"Edit {MINIMAL}", level=1)).to_be_visible()
    page.get_by_label("Name", exact=True).focus()
    press(page, "End")
    page.keyboard.type(" og Kano")
    press(page, "Control+s")
    expect(page.get_by_role("heading", name=f"{MINIMAL} og Kano", level=1)).to_be_visible()
    expect_toast(page, "Changes saved")


def test_j_and_k_walk_the_rows_and_enter_opens(page):
    page.goto("/customers/?q=harbour&sort=name")
    press(page, "j")
    assert focused(page) == "Harbour 01"
    press(page, "j", "j")
    assert focused(page) == "Harbour 03"
    press(page, "k")
    assert focused(page) == "Harbour 02"
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Harbour 02", level=1)).to_be_visible()


def test_n_opens_the_form_of_a_new_customer_and_meta_s_saves_it(page):
    page.goto("/customers/")
    press(page, "n")
    expect(page.get_by_role("heading", name="New customer", level=1)).to_be_visible()
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Made by keys")
    press(page, "Meta+s")
    expect(page.get_by_role("heading", name="Made by keys", level=1)).to_be_visible()


def test_turning_the_page_puts_the_focus_on_the_rows(page):
    page.goto("/customers/?q=harbour&sort=name&page_size=25")
    page.get_by_role("link", name="Next").focus()
    assert focused(page) == "Next"
    press(page, "Enter")
    expect(page.locator("#results")).to_be_focused()
    press(page, "Tab")
    expect(page.locator("#results a").first).to_be_focused()


def test_filter_dialog_opens_with_f_and_esc_gives_the_focus_back(page):
    page.goto("/customers/")
    opener = page.get_by_role("link", name="Add filter")
    opener.focus()
    press(page, "f")
    expect(page.get_by_role("dialog", name="Filter customers")).to_be_visible()
    expect(page.get_by_role("dialog").locator(":focus")).to_have_count(1)
    press(page, "Escape")
    expect(page.get_by_role("dialog", name="Filter customers")).to_be_hidden()
    expect(opener).to_be_focused()


def test_esc_closes_the_menu_of_exports_and_gives_the_focus_back(page):
    page.goto("/customers/")
    button = page.get_by_role("button", name="Export CSV")
    button.focus()
    press(page, "Enter")
    expect(page.get_by_role("link", name="All columns")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("link", name="All columns")).to_be_hidden()
    expect(button).to_be_focused()


def test_question_mark_lists_the_keys_and_esc_closes_the_list(page):
    page.goto("/customers/")
    press(page, "?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("term").filter(has_text="G then C")).to_have_count(1)
    press(page, "n")
    expect(dialog).to_be_visible()
    press(page, "Escape")
    expect(dialog).to_be_hidden()


def test_keys_are_listed_on_a_page_without_javascript_and_hints_are_left_out_when_they_are_off(desk, keys_off):
    page = desk(AGENT, java_script_enabled=False)
    page.goto("/customers/")
    expect(page.locator("[data-key='n'] kbd")).to_be_hidden()
    page.get_by_role("link", name="Keyboard shortcuts").click()
    expect(page.get_by_role("heading", name="Keyboard shortcuts", level=1)).to_be_visible()
    expect(page.get_by_text("You have turned single keys off")).to_be_visible()


def test_g_and_then_a_letter_leads_to_a_place(page):
    page.goto("/profile/")
    press(page, "g", "c")
    expect(page).to_have_url("/customers/")
    page.goto("/profile/")
    press(page, "g", "h")
    expect(page).to_have_url("/customers/")


def test_letter_after_another_key_leads_nowhere(page):
    page.goto("/profile/")
    press(page, "g", "x", "c")
    page.clock.install()
    page.reload()
    press(page, "g")
    page.clock.fast_forward(2000)
    press(page, "c")
    expect(page).to_have_url("/profile/")


def arrive_at(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    page.wait_for_load_state()


def test_j_and_k_lead_from_customer_to_customer_of_the_list(page):
    page.goto("/customers/?q=harbour&sort=name&page_size=25")
    page.get_by_role("link", name="Harbour 24", exact=True).click()
    arrive_at(page, "Harbour 24")
    for key, name in (("k", "Harbour 23"), ("j", "Harbour 24"), ("j", "Harbour 25")):
        press(page, key)
        arrive_at(page, name)
    # The last one of that page of the list.
    press(page, "j")
    page.reload()
    arrive_at(page, "Harbour 25")


def test_j_on_a_customer_who_was_not_opened_from_a_list_leads_nowhere(page):
    address = f"/customers/{customer(MINIMAL).pk}/"
    page.goto(address)
    press(page, "j", "k")
    page.reload()
    expect(page).to_have_url(address)


def test_esc_clears_the_search_leaves_the_box_and_then_clears_the_list(page):
    page.goto("/customers/?owner=me")
    search_box(page).focus()
    page.keyboard.type("harbour 03")
    expect(page.locator("#results .name")).to_have_text(["Harbour 03"])
    press(page, "Escape")
    expect(search_box(page)).to_have_value("")
    expect(search_box(page)).to_be_focused()
    expect(page.get_by_role("link", name="Remove filter: Owner is you")).to_be_visible()
    press(page, "Escape")
    expect(search_box(page)).not_to_be_focused()
    press(page, "Escape")
    expect(page).to_have_url("/customers/")


def test_digit_takes_a_choice_of_an_open_menu(page):
    page.goto("/customers/")
    press(page, "1")
    page.get_by_role("button", name="Export CSV").click()
    expect(page.get_by_role("link", name="All columns")).to_be_visible()
    with page.expect_download():
        press(page, "2")


def test_a_assigns_the_customer_to_oneself(page):
    page.goto(f"/customers/{customer(MINIMAL).pk}/")
    press(page, "a")
    expect(page.get_by_role("button", name="Tomas Berg")).to_be_visible()
    assert str(customer(MINIMAL).assignee) == "Tomas Berg"


def test_key_of_a_menu_that_was_closed_in_a_row_does_nothing(page):
    page.goto("/customers/?q=kajakk")
    page.get_by_role("link", name="Change owner").click()
    menu = page.locator(".menu:popover-open")
    expect(menu.locator("[data-key='a']")).to_have_count(1)
    press(page, "Escape")
    expect(menu).to_have_count(0)
    page.get_by_role("link", name=MINIMAL).focus()
    written: list[str] = []
    page.on("request", lambda request: request.method == "POST" and written.append(request.url))
    press(page, "a")
    page.reload()
    assert written == []


def test_digit_takes_the_choice_that_shows_it(page):
    page.goto(f"/customers/{customer(MINIMAL).pk}/")
    page.get_by_role("button", name="Status: Onboarding").click()
    menu = page.locator(".menu:popover-open")
    expect(menu.get_by_role("button").nth(1)).to_contain_text("2")
    chosen = menu.get_by_role("button").nth(1).inner_text().removesuffix("2").strip()
    press(page, "2")
    expect(page.get_by_role("button", name=f"Status: {chosen}")).to_be_visible()


def test_skip_link_comes_first_and_leads_past_the_menu(page):
    page.goto("/customers/")
    press(page, "Tab")
    assert focused(page) == "Skip to content"
    press(page, "Enter")
    press(page, "Tab")
    expect(page.get_by_role("main").locator(":focus")).to_have_count(1)


def test_single_keys_are_letters_while_typing(page):
    open_form(page, MINIMAL)
    name = page.get_by_label("Name", exact=True)
    name.fill("")
    name.focus()
    page.keyboard.type("njek/?")
    expect(name).to_have_value("njek/?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_single_keys_do_nothing_for_who_turned_them_off(keys_off, page):
    page.goto("/customers/")
    press(page, "/", "n", "?", "j", "g", "h", "Escape")
    expect(page).to_have_url("/customers/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("body")).to_be_focused()


def test_refused_form_puts_the_focus_on_what_is_wrong(page):
    open_form(page, FULL)
    page.get_by_label("Annual revenue").fill("a lot")
    press(page, "Control+Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    press(page, "Tab")
    assert focused(page).startswith("Annual revenue: ")
    press(page, "Enter")
    expect(page.get_by_label("Annual revenue")).to_be_focused()
    expect(page).to_have_url(re.compile(f"{customer(FULL).pk}/edit/#"))
