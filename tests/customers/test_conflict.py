"""Two people at the same customer: nothing is lost, and only what both changed has to be decided."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from django.db import connection

from customers.forms.typed import sealed
from customers.models import Customer, Tier
from customers.operations import add_flag, delete_customer, update_customer
from customers.rows import flags_of, state_of
from tests.customers.editing import NEW, Editor, catalogue, edit_url, everything
from tests.customers.forms.filling import errors_at, filled
from tests.factories import ActorFactory, CustomerFactory, FlagFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Editor:
    return Editor()


@pytest.fixture
def priya() -> Editor:
    return Editor(UserFactory(support_agent=True, name="Priya Raman"))


def reread(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def rows(html: str) -> list[tuple[str, str, str, str]]:
    """Field, before, theirs and mine of each line of the conflict banner."""
    banner = html[html.index("conflict-title") : html.index("</section>", html.index("conflict-title"))]
    body = banner.partition("<tbody>")[2]
    lines = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    without_hidden = [re.sub(r'<span class="vh">.*?</span>', "", line) for line in lines]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in without_hidden]
    return [tuple(re.sub(r"<[^>]+>", "", cell).strip() for cell in line) for line in cells]  # type: ignore[misc]


def meanwhile(agent: Editor, other: Editor, customer: Customer, theirs: dict[str, Any], mine: dict[str, Any]):
    """Both open the form; the other saves first."""
    form = agent.open(edit_url(customer))
    assert other.save(edit_url(customer), **theirs).status_code == 303
    return agent.send(edit_url(customer), form, **mine)


def test_a_field_that_both_changed_is_shown_with_both_values_and_nothing_is_written(agent, priya) -> None:
    customer = CustomerFactory(name="Halden Logistics", short_name="Halden")
    response = meanwhile(agent, priya, customer, {"short_name": "HL"}, {"short_name": "HaLo", "size": "640"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Priya Raman saved this customer while you were editing" in html
    assert rows(html) == [("Short name", "Halden", "HL", "HaLo")]
    assert (reread(customer).short_name, reread(customer).size, reread(customer).rev) == ("HL", None, 2)


def test_both_versions_are_written_as_on_every_other_page(agent, priya) -> None:
    customer = CustomerFactory(kind="person", revenue=480_000, size=1200, birthday="1990-02-03")
    theirs = {"revenue": "1,920,000", "size": "", "birthday": "1990-02-04", "snoozed_until": "2036-10-02T15:04"}
    mine = {"revenue": "0", "size": "many", "birthday": "1990-02-05", "snoozed_until": "2036-10-03T00:00:07"}
    snoozed = {"support_status": "SNOOZED"}
    html = meanwhile(agent, priya, customer, theirs | snoozed, mine | snoozed).content.decode()
    assert rows(html) == [
        ("Annual revenue", "$480,000", "$1,920,000", "$0"),
        ("Size", "1,200", "None", "many"),
        ("Snoozed until", "None", "2 Oct 2036, 15:04 UTC", "3 Oct 2036, 00:00 UTC"),
        ("Birthday", "3 Feb 1990", "4 Feb 1990", "5 Feb 1990"),
    ]


def test_rows_are_written_with_all_that_tells_them_apart(agent, priya) -> None:
    customer = CustomerFactory(emails=["a@halden.no"], phones=["+4722864400", "+4722864401"], external_ids=["7"])
    theirs = {"emails__0__type": "home", "phones-primary": "1", "external_ids__0__verified": "on"}
    mine = {"emails__0__verified": "on", "phones__0__shared": "on", "external_ids__0__external_id": "8"}
    html = meanwhile(agent, priya, customer, theirs, mine).content.decode()
    assert rows(html) == [
        ("Emails", "a@halden.no (Work)", "a@halden.no (Home)", "a@halden.no (Work, verified)"),
        (
            "Phones",
            "+4722864400 (Work, primary), +4722864401 (Work)",
            "+4722864401 (Work, primary), +4722864400 (Work)",
            "+4722864400 (Work, shared, primary), +4722864401 (Work)",
        ),
        ("External IDs", "7", "7 (verified)", "8"),
    ]


def test_what_was_typed_stays_in_the_form_and_the_next_save_is_over_the_new_revision(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden")
    response = meanwhile(agent, priya, customer, {"short_name": "HL"}, {"short_name": "HaLo", "size": "640"})
    form = filled(response.content.decode())
    assert (form["short_name"], form["size"], form["rev"], form["choice-short_name"]) == ("HaLo", "640", "2", "mine")
    assert agent.send(edit_url(customer), form).status_code == 303
    assert (reread(customer).short_name, reread(customer).size, reread(customer).rev) == ("HaLo", 640, 3)


def test_choosing_theirs_keeps_their_value_and_saves_the_rest_of_mine(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden")
    response = meanwhile(agent, priya, customer, {"short_name": "HL"}, {"short_name": "HaLo", "size": "640"})
    agent.send(edit_url(customer), filled(response.content.decode()), choice__short_name="theirs")
    assert (reread(customer).short_name, reread(customer).size) == ("HL", 640)


def test_keeping_all_of_theirs_is_one_button(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden", tags=["old"], emails=["a@northpass.com"])
    theirs = {"short_name": "HL", "tags": "theirs", "emails__0__email": "theirs@northpass.com"}
    mine = {"short_name": "HaLo", "tags": "mine", "emails__0__email": "mine@northpass.com", "size": "640"}
    response = meanwhile(agent, priya, customer, theirs, mine)
    html = response.content.decode()
    assert (len(rows(html)), "Keep all of Priya\u2019s" in html) == (3, True)
    agent.send(edit_url(customer), filled(html), keep="theirs")
    state = state_of(reread(customer))
    assert (state["short_name"], state["tags"], state["emails"][0]["email"], state["size"]) == (
        "HL", ["theirs"], "theirs@northpass.com", 640,
    )  # fmt: skip


def test_fields_that_only_they_changed_are_taken_over_and_named(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden", username="old")
    response = meanwhile(agent, priya, customer, {"username": "new", "tags": "vip"}, {"short_name": "HaLo"})
    html = response.content.decode()
    form = filled(html)
    assert (response.status_code, form["username"], form["tags"], form["short_name"]) == (409, "new", "vip", "HaLo")
    assert ("Taken over from them: User name, Tags." in html, "<tbody>" in html) == (True, False)
    agent.send(edit_url(customer), form)
    assert (reread(customer).username, reread(customer).short_name) == ("new", "HaLo")


def test_the_same_change_by_both_is_no_conflict(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden")
    response = meanwhile(agent, priya, customer, {"short_name": "HL"}, {"short_name": "HL", "size": "640"})
    html = response.content.decode()
    assert (response.status_code, "<tbody>" in html) == (409, False)
    agent.send(edit_url(customer), filled(html))
    assert (reread(customer).short_name, reread(customer).size) == ("HL", 640)


def test_back_and_save_again_finds_everything_stored_already(agent) -> None:
    customer = CustomerFactory(short_name="Halden", emails=["a@northpass.com"])
    form = agent.open(edit_url(customer)) | {"short_name": "HL", "emails-0-email": "b@northpass.com"}
    assert [agent.send(edit_url(customer), form).status_code for _ in range(2)] == [303, 303]
    assert (reread(customer).short_name, reread(customer).rev) == ("HL", 2)


def test_saving_nothing_over_somebody_elses_change_needs_no_decision(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden")
    response = meanwhile(agent, priya, customer, {"short_name": "HL"}, {})
    assert (response.status_code, reread(customer).short_name, reread(customer).rev) == (303, "HL", 2)


def test_choices_lists_and_references_are_shown_in_words(agent, priya) -> None:
    catalogue()
    customer = everything()
    one, other = Tier.objects.order_by("position")[:2]
    ola = UserFactory(name="Ola Nordmann")
    theirs = {
        "tier_id": str(one.pk), "owner_id": ola.email, "emails__0__email": "x@northpass.com", "custom__trialBool": "",
        "sentiment__polarity": "1", "locations__0__city_name": "Bergen",
    }  # fmt: skip
    mine = {
        "tier_id": str(other.pk), "owner_id": "", "emails__0__remove": "on", "custom__trialBool": "yes",
        "sentiment__confidence": "1", "locations__0__city_name": "Tromsø",
    }  # fmt: skip
    form = agent.open(edit_url(customer))
    form_of_priya = priya.open(edit_url(customer))
    form_of_priya.pop("flag-do_not_call", None)
    priya.send(edit_url(customer), form_of_priya, flag__do_not_call="on", **theirs)
    html = agent.send(edit_url(customer), form, **mine).content.decode()
    shown = {field: (before, theirs_, mine_) for field, before, theirs_, mine_ in rows(html)}
    assert shown["Tier"] == (str(customer.tier), str(one), str(other))
    assert shown["Owner"] == ("Priya 1", "Ola Nordmann", "None")
    assert shown["Emails"] == (
        "a10@northpass.com (Home, verified, primary), shared10@northpass.com (Work, shared)",
        "x@northpass.com (Home, verified, primary), shared10@northpass.com (Work, shared)",
        "shared10@northpass.com (Work, shared)",
    )
    assert shown["trialBool"] == ("No", "None", "Yes")
    assert shown["Mood"] == ("Negative 0.25", "Positive 0.25", "Negative 1")
    assert [("Bergen" in theirs_, "Tromsø" in mine_) for _, theirs_, mine_ in [shown["Places"]]] == [(True, True)]
    assert "Taken over from them: do_not_call." in html


def test_flags_that_both_changed_are_told_apart(agent, priya) -> None:
    FlagFactory(key="vip", label="VIP"), FlagFactory(key="eu", label="EU")
    customer = CustomerFactory()
    response = meanwhile(agent, priya, customer, {"flag__vip": "on"}, {"flag__eu": "on"})
    html = response.content.decode()
    assert (response.status_code, "Taken over from them: VIP." in html) == (409, True)
    agent.send(edit_url(customer), filled(html))
    assert flags_of(customer.pk) == ["eu", "vip"]


def test_a_second_conflict_is_shown_over_the_first(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden")
    first = meanwhile(agent, priya, customer, {"short_name": "HL"}, {"short_name": "HaLo"})
    priya.save(edit_url(customer), short_name="H. L.")
    second = agent.send(edit_url(customer), filled(first.content.decode()))
    assert (second.status_code, rows(second.content.decode())) == (409, [("Short name", "HL", "H. L.", "HaLo")])


def test_problems_are_said_beside_the_conflict(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden")
    response = meanwhile(agent, priya, customer, {"short_name": "HL"}, {"short_name": "HaLo", "revenue": "1.92M"})
    html = response.content.decode()
    assert (response.status_code, errors_at(html)) == (
        409,
        {"revenue": "Enter whole dollars, for example 1920000."},
    )
    assert html.index("conflict-title") < html.index("problems-title")


def test_choices_that_were_made_stand_when_something_else_is_refused(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden")
    response = meanwhile(agent, priya, customer, {"short_name": "HL"}, {"short_name": "HaLo", "revenue": "1.92M"})
    again = agent.send(edit_url(customer), filled(response.content.decode()), choice__short_name="theirs")
    form = filled(again.content.decode())
    assert (again.status_code, form["short_name"], form["revenue"]) == (422, "HL", "1.92M")
    agent.send(edit_url(customer), form, revenue="1,920,000")
    assert (reread(customer).short_name, reread(customer).revenue) == ("HL", 1920000)


def test_ones_own_other_tab_is_not_called_somebody_else(agent) -> None:
    customer = CustomerFactory(short_name="Halden")
    html = meanwhile(agent, agent, customer, {"short_name": "HL"}, {"short_name": "HaLo"}).content.decode()
    assert "You saved this customer in another tab while you were editing" in html


@pytest.mark.parametrize("opened", ["", "forged", "\x00", "x" * 10_000])
def test_without_a_trustworthy_start_everything_that_differs_is_a_conflict(agent, priya, opened) -> None:
    customer = CustomerFactory(short_name="Halden")
    form = agent.open(edit_url(customer))
    priya.save(edit_url(customer), short_name="HL")
    response = agent.send(edit_url(customer), form | {"opened": opened})
    assert (response.status_code, rows(response.content.decode())) == (
        409,
        [("Short name", "Not known", "HL", "Halden")],
    )


def test_a_start_that_was_signed_for_another_customer_or_revision_is_not_trusted(agent) -> None:
    customer, other = CustomerFactory(short_name="Halden"), CustomerFactory()
    form = agent.open(edit_url(customer))
    for token in (sealed(other.pk, 1, {"name": "x"}), sealed(customer.pk, 2, {"name": "x"})):
        assert agent.send(edit_url(customer), form | {"opened": token}).status_code == 303
    assert (reread(customer).rev, reread(customer).name) == (1, customer.name)


@pytest.mark.parametrize("rev", ["", "0", "x", "-1", "1.0", "9" * 50, "\x00"])
def test_a_revision_that_is_not_the_stored_one_writes_nothing(agent, rev) -> None:
    customer = CustomerFactory(name="Halden")
    response = agent.send(edit_url(customer), agent.open(edit_url(customer)) | {"rev": rev}, name="Renamed")
    assert (response.status_code, reread(customer).name) == (409, "Halden")


def test_markup_in_either_version_stays_text(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden")
    html = meanwhile(
        agent, priya, customer, {"short_name": "<b>HL</b>"}, {"short_name": "<script>x</script>"}
    ).content.decode()
    assert rows(html) == [
        ("Short name", "Halden", "&lt;b&gt;HL&lt;/b&gt;", "&lt;script&gt;x&lt;/script&gt;"),
    ]


def test_a_conflict_over_htmx_is_the_form_alone(agent, priya) -> None:
    customer = CustomerFactory(short_name="Halden")
    form = agent.open(edit_url(customer))
    priya.save(edit_url(customer), short_name="HL")
    headers = {"HX-Request": "true", "HX-Target": "customer-form"}
    response = agent.client.post(edit_url(customer), form | {"short_name": "HaLo"}, headers=headers)
    assert (response.status_code, response.content.decode().strip()[:5]) == (409, "<form")


def test_a_deletion_meanwhile_over_htmx_leaves_the_form_on_screen(agent) -> None:
    customer = CustomerFactory()
    form = agent.open(edit_url(customer))
    delete_customer(customer.pk, actor=ActorFactory())
    response = agent.client.post(edit_url(customer), form | {"name": "X"}, headers={"HX-Request": "true"})
    assert (response.status_code, response.content.decode().strip().startswith('<div class="toast is-danger"')) == (
        410,
        True,
    )


def test_what_another_operation_changed_meanwhile_is_a_conflict_like_any_other(agent) -> None:
    FlagFactory(key="vip", label="VIP")
    customer = CustomerFactory()
    form = agent.open(edit_url(customer))
    add_flag(customer.pk, "vip", actor=ActorFactory())
    update_customer(customer.pk, {"size": 5}, actor=ActorFactory())
    form = filled(agent.send(edit_url(customer), form, size="6").content.decode())
    assert (form["flag-vip"], form["size"], form["rev"]) == ("on", "6", "3")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_clicks_on_create_at_the_same_moment_make_one_customer() -> None:
    agent = Editor()
    form = agent.open(NEW) | {"name": "Northpass Air", "emails-0-email": "jane@northpass.com"}
    ready, answers = threading.Barrier(2), []

    def click() -> None:
        try:
            ready.wait(timeout=10)
            response = agent.client.post(NEW, form)
            answers.append((response.status_code, response["Location"]))
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(timeout=30)
    assert answers == [(303, f"/customers/{form['key']}/")] * 2
    assert Customer.objects.count() == 1
