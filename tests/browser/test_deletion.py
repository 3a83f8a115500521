"""Deleting a customer and bringing it back, in a browser."""

from playwright.sync_api import Page, expect

from tests.browser.looks import shortcomings
from tests.browser.world import COLLEAGUE, customer
from tests.factories import CustomerFactory

NAME = "Tromsø Trawlers"


def opened(page: Page) -> None:
    """Go to the question about a customer that nobody else needs."""
    found = CustomerFactory(name=NAME, emails=["post@tromsotrawlers.no"])
    page.goto(f"/customers/{found.pk}/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Delete customer").click()


def test_customer_is_deleted_in_a_dialog_and_restored_on_its_page(desk):
    page = desk(COLLEAGUE)
    opened(page)
    dialog = page.get_by_role("dialog", name=f"Delete {NAME}")
    expect(dialog).to_contain_text("Free for other customers: 1 email.")
    assert shortcomings(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.goto(f"/customers/{customer(NAME).pk}/delete/")
    assert shortcomings(page) == []
    page.go_back()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Delete customer").click()
    dialog.get_by_role("button", name="Delete customer").click()
    expect(page.get_by_role("status").filter(has_text=f"Deleted {NAME}")).to_be_visible()
    page.goto(f"/customers/{customer(NAME).pk}/")
    assert shortcomings(page) == []
    page.get_by_role("button", name="Restore customer").click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def test_customer_is_deleted_and_restored_without_script(desk):
    page = desk(COLLEAGUE, java_script_enabled=False)
    opened(page)
    page.get_by_role("button", name="Delete customer").click()
    expect(page.get_by_text(f"Deleted {NAME}")).to_be_visible()
    page.goto(f"/customers/{customer(NAME).pk}/")
    page.get_by_role("button", name="Restore customer").click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def test_value_with_a_new_owner_keeps_a_customer_deleted_and_leads_there(desk):
    page = desk(COLLEAGUE)
    opened(page)
    page.get_by_role("dialog").get_by_role("button", name="Delete customer").click()
    expect(page.get_by_role("status").filter(has_text=f"Deleted {NAME}")).to_be_visible()
    CustomerFactory(name="Tromsø Rival", emails=["post@tromsotrawlers.no"])
    page.goto(f"/customers/{customer(NAME).pk}/")
    page.get_by_role("button", name="Restore customer").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("belongs to Tromsø Rival now. Take it off there, then restore.")
    assert shortcomings(page) == []
    alert.get_by_role("link", name="Open Tromsø Rival").click()
    expect(page.get_by_role("heading", name="Tromsø Rival")).to_be_visible()
