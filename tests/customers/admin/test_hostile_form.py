"""Whatever is sent to the forms of the admin, the answer is a page, and nothing is stored that the rules refuse."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from customers.models import Customer, Tier
from tests.customers.admin.desk import ADD, LIST, Desk, change_url
from tests.customers.editing import catalogue
from tests.customers.test_hostile_form import HOSTILE, INPUTS
from tests.factories import CustomerFactory, TierFactory

pytestmark = pytest.mark.django_db

OURS = ("rev", "key", "_popup", "_saveasnew", "_changelist_filters", "action", "index")
TOTALS = ("emails-TOTAL_FORMS", "emails-INITIAL_FORMS", "locations-TOTAL_FORMS", "urls-MAX_NUM_FORMS")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("text", [*HOSTILE.values(), "\x00", ""], ids=[*HOSTILE, "NUL", "blank"])
def test_hostile_text_in_every_input_at_once_is_answered(desk, text) -> None:
    catalogue()
    customer = CustomerFactory(emails=["a@northpass.com"])
    everywhere = dict.fromkeys(INPUTS, text)
    assert desk.save(change_url(customer), **everywhere).status_code in (200, 302)
    assert desk.save(ADD, **everywhere, rev=text, key=text).status_code in (200, 302)


@pytest.mark.parametrize("name", [*TOTALS, "emails-0-id", "emails-0-DELETE", "emails-0-primary"])
def test_odd_numbers_of_rows_are_answered(desk, name) -> None:
    customer = CustomerFactory(emails=["a@northpass.com"])
    form = desk.open(change_url(customer)) | {"name": "Renamed"}
    for text in ("x", "-1", "1000000000", "9" * 400):
        assert desk.client.post(change_url(customer), form | {name: text}).status_code in (200, 302)


@pytest.mark.parametrize("name", OURS)
def test_odd_words_of_the_admin_itself_are_answered(desk, name) -> None:
    customer = CustomerFactory()
    form = desk.open(change_url(customer)) | {"name": "Renamed"}
    for text in ("x", "\x00"):
        assert desk.client.post(change_url(customer), form | {name: text}).status_code in (200, 302, 400)


def test_a_form_without_anything_in_it_stores_nothing(desk) -> None:
    customer = CustomerFactory()
    tier = TierFactory()
    urls = (ADD, change_url(customer), "/admin/customers/tier/add/", f"/admin/customers/tier/{tier.pk}/change/")
    assert [desk.client.post(url, {}).status_code for url in urls] == [200, 200, 200, 200]
    assert (Customer.objects.get().rev, Tier.objects.get(pk=tier.pk).rev) == (1, 1)


def test_rows_that_somebody_took_away_meanwhile_make_the_form_stale_and_not_unreadable(desk) -> None:
    customer = CustomerFactory(emails=["a@northpass.com", "b@northpass.com"])
    form = desk.open(change_url(customer))
    desk.save(change_url(customer), emails__1__DELETE="on")
    response = desk.send(change_url(customer), form, name="Renamed")
    assert "meanwhile, so nothing was stored" in response.content.decode()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_a_catalogue_is_answered(desk, text) -> None:
    names = ("name", "display_name", "description", "color", "external_id", "default_priority", "key", "label")
    for model in ("tier", "workflowstatus", "flag", "tag", "customattribute"):
        answer = desk.client.post(f"/admin/customers/{model}/add/", dict.fromkeys((*names, "options"), text))
        assert answer.status_code in (200, 302)


@pytest.mark.parametrize("text", ["x", "\x00", "9" * 400, "0197a000-0000-7000-8000-000000000001", "{}"])
@pytest.mark.parametrize("name", ["state", "kind__exact", "tier__id__exact", "workflow_status__id__exact", "id__in"])
def test_odd_filters_of_the_list_are_answered(desk, name, text) -> None:
    assert desk.client.get(f"{LIST}?{urlencode({name: text})}").status_code in (200, 302, 400)


@pytest.mark.parametrize("field", ["owner", "assignee", "company"])
@pytest.mark.parametrize("text", ["\x00", "x" * 3000, "'; --", "id:", "page", "%"])
def test_odd_words_in_a_lookup_are_answered(desk, field, text) -> None:
    asked = {"app_label": "customers", "model_name": "customer", "field_name": field, "term": text, "page": "1"}
    assert desk.client.get("/admin/autocomplete/", asked).status_code in (200, 400)
