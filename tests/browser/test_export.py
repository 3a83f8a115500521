"""The file that a person gets is what was on screen."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from tests.browser.world import FORMULA


def rows_of(download: Download) -> list[dict[str, str]]:
    text = Path(download.path()).read_text(encoding="utf-8", newline="")
    return list(csv.DictReader(StringIO(text)))


def export(page: Page, which: str) -> Download:
    page.get_by_role("button", name="Export CSV").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name=which).click()
    return coming.value


@pytest.mark.parametrize("which", ["All columns", "Columns shown here"])
def test_file_holds_the_customers_on_screen_in_their_order(page, which):
    page.goto("/customers/?q=harbour&sort=-revenue&page_size=100")
    on_screen = page.locator("#results .name").all_inner_texts()
    rows = rows_of(export(page, which))
    assert [row["name"] for row in rows] == on_screen
    assert [row["revenue"] for row in rows] == [str(number * 1000) for number in range(60, 0, -1)]


def test_columns_shown_are_those_of_the_list(page):
    page.goto("/customers/?q=bergen")
    download = export(page, "Columns shown here")
    (row,) = rows_of(download)
    heads = page.get_by_role("columnheader").all_inner_texts()
    assert heads == ["Customer", "Status", "Tier", "Owner", "Revenue", "Last activity"]
    assert {name: row[name] for name in row if name != "id"} == {
        "name": "Bergen Seafood AS",
        "domain": "bergenseafood.no",
        "email": "post@bergenseafood.no",
        "status": "Onboarding",
        "tier": "Enterprise",
        "owner": "tomas@retainer.test",
        "revenue": "1250000",
        "last_activity_at": "2026-03-02T09:41:00.000000Z",
        "flags": "payment_risk",
    }
    assert download.suggested_filename.startswith("customers-")


def test_filter_set_without_leaving_the_page_reaches_the_file(page):
    page.goto("/customers/")
    page.get_by_role("main").get_by_role("searchbox", name="Search customers").fill("harbour 1")
    expect(page.get_by_text("Showing 10 of 10 customers")).to_be_visible()
    assert len(rows_of(export(page, "Columns shown here"))) == 10


def test_name_that_looks_like_a_formula_is_disarmed(page):
    page.goto("/customers/?q=hyperlink")
    expect(page.locator("#results .name")).to_have_text([FORMULA])
    (row,) = rows_of(export(page, "All columns"))
    assert row["name"] == f"'{FORMULA}"
