"""The page of one customer in a browser: its menu, its spam mark, its people, its copy button."""

import pytest
from playwright.sync_api import expect

from customers.models import Customer
from tests.browser.looks import shortcomings
from tests.browser.world import AGENT, FULL, MINIMAL, VIEWER, customer
from tests.factories import CustomerFactory

LONG = "Ünbreakable" * 23


def url(name: str, part: str = "") -> str:
    """A page of the customer of this name."""
    return f"/customers/{customer(name).pk}/{part}"


def test_spam_is_asked_about_in_a_dialog_and_taken_off_in_the_banner(page):
    page.goto(url(FULL))
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Mark as spam").click()
    dialog = page.get_by_role("dialog", name=f"Mark {FULL} as spam")
    expect(dialog).to_contain_text("Lists, search and exports leave it out from then on.")
    assert shortcomings(page) == []
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Mark as spam").click()
    dialog.get_by_role("button", name="Mark as spam").click()
    banner = page.get_by_role("region", name="Marked as spam")
    expect(banner).to_contain_text("By Tomas Berg on ")
    banner.get_by_role("button", name="Not spam").click()
    expect(page.get_by_role("status")).to_contain_text("No longer marked as spam")
    expect(banner).to_be_hidden()


def test_spam_is_asked_about_on_a_page_of_its_own_without_script(desk):
    page = desk(AGENT, java_script_enabled=False)
    page.goto(url(MINIMAL))
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Mark as spam").click()
    expect(page.get_by_role("heading", name=f"Mark {MINIMAL} as spam")).to_be_visible()
    page.get_by_role("button", name="Mark as spam").click()
    expect(page.get_by_role("heading", name="Marked as spam")).to_be_visible()
    page.get_by_role("button", name="More actions").click()
    page.locator("#more").get_by_role("button", name="Not spam").click()
    expect(page.get_by_role("heading", name="Marked as spam")).to_be_hidden()


def test_mark_over_a_stale_page_says_so_and_reads_well(page, desk):
    page.goto(url(MINIMAL, "spam/"))
    assert shortcomings(page) == []
    Customer.objects.filter(name=MINIMAL).update(rev=7)
    page.get_by_role("button", name="Mark as spam").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was marked")
    assert shortcomings(page) == []
    page.get_by_role("button", name="Mark as spam").click()
    expect(page.get_by_role("heading", name="Marked as spam")).to_be_visible()


def test_main_id_is_copied_with_one_press(desk):
    page = desk(AGENT, permissions=["clipboard-read", "clipboard-write"])
    page.goto(url(FULL))
    page.get_by_role("button", name="Copy external ID CRM-2041").click()
    expect(page.get_by_role("status")).to_contain_text("Copied CRM-2041")
    assert page.evaluate("navigator.clipboard.readText()") == "CRM-2041"


def test_button_that_cannot_copy_is_not_shown(desk):
    page = desk(AGENT, java_script_enabled=False)
    page.goto(url(FULL))
    expect(page.get_by_text("CRM-2041").first).to_be_visible()
    expect(page.get_by_role("button", name="Copy external ID CRM-2041")).to_have_count(0)


def test_key_opens_the_form(page):
    page.goto(url(FULL))
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name=f"Edit {FULL}")).to_be_visible()


def test_people_are_turned_page_by_page(page):
    company = customer(FULL)
    for number in range(60):
        CustomerFactory(kind="person", name=f"Sailor {number:02}", company_id=str(company.pk))
    page.goto(url(FULL))
    page.get_by_role("link", name="View all").click()
    expect(page.get_by_role("heading", name=f"People of {FULL}")).to_be_visible()
    assert shortcomings(page) == []
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Sailor 59")).to_be_visible()
    expect(page.locator("#people")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("link", name="Ada Lovelace")).to_be_visible()


@pytest.mark.parametrize("name", [LONG[:255], "\u202e\u202eevil ltd", "<script>alert(1)</script>"])
def test_odd_name_neither_runs_nor_breaks_the_page(page, name):
    company = CustomerFactory(kind="organization", name=name, short_name=name[:100], external_id=name, tags=[name[:60]])
    CustomerFactory(kind="person", name=name, company_id=str(company.pk), emails=[f"{'a' * 60}@{'b' * 60}.example.com"])
    for part in ("", "people/", "changes/", "spam/"):
        page.goto(f"/customers/{company.pk}/{part}")
        assert shortcomings(page) == []


def test_viewer_reads_everything_and_is_offered_nothing(desk):
    page = desk(VIEWER)
    page.goto(url(FULL))
    expect(page.get_by_role("heading", name=FULL)).to_be_visible()
    expect(page.get_by_role("link", name="Edit")).to_have_count(0)
    expect(page.get_by_role("button", name="More actions")).to_have_count(0)
    assert shortcomings(page) == []
