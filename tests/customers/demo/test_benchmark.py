from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core.models import Actor
from core.text import fold
from customers import normalise, rows
from customers.demo.benchmark import fill
from customers.models import (
    AttributeValue,
    Customer,
    CustomerFlag,
    CustomerTag,
    Domain,
    Identifier,
    Location,
    SearchDocument,
)
from customers.operations import create_customer, update_customer
from customers.operations.world import load_world
from customers.rules import Door, check
from customers.rules.fields import WRITABLE

pytestmark = pytest.mark.django_db

COUNT = 300
TRACKED = (Customer, Identifier, Domain, Location, CustomerTag, CustomerFlag)


def indexes() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'customers_%'")
        return set(cursor.fetchall())


def constraints() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(c.oid) FROM pg_constraint c"
            " JOIN pg_class t ON t.oid = c.conrelid WHERE t.relname LIKE 'customers_%'"
        )
        return set(cursor.fetchall())


@pytest.fixture
def filled():
    fill(COUNT, say=lambda _: None)


def test_as_many_customers_are_there_as_were_asked_for(filled):
    assert Customer.objects.count() == SearchDocument.objects.count() == COUNT
    for model in TRACKED:
        assert model.objects.exists()


def test_every_customer_would_have_passed_the_rules(filled):
    states = rows.states_of(Customer.objects.all())
    inputs = {
        pk: normalise.customer({key: value for key, value in state.items() if key in WRITABLE and value is not None})
        for pk, state in states.items()
    }
    world = load_world(list(inputs.values()), actor=Actor.objects.system())
    now = timezone.now()
    problems = [
        (states[pk]["name"], found)
        for pk, changes in inputs.items()
        for found in check(changes, stored=None, world=world, now=now, door=Door.SEED, customer_id=str(pk))
    ]
    assert problems == []


def test_rows_are_those_that_the_operations_would_have_written(filled):
    customers = list(Customer.objects.all())
    documents = dict(SearchDocument.objects.values_list("customer_id", "document"))
    states = rows.states_of(customers)
    for customer in customers:
        state = states[customer.pk]
        assert customer.folded_name == fold(customer.name)[:255]
        assert documents[customer.pk] == rows.document(state, customer.pk)
        written = customer.identifiers.values_list("kind", "value_norm", "type", "type_key", "position")
        assert sorted(written) == sorted(
            (row["kind"], row["value_norm"], row["type"], row.get("type_key", ""), row["position"])
            for row in rows.identifiers(state)
        )


def test_values_of_attributes_are_those_that_the_triggers_would_have_written(filled):
    values = AttributeValue.objects.order_by("customer", "key").values_list(
        "customer", "key", "text", "number", "moment"
    )
    stored = list(values)
    assert {key for _, key, *_ in stored} == {"marketStr", "seatsNum"}
    AttributeValue.objects.all().delete()
    for customer in Customer.objects.exclude(custom={}):
        Customer.objects.filter(pk=customer.pk).update(custom={})
        Customer.objects.filter(pk=customer.pk).update(custom=customer.custom)
    assert list(values.all()) == stored


def test_every_row_has_its_history(filled):
    for model in TRACKED:
        assert model.pgh_event_model.objects.count() == model.objects.count()
    event = Customer.pgh_event_model.objects.order_by("pgh_created_at").first()
    customer = Customer.objects.get(pk=event.pgh_obj_id)
    assert (event.pgh_label, event.pgh_context["label"]) == ("insert", "Benchmark")
    assert (event.name, event.pgh_created_at) == (customer.name, customer.created_at)


def test_indexes_constraints_and_triggers_stand_as_before():
    before = indexes(), constraints()
    fill(20, say=lambda _: None)
    assert (indexes(), constraints()) == before
    created = create_customer({"name": "After"}, actor=Actor.objects.system()).customer
    update_customer(created.pk, {"name": "Later"}, actor=Actor.objects.system())
    assert Customer.pgh_event_model.objects.filter(pgh_obj_id=created.pk).count() == 2


def test_two_years_are_covered_and_nothing_lies_ahead(filled):
    now = timezone.now()
    dates = Customer.objects.order_by("created_at").values_list("created_at", flat=True)
    assert now - timedelta(days=731) < dates[0] < now - timedelta(days=729)
    assert Customer.objects.filter(updated_at__gt=now).count() == 0


@pytest.mark.parametrize("count", ["0", "-5"])
def test_fewer_than_one_customer_cannot_be_asked_for(count):
    with pytest.raises(CommandError, match="ask for one customer or more"):
        call_command("seed_demo", "--customers", count)
