"""Finding customers: search, filters, orders and pages, each with an address that brings it back."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.world import FOREIGN, FULL, HARBOURS, MINIMAL


def names(page: Page) -> list[str]:
    return page.locator("#results .name").all_inner_texts()


def search_box(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("searchbox", name="Search customers")


def views(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Views")


def harbours(first: int, last: int) -> list[str]:
    step = 1 if last >= first else -1
    return [f"Harbour {number:02}" for number in range(first, last + step, step)]


def test_typing_narrows_the_list_and_keeps_the_focus(page):
    page.goto("/customers/")
    search_box(page).click()
    page.keyboard.type("lodz rob")
    expect(page.locator("#results .name")).to_have_text([FOREIGN])
    expect(page).to_have_url("/customers/?q=lodz+rob")
    expect(page.locator("#announcement")).to_have_text("1 customer")
    expect(search_box(page)).to_be_focused()


def test_search_without_hits_leads_back_to_all(page):
    page.goto("/customers/")
    search_box(page).fill("nobodyiscalledthis")
    heading = page.get_by_role("heading", name="No customer is found by “nobodyiscalledthis”")
    expect(heading).to_be_visible()
    page.get_by_role("link", name="Show all customers").click()
    expect(page.locator("#results .name").first).to_be_visible()
    expect(page).to_have_url("/customers/")


def test_filter_chosen_in_the_dialog_becomes_a_chip_that_goes_again(page):
    page.goto("/customers/?q=harbour")
    page.get_by_role("link", name="Add filter").click()
    dialog = page.get_by_role("dialog", name="Filter customers")
    dialog.get_by_label("Owner").fill("me")
    dialog.get_by_role("button", name="Show customers").click()
    expect(page).to_have_url(re.compile(r"/customers/\?.*owner=me"))
    expect(page.get_by_text("Showing 20 of 20 customers")).to_be_visible()
    mine = names(page)
    page.reload()
    assert names(page) == mine
    page.get_by_role("link", name="Remove filter: Owner is you").click()
    expect(page.get_by_text(f"Showing 50 of {HARBOURS} customers")).to_be_visible()
    expect(page).to_have_url("/customers/?q=harbour")
    page.go_back()
    expect(page.get_by_text("Showing 20 of 20 customers")).to_be_visible()
    assert names(page) == mine


def test_back_button_brings_the_list_of_each_step_back(page):
    page.goto("/customers/")
    before = names(page)
    page.get_by_role("link", name="Customer", exact=True).click()
    expect(page).to_have_url("/customers/?sort=name")
    expect(page.locator("#results .name").nth(1)).to_have_text("Ada Lovelace")
    views(page).get_by_role("link", name="My customers").click()
    expect(page).to_have_url("/customers/?owner=me")
    page.go_back()
    expect(page.locator("#results .name").nth(1)).to_have_text("Ada Lovelace")
    page.go_back()
    expect(page.locator("#results .name")).to_have_text(before)


def test_order_chosen_from_the_list_of_orders_is_in_the_address(page):
    page.goto("/customers/?q=harbour")
    page.get_by_label("Order").select_option("By revenue, largest first")
    expect(page.locator("#results .name").first).to_have_text(f"Harbour {HARBOURS}")
    expect(page).to_have_url("/customers/?q=harbour&sort=-revenue")
    expect(page.get_by_role("columnheader", name="Revenue")).to_have_attribute("aria-sort", "descending")


def test_pages_go_forward_and_back_without_losing_a_row(page):
    page.goto("/customers/?q=harbour&sort=name&page_size=25")
    assert names(page) == harbours(1, 25)
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#results .name").first).to_have_text("Harbour 26")
    expect(page.locator("#results")).to_be_focused()
    assert names(page) == harbours(26, 50)
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#results .name")).to_have_text(harbours(51, 60))
    expect(page.get_by_role("link", name="Next")).to_be_disabled()
    page.reload()
    assert names(page) == harbours(51, 60)
    page.get_by_role("link", name="Previous").click()
    expect(page.locator("#results .name")).to_have_text(harbours(26, 50))
    page.get_by_role("link", name="Previous").click()
    expect(page.locator("#results .name")).to_have_text(harbours(1, 25))
    page.go_back()
    expect(page.locator("#results .name")).to_have_text(harbours(26, 50))


def test_views_carry_their_numbers(page):
    page.goto("/customers/")
    expect(views(page).get_by_role("link", name="All customers")).to_have_text("All customers 66")
    expect(views(page).get_by_role("link", name="My customers")).to_have_text("My customers 21")
    expect(views(page).get_by_role("link", name="No owner")).to_have_text("No owner 24")
    expect(views(page).get_by_role("link", name="Spam")).to_have_text("Spam 1")


def test_rows_stay_as_they_are_while_the_numbers_are_counted(page):
    with page.expect_request("**/customers/counts/"):
        page.route("**/customers/counts/", lambda route: None)
        page.goto("/customers/")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    page.unroute_all(behavior="ignoreErrors")


def test_email_address_finds_its_owner(page):
    page.goto("/customers/")
    search_box(page).fill("post@bergenseafood.no")
    expect(page.locator("#results .name")).to_have_text([FULL])


def test_list_without_an_owner_shows_who_has_none(page):
    page.goto("/customers/")
    views(page).get_by_role("link", name="No owner").click()
    expect(page.get_by_role("row", name=MINIMAL).get_by_text("No owner")).to_be_visible()
