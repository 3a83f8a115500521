"""The same work in a browser without JavaScript: links and forms are enough."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.models import Actor
from customers.operations import delete_customer
from tests.browser.looks import sideways
from tests.browser.test_edit import SAVE, open_form, press
from tests.browser.test_export import rows_of
from tests.browser.test_list import harbours, names, search_box
from tests.browser.test_sign_in import fill_in
from tests.browser.world import AGENT, COLLEAGUE, FULL, MINIMAL, customer


@pytest.fixture
def plain(desk) -> Page:
    """The browser of a support agent that runs no scripts."""
    return desk(AGENT, java_script_enabled=False)


def test_agent_signs_in_finds_opens_and_changes_a_customer(desk):
    page = desk(java_script_enabled=False)
    page.goto("/customers/")
    fill_in(page)
    search_box(page).fill("kajakk")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page).to_have_url("/customers/?q=kajakk&sort=-created")
    page.get_by_role("link", name=MINIMAL).click()
    page.get_by_role("link", name="Edit").first.click()
    page.get_by_label("Name", exact=True).fill("Oslo Kano")
    press(page, SAVE)
    expect(page.get_by_role("heading", name="Oslo Kano", level=1)).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("Changes saved")


def test_filter_of_the_form_narrows_the_list_and_its_chip_goes_again(plain):
    page = plain
    page.goto("/customers/?q=harbour")
    page.get_by_role("link", name="Add filter").click()
    expect(page.get_by_role("heading", name="Filter customers", level=1)).to_be_visible()
    page.get_by_label("Owner").fill("me")
    page.get_by_role("button", name="Show customers").click()
    expect(page.get_by_text("Showing 20 of 20 customers")).to_be_visible()
    page.get_by_role("link", name="Remove filter: Owner is you").click()
    expect(page.get_by_text("Showing 50 of 60 customers")).to_be_visible()


def test_order_and_pages_are_links(plain):
    page = plain
    page.goto("/customers/?q=harbour&page_size=25")
    page.get_by_role("link", name="Customer", exact=True).click()
    assert names(page) == harbours(1, 25)
    page.get_by_role("link", name="Next").click()
    assert names(page) == harbours(26, 50)
    page.get_by_role("link", name="Previous").click()
    assert names(page) == harbours(1, 25)


def test_order_of_the_list_of_orders_comes_with_the_search_button(plain):
    page = plain
    page.goto("/customers/?q=harbour&page_size=25")
    page.get_by_label("Order").select_option("By revenue, largest first")
    page.get_by_role("button", name="Search", exact=True).click()
    assert names(page) == harbours(60, 36)


def test_spare_rows_take_what_is_typed_and_a_checkbox_removes_a_row(plain):
    page = plain
    open_form(page, FULL)
    page.get_by_label("Email 3", exact=True).fill("ny@bergenseafood.no")
    page.get_by_role("checkbox", name="Remove email 2").check()
    press(page, SAVE)
    expect(page.get_by_role("heading", name=FULL, level=1)).to_be_visible()
    stored = customer(FULL).identifiers.filter(kind="email").order_by("position")
    assert [email.value for email in stored] == ["post@bergenseafood.no", "ny@bergenseafood.no"]


def test_button_for_one_more_row_keeps_what_was_typed(plain):
    page = plain
    open_form(page, MINIMAL)
    page.get_by_label("Name", exact=True).fill("Typed already")
    press(page, "Add phone")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Typed already")
    expect(page.get_by_label("Phone 4", exact=True)).to_be_visible()


def test_owner_is_searched_and_picked_with_buttons(plain):
    page = plain
    open_form(page, MINIMAL)
    page.get_by_label("Owner", exact=True).fill("priya")
    press(page, "Search owner")
    page.get_by_role("button", name="Priya Raman").click()
    press(page, SAVE)
    expect(page.get_by_role("heading", name=MINIMAL, level=1)).to_be_visible()
    assert customer(MINIMAL).owner.name == "Priya Raman"


def test_wrong_input_is_told_and_kept(plain):
    page = plain
    open_form(page, MINIMAL)
    page.get_by_label("Annual revenue").fill("a lot")
    press(page, SAVE)
    expect(page.get_by_role("heading", name="Fix 1 field to save")).to_be_visible()
    expect(page.get_by_label("Annual revenue")).to_have_value("a lot")


def test_second_of_two_people_chooses_field_by_field(desk):
    first, second = (desk(email, java_script_enabled=False) for email in (COLLEAGUE, AGENT))
    for page, name in ((first, "Theirs"), (second, "Mine")):
        open_form(page, FULL)
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Short name").fill(name[:2])
    press(first, SAVE)
    press(second, SAVE)
    expect(second.get_by_role("heading", name=re.compile("^Priya Raman saved this customer"))).to_be_visible()
    second.get_by_label("Theirs (Name, Priya)").check()
    press(second, SAVE)
    expect(second.get_by_role("heading", name="Theirs", level=1)).to_be_visible()
    assert customer("Theirs").short_name == "Mi"


def test_customer_deleted_meanwhile_shows_what_was_typed(plain):
    open_form(plain, FULL)
    plain.get_by_label("Name", exact=True).fill("Too late")
    delete_customer(customer(FULL).pk, actor=Actor.objects.system("Tests"))
    press(plain, SAVE)
    expect(plain.get_by_role("heading", name="Deleted while you were editing")).to_be_visible()
    expect(plain.get_by_role("region", name="What you typed")).to_contain_text("Too late")


@pytest.mark.parametrize("path", ["", "edit/", "changes/"], ids=["page", "form", "changes"])
def test_page_of_a_customer_stays_within_a_phone(plain, path):
    plain.goto(f"/customers/{customer(FULL).pk}/{path}")
    assert sideways(plain) == []


def test_list_stays_within_a_phone(plain):
    plain.goto("/customers/")
    assert sideways(plain) == []


def test_export_is_the_list_on_screen(plain):
    page = plain
    page.goto("/customers/?q=harbour&sort=name&page_size=100")
    page.get_by_role("button", name="Export CSV").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Columns shown here").click()
    assert [row["name"] for row in rows_of(coming.value)] == names(page)
    assert Path(coming.value.suggested_filename).suffix == ".csv"
