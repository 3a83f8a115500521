"""A list that apps add to while Django starts, so that a page can show what another app brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # An app registers before there are models.
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

type Person = AbstractBaseUser | AnonymousUser


class Registered(Protocol):
    """What an entry of a registry has: a name of its own, a place, and who may see it."""

    @property
    def key(self) -> str: ...

    @property
    def permission(self) -> str:
        """A Django permission such as `customers.view_customer`; empty means everybody who is signed in."""

    @property
    def order(self) -> int:
        """Smaller comes first; equal ones keep the order of their registration."""


class Registry[Item: Registered]:
    """Entries by key, in their order; filled by `AppConfig.ready`, read by pages."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}

    def register(self, *items: Item) -> None:
        """Add entries; a key that is taken is a mistake in an app, so it stops the start."""
        for item in items:
            if item.key in self._items:
                raise ValueError(f"{item.key!r} is registered already: every entry needs a key of its own.")
            self._items[item.key] = item
        self._items = dict(sorted(self._items.items(), key=lambda pair: pair[1].order))

    def all(self) -> tuple[Item, ...]:
        """Every entry, in order."""
        return tuple(self._items.values())

    def visible_to(self, person: Person) -> tuple[Item, ...]:
        """The entries this person may see, in order; none for somebody who is not signed in."""
        if not person.is_authenticated:
            return ()
        return tuple(item for item in self.all() if _may_see(person, item))


def _may_see(person: Person, item: Registered) -> bool:
    return not item.permission or person.has_perm(item.permission)  # type: ignore[union-attr]
