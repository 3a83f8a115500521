"""What is written when administrators keep the catalogue of tags."""

import threading

import pytest
from django.db import connection

from core import jobs
from core.problems import Refused
from customers.models import Customer, CustomerTag, Tag
from customers.operations import (
    catalogue_tags,
    create_customer,
    delete_customer,
    mark_as_spam,
    tag_links,
    update_customer,
)
from customers.operations.catalogue_entries import EntryCreated, EntryDeleted, EntryUnchanged, EntryUpdated
from customers.operations.catalogue_tags import (
    TagLeaves,
    change_tag,
    create_tag,
    delete_tag,
    merge_tag,
    move_and_delete,
)
from customers.rows import state_of
from tests.factories import ActorFactory, CustomerFactory

pytestmark = pytest.mark.django_db
NOBODY = "0197a1b2-0000-7000-8000-000000000000"


def tag(name: str) -> Tag:
    return Tag.objects.get(folded_name=name.casefold())


def tags_of(customer: Customer) -> list[str]:
    links = CustomerTag.objects.filter(customer=customer).order_by("position").values_list("position", "tag__name")
    assert [position for position, _ in links] == list(range(len(links)))
    return [name for _, name in links]


def rev_of(customer: Customer) -> int:
    return Customer.objects.get(pk=customer.pk).rev


def refused(write) -> list[tuple[str, tuple]]:
    """The problems that keep something from being written; nothing is."""
    before = list(Tag.objects.values_list()), list(CustomerTag.objects.values_list())
    with pytest.raises(Refused) as caught:
        write()
    assert (list(Tag.objects.values_list()), list(CustomerTag.objects.values_list())) == before
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_new_tag_is_stored_in_one_spelling(actor):
    outcome = create_tag({"name": "  Early   access ", "key": "", "color": "#ABC", "external_id": ""}, actor=actor)

    stored = tag("early access")
    assert outcome == EntryCreated(stored)
    assert (stored.name, stored.key, stored.color, stored.external_id, stored.rev) == (
        "Early access", None, "#aabbcc", None, 1,
    )  # fmt: skip


def test_name_that_a_tag_has_in_any_case_is_refused(actor):
    create_tag({"name": "Référence"}, actor=actor)
    assert refused(lambda: create_tag({"name": "référence"}, actor=actor)) == [("C63", ("name",))]


@pytest.mark.parametrize("field", ["key", "external_id"])
def test_key_and_external_id_belong_to_one_tag(actor, field):
    create_tag({"name": "One", field: "same"}, actor=actor)
    assert refused(lambda: create_tag({"name": "Two", field: "same"}, actor=actor)) == [("C63", (field,))]


def test_rename_in_case_alone_keeps_the_customers_as_they_are(actor):
    customer = CustomerFactory(tags=["fish"])
    rev = rev_of(customer)

    outcome = change_tag(tag("fish").pk, {"name": "Fish"}, rev=1, actor=actor)

    assert outcome == EntryUpdated(tag("fish"), ("name",))
    assert (tag("fish").name, tag("fish").rev) == ("Fish", 2)
    assert (tags_of(customer), rev_of(customer)) == (["Fish"], rev)
    assert change_tag(tag("fish").pk, {"name": " Fish"}, rev=2, actor=actor) == EntryUnchanged(tag("fish"))
    assert tag("fish").rev == 2


def test_renamed_tag_is_found_by_its_new_name_alone(actor):
    CustomerFactory(tags=["fish"])
    change_tag(tag("fish").pk, {"name": "Seafood"}, rev=1, actor=actor)
    CustomerFactory(tags=["fish", "SEAFOOD"])
    assert list(Tag.objects.values_list("name", flat=True)) == ["Seafood", "fish"]


def test_rename_to_a_name_that_is_taken_is_refused(actor):
    CustomerFactory(tags=["fish", "seafood"])
    assert refused(lambda: change_tag(tag("fish").pk, {"name": "Seafood"}, rev=1, actor=actor)) == [("C63", ("name",))]


