"""The main menu: apps register their entries, the base template shows those a person may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter

from django.urls import reverse

from core.registry import Person, Registry


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu.

    `url` is a URL name without arguments and `query` what follows its question mark (`"view=mine"`). `section` is the
    heading it stands under, empty for the first group. A `searchable` entry is a list that takes `?q=`: the search box
    of the frame leads to the first one. `go` is the key that leads here after G. `order` counts over the whole menu and
    keeps a section together.
    """

    key: str
    label: str
    icon: str
    url: str
    query: str = ""
    section: str = ""
    permission: str = ""
    order: int = 100
    searchable: bool = False
    go: str = ""

    @property
    def href(self) -> str:
        """The address of the page."""
        return _address(self.url, self.query)


@cache
def _address(url: str, query: str) -> str:
    """Kept, because every page shows every entry and none of them ever moves."""
    return f"{reverse(url)}?{query}" if query else reverse(url)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the menu shows it on one page."""

    label: str
    icon: str
    href: str
    is_current: bool
    go: str


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one heading; the first group has none."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """The whole menu for one person on one page."""

    sections: tuple[Section, ...]
    search: Link | None


navigation: Registry[Entry] = Registry()


def menu_for(person: Person, path: str, entries: Registry[Entry] = navigation) -> Menu:
    """The menu of a person who looks at `path`, with the entry of that page marked."""
    visible = entries.visible_to(person)
    place = _place(visible, path)
    sections = tuple(
        Section(title, tuple(_link(entry, place) for entry in group))
        for title, group in groupby(visible, key=attrgetter("section"))
    )
    return Menu(sections, _search(visible, place))


def _place(entries: Iterable[Entry], path: str) -> str:
    """Where the person is: of the entries whose page is open or above it, the nearest."""
    # A ready-made view is a filter of the page above it: that page is the place where the person is.
    return max(
        (entry.href for entry in entries if not entry.query and path.startswith(entry.href)), key=len, default=""
    )


def _link(entry: Entry, place: str) -> Link:
    href = entry.href
    return Link(entry.label, entry.icon, href, is_current=href == place, go=entry.go)


def _search(entries: Iterable[Entry], place: str) -> Link | None:
    return next((_link(entry, place) for entry in entries if entry.searchable), None)
