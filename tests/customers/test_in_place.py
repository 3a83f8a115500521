"""Changing one property where it stands: from the head of the page, from a row of the list, on a page of its own."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Actor
from customers.forms.in_place import SNOOZES
from customers.models import Customer, Tier, WorkflowStatus
from customers.operations import add_flag, delete_customer, update_customer
from tests.customers.reading import text
from tests.factories import CustomerFactory, FlagFactory, TierFactory, UserFactory, WorkflowStatusFactory

pytestmark = pytest.mark.django_db

HEAD = {"HX-Request": "true", "HX-Target": "customer-head"}
ROW = {"HX-Request": "true", "HX-Target": "row-menu"}
PARTS = ("status", "tier", "owner", "assignee", "support-status")
UNKNOWN = "0197a1b2-0000-7000-8000-000000000000"


@pytest.fixture
def colleague(db):
    return UserFactory(name="Jun Park", email="jun@retainer.test", support_agent=True)


def url(customer: Customer, part: str) -> str:
    return f"/customers/{customer.pk}/{part}/"


def fresh(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def words_of(response) -> str:
    return text(response.content.decode())


def change_in(response) -> str:
    """The change that the toast offers to undo."""
    return re.search(r'name="change" value="([^"]+)"', response.content.decode())[1]


def choose(client: Client, customer: Customer, part: str, value: object, headers=None, rev: object = 1, **more):
    return client.post(url(customer, part), {"rev": str(rev), "value": str(value), **more}, headers=headers)


def test_status_is_set_from_the_head_which_comes_back_with_its_feed_and_a_toast(client):
    customer, status = CustomerFactory(name="Acme"), WorkflowStatusFactory(name="Renewing")
    response = choose(client, customer, "status", status.pk, HEAD)
    body = response.content.decode()
    assert (response.status_code, fresh(customer).workflow_status, fresh(customer).rev) == (200, status, 2)
    assert body.lstrip().startswith('<header class="head" id="customer-head">')
    assert re.findall(r'<(\w+)[^>]* hx-swap-oob="([^"]+)"', body) == [
        ("div", "true"), ("div", "true"), ("section", "true"), ("section", "true"), ("div", "beforeend:#toasts"),
    ]  # fmt: skip
    assert "Status set to Renewing Undo" in words_of(response)
    assert "Acme: Status" not in words_of(response)
    assert "Priya Raman changed status" in words_of(response)
    assert re.search(r'id="p-status"[^>]* data-autofocus', body)
    assert body.count('name="rev" value="2"') == body.count('name="rev"')


def test_tier_is_set_from_the_row_which_comes_back_alone_with_a_toast(client):
    customer, tier = CustomerFactory(name="Acme"), TierFactory(name="Gold")
    response = choose(client, customer, "tier", tier.pk, ROW)
    body = response.content.decode()
    assert (response.status_code, fresh(customer).tier) == (200, tier)
    assert body.count("<tr") == 1
    assert f'<template><tr id="c-{customer.pk}" hx-swap-oob="true">' in body
    assert f'href="{url(customer, "tier")}" hx-get="{url(customer, "tier")}" data-autofocus' in body
    assert '<div class="menu is-of-row" popover id="row-menu"></div>' in body
    assert "Acme: Tier set to Gold Undo" in words_of(response)


def test_without_script_the_person_lands_where_they_came_from_with_a_way_to_undo(client):
    customer, tier = CustomerFactory(name="Acme"), TierFactory(name="Gold")
    page = client.get(url(customer, "tier"), headers={"Referer": "http://testserver/customers/?kind=organization"})
    back = f"/customers/?kind=organization#c-{customer.pk}"
    assert f'name="next" value="{back}"' in page.content.decode()
    response = choose(client, customer, "tier", tier.pk, next=back)
    assert (response.status_code, response["Location"]) == (303, back)
    shown = client.get("/customers/?kind=organization")
    assert "Acme: Tier set to Gold Undo" in words_of(shown)
    undone = client.post(url(customer, "undo"), {"change": change_in(shown)})
    assert (undone.status_code, undone["Location"], fresh(customer).tier) == (303, f"/customers/{customer.pk}/", None)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/customers/", "//evil.example", "/admin/", "javascript:1", ""]
)
def test_way_back_leads_nowhere_but_to_the_list_and_the_customer(client, elsewhere):
    customer = CustomerFactory()
    response = choose(client, customer, "tier", "", next=elsewhere)
    assert response["Location"] == f"/customers/{customer.pk}/"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("headers", [None, ROW, HEAD])
def test_menu_and_page_open_for_every_property(client, part, headers):
    customer = CustomerFactory(name="Acme")
    response = client.get(url(customer, part), headers=headers)
    assert response.status_code == 200
    assert f'<form class="choices" method="post" action="{url(customer, part)}"' in response.content.decode()


def test_menu_of_a_row_offers_what_the_list_has_no_column_for(client):
    customer = CustomerFactory()
    status, owner = (words_of(client.get(url(customer, part), headers=ROW)) for part in ("status", "owner"))
    assert ("Support" in status, "Snooze for an hour" in status, "Assignee" in owner) == (True, True, True)


def test_staff_are_searched_and_not_listed(client, agent, colleague):
    customer = CustomerFactory()
    assert "Jun Park" not in words_of(client.get(url(customer, "owner"), headers=ROW))
    found = client.get(url(customer, "owner"), {"q": "jun"}, headers={"HX-Request": "true", "HX-Target": "found-owner"})
    assert text(found.content.decode()) == "JP Jun Park"
    page = client.get(url(customer, "owner"), {"q": "jun"})
    assert f'<button name="value" value="{colleague.pk}">' in page.content.decode()
    nobody = client.get(url(customer, "owner"), {"q": "zz"}, headers={"HX-Request": "true", "HX-Target": "found-owner"})
    assert text(nobody.content.decode()) == "Nobody of that name or email can sign in. Check the spelling."


def test_assignment_makes_the_customer_active_and_undo_puts_all_of_it_back(client, agent):
    customer = CustomerFactory()
    before = Customer.objects.filter(pk=customer.pk).values().get()
    response = choose(client, customer, "assignee", agent.pk, HEAD)
    assert (fresh(customer).assignee, fresh(customer).support_status) == (agent, "ACTIVE")
    undone = client.post(url(customer, "undo"), {"change": change_in(response)}, headers=HEAD)
    assert "Change undone" in words_of(undone)
    assert f'<div id="undo-{change_in(response)}" hx-swap-oob="delete">' in undone.content.decode()
    after = Customer.objects.filter(pk=customer.pk).values().get()
    moved = {key for key in after if after[key] != before[key]}
    assert moved == {"rev", "updated_at", "updated_by_id"}


def test_undo_from_the_list_brings_the_row_back(client):
    customer, tier = CustomerFactory(), TierFactory(name="Gold")
    change = change_in(choose(client, customer, "tier", tier.pk, ROW))
    undone = client.post(url(customer, "undo"), {"change": change}, headers=ROW)
    assert f'<template><tr id="c-{customer.pk}" hx-swap-oob="true">' in undone.content.decode()
    assert fresh(customer).tier is None


def test_undo_of_what_somebody_changed_since_names_them_and_changes_nothing(client, colleague):
    customer, gold, growth = CustomerFactory(), TierFactory(name="Gold"), TierFactory(name="Silver")
    change = change_in(choose(client, customer, "tier", gold.pk, HEAD))
    update_customer(customer.pk, {"tier_id": str(growth.pk)}, actor=Actor.objects.of(colleague))
    response = client.post(url(customer, "undo"), {"change": change}, headers=HEAD)
    words = "Nothing was undone. Jun Park set the tier to Silver just now. Change it back by hand"
    assert f"{words} if it should be as before." in words_of(response)
    assert ('class="toast is-danger"' in response.content.decode(), fresh(customer).tier) == (True, growth)


@pytest.mark.parametrize("change", ["", "x", UNKNOWN, "\x00"])
def test_undo_of_no_change_is_a_sentence(client, change):
    customer = CustomerFactory()
    response = client.post(url(customer, "undo"), {"change": change}, headers=HEAD)
    assert (response.status_code, "Nothing was undone." in words_of(response)) == (200, True)


@pytest.mark.parametrize(("headers", "place"), [(HEAD, "m-tier"), (ROW, "row-menu"), (None, "main")])
def test_stale_choice_says_who_was_quicker_and_lets_choose_again(client, colleague, headers, place):
    customer, gold, silver = CustomerFactory(), TierFactory(name="Gold"), TierFactory(name="Silver")
    update_customer(customer.pk, {"tier_id": str(silver.pk)}, actor=Actor.objects.of(colleague))
    response = choose(client, customer, "tier", gold.pk, headers)
    assert (response.status_code, fresh(customer).tier, fresh(customer).rev) == (409, silver, 2)
    assert "Jun Park set the tier to Silver just now. Choose again." in words_of(response)
    assert 'name="rev" value="2"' in response.content.decode()
    opened = re.search(rf'id="{place}"[^>]*', response.content.decode())[0]
    assert ("data-open" in opened) is bool(headers)
    assert choose(client, customer, "tier", gold.pk, headers, rev=2).status_code in (200, 303)


@pytest.mark.parametrize("headers", [HEAD, ROW, None])
@pytest.mark.parametrize("part", PARTS)
def test_form_without_a_pressed_button_clears_nothing(client, agent, headers, part):
    tier = TierFactory(name="Gold")
    customer = CustomerFactory(tier_id=str(tier.pk), owner_id=str(agent.pk), assignee_id=str(agent.pk))
    response = client.post(url(customer, part), {"rev": "1"}, headers=headers)
    assert (response.status_code, fresh(customer).rev) == (422, 1)
    assert "Choose one of these: nothing was chosen yet." in words_of(response)
    assert client.post(f"/customers/{UNKNOWN}/{part}/", {"rev": "1"}, headers=headers).status_code == 404


@pytest.mark.parametrize("rev", ["", "x", "²", "9" * 40])
def test_choice_without_a_revision_that_can_be_read_is_refused(client, rev):
    customer, gold = CustomerFactory(), TierFactory(name="Gold")
    response = choose(client, customer, "tier", gold.pk, HEAD, rev=rev)
    assert (response.status_code, fresh(customer).tier) == (409, None)
    assert "This customer has changed since you opened it. Look at it, then choose again." in words_of(response)


def test_button_that_is_pressed_twice_changes_once(client):
    customer, gold = CustomerFactory(), TierFactory(name="Gold")
    first, second = (choose(client, customer, "tier", gold.pk, HEAD) for _ in range(2))
    assert (first.status_code, second.status_code, fresh(customer).rev) == (200, 200, 2)
    assert ("Tier set to Gold Undo" in words_of(second), "Tier set to Gold" in words_of(second)) == (False, True)


def test_choice_that_is_so_already_offers_nothing_to_undo(client):
    customer = CustomerFactory()
    response = choose(client, customer, "tier", "", HEAD)
    assert (fresh(customer).rev, "Undo" in words_of(response)) == (1, False)


@pytest.mark.parametrize(
    ("part", "value", "message"),
    [
        ("status", "", "Choose"),
        ("status", "x", ""),
        ("tier", UNKNOWN, ""),
        ("owner", UNKNOWN, ""),
        ("support-status", "ASLEEP", "Choose one of these: ACTIVE, IDLE, SNOOZED."),
        ("tier", "\x00", ""),
        ("owner", "\u202e\U0001f4a5", ""),
    ],
)
@pytest.mark.parametrize("headers", [HEAD, ROW, None])
def test_value_that_cannot_be_is_refused_with_a_sentence(client, part, value, message, headers):
    customer = CustomerFactory()
    response = choose(client, customer, part, value, headers)
    assert (response.status_code, fresh(customer).rev) == (422, 1)
    assert message in words_of(response)
    assert 'role="alert"' in response.content.decode()


def test_snooze_ends_when_it_was_asked_to(client):
    customer = CustomerFactory()
    choose(client, customer, "support-status", "SNOOZED:hour", HEAD)
    snoozed = fresh(customer)
    assert snoozed.support_status == "SNOOZED"
    assert timedelta(minutes=59) < snoozed.snoozed_until - timezone.now() < timedelta(minutes=61)
    choose(client, customer, "support-status", "SNOOZED", HEAD, rev=2, until="2099-01-02T03:04")
    assert fresh(customer).snoozed_until.isoformat() == "2099-01-02T03:04:00+00:00"
    choose(client, customer, "support-status", "IDLE", HEAD, rev=3)
    assert (fresh(customer).support_status, fresh(customer).snoozed_until) == ("IDLE", None)


def test_snooze_for_an_hour_is_an_hour_when_clocks_go_back():
    oslo = ZoneInfo("Europe/Oslo")
    now = datetime(2026, 10, 25, 2, 30, tzinfo=oslo, fold=0)
    _, ends = SNOOZES["hour"]
    assert ends(now) - now.astimezone(UTC) == timedelta(hours=1)
    _, ends = SNOOZES["tomorrow"]
    assert ends(now) == datetime(2026, 10, 26, 9, tzinfo=oslo)
    _, ends = SNOOZES["monday"]
    assert ends(now) == datetime(2026, 10, 26, 9, tzinfo=oslo)


@pytest.mark.parametrize("until", ["2020-01-01T00:00", "soon", "2026-13-45T00:00", "0001-01-01T00:00"])
def test_snooze_until_no_future_moment_is_refused(client, until):
    customer = CustomerFactory()
    response = choose(client, customer, "support-status", "SNOOZED", HEAD, until=until)
    assert (response.status_code, fresh(customer).support_status) == (422, "IDLE")


def test_readers_are_offered_nothing_and_refused_everything(reader):
    customer = CustomerFactory()
    shown = reader.get("/customers/").content.decode() + reader.get(f"/customers/{customer.pk}/").content.decode()
    assert ("hx-get" in re.findall(r"<tr id.*?</tr>", shown)[0], 'popovertarget="m-' in shown) == (False, False)
    for part in (*PARTS, "flags", "tags", "undo"):
        assert reader.post(url(customer, part), {"rev": "1", "value": ""}).status_code == 403
        assert reader.get(url(customer, part)).status_code == 403


def test_deleted_customer_is_gone_and_an_unknown_one_not_found(client, actor):
    customer = CustomerFactory()
    delete_customer(customer.pk, actor=actor)
    for part in (*PARTS, "flags", "tags", "undo"):
        data = {"rev": "2", "value": "", "change": UNKNOWN}
        assert client.post(url(customer, part), data, headers=ROW).status_code == 410
        assert client.post(f"/customers/{UNKNOWN}/{part}/", data).status_code == 404


def test_anonymised_customer_is_changed_no_more(client, actor):
    customer = CustomerFactory()
    Customer.objects.filter(pk=customer.pk).update(anonymised_at=timezone.now(), anonymised_by=actor)
    assert 'popovertarget="m-' not in client.get(f"/customers/{customer.pk}/").content.decode()
    assert client.get(url(customer, "tier")).status_code == 303


def test_same_number_of_queries_with_few_choices_and_with_many(client):
    def queries(part: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url(customer, part), headers=ROW).status_code == 200
        return len(captured)

    customer = CustomerFactory()
    Tier.objects.all().delete()
    WorkflowStatus.objects.exclude(pk=customer.workflow_status_id).delete()
    few = [queries(part) for part in PARTS]
    TierFactory.create_batch(3)
    WorkflowStatusFactory.create_batch(3)
    assert [queries(part) for part in PARTS] == few


FLAGS = {"HX-Request": "true", "HX-Target": "flags"}
TAGS = {"HX-Request": "true", "HX-Target": "tags"}


def focused(response) -> str:
    """The button that the person goes on from."""
    return re.search(r'<button[^>]*aria-label="([^"]+)"[^>]* data-autofocus', response.content.decode())[1]


def flags_of(customer: Customer) -> list[str]:
    return sorted(customer.flag_links.values_list("flag__key", flat=True))


def tags_of(customer: Customer) -> list[str]:
    return list(customer.tag_links.values_list("tag__name", flat=True))


def test_flag_is_added_removed_and_put_back_on_the_page(client):
    FlagFactory(key="legal", label="Legal hold")
    customer = CustomerFactory(name="Acme")
    added = client.post(url(customer, "flags"), {"add": "legal"}, headers=FLAGS)
    assert (flags_of(customer), fresh(customer).rev, focused(added)) == (["legal"], 2, "Remove flag Legal hold")
    body = added.content.decode()
    assert body.lstrip().startswith('<section id="flags"')
    assert '<header class="head" id="customer-head" hx-swap-oob="true">' in body
    assert "Flag added Undo" in words_of(added)
    removed = client.post(url(customer, "flags"), {"remove": "legal"}, headers=FLAGS)
    assert (flags_of(customer), fresh(customer).rev, focused(removed)) == ([], 3, "Add flag")
    client.post(url(customer, "undo"), {"change": change_in(removed)}, headers=FLAGS)
    assert (flags_of(customer), fresh(customer).rev) == (["legal"], 4)


def test_flags_of_other_systems_have_a_lock_and_no_button_and_are_not_offered(client, actor):
    FlagFactory(key="frozen", label="Frozen", read_only=True)
    FlagFactory(key="retired", label="Retired", enabled=False)
    customer = CustomerFactory()
    add_flag(customer.pk, "frozen", actor=actor, staff=False)
    page = client.get(f"/customers/{customer.pk}/").content.decode()
    assert ("Frozen , set by other systems" in text(page), "Remove flag Frozen" in page) == (True, False)
    assert [f'value="{key}"' in page for key in ("frozen", "retired")] == [False, False]
    for data in ({"remove": "frozen"}, {"add": "retired"}, {"add": "nowhere"}, {"add": "\x00"}, {}):
        response = client.post(url(customer, "flags"), data, headers=FLAGS)
        assert ('class="toast is-danger"' in response.content.decode(), flags_of(customer)) == (True, ["frozen"])


def test_tag_is_added_and_removed_and_the_next_one_is_at_hand(client):
    customer = CustomerFactory(tags=["one", "two", "three"])
    added = client.post(url(customer, "tags"), {"add": " four "}, headers=TAGS)
    assert (tags_of(customer), "Tag added Undo" in words_of(added)) == (["one", "two", "three", "four"], True)
    removed = client.post(url(customer, "tags"), {"remove": "two"}, headers=TAGS)
    assert (tags_of(customer), focused(removed)) == (["one", "three", "four"], "Remove tag three")
    removed = client.post(url(customer, "tags"), {"remove": "four"}, headers=TAGS)
    assert focused(removed) == "Remove tag three"
    client.post(url(customer, "undo"), {"change": change_in(removed)}, headers=TAGS)
    assert tags_of(customer) == ["one", "three", "four"]


def test_last_tag_leaves_the_button_that_adds_one(client):
    customer = CustomerFactory(tags=["one"])
    assert focused(client.post(url(customer, "tags"), {"remove": "one"}, headers=TAGS)) == "Add tag"


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\x00b"])
def test_tag_that_cannot_be_is_refused_with_a_sentence(client, name):
    customer = CustomerFactory(tags=["one"])
    response = client.post(url(customer, "tags"), {"add": name}, headers=TAGS)
    assert ('class="toast is-danger"' in response.content.decode(), tags_of(customer)) == (True, ["one"])


@pytest.mark.parametrize(("part", "data"), [("flags", {"add": "legal"}), ("tags", {"add": "vip"})])
def test_labels_work_without_script(client, part, data):
    FlagFactory(key="legal", label="Legal hold")
    customer = CustomerFactory()
    response = client.post(url(customer, part), data)
    assert (response.status_code, response["Location"]) == (303, f"/customers/{customer.pk}/")
    assert "added Undo" in words_of(client.get(f"/customers/{customer.pk}/"))
    assert client.get(url(customer, part))["Location"] == f"/customers/{customer.pk}/#{part}"


def test_adding_what_is_there_changes_nothing(client):
    customer = CustomerFactory(tags=["One"])
    response = client.post(url(customer, "tags"), {"add": "one"}, headers=TAGS)
    assert (fresh(customer).rev, "Undo" in words_of(response)) == (1, False)
