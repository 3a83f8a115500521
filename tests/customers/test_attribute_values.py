"""The values that filters read follow what customers have, whatever writes it."""

from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module

import pytest
from django.db import connection

from customers.models import AttributeValue, Customer
from customers.operations import update_customer
from tests.factories import CustomAttributeFactory, CustomerFactory

pytestmark = pytest.mark.django_db


def values_of(customer: Customer) -> dict[str, tuple]:
    rows = AttributeValue.objects.filter(customer=customer).values_list("key", "text", "number", "moment")
    return {key: (text, number, moment) for key, text, number, moment in rows}


@pytest.fixture(autouse=True)
def catalogue(db):
    for key in ("regionStr", "seatsNum", "trialBool", "renewalAt"):
        CustomAttributeFactory(key=key)


def test_every_value_is_there_as_text_and_as_what_it_is():
    customer = CustomerFactory(
        custom={"regionStr": "x" * 300, "seatsNum": -12.5, "trialBool": False, "renewalAt": "2026-10-02T15:04:05.25Z"}
    )
    assert values_of(customer) == {
        "regionStr": ("x" * 255, None, None),
        "seatsNum": ("-12.5", Decimal("-12.5"), None),
        "trialBool": ("false", None, None),
        "renewalAt": ("2026-10-02T15:04:05.250000Z", None, datetime(2026, 10, 2, 15, 4, 5, 250000, UTC)),
    }


def test_changed_added_and_removed_values_follow_and_others_stay(actor):
    customer = CustomerFactory(custom={"regionStr": "emea", "seatsNum": 1, "trialBool": True})
    kept = AttributeValue.objects.get(key="trialBool").pk

    update_customer(
        customer.pk, {"custom": {"regionStr": "apac", "seatsNum": None, "renewalAt": "2026-01-01"}}, actor=actor
    )

    assert {key: text for key, (text, _, _) in values_of(customer).items()} == {
        "regionStr": "apac", "trialBool": "true", "renewalAt": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    assert AttributeValue.objects.get(key="trialBool").pk == kept


def test_values_follow_a_write_that_passes_by_every_operation():
    customer, other = CustomerFactory(custom={"regionStr": "emea"}), CustomerFactory(custom={"regionStr": "emea"})
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE customers_customer SET custom = \'{"seatsNum": 3, "noneStr": null}\' WHERE id = %s', [customer.pk]
        )
    assert values_of(customer) == {"seatsNum": ("3", Decimal(3), None)}
    assert values_of(other) == {"regionStr": ("emea", None, None)}
    Customer.objects.filter(pk=customer.pk).update(custom={})
    assert values_of(customer) == {}


def test_migration_fills_the_values_as_the_triggers_write_them():
    migration = import_module("customers.migrations.0005_attribute_values")
    CustomerFactory(custom={"regionStr": "x" * 300, "seatsNum": -12.5, "renewalAt": "2026-10-02T15:04:05.25Z"})
    CustomerFactory(custom={"trialBool": True})
    CustomerFactory()
    values = AttributeValue.objects.order_by("customer", "key").values_list(
        "customer", "key", "text", "number", "moment"
    )
    written = list(values)
    AttributeValue.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(migration.FILL)
    assert list(values.all()) == written
