"""Making and changing a customer on its page."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from core.models import Actor
from customers.models import CustomAttribute, Customer, Flag, Tier, WorkflowStatus
from customers.operations import add_flag, delete_customer, update_customer
from customers.rows import flags_of, state_of
from tests.customers.editing import NEW, Editor, catalogue, edit_url, everything
from tests.customers.forms.filling import errors_at, filled, input_names
from tests.customers.violations import TAKEN, VIOLATIONS
from tests.factories import ActorFactory, CustomAttributeFactory, CustomerFactory, FlagFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Editor:
    return Editor()


def reread(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def summary(response) -> list[str]:
    html = response.content.decode()
    found = re.search(r'id="problems-title">.*?<ul>(.*?)</ul>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r"<li>(.*?)</li>", found[1])] if found else []


def test_the_form_says_in_one_sentence_who_saved_last(agent) -> None:
    priya = Actor.objects.of(UserFactory(name="Priya Raman"))
    html = agent.client.get(edit_url(CustomerFactory(actor=priya))).content.decode()
    foot = html[html.index('class="form-foot"') :].partition("</div>")[0]
    assert re.sub(r"<[^>]+>", "", foot).endswith("Last saved by Priya Raman just now")


# What is stored comes back


def test_every_field_sent_back_untouched_changes_nothing(agent) -> None:
    catalogue()
    customer = everything()
    before = state_of(customer)
    response = agent.save(edit_url(customer))
    assert (response.status_code, response["Location"]) == (303, f"/customers/{customer.pk}/")
    assert (reread(customer).rev, state_of(reread(customer))) == (customer.rev, before)


def test_every_field_sent_back_untouched_without_javascript_changes_nothing(agent) -> None:
    catalogue()
    customer = everything()
    response = agent.send(edit_url(customer), agent.open(edit_url(customer), with_script=False))
    assert (response.status_code, reread(customer).rev) == (303, customer.rev)


def test_what_the_form_shows_of_one_customer_makes_another_with_the_same_state(agent) -> None:
    catalogue()
    original = everything()
    form = agent.open(edit_url(original))
    delete_customer(original.pk, actor=ActorFactory())
    for name in ("rev", "opened"):
        form.pop(name)
    response = agent.send(NEW, form | {"key": str(uuid4())})
    assert response.status_code == 303
    copy = Customer.objects.get(name=original.name, deleted_at=None)
    not_typed = {"created_at", "status_changed_at", "support_status_changed_at", "last_idle_at", "assigned_at"}
    rounded = {"snoozed_until", "custom"}
    expected, found = state_of(original), state_of(copy)
    assert {key for key in expected if key not in not_typed and found[key] != expected[key]} == rounded
    assert found["custom"] == expected["custom"] | {"renewalAt": "2026-10-02T15:04:05Z"}
    assert flags_of(copy.pk) == ["custom_terms"]


def test_a_change_of_one_field_writes_that_field_alone(agent) -> None:
    catalogue()
    customer = everything()
    before = state_of(customer)
    agent.save(edit_url(customer), short_name="NP")
    assert (reread(customer).rev, state_of(reread(customer))) == (customer.rev + 1, before | {"short_name": "NP"})


def test_an_owner_who_has_left_does_not_stop_the_rest_from_being_saved(agent) -> None:
    leaver = UserFactory()
    customer = CustomerFactory(owner_id=leaver.pk)
    leaver.is_active = False
    leaver.save()
    assert agent.save(edit_url(customer), name="Renamed").status_code == 303
    assert (reread(customer).name, reread(customer).owner) == ("Renamed", leaver)


def test_every_single_field_can_be_cleared(agent) -> None:
    catalogue()
    customer = everything()
    form = agent.open(edit_url(customer))
    kept = {"rev", "opened", "name", "kind", "status_id", "support_status", "given_name"}
    cleared = {name: text if name in kept else "" for name, text in form.items() if not name.startswith("flag-")}
    assert agent.send(edit_url(customer), cleared).status_code == 303
    state = state_of(reread(customer))
    given = {key for key, value in state.items() if value not in (None, "", [], {})}
    assert given == {
        *("kind", "name", "given_name", "status_id", "support_status", "created_at"),
        *("status_changed_at", "support_status_changed_at", "last_idle_at"),
    }
    assert flags_of(customer.pk) == []


# Making one


def test_a_new_customer_needs_no_more_than_a_name(agent) -> None:
    response = agent.save(NEW, name="Northpass Air")
    customer = Customer.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/customers/{customer.pk}/")
    assert (customer.name, customer.kind, customer.created_by.label) == ("Northpass Air", "organization", "Noor Okafor")


def test_a_customer_gets_the_id_that_its_form_was_opened_with(agent) -> None:
    form = agent.open(NEW)
    agent.send(NEW, form, name="Northpass Air")
    assert (str(Customer.objects.get().pk), UUID(form["key"]).version) == (form["key"], 7)


def test_the_same_form_sent_twice_makes_one_customer(agent) -> None:
    form = agent.open(NEW)
    first = agent.send(NEW, form, name="Northpass Air", emails__0__email="jane@northpass.com")
    second = agent.send(NEW, form, name="Northpass Air", emails__0__email="jane@northpass.com")
    assert (first["Location"], second.status_code, Customer.objects.count()) == (second["Location"], 303, 1)


def test_the_same_form_sent_again_with_another_name_asks_first(agent) -> None:
    form = agent.open(NEW)
    agent.send(NEW, form, name="Northpass Air")
    response = agent.send(NEW, form, name="Northpass Sea")
    again = filled(response.content.decode())
    assert (response.status_code, again["name"], again["key"] != form["key"]) == (409, "Northpass Sea", True)
    assert agent.send(NEW, again).status_code == 303
    assert set(Customer.objects.values_list("name", flat=True)) == {"Northpass Air", "Northpass Sea"}


def test_the_key_of_a_customer_that_somebody_else_made_is_not_taken_over(agent) -> None:
    theirs = CustomerFactory(name="Theirs")
    response = agent.send(NEW, agent.open(NEW) | {"key": str(theirs.pk)}, name="Theirs")
    assert (response.status_code, Customer.objects.count()) == (409, 1)


@pytest.mark.parametrize("key", ["", "no id", "\x00", "0" * 5000])
def test_a_key_that_is_no_id_makes_a_customer_with_a_fresh_one(agent, key) -> None:
    response = agent.send(NEW, agent.open(NEW) | {"key": key}, name="Northpass Air")
    assert (response.status_code, Customer.objects.count()) == (303, 1)


def test_somebody_who_is_assigned_a_new_customer_has_something_to_do(agent) -> None:
    agent.save(NEW, name="Northpass Air", assignee_id=agent.user.email)
    assert Customer.objects.get().support_status == "ACTIVE"


# Rows


def test_the_primary_row_goes_first(agent) -> None:
    customer = CustomerFactory(emails=["a@northpass.com", "b@northpass.com"])
    agent.save(edit_url(customer), emails__primary="1")
    assert [item["email"] for item in state_of(reread(customer))["emails"]] == ["b@northpass.com", "a@northpass.com"]


def test_a_row_marked_as_shared_moves_to_the_shared_list(agent) -> None:
    customer = CustomerFactory(emails=["a@northpass.com", "b@northpass.com"])
    agent.save(edit_url(customer), emails__0__shared="on")
    state = state_of(reread(customer))
    assert [[item["email"] for item in state[key]] for key in ("emails", "shared_emails")] == [
        ["b@northpass.com"],
        ["a@northpass.com"],
    ]


def test_another_main_external_id_leaves_the_list_as_it_is(agent) -> None:
    customer = CustomerFactory(external_ids=["a", "b"], external_id="a")
    agent.save(edit_url(customer), external_ids__primary="1")
    state = state_of(reread(customer))
    assert (state["external_id"], [item["external_id"] for item in state["external_ids"]]) == ("b", ["a", "b"])


def test_a_row_without_text_and_a_row_marked_for_removal_are_left_out(agent) -> None:
    customer = CustomerFactory(emails=["a@northpass.com", "b@northpass.com", "c@northpass.com"])
    agent.save(edit_url(customer), emails__0__email="", emails__1__remove="on")
    assert [item["email"] for item in state_of(reread(customer))["emails"]] == ["c@northpass.com"]


def test_spare_rows_are_there_without_javascript_and_are_stored_after_the_others(agent) -> None:
    customer = CustomerFactory(emails=["a@northpass.com"])
    form = agent.open(edit_url(customer), with_script=False)
    spares = sorted(name for name in form if re.fullmatch(r"emails-s\d-email", name))
    assert spares == ["emails-s1-email", "emails-s2-email", "emails-s3-email"]
    agent.send(edit_url(customer), form, emails__s2__email="b@northpass.com", emails__primary="s2")
    assert [item["email"] for item in state_of(reread(customer))["emails"]] == ["b@northpass.com", "a@northpass.com"]


def test_add_without_javascript_gives_one_more_row_and_keeps_what_was_typed(agent) -> None:
    form = agent.open(NEW)
    response = agent.send(NEW, form, name="Typed", add="emails")
    again = filled(response.content.decode())
    assert (response.status_code, again["name"], again["emails-0-email"], again["key"]) == (
        200,
        "Typed",
        "",
        form["key"],
    )
    assert Customer.objects.count() == 0


@pytest.mark.parametrize("kind", ["email", "phone", "external-id", "social", "facebook-id", "url", "location"])
def test_a_row_is_added_with_its_number_and_the_focus_in_its_first_input(agent, kind) -> None:
    html = agent.client.get(f"/customers/form-rows/{kind}/?i=3").content.decode()
    names = re.findall(r'name="([a-z_]+)-3-[a-z_0-9]+"', html)
    assert (len(set(names)), html.count("data-autofocus"), f"/customers/form-rows/{kind}/?i=4" in html) == (1, 1, True)


@pytest.mark.parametrize("index", ["", "-1", "x", "9" * 400, "%00", "1e9", "²"])
def test_a_row_number_that_is_none_still_gives_a_row(agent, index) -> None:
    assert agent.client.get(f"/customers/form-rows/email/?i={index}").status_code == 200


def test_a_kind_of_row_that_does_not_exist_is_not_found(agent) -> None:
    assert agent.client.get("/customers/form-rows/fax/").status_code == 404


# Flags


def test_flags_and_fields_are_one_step_of_the_revision(agent) -> None:
    FlagFactory(key="vip"), FlagFactory(key="old")
    customer = CustomerFactory()
    add_flag(customer.pk, "old", actor=ActorFactory())
    form = agent.open(edit_url(customer))
    form.pop("flag-old")
    agent.send(edit_url(customer), form, name="Renamed", flag__vip="on")
    assert (flags_of(customer.pk), reread(customer).name, reread(customer).rev) == (["vip"], "Renamed", 3)


def test_a_flag_alone_is_one_step_of_the_revision(agent) -> None:
    FlagFactory(key="vip")
    customer = CustomerFactory()
    agent.save(edit_url(customer), flag__vip="on")
    assert (flags_of(customer.pk), reread(customer).rev, reread(customer).updated_by.label) == (
        ["vip"],
        2,
        "Noor Okafor",
    )


def test_read_only_flags_cannot_be_ticked_and_retired_ones_show_only_while_set(agent) -> None:
    FlagFactory(key="beta", read_only=True), FlagFactory(key="gone"), FlagFactory(key="never", enabled=False)
    customer = CustomerFactory()
    add_flag(customer.pk, "gone", actor=ActorFactory())
    Flag.objects.filter(key="gone").update(enabled=False)
    html = agent.client.get(edit_url(customer)).content.decode()
    shown = re.findall(r'<input type="checkbox" name="flag-([a-z]+)"([^>]*)>', html)
    assert {key: ("disabled" in rest, "checked" in rest) for key, rest in shown} == {
        "beta": (True, False),
        "gone": (True, True),
    }
    assert agent.send(edit_url(customer), filled(html)).status_code == 303
    assert flags_of(customer.pk) == ["gone"]


def test_flags_that_cannot_be_changed_are_shown_as_they_are_after_a_refusal_too(agent) -> None:
    FlagFactory(key="beta"), FlagFactory(key="gone"), FlagFactory(key="never", read_only=True)
    customer = CustomerFactory()
    for key in ("beta", "gone"):
        add_flag(customer.pk, key, actor=ActorFactory())
    Flag.objects.filter(key="beta").update(read_only=True)
    Flag.objects.filter(key="gone").update(enabled=False)
    html = refused(agent, edit_url(customer), name="", flag__never="on").content.decode()
    shown = re.findall(r'<input type="checkbox" name="flag-([a-z]+)"([^>]*)>', html)
    assert {key: ("disabled" in rest, "checked" in rest) for key, rest in shown} == {
        "beta": (True, True),
        "gone": (True, True),
        "never": (True, False),
    }


def test_a_read_only_flag_that_is_sent_all_the_same_is_not_set(agent) -> None:
    FlagFactory(key="beta", read_only=True)
    customer = CustomerFactory()
    agent.save(edit_url(customer), flag__beta="on")
    assert flags_of(customer.pk) == []


def test_a_flag_that_became_read_only_before_it_was_saved_is_left_alone(agent) -> None:
    FlagFactory(key="vip")
    customer = CustomerFactory()
    form = agent.open(edit_url(customer))
    Flag.objects.filter(key="vip").update(read_only=True)
    assert agent.send(edit_url(customer), form, name="Renamed", flag__vip="on").status_code == 303
    assert (flags_of(customer.pk), reread(customer).name) == ([], "Renamed")


# Attributes that were archived meanwhile


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("70", " and takes no value any more. You typed “70”: copy it if you need it, then save again."),
        ("", ", so its value stays. Save again to change the rest."),
    ],
)
def test_a_value_of_an_attribute_that_was_archived_meanwhile_is_not_dropped_in_silence(agent, typed, words) -> None:
    CustomAttributeFactory(key="seatsNum", label="Seats")
    customer = CustomerFactory(custom={"seatsNum": 12})
    form = agent.open(edit_url(customer))
    CustomAttribute.objects.filter(key="seatsNum").update(archived=True)
    response = agent.send(edit_url(customer), form, custom__seatsNum=typed, name="Renamed")
    told = f"Seats: This attribute was archived while you were editing{words}"
    assert (response.status_code, summary(response), reread(customer).rev) == (422, [told], 1)
    assert agent.send(edit_url(customer), filled(response.content.decode())).status_code == 303
    assert (reread(customer).name, state_of(reread(customer))["custom"]) == ("Renamed", {"seatsNum": 12})


def test_an_attribute_that_was_archived_meanwhile_keeps_nobody_from_saving_the_rest(agent) -> None:
    CustomAttributeFactory(key="noteTxt", label="Note")
    customer = CustomerFactory(custom={"noteTxt": "Two\nlines"})
    form = agent.open(edit_url(customer))
    CustomAttribute.objects.filter(key="noteTxt").update(archived=True)
    sent = agent.send(edit_url(customer), form, custom__noteTxt="Two\r\nlines", name="Renamed")
    assert (sent.status_code, reread(customer).name) == (303, "Renamed")


def test_a_new_customer_is_not_made_without_a_value_whose_attribute_was_archived_meanwhile(agent) -> None:
    CustomAttributeFactory(key="seatsNum", label="Seats")
    form = agent.open(NEW)
    CustomAttribute.objects.filter(key="seatsNum").update(archived=True)
    response = agent.send(NEW, form, name="Northpass", custom__seatsNum="70")
    assert (response.status_code, Customer.objects.count()) == (422, 0)
    told = "Seats: This attribute was archived while you were editing and takes no value any more."
    assert summary(response) == [f"{told} You typed “70”: copy it if you need it, then save again."]


# What the rules refuse


def refused(agent: Editor, url: str, **typed: str):
    response = agent.save(url, **typed)
    assert response.status_code == 422
    return response


@pytest.mark.parametrize(
    ("typed", "at", "words"), VIOLATIONS, ids=[f"{at}: {words[:30]}" for _, at, words in VIOLATIONS]
)
def test_what_a_rule_refuses_is_said_at_its_input_and_nothing_is_lost(agent, typed, at, words) -> None:
    catalogue()
    customer = CustomerFactory()
    response = refused(agent, edit_url(customer), **typed)
    html = response.content.decode()
    assert errors_at(html) == {at: words}
    assert reread(customer).rev == 1
    sent = {name.replace("__", "-"): text for name, text in typed.items()}
    selects = {"kind", "gender", "status_id", "tier_id", "support_status", "emails-0-type", "custom-trialBool"}
    again = filled(html)
    assert {name: again.get(name) for name in sent if name not in selects} == {
        name: text for name, text in sent.items() if name not in selects
    }


def test_all_problems_are_said_at_once_in_the_order_of_the_page_and_each_link_leads_to_its_input(agent) -> None:
    customer = CustomerFactory()
    response = refused(
        agent, edit_url(customer), revenue="1.92M", phones__0__phone="22", name="", emails__0__email="jane"
    )
    html = response.content.decode()
    assert summary(response) == [
        "Name: Give the customer a name: it cannot be left empty.",
        "Email 1: Write the whole address, for example jane@northpass.com.",
        "Phone 1: Start with + and a country code, for example +47 22 86 44 00.",
        "Annual revenue: Enter whole dollars, for example 1920000.",
    ]
    anchors = re.findall(r'<li><a class="link" href="#([^"]+)"', html)
    assert [html.count(f'id="{anchor}"') for anchor in anchors] == [1, 1, 1, 1]
    assert "Fix 4 fields to save" in html


def test_a_new_customer_without_a_name_is_told_so(agent) -> None:
    assert errors_at(refused(agent, NEW).content.decode()) == {
        "name": "Give the customer a name, for example Northpass Air."
    }


def test_an_attribute_that_new_customers_need_opens_its_group_and_is_asked_for(agent) -> None:
    catalogue()
    CustomAttribute.objects.filter(key="crmId").update(required_on_create=True)
    assert errors_at(refused(agent, NEW, name="X").content.decode()) == {
        "custom-crmId": "Add a value for crmId: every new customer needs one."
    }


@pytest.mark.parametrize(("typed", "at"), TAKEN)
def test_a_value_of_somebody_else_links_to_them_in_a_new_tab(agent, typed, at) -> None:
    catalogue()
    holder = everything()
    response = refused(agent, NEW, name="Newcomer", **typed)
    html = response.content.decode()
    link = f'<a class="link" href="/customers/{holder.pk}/" target="_blank" rel="noopener">Northpass Air 1'
    assert (list(errors_at(html)), link in html) == ([at], True)


def test_a_name_with_markup_in_the_link_to_its_owner_stays_text(agent) -> None:
    CustomerFactory(name="<script>alert(1)</script>", emails=["a@northpass.com"])
    html = refused(agent, NEW, name="X", emails__0__email="a@northpass.com").content.decode()
    assert ("<script>alert" in html, "&lt;script&gt;alert(1)&lt;/script&gt;" in html) == (False, True)


# Lookups


def test_an_owner_is_taken_by_address_name_or_id(agent) -> None:
    priya = UserFactory(name="Priya Raman", email="priya@retainer.test")
    for typed in ("PRIYA@retainer.test", "priya raman", str(priya.pk)):
        customer = CustomerFactory()
        agent.save(edit_url(customer), owner_id=typed)
        assert reread(customer).owner == priya


def test_a_company_is_taken_by_name_domain_or_id(agent) -> None:
    company = CustomerFactory(name="Northpass Group", kind="organization", domains=["northpass.com"])
    for typed in ("northpass group", "https://www.northpass.com/", str(company.pk)):
        customer = CustomerFactory(kind="person")
        agent.save(edit_url(customer), company_id=typed)
        assert reread(customer).company == company


def test_a_name_that_two_people_have_is_refused_and_both_are_offered(agent) -> None:
    twins = [UserFactory(name="Kim Lee"), UserFactory(name="Kim Lee")]
    customer = CustomerFactory()
    html = refused(agent, edit_url(customer), owner_id="Kim Lee").content.decode()
    assert set(re.findall(r'value="owner_id:([^"]+)"', html)) == {str(person.pk) for person in twins}


def test_a_picked_namesake_stays_picked(agent) -> None:
    UserFactory(name="Kim Lee")
    kim = UserFactory(name="Kim Lee")
    customer = CustomerFactory()
    response = agent.save(edit_url(customer), owner_id="Kim", pick=f"owner_id:{kim.pk}")
    assert response.status_code == 200
    agent.send(edit_url(customer), filled(response.content.decode()))
    assert reread(customer).owner == kim


def test_search_without_javascript_shows_who_fits_and_keeps_what_was_typed(agent) -> None:
    priya = UserFactory(name="Priya Raman")
    response = agent.save(NEW, name="Typed", owner_id="priy", search="owner_id")
    html = response.content.decode()
    assert (response.status_code, filled(html)["name"], f'value="owner_id:{priya.pk}"' in html) == (200, "Typed", True)


def test_typing_into_a_lookup_finds_people_and_organisations(agent) -> None:
    UserFactory(name="Priya Raman"), UserFactory(name="Priya Left", is_active=False)
    CustomerFactory(name="Northpass Air", kind="organization"), CustomerFactory(name="Northpass Jane", kind="person")
    people = agent.client.get("/customers/lookups/owner_id/?owner_id=priya").content.decode()
    companies = agent.client.get("/customers/lookups/company_id/?company_id=northpass").content.decode()
    nobody = agent.client.get("/customers/lookups/company_id/?company_id=zzzz").content.decode()
    assert ("Priya Raman" in people, "Priya Left" in people) == (True, False)
    assert ("Northpass Air" in companies, "Northpass Jane" in companies) == (True, False)
    assert "No organisation of that name is listed." in nobody


def test_picking_somebody_fills_the_input_and_says_who_it_stands_for(agent) -> None:
    priya = UserFactory(name="Priya Raman")
    # htmx sends the name and value of the button along.
    url = f"/customers/lookups/owner_id/?id={priya.pk}&pick=owner_id:{priya.pk}"
    html = f'<form id="customer-form">{agent.client.get(url).content.decode()}</form>'
    assert filled(html) == {
        "owner_id": "Priya Raman",
        "owner_id-id": str(priya.pk),
        "owner_id-label": "Priya Raman",
    }


@pytest.mark.parametrize("text", ["", " ", "%00", "%ED%A0%80", "%", "_", "'", "x" * 5000, "🦊"])
@pytest.mark.parametrize("name", ["owner_id", "company_id"])
def test_a_lookup_answers_any_text(agent, name, text) -> None:
    assert agent.client.get(f"/customers/lookups/{name}/?{name}={text}").status_code == 200
    assert agent.client.get(f"/customers/lookups/{name}/?id={text}").status_code == 200


def test_a_lookup_that_does_not_exist_is_not_found(agent) -> None:
    assert agent.client.get("/customers/lookups/tier_id/?tier_id=x").status_code == 404


# Who may, and what is no longer there


@pytest.mark.parametrize("role", ["viewer", "billing_operator"])
def test_who_may_not_edit_is_told_who_may(role) -> None:
    client = Client()
    client.force_login(UserFactory(**{role: True}))
    customer = CustomerFactory()
    for url, deed in ((NEW, "add"), (edit_url(customer), "change")):
        for answer in (client.get(url), client.post(url, {"name": "X"})):
            assert answer.status_code == 403
            assert f"Support agents and Administrators may {deed} customers." in answer.content.decode()


def test_a_customer_that_never_was_is_not_found(agent) -> None:
    url = f"/customers/{uuid4()}/edit/"
    assert [agent.client.get(url).status_code, agent.client.post(url, {}).status_code] == [404, 404]


def test_a_deleted_customer_is_gone(agent) -> None:
    customer = CustomerFactory()
    delete_customer(customer.pk, actor=ActorFactory())
    assert agent.client.get(edit_url(customer)).status_code == 410


def test_a_merged_customer_leads_to_the_one_it_lives_on_in(agent) -> None:
    customer, survivor = CustomerFactory(), CustomerFactory()
    delete_customer(customer.pk, actor=ActorFactory())
    Customer.objects.filter(pk=customer.pk).update(merged_into=survivor)
    response = agent.client.get(edit_url(customer))
    assert (response.status_code, response["Location"]) == (308, edit_url(survivor))


def test_what_was_typed_stays_readable_when_the_customer_was_deleted_meanwhile(agent) -> None:
    customer = CustomerFactory()
    form = agent.open(edit_url(customer))
    delete_customer(customer.pk, actor=ActorFactory())
    response = agent.send(edit_url(customer), form, short_name="Long thoughts", emails__0__email="new@northpass.com")
    html = response.content.decode()
    assert response.status_code == 410
    facts = html[html.index('<dl class="facts">') :]
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", facts[: facts.index("</dl>")]) == [
        ("Short name", "Long thoughts"),
        ("Emails", "new@northpass.com"),
    ]


# htmx


def test_a_save_over_htmx_leads_on_with_a_header(agent) -> None:
    customer = CustomerFactory()
    form = agent.open(edit_url(customer))
    headers = {"HX-Request": "true", "HX-Target": "customer-form"}
    response = agent.client.post(edit_url(customer), form | {"name": "Renamed"}, headers=headers)
    assert (response.status_code, response["HX-Redirect"]) == (204, f"/customers/{customer.pk}/")


def test_a_refused_save_over_htmx_gets_the_form_alone_and_the_same_one_as_the_page(agent) -> None:
    customer = CustomerFactory()
    form = agent.open(edit_url(customer)) | {"name": ""}
    headers = {"HX-Request": "true", "HX-Target": "customer-form"}
    part = agent.client.post(edit_url(customer), form, headers=headers)
    page = agent.client.post(edit_url(customer), form)
    assert (part.status_code, part.content.decode().strip().startswith("<form")) == (422, True)

    def without_tokens(html: str) -> str:
        return re.sub(r'(name="(csrfmiddlewaretoken|opened)" value=")[^"]+', r"\1", html).strip()

    assert without_tokens(part.content.decode()) in without_tokens(page.content.decode())


def test_a_form_that_was_refused_asks_before_it_is_left(agent) -> None:
    customer = CustomerFactory()
    assert " data-dirty" not in agent.client.get(edit_url(customer)).content.decode()
    assert " data-dirty" in refused(agent, edit_url(customer), name="").content.decode()


# Cost


def test_the_page_costs_the_same_queries_for_one_row_and_for_three(agent, django_assert_max_num_queries) -> None:
    catalogue()
    one, three = everything(1, copies=1), everything(2, copies=3)
    agent.client.get(edit_url(one))
    counts = []
    for customer in (one, three):
        with django_assert_max_num_queries(22) as queries:
            agent.client.get(edit_url(customer))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_folded_groups_open_when_they_are_used(agent) -> None:
    catalogue()
    html = agent.client.get(NEW).content.decode()
    used = agent.client.get(edit_url(everything())).content.decode()
    assert [len(re.findall(r"<details( open)?>", page)) for page in (html, used)] == [4, 4]
    assert [page.count("<details open>") for page in (html, used)] == [0, 4]


def test_statuses_and_tiers_are_offered_by_name(agent) -> None:
    html = agent.client.get(NEW).content.decode()
    offered = set(re.findall(r'<option value="[^"]*"[^>]*>([^<]+)</option>', html))
    assert {str(each) for each in (*Tier.objects.all(), *WorkflowStatus.objects.all())} <= offered


def test_names_of_inputs_are_unique_but_for_radio_buttons(agent) -> None:
    catalogue()
    html = agent.client.get(edit_url(everything(copies=3))).content.decode()
    names = re.findall(r'<(?:input|select|textarea)(?![^>]*type="radio")[^>]* name="([^"]+)"', html)
    assert len(names) == len(set(names))
    assert len(input_names(html)) > 150


def test_the_history_names_who_saved(agent) -> None:
    customer = CustomerFactory()
    agent.save(edit_url(customer), name="Renamed")
    assert reread(customer).updated_by == Actor.objects.of(agent.user)
    update_customer(customer.pk, {"name": "Again"}, actor=ActorFactory())
