"""What a person may not do is not offered, and its address says who may."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import shortcomings
from tests.browser.world import AGENT, FULL, VIEWER, customer

WHO_MAY = {
    "/customers/new/": "Support agents and Administrators may add customers. Ask one of them.",
    "/customers/export/": "Support agents, Billing operators and Administrators may export customers. Ask one of them.",
}


def test_viewer_is_offered_nothing_that_changes_or_takes_away(desk):
    page = desk(VIEWER)
    page.goto("/customers/")
    expect(page.locator("#results .name").first).to_be_visible()
    expect(page.get_by_role("link", name="New customer")).to_have_count(0)
    expect(page.get_by_role("button", name="Export CSV")).to_have_count(0)


@pytest.mark.parametrize(("path", "words"), WHO_MAY.items())
def test_address_that_a_viewer_may_not_open_says_who_may(desk, path, words):
    page = desk(VIEWER)
    assert page.goto(path).status == 403
    expect(page.get_by_role("heading", name="You cannot do this")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(words)


def test_viewer_reads_a_customer_and_cannot_edit_it(desk):
    page = desk(VIEWER)
    page.goto(f"/customers/{customer(FULL).pk}/")
    expect(page.get_by_role("heading", name=FULL, level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Edit")).to_have_count(0)
    assert page.goto(f"/customers/{customer(FULL).pk}/edit/").status == 403
    expect(page.get_by_role("main")).to_contain_text("Support agents and Administrators may change customers.")
    assert shortcomings(page) == []


def test_agent_is_offered_both(desk):
    page = desk(AGENT)
    page.goto("/customers/")
    expect(page.get_by_role("link", name="New customer")).to_be_visible()
    expect(page.get_by_role("button", name="Export CSV")).to_be_visible()