def test_stale_revision_is_refused(actor):
    CustomerFactory(tags=["fish", "seafood"])
    change_tag(tag("fish").pk, {"color": "#2f6f4e"}, rev=1, actor=actor)
    pk, into = tag("fish").pk, tag("seafood").pk
    assert refused(lambda: change_tag(pk, {"name": "Sea"}, rev=1, actor=actor)) == [("C51", ("rev",))]
    assert refused(lambda: merge_tag(pk, into=into, rev=1, actor=actor)) == [("C51", ("rev",))]
    assert refused(lambda: delete_tag(pk, rev=1, actor=actor)) == [("C51", ("rev",))]


def test_merge_keeps_each_tag_once_and_the_order(actor):
    ones = {
        ("a", "fish", "b"): ["a", "Seafood", "b"],
        ("fish", "a", "Seafood"): ["a", "Seafood"],
        ("Seafood", "a", "fish", "b"): ["Seafood", "a", "b"],
        ("a", "Seafood"): ["a", "Seafood"],
        ("a",): ["a"],
    }
    customers = {before: CustomerFactory(tags=list(before)) for before in ones}
    revs = {before: rev_of(customer) for before, customer in customers.items()}

    outcome = merge_tag(tag("fish").pk, into=tag("seafood").pk, rev=1, actor=actor)

    assert (outcome.entry.name, outcome.customers) == ("fish", 3)
    assert {before: tags_of(customer) for before, customer in customers.items()} == ones
    assert {before: rev_of(customer) - revs[before] for before, customer in customers.items()} == {
        before: int("fish" in before) for before in ones
    }
    assert not Tag.objects.filter(name="fish").exists()


def test_merged_tags_go_on_in_the_next_update_of_a_customer(actor):
    customer = CustomerFactory(tags=["fish", "a", "Seafood", "b"])
    merge_tag(tag("fish").pk, into=tag("seafood").pk, rev=1, actor=actor)
    update_customer(customer.pk, {"tags": ["b", "new", "a"]}, actor=actor)
    assert tags_of(customer) == state_of(Customer.objects.get(pk=customer.pk))["tags"] == ["b", "new", "a"]


def test_merge_is_in_the_history_of_each_customer_with_its_author():
    actor = ActorFactory(user__name="Priya Raman")
    customer = CustomerFactory(tags=["fish"])
    merge = CustomerFactory(tags=["Seafood"])
    merge_tag(tag("fish").pk, into=tag("seafood").pk, rev=1, actor=actor)

    changed = Customer.objects.get(pk=customer.pk)
    assert changed.updated_by == actor
    for model in (CustomerTag.pgh_event_model, Customer.pgh_event_model):
        by = {"customer": customer.pk} if model is CustomerTag.pgh_event_model else {"pgh_obj": customer.pk}
        newest = model.objects.filter(**by).order_by("-pgh_id").first()
        assert (newest.pgh_label, newest.pgh_context["label"]) == ("update", "Priya Raman")
    assert Customer.objects.get(pk=merge.pk).updated_by != actor


def test_spam_and_deleted_customers_are_merged_too(actor):
    spam, deleted = CustomerFactory(tags=["fish"]), CustomerFactory(tags=["fish", "Seafood"])
    mark_as_spam(spam.pk, actor=actor)
    delete_customer(deleted.pk, actor=actor)
    assert merge_tag(tag("fish").pk, into=tag("seafood").pk, rev=1, actor=actor).customers == 2
    assert tags_of(spam) == tags_of(deleted) == ["Seafood"]


def test_merge_with_itself_or_with_nothing_is_refused(actor):
    CustomerFactory(tags=["fish"])
    pk = tag("fish").pk
    assert refused(lambda: merge_tag(pk, into=str(pk), rev=1, actor=actor)) == [("C64", ("into",))]
    assert refused(lambda: merge_tag(pk, into=NOBODY, rev=1, actor=actor)) == [("C24", ("id",))]
    assert refused(lambda: merge_tag(pk, into="seafood", rev=1, actor=actor)) == [("C50", ("id",))]


