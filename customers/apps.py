"""The customer directory."""

from django.apps import AppConfig

from core.job_kinds import JobKind, job_kinds
from core.navigation import Entry, navigation
from core.shortcuts import Place, Shortcut, shortcuts

_VIEW = "customers.view_customer"
_CHANGE = "customers.change_customer"
_READY_MADE = "Saved views"
_MANAGE = "Manage"


class CustomersConfig(AppConfig):
    """People and organisations, and everything the directory knows of them."""

    name = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the directory and its ready-made views into the main menu, and say what the worker does for it."""
        navigation.register(
            Entry("customers", "Customers", "building-2", "customers:list", permission=_VIEW, searchable=True, go="c"),
            _ready_made("mine", "My customers", "owner=me"),
            _ready_made("no-owner", "No owner", "owner=none"),
            _ready_made("spam", "Spam", "spam=yes"),
            _managed("tiers", "Tiers and statuses", "layers", "customers:settings-tiers", order=700),
            _managed("flags", "Flags and tags", "flag", "customers:settings-flags", order=720),
            _managed("fields", "Custom attributes", "text-cursor-input", "customers:settings-attributes", order=730),
        )
        shortcuts.register(
            Shortcut("next-customer", "J K", "Next and previous customer of the list you came from", Place.RECORD),
            Shortcut("new-customer", "N", "New customer", Place.LIST, permission="customers.add_customer"),
            Shortcut("edit-customer", "E", "Edit this customer", Place.RECORD, permission=_CHANGE),
            Shortcut("take-customer", "A", "Assign this customer to you", Place.RECORD, permission=_CHANGE),
        )
        job_kinds.register(
            JobKind(
                "customers.empty_entry",
                "customers.operations.ladders.removing.empty_and_delete",
                permission=_VIEW,
                page="customers:settings-tiers",
                page_title="Tiers and statuses",
            ),
            JobKind(
                "customers.empty_tag",
                "customers.operations.catalogue_tags.move_and_delete",
                permission=_VIEW,
                page="customers:settings-flags",
                page_title="Flags and tags",
            ),
        )


def _ready_made(key: str, label: str, query: str) -> Entry:
    return Entry(
        f"customers-{key}",
        label,
        "list-filter",
        "customers:list",
        query=query,
        section=_READY_MADE,
        permission=_VIEW,
        order=500,
    )


def _managed(key: str, label: str, icon: str, url: str, *, order: int) -> Entry:
    return Entry(f"customers-{key}", label, icon, url, section=_MANAGE, permission=_VIEW, order=order)
