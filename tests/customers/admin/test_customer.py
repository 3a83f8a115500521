"""Customers in the Django admin: the same rules and the same operation as every other door."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Actor
from core.obstacles import Guard, Obstacle, customer_guards
from customers.models import CustomAttribute, Customer, Flag, Identifier, Tier
from customers.models.customer import SearchDocument
from customers.operations import add_flag, delete_customer, update_customer
from customers.rows import flags_of, state_of
from tests.customers.admin.desk import ADD, LIST, Desk, change_url, delete_url, errors_of
from tests.customers.editing import catalogue, edit_url, everything
from tests.customers.forms.filling import filled
from tests.customers.test_worked_cases_on_the_form import CASES, OTHERWISE, WORDS, given, typed
from tests.customers.violations import TAKEN, VIOLATIONS
from tests.factories import (
    ActorFactory,
    CustomAttributeFactory,
    CustomerFactory,
    FlagFactory,
    TierFactory,
    UserFactory,
    WorkflowStatusFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def reread(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def everything_stored() -> dict[str, Any]:
    """Every row that a refused form could have touched."""
    models = (Customer, Identifier, SearchDocument, Tier, LogEntry)
    events = [getattr(model, "pgh_event_model", None) for model in models]
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in (*models, *filter(None, events))
    }


# What is shown and what is written


def test_an_untouched_form_changes_nothing(desk) -> None:
    catalogue()
    customer = everything()
    before = everything_stored()
    response = desk.save(change_url(customer))
    assert (response.status_code, response.headers["Location"], everything_stored()) == (302, LIST, before)


def test_every_input_is_shown_as_in_the_products_form(desk) -> None:
    catalogue()
    customer = everything()
    ours = {name: text for name, text in _open_elsewhere(desk, customer).items() if not _is_of_the_product_alone(name)}
    theirs = desk.open(change_url(customer))
    ids = {name: str(getattr(customer, name)) for name in ("company_id", "owner_id", "assignee_id")}
    assert {name: theirs[name] for name in ours} == ours | ids


def _open_elsewhere(desk: Desk, customer: Customer) -> dict[str, str]:
    return filled(desk.client.get(edit_url(customer)).content.decode())


def _is_of_the_product_alone(name: str) -> bool:
    return name in ("opened", "csrfmiddlewaretoken") or name.endswith(("-id", "-label", "-primary"))


def test_a_change_is_one_step_of_the_revision_with_fields_rows_flags_and_tags(desk) -> None:
    FlagFactory(key="vip"), FlagFactory(key="old")
    customer = CustomerFactory(emails=["a@northpass.com"], tags=["renewal"])
    add_flag(customer.pk, "old", actor=ActorFactory())
    form = desk.open(change_url(customer))
    form.pop("flag-old")
    desk.send(change_url(customer), form, name="Renamed", flag__vip="on", tags="eu", emails__1__email="b@northpass.com")
    state = state_of(reread(customer))
    assert (reread(customer).name, flags_of(customer.pk), state["tags"]) == ("Renamed", ["vip"], ["eu"])
    assert [item["email"] for item in state["emails"]] == ["a@northpass.com", "b@northpass.com"]
    assert (reread(customer).rev, reread(customer).updated_by.label) == (3, "Noor Aziz")


def test_a_new_customer_is_made_with_its_rows_and_flags(desk) -> None:
    FlagFactory(key="vip")
    response = desk.save(
        ADD, name="Northpass Air", emails__0__email="ops@northpass.com", domains="northpass.com", flag__vip="on"
    )
    customer = Customer.objects.get()
    state = state_of(customer)
    assert (response.status_code, customer.rev, customer.created_by.label) == (302, 1, "Noor Aziz")
    assert (state["domains"], flags_of(customer.pk)) == (["northpass.com"], ["vip"])
    assert [item["email"] for item in state["emails"]] == ["ops@northpass.com"]
    assert "northpass.com" in SearchDocument.objects.get(customer=customer).document


def test_a_new_customer_is_as_from_the_products_form(desk) -> None:
    desk.save(ADD, name="Northpass Air")
    from_the_admin = state_of(Customer.objects.get())
    made = CustomerFactory(name="Northpass Air", kind="organization")
    moments = {"created_at", "status_changed_at", "support_status_changed_at", "last_idle_at"}
    expected = {key: value for key, value in state_of(made).items() if key not in moments}
    assert {key: value for key, value in from_the_admin.items() if key not in moments} == expected


def test_a_form_sent_twice_makes_one_customer(desk) -> None:
    form = desk.open(ADD)
    answers = [desk.send(ADD, form, name="Northpass Air").status_code for _ in range(2)]
    assert (answers, Customer.objects.count()) == ([302, 302], 1)


def test_a_form_sent_again_with_other_values_is_refused(desk) -> None:
    form = desk.open(ADD)
    desk.send(ADD, form, name="Northpass Air")
    response = desk.send(ADD, form, name="Bergen Seafood")
    words = "This form was saved before, with other values. Open a new form, and leave this customer as it is."
    assert (errors_of(response), Customer.objects.get().name) == ({"": words}, "Northpass Air")


@pytest.mark.parametrize("key", ["", "no id", "\x00", "0" * 5000])
def test_a_key_that_is_no_id_makes_a_customer_with_a_fresh_one(desk, key) -> None:
    response = desk.send(ADD, desk.open(ADD) | {"key": key}, name="Northpass Air")
    assert (response.status_code, Customer.objects.count()) == ((200, 0) if key == "\x00" else (302, 1))


def test_people_and_companies_are_picked_by_id(desk) -> None:
    customer = CustomerFactory(kind="person")
    company, person = CustomerFactory(kind="organization"), UserFactory(name="Priya Raman")
    desk.save(change_url(customer), company_id=str(company.pk), owner_id=str(person.pk), assignee_id=str(person.pk))
    stored = reread(customer)
    assert (stored.company, stored.owner, stored.assignee, stored.support_status) == (company, person, person, "ACTIVE")


def test_a_row_marked_for_deletion_goes(desk) -> None:
    customer = CustomerFactory(emails=["a@northpass.com", "b@northpass.com"])
    desk.save(change_url(customer), emails__0__DELETE="on")
    assert [item["email"] for item in state_of(reread(customer))["emails"]] == ["b@northpass.com"]


def test_ticking_another_row_makes_it_the_primary_one(desk) -> None:
    customer = CustomerFactory(emails=["a@northpass.com", "b@northpass.com"], external_ids=["x", "y"], external_id="x")
    desk.save(change_url(customer), emails__1__primary="on", external_ids__1__primary="on")
    state = state_of(reread(customer))
    assert [item["email"] for item in state["emails"]] == ["b@northpass.com", "a@northpass.com"]
    assert (state["external_id"], [item["external_id"] for item in state["external_ids"]]) == ("y", ["x", "y"])


def test_nothing_changed_is_said_and_not_logged(desk) -> None:
    customer = CustomerFactory()
    response = desk.send(change_url(customer), desk.open(change_url(customer)) | {"_continue": "1"})
    page = desk.client.get(response.headers["Location"])
    assert response.headers["Location"] == change_url(customer)
    assert ([str(message) for message in page.context["messages"]], LogEntry.objects.count()) == (
        ["Nothing changed."],
        0,
    )


def test_a_change_is_logged_with_what_it_changed(desk) -> None:
    customer = CustomerFactory()
    desk.save(change_url(customer), revenue="1920000")
    assert json.loads(LogEntry.objects.get().change_message) == [{"changed": {"fields": ["revenue"]}}]


def test_what_operations_alone_write_cannot_be_typed(desk) -> None:
    customer = CustomerFactory()
    before = everything_stored()
    audit = ("created_at", "created_by", "updated_at", "deleted_at", "marked_as_spam_at", "merged_into", "managed_by")
    html = desk.client.get(change_url(customer)).content.decode()
    assert [name for name in audit if f'name="{name}' in html] == []
    desk.save(change_url(customer), **dict.fromkeys(audit, "2001-01-01"))
    assert everything_stored() == before


# What is refused


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_worked_case_has_the_same_result_in_the_admin(desk, case) -> None:
    given(case)
    changes = dict(case["input"])
    url = ADD if case["op"] == "create" else change_url(Customer.objects.get(pk=changes.pop("id")))
    form = {name: text for name, text in desk.open(url).items() if name != "kind" or case["op"] == "update"}
    before = everything_stored()
    response = desk.send(url, form, **typed(changes))
    code = OTHERWISE.get(case["id"], case.get("error"))
    if code is None:
        assert response.status_code == 302
        return
    words = WORDS[code].replace(" (opens in a new tab)", "")
    assert [text.replace(" (opens in a new tab)", "") for text in errors_of(response).values()] == [words]
    assert everything_stored() == before


@pytest.mark.parametrize(
    ("typed", "at", "words"), VIOLATIONS, ids=[f"{at}: {words[:30]}" for _, at, words in VIOLATIONS]
)
def test_what_a_rule_refuses_is_said_at_its_input_with_nothing_stored_and_nothing_lost(desk, typed, at, words) -> None:
    catalogue()
    customer = CustomerFactory()
    before = everything_stored()
    response = desk.save(change_url(customer), **typed)
    assert (response.status_code, errors_of(response), everything_stored()) == (200, {at: words}, before)
    again = _inputs(response.content.decode())
    selects = {"kind", "gender", "status_id", "tier_id", "support_status", "emails-0-type", "custom-trialBool"}
    sent = {name.replace("__", "-"): text for name, text in typed.items()}
    assert {name: again.get(name) for name in sent if name not in selects} == {
        name: text for name, text in sent.items() if name not in selects
    }


def _inputs(html: str) -> dict[str, str]:
    return filled(html, form_id="customer_form")


@pytest.mark.parametrize(("typed", "at"), TAKEN)
def test_a_value_of_somebody_else_is_refused_with_a_link_to_them(desk, typed, at) -> None:
    catalogue()
    holder = everything()
    before = everything_stored()
    response = desk.save(ADD, name="Newcomer", **typed)
    assert (list(errors_of(response)), everything_stored()) == ([at], before)
    assert f'href="/customers/{holder.pk}/" target="_blank"' in response.content.decode()


def test_an_id_listed_as_their_own_and_as_shared_is_refused_at_the_list(desk) -> None:
    customer = CustomerFactory(external_ids=["x"])
    response = desk.save(change_url(customer), external_ids__1__external_id="x", external_ids__1__shared="on")
    assert errors_of(response) == {"external_ids-1-external_id": "This external ID is listed twice. Keep it once."}


def test_a_public_domain_is_refused(desk) -> None:
    response = desk.save(change_url(CustomerFactory()), domains="gmail.com")
    words = "gmail.com: Leave gmail.com out: everybody can have an address there, so it says nothing about them."
    assert errors_of(response) == {"domains": words}


def test_a_text_of_a_row_that_is_too_long_is_refused_there(desk) -> None:
    response = desk.save(change_url(CustomerFactory()), locations__0__name="x" * 256)
    assert errors_of(response) == {"locations-0-name": "Shorten this to 255 characters."}


def test_a_person_as_company_and_a_circle_of_companies_are_refused(desk) -> None:
    person, parent = CustomerFactory(kind="person"), CustomerFactory(kind="organization")
    child = CustomerFactory(kind="organization", company_id=parent.pk)
    said = [
        errors_of(desk.save(change_url(customer), company_id=str(company.pk)))
        for customer, company in ((child, person), (parent, child), (parent, parent))
    ]
    assert said == [
        {"company_id": "Choose an organisation: a person cannot be a company."},
        {"company_id": "Choose another organisation: this one belongs to the customer itself."},
        {"company_id": "Choose another organisation: a customer cannot be its own company."},
    ]


def test_an_organisation_with_people_stays_one(desk) -> None:
    company = CustomerFactory(kind="organization")
    CustomerFactory(kind="person", company_id=company.pk)
    response = desk.save(change_url(company), kind="person")
    assert errors_of(response) == {"kind": "Give the people of this organisation another company first."}


def test_a_person_who_left_is_refused_as_new_owner_and_kept_as_the_one_there_is(desk) -> None:
    gone = UserFactory(name="Gone", is_active=False)
    customer, other = CustomerFactory(), CustomerFactory()
    Customer.objects.filter(pk=other.pk).update(owner=gone)
    assert errors_of(desk.save(change_url(customer), owner_id=str(gone.pk))) == {
        "owner_id": "Choose an active staff person as owner."
    }
    assert desk.save(change_url(other), name="Renamed").status_code == 302


def test_a_required_attribute_is_asked_of_new_customers_alone(desk) -> None:
    customer = CustomerFactory()
    CustomAttributeFactory(key="crmId", required_on_create=True)
    assert errors_of(desk.save(ADD, name="X")) == {
        "custom-crmId": "Add a value for crmId: every new customer needs one."
    }
    assert desk.save(change_url(customer), name="Renamed").status_code == 302


def test_a_nul_in_any_input_is_refused(desk) -> None:
    customer = CustomerFactory()
    response = desk.save(change_url(customer), short_name="a\x00b")
    assert errors_of(response) == {"short_name": "Type this again: it holds a character that cannot be stored."}


def test_all_problems_are_said_at_once_wherever_they_are(desk) -> None:
    response = desk.save(change_url(CustomerFactory()), name="", emails__0__email="jane", phones__0__phone="22")
    assert list(errors_of(response)) == ["name", "emails-0-email", "phones-0-phone"]


def test_an_error_counts_rows_as_they_are_typed_past_blank_and_deleted_ones(desk) -> None:
    customer = CustomerFactory(emails=["a@northpass.com", "b@northpass.com"])
    response = desk.save(change_url(customer), emails__0__DELETE="on", emails__2__email=" ", emails__3__email="jane")
    assert list(errors_of(response)) == ["emails-3-email"]


def test_a_flag_that_became_read_only_before_it_was_saved_is_left_alone(desk) -> None:
    FlagFactory(key="vip")
    customer = CustomerFactory()
    form = desk.open(change_url(customer))
    Flag.objects.filter(key="vip").update(read_only=True)
    desk.send(change_url(customer), form, name="Renamed", flag__vip="on")
    assert (flags_of(customer.pk), reread(customer).name) == ([], "Renamed")


def test_flags_of_other_systems_are_locked_and_stay_shown_when_something_is_refused(desk) -> None:
    flag = FlagFactory(key="beta", read_only=True)
    customer = CustomerFactory()
    add_flag(customer.pk, flag.key, actor=ActorFactory(), staff=False)
    html = desk.save(change_url(customer), name="").content.decode()
    (rest,) = re.findall(r'<input type="checkbox" name="flag-beta"([^>]*)>', html)
    assert ("disabled" in rest, "checked" in rest) == (True, True)


def test_more_rows_than_a_form_holds_are_refused_with_a_sentence(desk) -> None:
    customer = CustomerFactory()
    rows = {f"urls__{number}__url": f"https://northpass.com/{number}" for number in range(101)}
    response = desk.save(change_url(customer), **rows)
    words = "Keep at most 100 here, and use an import for more: there are 101."
    assert (errors_of(response), reread(customer).rev) == ({"urls": words}, 1)


# What somebody else did meanwhile


def test_a_stale_form_stores_nothing_and_says_who_was_faster(desk) -> None:
    customer = CustomerFactory(name="Northpass Air")
    form = desk.open(change_url(customer))
    update_customer(customer.pk, {"size": 7}, actor=ActorFactory(user=UserFactory(name="Priya Raman")))
    before = everything_stored()
    response = desk.send(change_url(customer), form, name="Renamed")
    words = (
        "Priya Raman saved this customer meanwhile, so nothing was stored."
        " Open the current version (in a new tab) and make your changes there."
    )
    assert (errors_of(response), everything_stored()) == ({"": words}, before)
    assert _inputs(response.content.decode())["name"] == "Renamed"


@pytest.mark.parametrize("rev", ["", "x", "-1", "9" * 400])
def test_a_form_without_the_revision_that_was_read_stores_nothing(desk, rev) -> None:
    customer = CustomerFactory()
    response = desk.save(change_url(customer), rev=rev, name="Renamed")
    assert (list(errors_of(response)), reread(customer).rev) == ([""], 1)


def test_a_deleted_customer_is_shown_and_cannot_be_changed(desk) -> None:
    catalogue()
    customer = everything()
    form = desk.open(change_url(customer))
    delete_customer(customer.pk, actor=ActorFactory())
    page = desk.client.get(change_url(customer)).content.decode()
    assert ("northpass10.com" in page, 'name="_save"' in page) == (True, False)
    before = everything_stored()
    page = desk.client.get(desk.send(change_url(customer), form, name="Renamed").headers["Location"])
    words = "This customer was deleted, so nothing was stored. Go back to copy what you typed."
    assert [str(message) for message in page.context["messages"]] == [words]
    assert desk.client.post(delete_url(customer), {"post": "yes", "rev": "1"}).status_code == 403
    assert everything_stored() == before


# Deleting


def test_deleting_takes_the_customer_out_and_keeps_its_rows(desk) -> None:
    customer = CustomerFactory(name="Northpass Air", emails=["a@northpass.com"])
    page = re.sub(r"\s+", " ", desk.client.get(delete_url(customer)).content.decode())
    assert "an administrator can restore it" in page
    response = desk.client.post(delete_url(customer), {"post": "yes", "rev": "1"})
    stored = reread(customer)
    assert (response.status_code, stored.deleted_by and stored.deleted_by.label, stored.rev) == (302, "Noor Aziz", 2)
    assert list(Identifier.objects.values_list("active", flat=True)) == [False]


def test_no_customers_are_deleted_in_bulk(desk) -> None:
    customer = CustomerFactory()
    typed = {"action": "delete_selected", "_selected_action": str(customer.pk), "post": "yes", "index": "0"}
    desk.client.post(LIST, typed)
    assert (reread(customer).deleted_at, "delete_selected" in desk.client.get(LIST).content.decode()) == (None, False)


def test_what_stands_in_the_way_of_a_deletion_is_said_and_nothing_is_deleted(desk, monkeypatch) -> None:
    monkeypatch.setattr(customer_guards, "_items", {})
    customer_guards.register(Guard("test", lambda customer_id: [Obstacle("the commit Platform 2026")]))
    customer = CustomerFactory()
    response = desk.client.post(delete_url(customer), {"post": "yes", "rev": "1"}, follow=True)
    (message,) = response.context["messages"]
    assert "the commit Platform 2026" in str(message)
    assert (response.redirect_chain, reread(customer).deleted_at) == ([(change_url(customer), 302)], None)


def test_a_deletion_of_something_else_than_was_read_is_refused(desk) -> None:
    customer = CustomerFactory()
    update_customer(customer.pk, {"size": 7}, actor=ActorFactory())
    desk.client.post(delete_url(customer), {"post": "yes", "rev": "1"})
    assert reread(customer).deleted_at is None


# Who may


def test_somebody_who_may_only_see_customers_reads_them_and_changes_nothing(desk) -> None:
    viewer = UserFactory(is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_customer"))
    catalogue()
    customer = everything()
    CustomAttribute.objects.update(sensitive=True)
    client = Desk(viewer).client
    page = client.get(change_url(customer)).content.decode()
    assert ("Northpass Air 1" in page, "emea.nordics" in page, 'name="_save"' in page) == (True, False, False)
    assert (client.post(change_url(customer), {}).status_code, client.get(ADD).status_code) == (403, 403)


# The list


def names_in(desk: Desk, **query: str) -> list[str]:
    html = desk.client.get(LIST, query).content.decode()
    return re.findall(r'<th class="field-name"><a [^>]+>([^<]+)</a></th>', html)


def test_the_list_is_searched_by_everything_a_customer_is_found_by(desk) -> None:
    CustomerFactory(name="Northpass Air", emails=["ops@northpass.com"], phones=["+47 22 86 44 00"])
    CustomerFactory(name="Bergen Seafood")
    found = [names_in(desk, q=text) for text in ("pass", "ops@north", "22 86 44 00", "nobody")]
    assert found == [["Northpass Air"], ["Northpass Air"], ["Northpass Air"], []]


def test_the_list_is_filtered_by_what_became_of_a_customer(desk) -> None:
    CustomerFactory(name="Listed")
    delete_customer(CustomerFactory(name="Deleted").pk, actor=Actor.objects.system())
    found = [names_in(desk, **query) for query in ({}, {"state": "listed"}, {"state": "deleted"}, {"state": "spam"})]
    assert found == [["Deleted", "Listed"], ["Listed"], ["Deleted"], []]


def test_only_organisations_that_are_listed_are_offered_as_company(desk) -> None:
    CustomerFactory(name="Northpass Air", kind="organization")
    CustomerFactory(name="Northpass Jane", kind="person")
    delete_customer(CustomerFactory(name="Northpass Old", kind="organization").pk, actor=Actor.objects.system())
    asked = {"app_label": "customers", "model_name": "customer", "field_name": "company", "term": "northpass"}
    answer = desk.client.get("/admin/autocomplete/", asked).json()
    assert [found["text"] for found in answer["results"]] == ["Northpass Air"]


def test_only_people_who_can_sign_in_are_offered_as_owner(desk) -> None:
    UserFactory(name="Priya Raman"), UserFactory(name="Priya Gone", is_active=False)
    asked = {"app_label": "customers", "model_name": "customer", "field_name": "owner", "term": "priya"}
    answer = desk.client.get("/admin/autocomplete/", asked).json()
    assert [found["text"] for found in answer["results"]] == ["Priya Raman"]


def test_the_form_reads_as_much_whatever_the_tables_hold(desk) -> None:
    def queries(customer: Customer) -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.open(change_url(customer))
        return len(captured)

    catalogue()
    first = everything(1)
    desk.open(change_url(first))
    with_one = queries(first)
    TierFactory(), WorkflowStatusFactory(), FlagFactory()
    UserFactory.create_batch(3)
    assert queries(everything(2, copies=3)) == with_one


# What happened


def told(desk: Desk, url: str) -> list[tuple[str, str]]:
    html = desk.client.get(url).content.decode()
    _, _, history = html.partition('id="change-history"')
    rows = re.findall(r"<td>(.*?)</td>\s*<td>(.*?)</td>", history, re.DOTALL)
    return [(who, re.sub(r"\s*<br>\s*", "; ", what.strip())) for who, what in rows]


def test_the_history_tells_who_did_what(desk) -> None:
    by_night = Actor.objects.system("Nightly import")
    customer = CustomerFactory(name="Northpass Air", kind="organization", actor=by_night)
    desk.save(change_url(customer), name="Northpass Group", emails__0__email="a@northpass.com")
    # One transaction is one moment: in a test everything happens at once.
    assert set(told(desk, f"/admin/customers/customer/{customer.pk}/history/")) == {
        ("Noor Aziz", "Changed name: Northpass Air → Northpass Group; Added email a@northpass.com"),
        ("Nightly import", "Created this customer; Organisation, status Onboarding"),
    }
