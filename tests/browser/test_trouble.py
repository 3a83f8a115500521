"""When a request fails, the page says so and nothing that was typed is lost."""

import re

from playwright.sync_api import expect

from core.models import Session
from tests.browser.looks import shortcomings
from tests.browser.test_edit import SAVE, expect_toast, open_form, press
from tests.browser.test_list import search_box, views
from tests.browser.test_sign_in import fill_in
from tests.browser.world import DELETED, MINIMAL, customer

EDIT = re.compile(r"/customers/[^/]+/edit/$")


def typed_name(page):
    return page.get_by_label("Name", exact=True)


def test_no_connection_keeps_the_form_and_tries_again_on_request(page, watch):
    open_form(page, MINIMAL)
    typed_name(page).fill("Typed on a train")
    page.context.set_offline(True)
    press(page, SAVE)
    expect(page.get_by_role("alert")).to_contain_text("Could not reach Retainer")
    expect(typed_name(page)).to_have_value("Typed on a train")
    page.context.set_offline(False)
    watch.forgive(f"net::ERR_INTERNET_DISCONNECTED POST /customers/{customer(MINIMAL).pk}/edit/")
    press(page, "Try again")
    expect_toast(page, "Changes saved")
    assert customer("Typed on a train").rev == 2


def test_error_of_the_server_keeps_the_form(page, watch):
    open_form(page, MINIMAL)
    typed_name(page).fill("Typed before the crash")
    page.route(EDIT, lambda route: route.fulfill(status=500, headers={"X-Request-ID": "abc123"}, body="<html>"))
    press(page, SAVE)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Something broke on our side")
    assert shortcomings(page) == []
    expect(alert).to_contain_text("Quote abc123 if you report it.")
    expect(typed_name(page)).to_have_value("Typed before the crash")
    watch.forgive(f"500 POST /customers/{customer(MINIMAL).pk}/edit/")
    page.unroute(EDIT)
    press(page, SAVE)
    expect_toast(page, "Changes saved")


def test_answer_that_does_not_come_in_time_keeps_the_form(page, watch):
    open_form(page, MINIMAL)
    typed_name(page).fill("Typed into silence")
    page.evaluate("htmx.config.timeout = 300")
    page.route(EDIT, lambda route: None)
    press(page, SAVE)
    expect(page.get_by_role("alert")).to_contain_text("This is taking longer than usual")
    expect(typed_name(page)).to_have_value("Typed into silence")
    page.unroute_all(behavior="ignoreErrors")
    watch.complaints.clear()


def test_search_without_connection_leaves_the_rows(page, watch):
    page.goto("/customers/")
    rows = page.locator("#results .name").all_inner_texts()
    page.context.set_offline(True)
    search_box(page).fill("bergen")
    expect(page.get_by_role("alert")).to_contain_text("Could not reach Retainer")
    expect(page.locator("#results .name")).to_have_text(rows)
    page.context.set_offline(False)
    watch.forgive("net::ERR_INTERNET_DISCONNECTED GET /customers/")
    press(page, "Try again")
    expect(page.locator("#results .name").first).to_have_text("Bergen Seafood AS")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_session_that_is_over_leads_through_sign_in_back_to_the_list(page):
    page.goto("/customers/?q=harbour")
    expect(views(page).get_by_role("link", name="Spam")).to_have_text("Spam 1")
    Session.objects.all().delete()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    fill_in(page)
    expect(page).to_have_url("/customers/?q=harbour")


def test_session_that_is_over_on_saving_leads_through_sign_in_back_to_the_form(page):
    open_form(page, MINIMAL)
    Session.objects.all().delete()
    press(page, SAVE)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    fill_in(page)
    expect(page).to_have_url(EDIT)


def test_deleted_customer_says_who_deleted_it_and_what_can_be_done(page):
    answer = page.goto(f"/customers/{customer(DELETED).pk}/")
    assert answer.status == 410
    expect(page.get_by_role("heading", name="This customer was deleted")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(f"Priya Raman deleted {DELETED}")
    expect(page.get_by_role("main")).to_contain_text("An administrator can restore it.")
