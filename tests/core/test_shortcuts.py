"""The sheet of keys: it lists what works, and nothing else."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from core.shortcuts import Place, sheet_for, shortcuts
from tests.factories import UserFactory

ROOT = Path(settings.BASE_DIR)
MARKUP = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
SCRIPT = (ROOT / "static/js/keyboard.js").read_text()
PAGE = reverse("shortcuts")
# What the browser does by itself, what G starts, what needs a modifier, what is no single key.
ELSEWHERE = {"Enter", "G then H", "Ctrl+S or Ctrl+Enter", "1 to 9"}


def listed() -> set[str]:
    single = {shortcut.keys for shortcut in shortcuts.all()} - ELSEWHERE
    return {key.lower().replace("esc", "Escape") for keys in single for key in keys.split()}


def told_by(sheet) -> dict[str, list[str]]:
    return {place: [shortcut.does for shortcut in found] for place, found in sheet}


def test_every_key_that_is_listed_works_and_every_key_that_works_is_listed():
    table = re.search(r"const keys = {(.*?)};", SCRIPT, re.DOTALL)[1]
    in_script = set(re.findall(r"^  \"?([^\s\":]+)\"?:", table, re.MULTILINE)) - {"g"}
    assert in_script | set(re.findall(r'data-key="([^"]+)"', MARKUP)) == listed()


def test_viewer_is_told_of_no_key_that_would_do_nothing(db):
    told = told_by(sheet_for(UserFactory(viewer=True)))
    assert told == {
        Place.EVERYWHERE: ["Search", "Go to the front page", "Go to customers", "These shortcuts"],
        Place.LIST: [
            "Next and previous row",
            "Open the marked row",
            "Add a filter",
            "Clear the search and the filters",
        ],
        Place.RECORD: ["Next and previous customer of the list you came from"],
        Place.MENU: ["Take the first to ninth choice"],
        Place.FORM: ["Save; on a Mac ⌘S or ⌘Enter"],
    }


def test_agent_is_told_of_the_keys_that_change_something(db):
    told = told_by(sheet_for(UserFactory(support_agent=True)))
    assert "New customer" in told[Place.LIST]
    assert told[Place.RECORD][1:] == ["Edit this customer", "Assign this customer to you"]


@pytest.mark.parametrize(("keys", "parts"), [("G then C", [("G", True), ("then", False), ("C", True)])])
def test_words_between_keys_are_no_keys(keys, parts):
    home = next(shortcut for shortcut in shortcuts.all() if shortcut.key == "home")
    assert list(type(home)("x", keys, "", Place.LIST).parts) == parts


def test_sheet_is_a_dialog_for_htmx_and_a_page_for_everybody(client_of):
    client = client_of(UserFactory())
    page = client.get(PAGE).content.decode()
    dialog = client.get(PAGE, headers={"HX-Request": "true", "HX-Target": "dialog-slot"}).content.decode()
    assert ("<h1>" in page, "<dialog" in page) == (True, False)
    assert ("<h1>" in dialog, "<dialog" in dialog) == (False, True)
    assert re.findall(r"<dl.*?</dl>", page) == re.findall(r"<dl.*?</dl>", dialog)


@pytest.mark.parametrize(
    ("single_keys", "words"), [(True, "Single keys work"), (False, "You have turned single keys off")]
)
def test_sheet_says_whether_single_keys_are_on(client_of, single_keys, words):
    page = client_of(UserFactory(single_key_shortcuts=single_keys)).get(PAGE).content.decode()
    assert page.count(words) == 1
