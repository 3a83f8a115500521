"""The lists of the directory in the Django admin: they open, are searched by customer; none grows dearer."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.contrib import admin as django_admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.admin import lists
from core.models import Actor
from customers.choices import TimelineKind
from customers.models import Identifier, TimelineEntry, TimelineInfo
from customers.operations import update_customer
from tests.customers.editing import catalogue, everything
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_app_config("customers").get_models() if model in django_admin.site._registry]


def list_of(model: type[models.Model]) -> str:
    return reverse(f"admin:customers_{model._meta.model_name}_changelist")


def rows_of(client: Client, model: type[models.Model], **query: str) -> list[str]:
    html = client.get(list_of(model), query).content.decode()
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r'<th class="field-[^>]+>(.*?)</th>', html)]


def one_more_of_everything(number: int) -> None:
    customer = everything(number)
    TimelineEntry.objects.create(customer=customer, actor=Actor.objects.system(), kind=TimelineKind.NOTE)
    TimelineInfo.objects.create(customer=customer)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_list_costs_the_same_queries_with_one_row_and_with_three(admin, model) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(list_of(model)).status_code == 200
        return len(captured)

    catalogue()
    one_more_of_everything(1)
    with_one = queries()
    one_more_of_everything(2)
    one_more_of_everything(3)
    assert queries() == with_one


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_record_opens_for_reading(admin, model) -> None:
    catalogue()
    one_more_of_everything(1)
    record = model._default_manager.first()
    assert admin.get(reverse(f"admin:customers_{model._meta.model_name}_change", args=[record.pk])).status_code == 200


@pytest.mark.parametrize("text", ["", " ", "a\x00b", "{}", "'; --", "x" * 3000, "id:", "+47 22"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_list_answers_whatever_is_searched(admin, model, text) -> None:
    assert admin.get(list_of(model), {"q": text, "p": text, "o": text, "all": ""}).status_code in (200, 302)


def test_rows_are_found_by_their_customer(admin) -> None:
    CustomerFactory(name="Northpass Air", emails=["ops@northpass.com"])
    CustomerFactory(name="Bergen Seafood", emails=["post@bergenseafood.no"])
    assert rows_of(admin, Identifier, q="bergen") == ["post@bergenseafood.no"]


def test_events_of_a_customer_are_found_by_its_name(admin) -> None:
    customer = CustomerFactory(name="Northpass Air")
    CustomerFactory(name="Bergen Seafood")
    update_customer(customer.pk, {"name": "Northpass Group"}, actor=Actor.objects.system())
    html = admin.get("/admin/customers/customerevent/", {"q": "northpass"}).content.decode()
    said = re.findall(r'<td class="field-record">([^(]*) \(', html)
    assert said == ["Northpass Group", "Northpass Air"]


def test_an_event_says_who_acted(admin) -> None:
    CustomerFactory(actor=Actor.objects.system("Nightly import"))
    html = admin.get("/admin/customers/customerevent/").content.decode()
    assert re.findall(r'<td class="field-who">([^<]*)', html) == ["Nightly import"]


def test_events_are_filtered_by_what_happened(admin) -> None:
    customer = CustomerFactory(name="Northpass Air")
    update_customer(customer.pk, {"name": "Northpass Group"}, actor=Actor.objects.system())
    html = admin.get("/admin/customers/customerevent/", {"event": "update"}).content.decode()
    assert re.findall(r'<td class="field-pgh_label">([^<]*)', html) == ["update"]


def test_a_list_counts_and_pages_no_further_than_the_bound(admin, monkeypatch) -> None:
    monkeypatch.setattr(lists, "BOUND", 2)
    monkeypatch.setattr(lists.LongListAdmin, "list_per_page", 1)
    for number in range(4):
        CustomerFactory(name=f"Harbour {number}", emails=[f"post{number}@harbour.no"])
    response = admin.get(list_of(Identifier))
    assert str(response.context["cl"].result_count) == "2+"
    assert list(response.context["cl"].paginator.page_range) == [1, 2]
    assert admin.get(list_of(Identifier), {"p": "3"}).status_code == 302


def test_a_list_is_sorted_by_no_column_that_it_does_not_offer(admin) -> None:
    CustomerFactory(name="Northpass Air", emails=["a@northpass.com"])
    CustomerFactory(name="Bergen Seafood", emails=["b@bergenseafood.no"])
    assert rows_of(admin, Identifier, o="1") == ["b@bergenseafood.no", "a@northpass.com"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_triggers_and_operations_write_cannot_be_written_here(admin, model) -> None:
    if not isinstance(django_admin.site._registry[model], lists.ReadOnlyAdmin):
        return
    catalogue()
    one_more_of_everything(1)
    name, record = f"admin:customers_{model._meta.model_name}", model._default_manager.first()
    answers = [
        admin.post(reverse(f"{name}_add")),
        admin.post(reverse(f"{name}_change", args=[record.pk])),
        admin.post(reverse(f"{name}_delete", args=[record.pk]), {"post": "yes"}),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
