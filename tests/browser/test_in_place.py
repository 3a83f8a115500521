"""Changing a customer where it stands: in the head of its page and in a row of the list, with a way back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from core.models import Actor, User
from customers.models import Customer, Tier, WorkflowStatus
from customers.operations import delete_customer, update_customer
from tests.browser.looks import shortcomings
from tests.browser.test_edit import expect_toast
from tests.browser.world import AGENT, COLLEAGUE, FULL, LONG, MINIMAL, customer
from tests.factories import TierFactory

ROW = "Harbour 07"
PARTS = ("status", "tier", "owner", "assignee", "support-status")


@pytest.fixture(autouse=True)
def tiers(db) -> None:
    """Two tiers that no customer has."""
    for name in ("Gold", "Silver"):
        TierFactory(name=name)


def by_colleague(name: str, **changes: object) -> None:
    """What somebody else changes meanwhile."""
    actor = Actor.objects.of(User.objects.get(email=COLLEAGUE))
    update_customer(customer(name).pk, changes, actor=actor)


def tier(name: str) -> str:
    return str(Tier.objects.get(name=name).pk)


def open_customer(page: Page, name: str) -> None:
    page.goto(f"/customers/{customer(name).pk}/")


def head_menu(page: Page, part: str) -> Locator:
    """Open the menu of a property in the head."""
    page.locator(f"#p-{part}").click()
    menu = page.locator(f"#m-{part}")
    expect(menu).to_be_visible()
    return menu


def row_of(page: Page, name: str) -> Locator:
    return page.locator(f"#c-{customer(name).pk}")


def open_list(page: Page, name: str = ROW) -> Locator:
    page.goto(f"/customers/?q={name}")
    return row_of(page, name)


def row_menu(page: Page, row: Locator, part: str) -> Locator:
    """Open the menu of a cell of the list."""
    row.locator(f"a.prop[href$='/{part}/']").click()
    menu = page.locator("#row-menu")
    expect(menu).to_be_visible()
    return menu


def undo(page: Page) -> None:
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect_toast(page, "Change undone")


def stored(name: str) -> Customer:
    return Customer.objects.select_related("tier", "workflow_status", "owner", "assignee").get(name=name)


# In the head.


def test_status_is_set_in_the_head_and_put_back(page):
    open_customer(page, MINIMAL)
    before = page.locator("#p-status").inner_text()
    head_menu(page, "status").get_by_role("button", name="Paused").click()
    expect_toast(page, "Status set to Paused")
    button = page.locator("#p-status")
    expect(button).to_contain_text("Paused")
    expect(button).to_be_focused()
    expect(page.locator("#feed")).to_contain_text("Paused")
    assert (stored(MINIMAL).workflow_status.name, stored(MINIMAL).rev) == ("Paused", 2)
    undo(page)
    expect(button).to_have_text(re.compile(re.escape(before.split()[-1])))
    expect(button).to_be_focused()
    expect(page.locator("#toasts").get_by_role("button", name="Undo")).to_have_count(0)
    assert stored(MINIMAL).rev == 3


def test_several_changes_follow_each_other_without_a_reload(page):
    open_customer(page, MINIMAL)
    head_menu(page, "tier").get_by_role("button", name="Gold").click()
    expect(page.locator("#p-tier")).to_contain_text("Gold")
    head_menu(page, "tier").get_by_role("button", name="Silver").click()
    expect(page.locator("#p-tier")).to_contain_text("Silver")
    head_menu(page, "status").get_by_role("button", name="Churned").click()
    expect(page.locator("#p-status")).to_contain_text("Churned")
    expect(page.locator("#toasts .toast")).to_have_count(3)
    assert stored(MINIMAL).rev == 4


def test_owner_is_searched_and_taken_away_again(page):
    open_customer(page, MINIMAL)
    menu = head_menu(page, "owner")
    expect(menu.get_by_role("button", name="Priya Raman")).to_have_count(0)
    menu.get_by_role("searchbox").fill("priya")
    menu.get_by_role("button", name="Priya Raman").click()
    expect(page.locator("#p-owner")).to_contain_text("Priya Raman")
    expect_toast(page, "Owner set to Priya Raman")
    head_menu(page, "owner").get_by_role("button", name="No owner").click()
    expect(page.locator("#p-owner")).to_contain_text("No owner")
    expect_toast(page, "Owner removed")


def test_enter_in_the_search_for_staff_opens_no_other_page(page):
    open_customer(page, MINIMAL)
    box = head_menu(page, "owner").get_by_role("searchbox")
    box.fill("priya")
    box.press("Enter")
    expect(page.locator("#m-owner").get_by_role("button", name="Priya Raman")).to_be_visible()
    expect(page).to_have_url(f"/customers/{customer(MINIMAL).pk}/")


def test_assigning_to_oneself_makes_the_customer_active_and_undo_takes_back_both(page):
    open_customer(page, MINIMAL)
    head_menu(page, "assignee").get_by_role("button", name="Tomas Berg").click()
    expect(page.locator("#p-assignee")).to_contain_text("Tomas Berg")
    expect(page.locator("#p-support-status")).to_contain_text("Active")
    undo(page)
    expect(page.locator("#p-assignee")).to_contain_text("Nobody")
    expect(page.locator("#p-support-status")).to_contain_text("Idle")


def test_snooze_ends_at_a_moment_of_ones_own(page):
    open_customer(page, MINIMAL)
    menu = head_menu(page, "support-status")
    menu.get_by_label("Snooze until", exact=True).fill("2099-03-02T09:30")
    menu.get_by_role("button", name="Snooze", exact=True).click()
    expect_toast(page, "Support set to Snoozed until 2 Mar 2099, 09:30")
    expect(page.locator("#details")).to_contain_text("Until 2 Mar 2099, 09:30")


def test_menu_asks_about_spam_in_a_dialog(page):
    open_customer(page, MINIMAL)
    head_menu(page, "status").get_by_role("link", name="Mark as spam").click()
    expect(page.get_by_role("dialog", name=f"Mark {MINIMAL} as spam")).to_be_visible()


def test_stale_choice_in_another_tab_shows_what_is_so_now_and_is_taken_the_second_time(page):
    open_customer(page, MINIMAL)
    by_colleague(MINIMAL, tier_id=tier("Silver"))
    head_menu(page, "tier").get_by_role("button", name="Gold").click()
    menu = page.locator("#m-tier")
    expect(menu.get_by_role("alert")).to_contain_text("Priya Raman set the tier to Silver just now. Choose again.")
    expect(menu).to_be_visible()
    expect(page.locator("#p-tier")).to_contain_text("Silver")
    expect(menu.get_by_role("button", name="Silver")).to_have_attribute("aria-pressed", "true")
    assert shortcomings(page) == []
    menu.get_by_role("button", name="Gold").click()
    expect(page.locator("#p-tier")).to_contain_text("Gold")
    assert stored(MINIMAL).tier.name == "Gold"


def test_undo_of_what_a_colleague_changed_since_says_so_and_changes_nothing(page):
    open_customer(page, MINIMAL)
    head_menu(page, "tier").get_by_role("button", name="Gold").click()
    expect_toast(page, "Tier set to Gold")
    by_colleague(MINIMAL, tier_id=tier("Silver"))
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect_toast(page, "Nothing was undone. Priya Raman set the tier to Silver just now.")
    assert stored(MINIMAL).tier.name == "Silver"


def test_toast_with_a_way_back_stays_and_reads_well(page):
    page.clock.install()
    open_customer(page, MINIMAL)
    head_menu(page, "tier").get_by_role("button", name="Gold").click()
    expect_toast(page, "Tier set to Gold")
    page.clock.fast_forward(60_000)
    assert shortcomings(page) == []
    page.locator("#toasts").get_by_role("button", name="Dismiss").click()
    expect(page.locator("#toasts .toast")).to_have_count(0)


def test_choice_that_did_not_arrive_is_said_in_the_menu_and_sent_again_as_it_was(page, watch):
    open_customer(page, MINIMAL)
    menu = head_menu(page, "tier")
    address = f"**/customers/{customer(MINIMAL).pk}/tier/"
    page.route(address, lambda route: route.abort())
    menu.get_by_role("button", name="Gold").click()
    expect(menu.get_by_role("alert")).to_contain_text("Could not reach Retainer")
    watch.forgive(f"net::ERR_FAILED POST /customers/{customer(MINIMAL).pk}/tier/")
    page.unroute(address)
    menu.get_by_role("button", name="Try again").click()
    expect(page.locator("#p-tier")).to_contain_text("Gold")


# In the list.


def test_status_is_set_in_the_row_which_alone_changes(page):
    row = open_list(page)
    menu = row_menu(page, row, "status")
    menu.get_by_role("button", name="Paused").click()
    expect(row).to_contain_text("Paused")
    expect(menu).to_be_hidden()
    expect(row.locator("a.prop[href$='/status/']")).to_be_focused()
    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(page).to_have_url(f"/customers/?q={ROW.replace(' ', '%20')}")
    undo(page)
    expect(row).not_to_contain_text("Paused")
    expect(row.locator("a.prop[href$='/status/']")).to_be_focused()


def test_owner_and_assignee_are_found_in_the_menu_of_the_row(page):
    row = open_list(page)
    menu = row_menu(page, row, "owner")
    menu.get_by_role("searchbox", name="Find by name or email: owner").fill("noor")
    menu.get_by_role("button", name="Noor Aziz").click()
    expect(row).to_contain_text("Noor Aziz")
    menu = row_menu(page, row, "owner")
    menu.get_by_role("searchbox", name="Find by name or email: assignee").fill("priya")
    menu.locator("#found-assignee").get_by_role("button", name="Priya Raman").click()
    expect_toast(page, "Assignee set to Priya Raman")
    assert stored(ROW).assignee.name == "Priya Raman"


def test_customer_is_snoozed_from_the_menu_of_the_row(page):
    row = open_list(page)
    row_menu(page, row, "status").get_by_role("button", name="Snooze for an hour").click()
    expect_toast(page, "Support set to Snoozed until")
    expect(row.locator("a.prop[href$='/status/']")).to_be_focused()
    assert stored(ROW).support_status == "SNOOZED"


def test_stale_choice_in_the_list_keeps_the_menu_open_over_the_new_row(page):
    row = open_list(page)
    menu = row_menu(page, row, "tier")
    by_colleague(ROW, tier_id=tier("Silver"))
    menu.get_by_role("button", name="Gold").click()
    expect(menu.get_by_role("alert")).to_contain_text("Priya Raman set the tier to Silver just now. Choose again.")
    expect(row).to_contain_text("Silver")
    menu.get_by_role("button", name="Gold").click()
    expect(row).to_contain_text("Gold")


def test_customer_that_is_gone_is_said_to_be_gone_and_has_no_row(page):
    row = open_list(page)
    menu = row_menu(page, row, "tier")
    delete_customer(customer(ROW).pk, actor=Actor.objects.system("Tests"))
    menu.get_by_role("button", name="Gold").click()
    expect_toast(page, "This was deleted")
    expect(row).to_have_count(0)
    expect(page.locator("#results")).to_be_focused()


def test_one_menu_closes_where_the_next_one_opens(page):
    page.goto("/customers/?q=harbour&sort=name")
    first, second = row_of(page, "Harbour 01"), row_of(page, "Harbour 02")
    row_menu(page, first, "status")
    page.keyboard.press("Escape")
    expect(page.locator("#row-menu")).to_be_hidden()
    row_menu(page, second, "tier").get_by_role("button", name="Gold").click()
    expect(second).to_contain_text("Gold")
    expect(first).not_to_contain_text("Gold")


# By keyboard.


def test_menu_of_the_head_is_used_by_keys_alone(page):
    open_customer(page, MINIMAL)
    page.locator("#p-tier").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#m-tier")).to_be_visible()
    hint = page.locator("#m-tier button", has_text="Gold").locator("kbd").inner_text()
    page.keyboard.press(hint)
    expect(page.locator("#p-tier")).to_contain_text("Gold")
    expect(page.locator("#p-tier")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#m-tier")).to_be_hidden()
    expect(page.locator("#p-tier")).to_be_focused()


def test_menu_of_a_row_is_used_by_keys_alone(page):
    row = open_list(page)
    cell = row.locator("a.prop[href$='/tier/']")
    cell.focus()
    page.keyboard.press("Enter")
    menu = page.locator("#row-menu")
    expect(menu).to_be_visible()
    expect(menu.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press(menu.locator("button", has_text="Silver").locator("kbd").inner_text())
    expect(row).to_contain_text("Silver")
    expect(row.locator("a.prop[href$='/tier/']")).to_be_focused()


# Without JavaScript.


@pytest.fixture
def plain(desk) -> Page:
    """The browser of a support agent that runs no scripts."""
    return desk(AGENT, java_script_enabled=False)


def test_head_is_changed_and_undone_without_script(plain):
    open_customer(plain, MINIMAL)
    head_menu(plain, "tier").get_by_role("button", name="Gold").click()
    expect_toast(plain, "Tier set to Gold")
    expect(plain.locator("#p-tier")).to_contain_text("Gold")
    undo(plain)
    expect(plain.locator("#p-tier")).to_contain_text("No tier")


def test_row_is_changed_on_a_page_of_its_own_without_script_and_leads_back_to_the_list(plain):
    row = open_list(plain)
    row.locator("a.prop[href$='/owner/']").click()
    expect(plain.get_by_role("heading", name=f"Change owner of {ROW}")).to_be_visible()
    plain.get_by_role("searchbox", name="Find by name or email: owner").fill("noor")
    plain.get_by_role("button", name="Find").first.click()
    plain.get_by_role("button", name="Noor Aziz").click()
    expect(plain).to_have_url(f"/customers/?q={ROW.replace(' ', '%20')}#c-{customer(ROW).pk}")
    expect(row).to_contain_text("Noor Aziz")
    undo(plain)
    assert stored(ROW).owner is None or stored(ROW).owner.name != "Noor Aziz"


def test_stale_choice_without_script_says_who_was_quicker(plain):
    open_list(plain).locator("a.prop[href$='/tier/']").click()
    by_colleague(ROW, tier_id=tier("Silver"))
    plain.get_by_role("button", name="Gold").click()
    expect(plain.get_by_role("alert")).to_contain_text("Priya Raman set the tier to Silver just now. Choose again.")
    plain.get_by_role("button", name="Gold").click()
    expect(plain.locator("#toasts")).to_contain_text("Tier set to Gold")
    expect(plain).to_have_url(f"/customers/?q={ROW.replace(' ', '%20')}#c-{customer(ROW).pk}")


# How it looks.


@pytest.mark.parametrize(("name", "part"), [*((FULL, part) for part in PARTS), (LONG, "status"), (LONG, "owner")])
def test_open_menu_of_the_head_reads_well_in_every_look(page, name, part):
    open_customer(page, name)
    head_menu(page, part)
    assert shortcomings(page) == []


@pytest.mark.parametrize("part", ["status", "owner"])
def test_open_menu_of_a_row_reads_well_in_every_look(page, part):
    row_menu(page, open_list(page), part)
    assert shortcomings(page) == []


@pytest.mark.parametrize("part", ["owner", "support-status"])
def test_page_of_a_property_reads_well_in_every_look(page, part):
    page.goto(f"/customers/{customer(LONG).pk}/{part}/")
    assert shortcomings(page) == []


def outside(menu: Locator) -> list[str]:
    """Where a menu leaves the screen of a phone."""
    box = menu.bounding_box()
    assert box
    ends = {"left": -box["x"], "right": box["x"] + box["width"] - 390, "bottom": box["y"] + box["height"] - 844}
    return [side for side, beyond in ends.items() if beyond > 0]


def test_menus_open_within_the_screen_of_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    row = open_list(page)
    assert outside(row_menu(page, row, "status")) == []
    page.keyboard.press("Escape")
    assert outside(row_menu(page, row, "owner")) == []
    open_customer(page, MINIMAL)
    for part in PARTS:
        assert outside(head_menu(page, part)) == []
        page.keyboard.press("Escape")


def test_status_that_was_deleted_meanwhile_is_refused_with_a_sentence(page):
    open_customer(page, MINIMAL)
    head_menu(page, "status")
    WorkflowStatus.objects.filter(name="Paused").delete()
    page.locator("#m-status").get_by_role("button", name="Paused").click()
    menu = page.locator("#m-status")
    expect(menu.get_by_role("alert")).to_be_visible()
    expect(menu.get_by_role("button", name="Churned")).to_be_visible()
    expect(menu.get_by_role("button", name="Paused")).to_have_count(0)
