"""The Django admin under the same policy as our own pages: whatever it breaks is in the watch."""

import pytest
from playwright.sync_api import expect

from tests.browser.world import AGENT, SUPERUSER


def test_index_and_everything_it_lists_and_adds_keep_to_the_policy(desk):
    page = desk(SUPERUSER)
    page.goto("/admin/")
    lists = page.locator("#content-main th a").evaluate_all("links => links.map(link => link.pathname)")
    forms = page.locator("#content-main a.addlink").evaluate_all("links => links.map(link => link.pathname)")
    assert {"/admin/core/user/", "/admin/core/user/add/"} <= {*lists, *forms}
    for path in (*lists, *forms):
        answer = page.goto(path)
        assert (path, answer.status) == (path, 200)
        expect(page.locator("#content")).to_be_visible()


def test_person_is_searched_and_opened(desk):
    page = desk(SUPERUSER)
    page.goto("/admin/core/user/")
    page.locator("#searchbar").fill("tomas")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Tomas Berg").click()
    expect(page.get_by_label("Email")).to_have_value(AGENT)


@pytest.mark.parametrize("email", ["", AGENT], ids=["nobody", "an agent"])
def test_admin_lets_nobody_else_in(desk, email):
    page = desk(email)
    page.goto("/admin/")
    words = "Only superusers may open the Django admin" if email else "Sign in"
    expect(page.get_by_role("main")).to_contain_text(words)
