"""Two people at one customer: nobody overwrites what the other has saved without seeing it."""

from playwright.sync_api import Page, expect

from core.models import Actor, User
from customers.operations import delete_customer
from tests.browser.looks import shortcomings
from tests.browser.test_edit import SAVE, expect_toast, open_form, press
from tests.browser.world import AGENT, COLLEAGUE, FULL, customer


def change(page: Page, **values: str) -> None:
    for name, value in values.items():
        label = name.replace("_", " ")
        page.get_by_label(label, exact=label == "Name").fill(value)


def in_conflict(desk) -> Page:
    """The second of two people: both changed name and revenue, and each something else."""
    first, second = desk(COLLEAGUE), desk(AGENT)
    for page in (first, second):
        open_form(page, FULL)
    change(first, Name="Bergen Seafood Group", Annual_revenue="2000000", Size="300")
    press(first, SAVE)
    expect_toast(first, "Changes saved")
    change(second, Name="Bergen Fish AS", Annual_revenue="1500000", Short_name="BF")
    press(second, SAVE)
    expect(second.get_by_role("alert")).to_contain_text("Priya Raman saved this customer while you were editing")
    return second


def test_second_to_save_sees_both_versions_and_keeps_the_input(desk):
    page = in_conflict(desk)
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("2 fields differ. Choose which value to keep, then save again.")
    expect(alert).to_contain_text("Taken over from them: Size.")
    name = alert.get_by_role("row", name="Name")
    expect(name.get_by_role("cell")).to_have_text(
        [FULL, "Bergen Seafood Group (Name, Priya)", "Bergen Fish AS (Name, you)"]
    )
    expect(page.get_by_label("Short name")).to_have_value("BF")
    expect(page.get_by_label("Size")).to_have_value("300")
    stored = customer("Bergen Seafood Group")
    assert (stored.revenue, stored.short_name) == (2_000_000, "Bergen")
    assert shortcomings(page) == []


def test_field_by_field_choice_is_what_is_saved(desk):
    page = in_conflict(desk)
    page.get_by_label("Bergen Seafood Group").check()
    press(page, SAVE)
    expect_toast(page, "Changes saved")
    stored = customer("Bergen Seafood Group")
    assert (stored.revenue, stored.short_name, stored.size) == (1_500_000, "BF", 300)


def test_all_of_theirs_are_kept_with_one_button(desk):
    page = in_conflict(desk)
    press(page, "Keep all of Priya’s")
    expect_toast(page, "Changes saved")
    stored = customer("Bergen Seafood Group")
    assert (stored.revenue, stored.short_name, stored.size) == (2_000_000, "BF", 300)


def test_two_tabs_of_one_person_meet_as_well(page):
    other = page.context.new_page()
    for tab in (page, other):
        open_form(tab, FULL)
    change(page, Name="Tab one")
    press(page, SAVE)
    expect_toast(page, "Changes saved")
    change(other, Name="Tab two")
    press(other, SAVE)
    expect(other.get_by_role("alert")).to_contain_text("You saved this customer in another tab")
    press(other, SAVE)
    expect_toast(other, "Changes saved")
    assert customer("Tab two").rev == 4


def test_customer_deleted_meanwhile_keeps_what_was_typed(page):
    open_form(page, FULL)
    change(page, Name="Too late")
    delete_customer(customer(FULL).pk, actor=Actor.objects.of(User.objects.get(email=COLLEAGUE)))
    press(page, SAVE)
    expect_toast(page, "This customer was deleted while you were editing. What you typed is still here to copy.")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Too late")


def test_page_about_a_deletion_meanwhile_reads_well(page):
    open_form(page, FULL)
    delete_customer(customer(FULL).pk, actor=Actor.objects.of(User.objects.get(email=COLLEAGUE)))
    # As a browser sends it that never got the scripts; axe itself needs them.
    page.evaluate("document.getElementById('customer-form').submit()")
    expect(page.get_by_role("heading", name="Deleted while you were editing")).to_be_visible()
    assert shortcomings(page) == []
