"""The Django admin under the same policy as our own pages: whatever it breaks is in the watch."""

import re

import pytest
from playwright.sync_api import expect

from customers.models import Customer
from customers.rows import state_of
from tests.browser.world import AGENT, DELETED, FULL, SUPERUSER, TAKEN_EMAIL, customer


def test_index_and_everything_it_lists_and_adds_keep_to_the_policy(desk):
    page = desk(SUPERUSER)
    page.goto("/admin/")
    lists = page.locator("#content-main th a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    forms = page.locator("#content-main a.addlink").evaluate_all(
        "links => links.map(link => new URL(link.href).pathname)"
    )
    assert {"/admin/core/user/", "/admin/core/user/add/", "/admin/customers/customer/add/"} <= {*lists, *forms}
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
    expect(page.get_by_label("Email:")).to_have_value(AGENT)


@pytest.mark.parametrize("email", ["", AGENT], ids=["nobody", "an agent"])
def test_admin_lets_nobody_else_in(desk, email):
    page = desk(email)
    page.goto("/admin/")
    words = "Only superusers may open the Django admin" if email else "Sign in"
    expect(page.get_by_role("main")).to_contain_text(words)


def test_every_page_of_a_customer_keeps_to_the_policy(desk):
    page = desk(SUPERUSER)
    for name in (FULL, DELETED):
        for part in ("change", "history", *(["delete"] if name == FULL else [])):
            page.goto(f"/admin/customers/customer/{customer(name).pk}/{part}/")
            expect(page.locator("#content")).to_contain_text(name)


def test_a_customer_is_found_changed_and_its_history_told(desk):
    page = desk(SUPERUSER)
    page.goto("/admin/customers/customer/")
    page.locator("#searchbar").fill(TAKEN_EMAIL)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=FULL).click()
    page.get_by_label("Size:").fill("250")
    page.locator("#id_owner_id + .select2").click()
    page.locator(".select2-search__field").last.fill("priya")
    page.get_by_role("option", name="Priya Raman").click()
    page.locator("#emails-group .add-row a").click()
    page.locator("#id_emails-3-email").fill("crew@bergenseafood.no")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    stored = customer(FULL)
    assert (stored.size, stored.owner.name) == (250, "Priya Raman")
    assert [item["email"] for item in state_of(stored)["emails"]][-1] == "crew@bergenseafood.no"
    page.get_by_role("link", name="History").click()
    expect(page.locator("#change-history tbody tr").first).to_contain_text("Noor Aziz")


def test_what_is_refused_is_said_at_its_input_and_what_was_typed_stays(desk):
    page = desk(SUPERUSER)
    page.goto("/admin/customers/customer/add/")
    page.get_by_label("Name:", exact=True).fill("Newcomer")
    page.locator("#id_emails-0-email").fill(TAKEN_EMAIL)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("tr#emails-0 .errorlist")).to_contain_text(f"Already used by {FULL}")
    expect(page.locator("#id_emails-0-email")).to_have_value(TAKEN_EMAIL)
    expect(page.get_by_label("Name:", exact=True)).to_have_value("Newcomer")
    assert not Customer.objects.filter(name="Newcomer").exists()


def test_a_customer_is_made_without_javascript(desk):
    page = desk(SUPERUSER, java_script_enabled=False)
    page.goto("/admin/customers/customer/add/")
    page.get_by_label("Name:", exact=True).fill("Newcomer")
    page.locator("#id_emails-0-email").fill("post@newcomer.no")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert [item["email"] for item in state_of(customer("Newcomer"))["emails"]] == ["post@newcomer.no"]


def test_the_admin_looks_as_django_draws_it_and_is_reached_from_the_menu(desk):
    page = desk(SUPERUSER)
    page.goto("/customers/")
    link = page.locator('a[href^="/admin/"]').first
    expect(link).to_have_text(re.compile("admin", re.IGNORECASE))
    page.goto("/admin/customers/customer/")
    sheets = page.locator('link[rel="stylesheet"]').evaluate_all(
        "links => links.map(link => new URL(link.href).pathname)"
    )
    assert [sheet for sheet in sheets if "/admin/css/" not in sheet] == []
