"""Panels and columns of other apps: one key each, in order, only for those who may see them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from core.columns import Column
from core.models import User
from core.panels import Panel
from core.registry import Registry


def panel(key, **options):
    return Panel(key, key.title(), "account_login", **options)


def test_panels_stand_in_order_and_equals_in_that_of_registration():
    registry = Registry()
    registry.register(panel("late", order=200), panel("first"), panel("second"), panel("early", order=1))
    assert [item.key for item in registry.all()] == ["early", "first", "second", "late"]


def test_key_that_is_taken_is_refused():
    registry = Registry()
    registry.register(panel("commits"))
    with pytest.raises(ValueError, match="'commits' is registered already"):
        registry.register(panel("commits"))


def test_panel_is_seen_by_those_with_its_permission_alone():
    registry = Registry()
    registry.register(panel("open"), panel("closed", permission="billing.view_commit"))
    superuser = User(email="root@retainer.dev", is_superuser=True)
    inactive = User(email="gone@retainer.dev", is_superuser=True, is_active=False)
    seen = [[item.key for item in registry.visible_to(who)] for who in (superuser, inactive, AnonymousUser())]
    assert seen == [["open", "closed"], ["open"], []]


def test_panel_leads_to_its_page_of_one_record():
    page = Panel("keys", "Keys", "mfa_edit_webauthn")
    assert page.href(7) == reverse("mfa_edit_webauthn", args=[7])


def test_column_is_loaded_once_for_all_rows():
    asked = []

    def loader(ids):
        asked.append(ids)
        return {ids[0]: 5}

    column = Column("balance", "Balance left", loader, "billing/balance.html")
    assert (column.loader(["a", "b"]), asked) == ({"a": 5}, [["a", "b"]])