def test_deleted_tag_leaves_the_others_in_order(actor):
    customer, other = CustomerFactory(tags=["a", "fish", "b"]), CustomerFactory(tags=["a"])
    revs = rev_of(customer), rev_of(other)

    outcome = delete_tag(tag("fish").pk, rev=1, actor=actor)

    assert (outcome.entry.name, outcome.customers) == ("fish", 1)
    assert isinstance(outcome, EntryDeleted)
    assert (tags_of(customer), tags_of(other)) == (["a", "b"], ["a"])
    assert (rev_of(customer), rev_of(other)) == (revs[0] + 1, revs[1])


@pytest.fixture
def large(monkeypatch):
    """Two customers are many already, and a step takes two of them."""
    monkeypatch.setattr(catalogue_tags, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(tag_links, "CHUNK", 2)


def test_merge_of_many_customers_is_left_to_a_job_that_may_be_run_twice(actor, large):
    customers = [CustomerFactory(tags=["a", "fish"]) for _ in range(5)]
    source, target = tag("fish"), create_tag({"name": "Seafood"}, actor=actor).entry

    outcome = merge_tag(source.pk, into=target.pk, rev=1, actor=actor)

    assert isinstance(outcome, TagLeaves)
    job = outcome.job
    assert (job.title, job.total) == ("Merge fish into Seafood for 5 customers", 5)
    assert [tags_of(customer) for customer in customers] == [["a", "fish"]] * 5
    assert move_and_delete(job) == "5 customers have Seafood now."
    assert [tags_of(customer) for customer in customers] == [["a", "Seafood"]] * 5
    assert {rev_of(customer) for customer in customers} == {2}
    assert not Tag.objects.filter(pk=source.pk).exists()

    assert move_and_delete(job) == "5 customers have Seafood now."
    assert {rev_of(customer) for customer in customers} == {2}


def test_deletion_of_a_tag_of_many_customers_is_left_to_a_job(actor, large):
    customers = [CustomerFactory(tags=["fish", "b"]) for _ in range(3)]
    outcome = delete_tag(tag("fish").pk, rev=1, actor=actor)
    assert isinstance(outcome, TagLeaves)
    assert outcome.job.title == "Take fish off 3 customers"
    jobs.perform(outcome.job.pk)
    outcome.job.refresh_from_db()
    assert (outcome.job.state, outcome.job.done) == ("done", 3)
    assert outcome.job.message == "3 customers do not have it any more."
    assert [tags_of(customer) for customer in customers] == [["b"]] * 3


def test_tag_whose_customers_are_on_their_way_is_left_alone(actor, large):
    for _ in range(2):
        CustomerFactory(tags=["fish"])
    target, other = (create_tag({"name": name}, actor=actor).entry for name in ("Seafood", "Other"))
    merge_tag(tag("fish").pk, into=target.pk, rev=1, actor=actor)

    assert refused(lambda: delete_tag(tag("fish").pk, rev=1, actor=actor)) == [("C62", ())]
    assert refused(lambda: delete_tag(target.pk, rev=1, actor=actor)) == [("C62", ())]
    assert refused(lambda: merge_tag(target.pk, into=other.pk, rev=1, actor=actor)) == [("C62", ())]
    assert delete_tag(other.pk, rev=1, actor=actor) == EntryDeleted(other)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_customer_who_gets_the_tag_while_it_is_deleted_keeps_it_as_a_new_one():
    actor = ActorFactory()
    source = create_tag({"name": "fish"}, actor=actor).entry
    start, made = threading.Barrier(2), []

    def tag_customers():
        start.wait()
        made.extend(create_customer({"name": f"Boat {n}", "tags": ["fish"]}, actor=actor).customer for n in range(5))
        connection.close()

    thread = threading.Thread(target=tag_customers)
    thread.start()
    start.wait()
    delete_tag(source.pk, rev=1, actor=actor)
    thread.join()

    kept = {tuple(tags_of(customer)) for customer in made}
    assert kept <= {("fish",), ()}
    assert len(made) == 5
