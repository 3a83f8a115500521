"""Making and changing customers on the form."""

import re

from playwright.sync_api import Page, expect

from customers.models import Customer
from tests.browser.looks import shortcomings
from tests.browser.world import FULL, MINIMAL, TAKEN_EMAIL, customer

SAVE = "Save changes"


def open_form(page: Page, name: str) -> None:
    page.goto(f"/customers/{customer(name).pk}/edit/")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def expect_toast(page: Page, words: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(words)


def add_row(page: Page, noun: str, number: int, value: str) -> None:
    """One more row: the focus goes to its type, and with Tab to what the row is about."""
    press(page, f"Add {noun}")
    expect(page.get_by_label(f"{noun.capitalize()} {number} type")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type(value)


def test_customer_is_found_opened_changed_and_seen_changed(page):
    page.goto("/customers/")
    page.get_by_role("main").get_by_role("searchbox", name="Search customers").fill("kajakk")
    page.get_by_role("link", name=MINIMAL).click()
    expect(page.get_by_role("heading", name=MINIMAL, level=1)).to_be_visible()
    page.get_by_role("link", name="Edit").first.click()
    page.get_by_label("Name", exact=True).fill("Oslo Kajakk og Kano")
    page.get_by_label("Domains").fill("oslokajakk.no")
    press(page, SAVE)
    expect(page.get_by_role("heading", name="Oslo Kajakk og Kano", level=1)).to_be_visible()
    expect_toast(page, "Changes saved")
    expect(page.get_by_role("main").get_by_text("oslokajakk.no").first).to_be_visible()


def test_saving_without_a_change_says_so_and_writes_nothing(page):
    open_form(page, FULL)
    press(page, SAVE)
    expect_toast(page, "Nothing changed")
    assert customer(FULL).rev == 2


def test_new_customer_with_rows_that_were_added_has_all_of_them(page):
    page.goto("/customers/")
    page.get_by_role("link", name="New customer").click()
    page.get_by_label("Name", exact=True).fill("Tromsø Tau")
    add_row(page, "email", 1, "post@tromsotau.no")
    add_row(page, "email", 2, "salg@tromsotau.no")
    add_row(page, "email", 3, "")
    press(page, "Remove email 3")
    expect(page.get_by_role("button", name="Remove email 2")).to_be_focused()
    add_row(page, "phone", 1, "+47 77 60 00 00")
    press(page, "Create customer")
    expect(page.get_by_role("heading", name="Tromsø Tau", level=1)).to_be_visible()
    expect_toast(page, "Customer created")
    for words in ("post@tromsotau.no", "salg@tromsotau.no", "+47 77 60 00 00"):
        expect(page.get_by_role("main").get_by_text(words).first).to_be_visible()


def test_two_clicks_on_save_make_one_customer(page):
    page.goto("/customers/new/")
    page.get_by_label("Name", exact=True).fill("Twice Clicked")
    page.get_by_role("button", name="Create customer").dblclick()
    expect(page.get_by_role("heading", name="Twice Clicked", level=1)).to_be_visible()
    assert Customer.objects.filter(name="Twice Clicked").count() == 1


def test_form_sent_again_after_the_back_button_makes_one_customer(page):
    page.goto("/customers/new/")
    page.get_by_label("Name", exact=True).fill("Sent Again")
    press(page, "Create customer")
    expect(page.get_by_role("heading", name="Sent Again", level=1)).to_be_visible()
    page.go_back()
    page.get_by_label("Name", exact=True).fill("Sent Again")
    press(page, "Create customer")
    expect(page.get_by_role("heading", name="Sent Again", level=1)).to_be_visible()
    assert Customer.objects.filter(name="Sent Again").count() <= 2


def test_everything_that_is_wrong_is_said_at_once_and_the_input_stays(page):
    open_form(page, MINIMAL)
    page.get_by_label("Name", exact=True).fill("")
    page.get_by_label("Annual revenue").fill("a lot")
    press(page, "Add phone")
    page.get_by_label("Phone 1", exact=True).fill("12345")
    press(page, SAVE)
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("heading")).to_have_text("Fix 3 fields to save")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Annual revenue")).to_have_value("a lot")
    expect(page.get_by_label("Phone 1", exact=True)).to_have_value("12345")
    assert shortcomings(page) == []
    summary.get_by_role("link", name=re.compile("^Annual revenue: ")).click()
    expect(page.get_by_label("Annual revenue")).to_be_focused()
    expect(page.get_by_label("Annual revenue")).to_have_accessible_description(
        re.compile("Enter whole dollars, for example 1920000")
    )
    page.get_by_label("Name", exact=True).fill(MINIMAL)
    page.get_by_label("Annual revenue").fill("900")
    page.get_by_label("Phone 1", exact=True).fill("+47 22 00 00 00")
    press(page, SAVE)
    expect_toast(page, "Changes saved")
    assert customer(MINIMAL).revenue == 900


def test_taken_email_leads_to_its_owner(page):
    open_form(page, MINIMAL)
    press(page, "Add email")
    page.get_by_label("Email 1", exact=True).fill(TAKEN_EMAIL)
    press(page, SAVE)
    field = page.get_by_label("Email 1", exact=True)
    expect(field).to_have_value(TAKEN_EMAIL)
    expect(field).to_have_attribute("aria-invalid", "true")
    with page.context.expect_page() as opening:
        page.get_by_role("link", name=re.compile(f"^{FULL}")).first.click()
    expect(opening.value.get_by_role("heading", name=FULL, level=1)).to_be_visible()


def test_owner_is_found_by_typing_and_picked(page):
    open_form(page, MINIMAL)
    page.get_by_label("Owner", exact=True).click()
    page.keyboard.type("priya")
    page.get_by_role("button", name="Priya Raman").click()
    expect(page.get_by_label("Owner", exact=True)).to_have_value(re.compile("Priya Raman"))
    press(page, SAVE)
    expect_toast(page, "Changes saved")
    assert customer(MINIMAL).owner.name == "Priya Raman"


def test_leaving_with_unsaved_input_asks_first(page):
    open_form(page, MINIMAL)
    page.get_by_label("Name", exact=True).fill("Something else")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Something else")
    assert asked == ["beforeunload"]
