"""Panels that other apps put on a customer's page; each is fetched by itself, so a slow one holds up nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: `url` names a page that takes the id of the record and answers `hx-get` with the panel's markup."""

    key: str
    title: str
    url: str
    permission: str = ""
    order: int = 100

    def href(self, record_id: object) -> str:
        """Where this panel of this record lives; without JavaScript it is a page like any other."""
        return reverse(self.url, args=[record_id])


customer_panels: Registry[Panel] = Registry()
