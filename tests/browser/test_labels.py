"""Flags and tags on the page of a customer: put on, taken off, put back, by mouse, by keyboard and without script."""

import pytest
from playwright.sync_api import Locator, Page, expect

from core.models import Actor
from customers.models import Customer
from customers.operations import add_flag
from tests.browser.looks import shortcomings
from tests.browser.test_edit import expect_toast
from tests.browser.test_in_place import open_customer, undo
from tests.browser.world import AGENT, FULL, MINIMAL, VIEWER, customer
from tests.factories import FlagFactory


@pytest.fixture(autouse=True)
def flags(db) -> None:
    """One flag that people set, and one that another system has set."""
    FlagFactory(key="custom_terms", label="Custom terms")
    FlagFactory(key="beta", label="Beta access", read_only=True)
    add_flag(customer(FULL).pk, "beta", actor=Actor.objects.system("Sync"), staff=False)


@pytest.fixture
def plain(desk) -> Page:
    """The browser of a support agent that runs no scripts."""
    return desk(AGENT, java_script_enabled=False)


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def tags(page: Page) -> Locator:
    return page.locator("#tags li")


def add_tag(page: Page, name: str) -> None:
    page.get_by_role("button", name="Add tag", exact=True).click()
    box = page.locator("#m-tags").get_by_label("Tag", exact=True)
    expect(box).to_be_focused()
    box.fill(name)
    box.press("Enter")


def test_flag_is_set_and_put_back(page):
    open_customer(page, MINIMAL)
    page.get_by_role("button", name="Add flag").click()
    page.locator("#m-flags").get_by_role("button", name="Custom terms").click()
    expect_toast(page, "Flag added")
    expect(page.locator("#flags li")).to_contain_text(["Custom terms"])
    expect(page.get_by_role("button", name="Remove flag Custom terms")).to_be_focused()
    expect(page.locator("#feed")).to_contain_text("Custom terms")
    undo(page)
    expect(page.locator("#flags li")).to_have_count(0)


def test_flag_of_another_system_has_a_lock_and_no_button(page):
    open_customer(page, FULL)
    beta = page.locator("#flags li", has_text="Beta access")
    expect(beta).to_contain_text("set by other systems")
    expect(beta.get_by_role("button")).to_have_count(0)
    page.get_by_role("button", name="Add flag").click()
    expect(page.locator("#m-flags").get_by_role("button", name="Beta access")).to_have_count(0)


def test_removed_flag_leads_the_focus_on_and_comes_back_with_undo(page):
    open_customer(page, FULL)
    page.get_by_role("button", name="Remove flag Payment risk").click()
    expect_toast(page, "Flag removed")
    expect(page.get_by_role("button", name="Remove flag Payment risk")).to_have_count(0)
    expect(page.get_by_role("button", name="Add flag")).to_be_focused()
    undo(page)
    expect(page.get_by_role("button", name="Remove flag Payment risk")).to_be_visible()
    expect(page.get_by_role("button", name="Add flag")).to_be_focused()


def test_new_tag_is_made_and_an_old_one_is_suggested(page):
    open_customer(page, MINIMAL)
    page.get_by_role("button", name="Add tag", exact=True).click()
    page.locator("#m-tags").get_by_label("Tag", exact=True).press_sequentially("nor")
    expect(page.locator("#tag-options option[value='Nordic']")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    add_tag(page, "annual-review")
    expect(tags(page)).to_have_text(["annual-review"])
    add_tag(page, "nordic")
    expect(tags(page)).to_have_text(["annual-review", "Nordic"])
    expect(page.locator("#p-status")).to_be_visible()


def test_removing_tags_leads_from_one_to_the_next_and_then_to_the_button_that_adds(page):
    open_customer(page, FULL)
    page.get_by_role("button", name="Remove tag Fish").click()
    expect(tags(page)).to_have_text(["Nordic"])
    expect(page.get_by_role("button", name="Remove tag Nordic")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tags(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Add tag", exact=True)).to_be_focused()


def test_undo_puts_a_tag_back_in_its_place(page):
    open_customer(page, FULL)
    page.get_by_role("button", name="Remove tag Fish").click()
    expect(tags(page)).to_have_text(["Nordic"])
    undo(page)
    expect(tags(page)).to_have_text(["Fish", "Nordic"])


def test_other_menus_work_on_after_a_tag(page):
    open_customer(page, MINIMAL)
    add_tag(page, "annual-review")
    expect(tags(page)).to_have_text(["annual-review"])
    page.locator("#p-status").click()
    page.locator("#m-status").get_by_role("button", name="Paused").click()
    expect_toast(page, "Status set to Paused")
    page.get_by_role("button", name="Remove tag annual-review").click()
    expect(tags(page)).to_have_count(0)
    assert Customer.objects.get(name=MINIMAL).rev == 4


def test_flags_and_tags_are_changed_and_undone_without_script(plain):
    open_customer(plain, FULL)
    plain.get_by_role("button", name="Remove tag Fish").click()
    expect_toast(plain, "Tag removed")
    undo(plain)
    expect(tags(plain)).to_have_text(["Fish", "Nordic"])
    plain.get_by_role("button", name="Add flag").click()
    plain.locator("#m-flags").get_by_role("button", name="Custom terms").click()
    expect(plain.locator("#flags li")).to_contain_text(["Beta access", "Custom terms", "Payment risk"])
    add_tag(plain, "annual-review")
    expect(tags(plain)).to_have_text(["Fish", "Nordic", "annual-review"])


def test_viewer_sees_them_and_is_offered_nothing(desk):
    page = desk(VIEWER)
    open_customer(page, FULL)
    expect(page.locator("#flags li")).to_have_count(2)
    expect(part(page, "Flags").get_by_role("button")).to_have_count(0)
    expect(part(page, "Tags").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("button", ["Add flag", "Add tag"])
def test_open_menu_reads_well_in_every_look(page, button):
    open_customer(page, MINIMAL)
    page.get_by_role("button", name=button, exact=True).click()
    assert shortcomings(page) == []
