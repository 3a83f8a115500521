"""Marking as spam and back: what is asked, what is stored, and what happens when somebody was quicker."""

import pytest
from django.test import Client

from core.models import Actor
from customers.choices import TimelineKind
from customers.models import Customer, TimelineEntry
from customers.operations import delete_customer, mark_as_spam, update_customer
from tests.customers.reading import text
from tests.factories import CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db

UNKNOWN = "0197a1b2-0000-7000-8000-000000000000"
DIALOG = {"HX-Request": "true", "HX-Target": "dialog-slot"}


def url(customer: Customer, way: str = "spam") -> str:
    return f"/customers/{customer.pk}/{way}/"


def page_of(customer: Customer) -> str:
    return f"/customers/{customer.pk}/"


def words_of(response) -> str:
    return text(response.content.decode())


def fresh(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def test_question_says_what_follows_and_carries_the_revision(client):
    customer = CustomerFactory(name="Win Prizes")
    response = client.get(url(customer))
    assert "Mark Win Prizes as spam Lists, search and exports leave it out from then on." in words_of(response)
    assert '<input type="hidden" name="rev" value="1">' in response.content.decode()


def test_question_is_a_dialog_over_the_page(client):
    customer = CustomerFactory(name="Win Prizes")
    body = client.get(url(customer), headers=DIALOG).content.decode()
    assert body.startswith('<div id="dialog-slot"><dialog class="dialog" data-modal')
    assert f'<form method="post" action="{url(customer)}">' in body
    assert '<input type="hidden" name="rev" value="1">' in body


def test_mark_hides_the_customer_and_is_dated_and_signed(client, actor):
    customer = CustomerFactory()
    response = client.post(url(customer), {"rev": "1"})
    assert (response.status_code, response["Location"]) == (303, page_of(customer))
    stored = fresh(customer)
    assert (stored.is_spam, stored.marked_as_spam_by, stored.rev) == (True, actor, 2)
    assert "Marked as spam" in words_of(client.get(page_of(customer)))
    assert TimelineEntry.objects.get(customer=customer).kind == TimelineKind.SPAM_MARKED


def test_way_back_brings_the_customer_back(client, actor):
    customer = CustomerFactory()
    mark_as_spam(customer.pk, actor=actor)
    assert "Take the spam mark off" in words_of(client.get(url(customer, "not-spam")))
    response = client.post(url(customer, "not-spam"), {"rev": "2"})
    assert (response.status_code, response["Location"]) == (303, page_of(customer))
    assert (fresh(customer).is_spam, fresh(customer).rev) == (False, 3)
    assert "No longer marked as spam" in words_of(client.get(page_of(customer)))


@pytest.mark.parametrize("rev", ["1", "", "x", "01", "²", "9" * 40])
def test_mark_of_a_changed_customer_is_asked_again(client, rev):
    customer = CustomerFactory(name="Win Prizes")
    update_customer(customer.pk, {"revenue": 5}, actor=Actor.objects.system("Import"))
    response = client.post(url(customer), {"rev": rev})
    assert response.status_code == 409
    assert "Nothing was marked: this customer has changed since you opened it Import saved it on " in words_of(response)
    assert '<input type="hidden" name="rev" value="2">' in response.content.decode()
    assert (fresh(customer).is_spam, fresh(customer).rev) == (False, 2)
    assert client.post(url(customer), {"rev": "2"}).status_code == 303


def test_way_back_of_a_changed_customer_is_asked_again(client, actor):
    customer = CustomerFactory()
    mark_as_spam(customer.pk, actor=actor)
    response = client.post(url(customer, "not-spam"), {"rev": "1"})
    assert response.status_code == 409
    assert "Nothing was changed: this customer has changed since you opened it" in words_of(response)
    assert fresh(customer).is_spam


def test_mark_that_somebody_else_has_set_meanwhile_is_no_conflict(client):
    customer = CustomerFactory()
    mark_as_spam(customer.pk, actor=Actor.objects.system("Filter"))
    before = fresh(customer)
    assert client.post(url(customer), {"rev": "1"}).status_code == 303
    after = fresh(customer)
    assert (after.marked_as_spam_at, after.rev) == (before.marked_as_spam_at, before.rev)


def test_nothing_is_asked_where_nothing_would_change(client, actor):
    customer = CustomerFactory()
    assert client.get(url(customer, "not-spam"))["Location"] == page_of(customer)
    mark_as_spam(customer.pk, actor=actor)
    assert client.get(url(customer))["Location"] == page_of(customer)


def test_viewer_may_neither_ask_nor_mark(client):
    customer = CustomerFactory()
    viewer = Client()
    viewer.force_login(UserFactory(viewer=True))
    for way in ("spam", "not-spam"):
        assert [call(url(customer, way)).status_code for call in (viewer.get, viewer.post)] == [403, 403]
    assert not fresh(customer).is_spam


def test_customer_that_is_not_there_is_not_marked(client, actor):
    customer = CustomerFactory()
    delete_customer(customer.pk, actor=actor)
    for way in ("spam", "not-spam"):
        assert client.post(url(customer, way), {"rev": "2"}).status_code == 410
        assert client.post(f"/customers/{UNKNOWN}/{way}/", {"rev": "1"}).status_code == 404
