"""The keys that do something: one list for the sheet that `?` opens; `static/js/keyboard.js` does what it says.

An app registers the keys of its own pages. In its markup `data-key="n"` names what a key clicks, and G and then a key
lead to the entry of the menu with `go="c"`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from core.navigation import navigation
from core.registry import Person, Registry

_WORDS = frozenset({"then", "or", "to"})


class Place(StrEnum):
    """Where a key works, as the sheet calls it; in the order of the sheet."""

    EVERYWHERE = "Everywhere"
    LIST = "In a list"
    RECORD = "On a customer"
    MENU = "In an open menu"
    FORM = "In a form"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One line of the sheet. `keys` names them with words between: "G then C", "J K", "Ctrl+S or Ctrl+Enter"."""

    key: str
    keys: str
    does: str
    place: Place
    permission: str = ""
    order: int = 100

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The keys and the words between them, and whether each is a key."""
        return tuple((part, part not in _WORDS) for part in self.keys.split())


shortcuts: Registry[Shortcut] = Registry()
shortcuts.register(
    Shortcut("search", "/", "Search", Place.EVERYWHERE, order=10),
    Shortcut("home", "G then H", "Go to the front page", Place.EVERYWHERE, order=20),
    Shortcut("sheet", "?", "These shortcuts", Place.EVERYWHERE, order=900),
    Shortcut("rows", "J K", "Next and previous row", Place.LIST, order=10),
    Shortcut("open", "Enter", "Open the marked row", Place.LIST, order=20),
    Shortcut("filter", "F", "Add a filter", Place.LIST, order=30),
    Shortcut("clear", "Esc", "Clear the search and the filters", Place.LIST, order=900),
    Shortcut("choose", "1 to 9", "Take the first to ninth choice", Place.MENU),
    Shortcut("save", "Ctrl+S or Ctrl+Enter", "Save; on a Mac ⌘S or ⌘Enter", Place.FORM),
)


def sheet_for(person: Person) -> list[tuple[Place, list[Shortcut]]]:
    """The keys that do something for this person, by place."""
    found = sorted(
        [*shortcuts.visible_to(person), *_ways_to_go(person)],
        key=lambda shortcut: (list(Place).index(shortcut.place), shortcut.order),
    )
    return [(place, list(group)) for place, group in groupby(found, key=lambda shortcut: shortcut.place)]


def _ways_to_go(person: Person) -> Iterator[Shortcut]:
    for entry in navigation.visible_to(person):
        if entry.go:
            keys = f"G then {entry.go.upper()}"
            yield Shortcut(f"go-{entry.key}", keys, f"Go to {entry.label.lower()}", Place.EVERYWHERE, order=30)
