"""The main menu shows what a person may open, in the order and under the heading its app asked for."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from core.models import User
from core.navigation import Entry, menu_for
from core.registry import Registry

pytestmark = pytest.mark.django_db


def somebody(*codenames):
    person = User.objects.create_user(f"{len(codenames)}@retainer.dev", name="Noor Okafor")
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


@pytest.fixture
def entries():
    registry = Registry()
    registry.register(
        Entry("mine", "Mine", "list-filter", "profile", query="view=mine", section="Saved views", order=200),
        Entry("list", "Customers", "building-2", "profile", permission="customers.view_customer", searchable=True),
        Entry("home", "Home", "house", "account_login", order=10),
    )
    return registry


def labels(menu):
    return [(section.title, [link.label for link in section.links]) for section in menu.sections]


def test_entries_stand_in_order_under_their_heading(entries):
    menu = menu_for(somebody("view_customer"), "/", entries)
    assert labels(menu) == [("", ["Home", "Customers"]), ("Saved views", ["Mine"])]


def test_entry_without_permission_is_not_offered(entries):
    menu = menu_for(somebody(), "/", entries)
    assert labels(menu) == [("", ["Home"]), ("Saved views", ["Mine"])]


def test_nobody_signed_in_has_an_empty_menu(entries):
    menu = menu_for(AnonymousUser(), "/", entries)
    assert (menu.sections, menu.search) == ((), None)


def test_entry_of_the_page_is_current_and_its_ready_made_views_are_not(entries):
    path = entries.all()[1].href
    menu = menu_for(somebody("view_customer"), f"{path}something/", entries)
    current = [link.label for section in menu.sections for link in section.links if link.is_current]
    assert current == ["Customers"]


def test_page_below_another_entry_is_current_alone(entries):
    entries.register(Entry("reset", "Reset", "key", "account_reset_password", order=900))
    entries.register(Entry("sent", "Sent", "mail", "account_reset_password_done", order=910))
    above, below = (entry.href for entry in entries.all()[-2:])
    assert below.startswith(above)
    menu = menu_for(somebody("view_customer"), below, entries)
    assert [link.label for section in menu.sections for link in section.links if link.is_current] == ["Sent"]


def test_ready_made_view_leads_to_its_filter(entries):
    assert entries.all()[2].href.endswith("?view=mine")


def test_search_leads_to_the_first_list_a_person_may_search(entries):
    allowed = menu_for(somebody("view_customer"), "/", entries)
    assert allowed.search is not None
    assert (allowed.search.label, menu_for(somebody(), "/", entries).search) == ("Customers", None)
