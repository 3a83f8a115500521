"""The page of a customer's changes: what it shows, how it turns, and what it does with what it cannot read."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import urlencode

from core.models import Actor
from core.paging import Cursor, seal
from customers.changes import read_changes
from customers.choices import TimelineKind
from customers.models import Customer, TimelineEntry
from customers.operations import delete_customer, update_customer
from tests.customers.reading import text, turned
from tests.factories import CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "changes"}
UNKNOWN = "0197a1b2-0000-7000-8000-000000000000"


def url(customer: Customer) -> str:
    return f"/customers/{customer.pk}/changes/"


def part(response) -> str:
    """The part of the page that htmx swaps."""
    body = response.content.decode()
    start = body.index('id="changes"')
    end = body.find("</main>", start)
    return " ".join(body[start : end if end > 0 else len(body)].split())


def entries(response) -> list[str]:
    body = response.content.decode()
    return [text(entry) for entry in re.findall(r'<div class="what">(.*?)</div><time', body, re.DOTALL)]


def with_notes(actor: Actor, number: int) -> Customer:
    customer = CustomerFactory(name="Halden", actor=actor)
    for index in range(number):
        note(customer, actor, f"Note {index:02}")
    return customer


def note(customer: Customer, actor: Actor, words: str) -> TimelineEntry:
    return TimelineEntry.objects.create(customer=customer, actor=actor, kind=TimelineKind.NOTE, payload={"text": words})


def test_page_tells_of_the_customer_and_what_happened(client, actor):
    customer = CustomerFactory(name="Halden", actor=actor)
    response = client.get(url(customer))
    body = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", body) == ["Changes of <bdi>Halden</bdi>"]
    assert re.findall(r"<title>(.*?)</title>", body) == ["Changes of Halden - Retainer"]
    (crumbs,) = re.findall(r'<nav class="crumbs".*?</nav>', body, re.DOTALL)
    assert text(crumbs) == "Customers Halden Changes"
    assert re.findall(r'href="([^"]*)"', crumbs) == ["/customers/", f"/customers/{customer.pk}/"]
    assert entries(response) == ["Priya Raman created this customer Person , status Onboarding"]


def test_several_changes_at_once_are_a_list(client, actor):
    customer = CustomerFactory(name="Halden", size=12, actor=actor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE customers_customerevent SET pgh_created_at = NOW() - INTERVAL '1 day'")
    update_customer(customer.pk, {"size": 14, "tags": ["vip", "nordic"]}, actor=actor)
    response = client.get(url(customer))
    assert entries(response)[0] == "Priya Raman made 2 changes changed size 12 14 added tags vip , nordic"
    markup = '<li>changed size <bdi class="was">12</bdi> <bdi class="now">14</bdi></li>'
    assert response.content.decode().count(markup) == 1


def test_values_past_the_tenth_are_counted(client, actor):
    customer = CustomerFactory(name="Halden", actor=actor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE customers_customerevent SET pgh_created_at = NOW() - INTERVAL '1 day'")
    update_customer(customer.pk, {"tags": [f"t{number:02}" for number in range(13)]}, actor=actor)
    assert entries(client.get(url(customer)))[0].endswith("t08 , t09 and 3 more")


def test_moment_is_relative_with_the_whole_of_it_in_utc(client, actor):
    customer = with_notes(actor, 0)
    TimelineEntry.objects.create(
        customer=customer, actor=actor, kind=TimelineKind.NOTE, payload={"text": "Hi"}, at="2020-07-24T23:30:00Z"
    )
    markup = '<time datetime="2020-07-24T23:30:00+00:00" title="24 Jul 2020, 23:30 UTC">{}</time>'
    assert markup.format("24 Jul 2020") in client.get(url(customer)).content.decode()
    actor.user.time_zone = "Europe/Oslo"
    actor.user.save()
    assert markup.format("25 Jul 2020") in client.get(url(customer)).content.decode()


HOSTILE = ["<script>alert(1)</script>", "\u202edrow olleh", "مرحبا", "👩‍🚀 & <b>", '" onload="x', "{{ 7 }}"]


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_people_is_shown_as_text(client, words):
    writer = UserFactory(name=words, support_agent=True)
    customer = CustomerFactory(name="Halden")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE customers_customerevent SET pgh_created_at = NOW() - INTERVAL '1 day'")
    update_customer(customer.pk, {"short_name": "x"}, actor=Actor.objects.of(writer))
    Customer.objects.filter(pk=customer.pk).update(name=words, username=words)
    note(customer, Actor.objects.of(writer), words)
    body = client.get(url(customer)).content.decode()
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert f"<h1>Changes of <bdi>{escaped}</bdi></h1>" in body
    assert f"<b><bdi>{escaped}</bdi></b> added a note" in body
    assert f'<div class="note" dir="auto">{escaped}</div>' in body
    assert f"<b><bdi>{escaped}</bdi></b></li>" in body
    assert "<script>alert" not in body


def test_pages_turn_both_ways(client, actor):
    customer = with_notes(actor, 30)
    first = client.get(url(customer))
    assert (len(entries(first)), turned(first, "previous")) == (25, "")
    second = client.get(turned(first, "next"))
    assert (len(entries(second)), turned(second, "next")) == (6, "")
    assert entries(client.get(turned(second, "previous"))) == entries(first)


def test_one_page_has_no_pager(client, actor):
    assert 'class="pager"' not in client.get(url(with_notes(actor, 3))).content.decode()


def test_part_for_htmx_is_the_part_of_the_page(client, actor):
    first = url(with_notes(actor, 30))
    for address in (first, turned(client.get(first), "next"), f"{first}?page_token=made-up"):
        whole, fragment = client.get(address), client.get(address, headers=HTMX)
        assert "<h1" not in fragment.content.decode()
        assert part(whole).startswith(part(fragment))
        assert part(whole).removeprefix(part(fragment)).strip() == "</div>"
        assert "HX-Request" in fragment["Vary"]


def test_turning_the_page_takes_the_focus_along(client, actor):
    address = url(with_notes(actor, 30))
    turned = client.get(address, headers=HTMX | {"HX-Trigger": "next"})
    assert 'id="changes" tabindex="-1" data-autofocus>' in turned.content.decode()
    assert "data-autofocus" not in client.get(address).content.decode()


@pytest.mark.parametrize("token", ["made-up", "x:y", "%00", "a" * 5000])
def test_token_that_opens_nothing_leads_to_the_first_page(client, actor, token):
    customer = with_notes(actor, 2)
    response = client.get(f"{url(customer)}?page_token={token}")
    assert response.status_code == 200
    assert text(part(response)).count("This page no longer exists, so the latest changes are shown.") == 1
    assert entries(response) == entries(client.get(url(customer)))


def test_token_of_another_customer_opens_nothing(client, actor):
    mine, other = with_notes(actor, 30), with_notes(actor, 30)
    token = turned(client.get(url(other)), "next").partition("?")[2]
    assert "This page no longer exists" in text(part(client.get(f"{url(mine)}?{token}")))


def test_page_past_the_end_leads_back(client, actor):
    customer = with_notes(actor, 1)
    cursor = Cursor(("1999-01-01T00:00:00+00:00", ""))
    token = seal(cursor, {"page": "changes", "customer": str(customer.pk)})
    response = client.get(f"{url(customer)}?{urlencode({'page_token': token})}")
    assert "This page is empty now" in text(part(response))
    assert len(entries(client.get(turned(response, "previous")))) == 2


def test_customer_without_history_says_what_will_be_here(client):
    customer = CustomerFactory(name="Halden")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM customers_customerevent")
    assert "No changes yet" in text(part(client.get(url(customer))))


def test_unknown_customer_is_not_found(client):
    assert client.get(f"/customers/{UNKNOWN}/changes/").status_code == 404


def test_deleted_customer_is_gone(client, actor):
    customer = CustomerFactory(name="Halden")
    delete_customer(customer.pk, actor=actor)
    assert client.get(url(customer)).status_code == 410


def test_merged_customer_leads_to_the_one_it_lives_on_in(client, actor):
    customer, survivor = CustomerFactory(name="Twin"), CustomerFactory(name="Survivor")
    Customer.objects.filter(pk=customer.pk).update(merged_into=survivor, deleted_at=timezone.now(), deleted_by=actor)
    response = client.get(url(customer))
    assert (response.status_code, response["Location"]) == (308, url(survivor))


def test_feed_alone_is_what_another_page_shows(client, agent, actor):
    customer = with_notes(actor, 30)
    latest = read_changes(customer.pk, None, 25, viewer=agent).rows
    feed = " ".join(render_to_string("customers/changes.html#feed", {"entries": latest}).split())
    assert feed.startswith('<ol class="feed">')
    assert feed in part(client.get(url(customer)))


def test_same_number_of_queries_with_one_entry_and_with_three(client, actor):
    def queries(customer: Customer) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(customer)).status_code == 200
        return len(captured)

    # Session, person, permissions, customer, and three for the feed.
    assert (queries(with_notes(actor, 0)), queries(with_notes(actor, 2))) == (7, 7)
