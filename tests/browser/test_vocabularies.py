"""Flags, tags and custom attributes in a browser: with htmx, without JavaScript, and when two people meet."""

import pytest
from playwright.sync_api import Locator, Page, expect

from core.models import Actor, User
from customers.models import CustomAttribute, Flag, Tag
from customers.operations.catalogue_attributes import change_attribute
from tests.browser.looks import shortcomings
from tests.browser.world import AGENT, COLLEAGUE, FULL, LONG, customer

FLAGS = "/customers/settings/flags-and-tags/"
ATTRIBUTES = "/customers/settings/attributes/"


@pytest.fixture
def page(desk) -> Page:
    """The browser of an administrator."""
    return desk(COLLEAGUE)


def toast(page: Page) -> Locator:
    return page.locator("#toasts")


def act(page: Page, entry: str, deed: str) -> None:
    """Choose something from the menu of an entry."""
    page.get_by_role("button", name=f"Actions for {entry}", exact=True).click()
    page.get_by_role("link", name=deed, exact=True).locator("visible=true").click()


def test_flag_is_added_changed_and_switched_off_without_leaving_the_page(page):
    page.goto(FLAGS)
    page.get_by_role("link", name="Add flag").click()
    dialog = page.get_by_role("dialog", name="New flag")
    expect(dialog.get_by_label("Label")).to_be_focused()
    dialog.get_by_role("button", name="Add flag").click()
    expect(dialog).to_contain_text("Give the flag a label, for example Payment risk.")
    expect(dialog).to_contain_text("Write a key of at most 64 lower-case letters, digits and _")
    assert shortcomings(page) == []
    dialog.get_by_label("Label").fill("Legal hold")
    dialog.get_by_label("Key").fill("legal_hold")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(toast(page)).to_contain_text("Added Legal hold")
    expect(page.get_by_role("button", name="Actions for Legal hold")).to_be_focused()

    act(page, "Legal hold", "Edit")
    page.get_by_label("Read-only").check()
    page.get_by_role("button", name="Save flag").click()
    expect(toast(page)).to_contain_text("Saved Legal hold")
    expect(page.locator("#flag-list li", has_text="Legal hold")).to_contain_text("Read-only")
    act(page, "Legal hold", "Switch off")
    page.get_by_role("button", name="Switch off flag").click()
    expect(toast(page)).to_contain_text("Legal hold switched off")
    stored = Flag.objects.get(key="legal_hold")
    assert (stored.read_only, stored.enabled, stored.rev) == (True, False, 3)


def test_flag_in_use_is_offered_to_be_switched_off_where_it_was_to_be_deleted(page):
    page.goto(FLAGS)
    act(page, "Payment risk", "Delete")
    dialog = page.get_by_role("dialog", name="Delete the flag “Payment risk”?")
    expect(dialog).to_contain_text("1 customer has it. It stays in the catalogue: switch it off instead.")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    assert shortcomings(page) == []
    dialog.get_by_role("button", name="Switch off flag").click()
    expect(toast(page)).to_contain_text("Payment risk switched off")
    expect(page.get_by_role("button", name="Actions for Payment risk")).to_be_focused()


def test_tags_are_searched_and_merged_and_the_customer_keeps_one(page):
    page.goto(FLAGS)
    search = page.get_by_role("searchbox", name="Search tags")
    search.press_sequentially("nor", delay=20)
    expect(page.locator("#tag-list li")).to_have_count(1)
    expect(page).to_have_url(f"{FLAGS}?q=nor")
    expect(search).to_be_focused()
    act(page, "Nordic", "Merge into another tag")
    dialog = page.get_by_role("dialog", name="Merge the tag “Nordic” into another?")
    other = dialog.get_by_label("Merge into")
    expect(other).to_be_focused()
    other.fill("shark")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("There is no tag “shark”.")
    assert shortcomings(page) == []
    other.fill("fish")
    dialog.get_by_role("button", name="Merge tags").click()
    expect(toast(page)).to_contain_text("Merged Nordic into Fish for 1 customer")
    expect(page.locator("#tag-list")).to_contain_text("No tag is found by “nor”")
    assert [link.tag.name for link in customer(FULL).tag_links.all()] == ["Fish"]


