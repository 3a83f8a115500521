"""Deleting and restoring: what is spelled out, what stands in the way, and who may."""

import pytest

from core.obstacles import Guard, Obstacle, customer_guards
from customers.models import Customer
from customers.operations import create_customer, delete_customer, update_customer
from tests.customers.reading import text
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db

UNKNOWN = "0197a1b2-0000-7000-8000-000000000000"
DIALOG = {"HX-Request": "true", "HX-Target": "dialog-slot"}
VALUES = {
    "name": "Halden Logistics",
    "emails": ["a@halden-logistics.no", "b@halden-logistics.no"],
    "shared_emails": ["press@halden-logistics.no"],
    "domains": ["halden-logistics.no"],
}


@pytest.fixture
def halden(actor):
    return create_customer(VALUES, actor=actor).customer


def url(customer: Customer, way: str) -> str:
    return f"/customers/{customer.pk}/{way}/"


def page_of(customer: Customer) -> str:
    return f"/customers/{customer.pk}/"


def words_of(response) -> str:
    return text(response.content.decode())


def fresh(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def test_question_spells_out_in_numbers_what_goes_and_what_stays(administrator, halden):
    CustomerFactory(kind="person", company_id=str(halden.pk))
    words = words_of(administrator.get(url(halden, "delete")))
    assert "Delete Halden Logistics" in words
    assert "Free for other customers: 2 emails, 1 domain." in words
    assert "Its 1 person stays in the directory." in words


def test_question_is_a_dialog_over_the_page(administrator, halden):
    body = administrator.get(url(halden, "delete"), headers=DIALOG).content.decode()
    assert body.startswith('<div id="dialog-slot"><dialog class="dialog" data-modal')
    assert f'<form method="post" action="{url(halden, "delete")}">' in body
    assert '<input type="hidden" name="rev" value="1">' in body


def test_deleted_customer_leaves_the_list_and_its_page_offers_to_restore_it(administrator, halden):
    response = administrator.post(url(halden, "delete"), {"rev": "1"})
    assert (response.status_code, response["Location"]) == (303, "/customers/")
    listed = words_of(administrator.get("/customers/"))
    assert ("Deleted Halden Logistics" in listed, "No customers yet" in listed) == (True, True)
    gone = administrator.get(page_of(halden))
    assert (gone.status_code, "Restore customer" in words_of(gone)) == (410, True)
    restored = administrator.post(url(halden, "restore"), {"rev": "2"})
    assert (restored.status_code, restored["Location"]) == (303, page_of(halden))
    assert "Restored Halden Logistics" in words_of(administrator.get(page_of(halden)))
    assert (fresh(halden).is_deleted, fresh(halden).rev) == (False, 3)


def test_second_press_of_delete_says_that_it_is_deleted(administrator, halden):
    administrator.post(url(halden, "delete"), {"rev": "1"})
    response = administrator.post(url(halden, "delete"), {"rev": "1"})
    assert (response.status_code, response["Location"], fresh(halden).rev) == (303, "/customers/", 2)


def test_second_press_of_restore_leads_to_the_customer(administrator, halden, actor):
    delete_customer(halden.pk, actor=actor)
    administrator.post(url(halden, "restore"), {"rev": "2"})
    response = administrator.post(url(halden, "restore"), {"rev": "2"})
    assert (response.status_code, response["Location"], fresh(halden).rev) == (303, page_of(halden), 3)


@pytest.mark.parametrize("rev", ["1", "", "x", "9" * 40])
def test_deleting_a_customer_that_somebody_changed_meanwhile_is_refused(administrator, halden, actor, rev):
    update_customer(halden.pk, {"size": 7}, actor=actor)
    response = administrator.post(url(halden, "delete"), {"rev": rev})
    assert (response.status_code, fresh(halden).is_deleted) == (409, False)
    assert "Nothing was deleted: this customer has changed since you opened it" in words_of(response)
    assert '<input type="hidden" name="rev" value="2">' in response.content.decode()


def test_commitments_are_listed_and_nothing_is_deleted(administrator, halden, monkeypatch):
    monkeypatch.setattr(customer_guards, "_items", {})
    obstacles = [Obstacle("Commit Platform 2026", "/commits/7/"), Obstacle("Contract Frame")]
    customer_guards.register(Guard("test", lambda customer_id: obstacles))
    page = administrator.get(url(halden, "delete")).content.decode()
    assert "Halden Logistics cannot be deleted yet End or archive these first: Commit Platform 2026" in text(page)
    assert '<a class="link" href="/commits/7/">Commit Platform 2026</a>' in page
    assert '<button class="btn is-danger-solid">' not in page
    response = administrator.post(url(halden, "delete"), {"rev": "1"})
    assert (response.status_code, fresh(halden).is_deleted) == (409, False)
    assert "Commit Platform 2026" in words_of(response)


def test_restoring_names_the_new_owner_of_each_value(administrator, halden, actor):
    delete_customer(halden.pk, actor=actor)
    rival = create_customer({"name": "Rival", "domains": ["halden-logistics.no"]}, actor=actor).customer
    response = administrator.post(url(halden, "restore"), {"rev": "2"})
    assert (response.status_code, fresh(halden).is_deleted) == (409, True)
    message = "The domain halden-logistics.no belongs to Rival now. Take it off there, then restore."
    assert message in words_of(response)
    assert f'href="{page_of(rival)}"' in response.content.decode()


def test_support_agents_may_neither_delete_nor_restore(client, halden, actor):
    assert "Delete customer" not in words_of(client.get(page_of(halden)))
    assert client.post(url(halden, "delete"), {"rev": "1"}).status_code == 403
    delete_customer(halden.pk, actor=actor)
    gone = words_of(client.get(page_of(halden)))
    assert ("An administrator can restore it." in gone, "Restore customer" in gone) == (True, False)
    assert client.post(url(halden, "restore"), {"rev": "2"}).status_code == 403
    assert fresh(halden).is_deleted is True


def test_merged_customer_is_not_deleted_again(administrator, halden, actor):
    delete_customer(halden.pk, actor=actor)
    Customer.objects.filter(pk=halden.pk).update(merged_into=CustomerFactory())
    assert administrator.post(url(halden, "delete"), {"rev": "2"}).status_code == 410


@pytest.mark.parametrize("way", ["delete", "restore"])
def test_unknown_customer_is_404(administrator, way):
    assert administrator.post(f"/customers/{UNKNOWN}/{way}/", {"rev": "1"}).status_code == 404


def test_address_of_the_restore_button_leads_to_the_customer(administrator, halden):
    response = administrator.get(url(halden, "restore"))
    assert (response.status_code, response["Location"]) == (303, page_of(halden))