def test_everything_works_without_script(desk):
    page = desk(COLLEAGUE, java_script_enabled=False)
    page.goto(FLAGS)
    page.get_by_role("searchbox", name="Search tags").fill("fish")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator("#tag-list li")).to_have_count(1)
    act(page, "Fish", "Rename or edit")
    page.get_by_label("Name").fill("FISH")
    page.get_by_label("Colour").select_option("Teal")
    page.get_by_role("button", name="Save tag").click()
    expect(toast(page)).to_contain_text("Saved FISH")
    act(page, "FISH", "Delete")
    page.get_by_role("button", name="Delete tag from 1 customer").click()
    expect(toast(page)).to_contain_text("Deleted FISH and took it off 1 customer")
    page.goto(ATTRIBUTES)
    page.get_by_role("link", name="Add attribute").click()
    page.get_by_label("Label").fill("Home port")
    page.get_by_label("Options").fill("Bergen\nOslo")
    page.get_by_role("button", name="Add attribute").click()
    expect(toast(page)).to_contain_text("Added Home port")
    act(page, "Home port", "Archive")
    page.get_by_role("button", name="Archive attribute").click()
    expect(toast(page)).to_contain_text("Archived Home port")
    act(page, "Home port", "Bring back")
    page.get_by_role("button", name="Bring back attribute").click()
    expect(toast(page)).to_contain_text("Brought back Home port")
    assert CustomAttribute.objects.get(key="homePortStr").options == ["Bergen", "Oslo"]
    assert not Tag.objects.filter(folded_name="fish").exists()


def test_attribute_is_added_and_the_list_filtered_by_it(page):
    page.goto(ATTRIBUTES)
    act(page, "Boats", "Edit")
    page.get_by_label("Label").fill("Vessels")
    page.get_by_role("button", name="Save attribute").click()
    expect(toast(page)).to_contain_text("Saved Vessels")
    page.goto("/customers/")
    page.get_by_role("link", name="Add filter").click()
    dialog = page.get_by_role("dialog", name="Filter customers")
    dialog.get_by_label("Vessels from").fill("10")
    dialog.get_by_role("button", name="Show customers").click()
    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(page.locator("#results")).to_contain_text(FULL)
    expect(page.locator("#chips")).to_contain_text("Vessels")
    expect(page).to_have_url("/customers/?custom.boatsNum.from=10")
    assert shortcomings(page) == []
    page.get_by_role("link", name="Remove filter: Vessels from 10").click()
    expect(page).to_have_url("/customers/")


def test_second_of_two_people_sees_what_is_stored_and_keeps_what_was_typed(page):
    page.goto(ATTRIBUTES)
    act(page, "Boats", "Edit")
    page.get_by_label("Label").fill("Ships")
    boats = CustomAttribute.objects.get(key="boatsNum")
    change_attribute(boats.pk, {"label": "Vessels"}, rev=1, actor=Actor.objects.of(User.objects.get(email=AGENT)))
    page.get_by_role("button", name="Save attribute").click()
    notice = page.get_by_role("dialog").get_by_role("alert")
    expect(notice).to_contain_text("Tomas Berg has changed Vessels just now")
    expect(notice).to_contain_text("Label: “Vessels” is stored, you typed “Ships”.")
    expect(notice).to_be_focused()
    assert shortcomings(page) == []
    page.get_by_role("button", name="Save attribute").click()
    expect(toast(page)).to_contain_text("Saved Ships")


def test_pages_of_one_entry_read_well(page):
    flag, tag = Flag.objects.get(key="long"), Tag.objects.get(name__startswith="GGG")
    attribute = CustomAttribute.objects.get(key="longStr")
    assert customer(LONG).flag_links.count() == 1
    for path in (
        FLAGS, ATTRIBUTES, f"{FLAGS}flags/{flag.pk}/", f"{FLAGS}flags/{flag.pk}/delete/", f"{FLAGS}tags/{tag.pk}/",
        f"{FLAGS}tags/{tag.pk}/merge/", f"{FLAGS}tags/{tag.pk}/delete/", f"{ATTRIBUTES}{attribute.pk}/",
        f"{ATTRIBUTES}{attribute.pk}/archive/", f"{ATTRIBUTES}add/",
    ):  # fmt: skip
        page.goto(path)
        assert shortcomings(page) == [], path


def test_who_may_not_change_reads(desk):
    page = desk(AGENT)
    for path in (FLAGS, ATTRIBUTES):
        page.goto(path)
        expect(page.get_by_role("heading", name="You can look, and Administrators can change")).to_be_visible()
        expect(page.get_by_role("button", name="Actions for")).to_have_count(0)
        assert shortcomings(page) == []
