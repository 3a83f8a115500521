"""The list as a page: what it shows, what it offers, and how it answers what cannot be read."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.columns import Column, customer_columns
from core.models import Actor
from customers.models import Customer, CustomerFlag
from tests.customers.reading import text
from tests.factories import CustomerFactory, FlagFactory, UserFactory, WorkflowStatusFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "results"}


def names(response) -> list[str]:
    return [unescape(name) for name in re.findall(r'class="name" href="[^"]+">([^<]*)<', response.content.decode())]


def results(response) -> str:
    body = response.content.decode()
    start = body.index('<div id="results"')
    end = body.find('<div class="chips"', start)
    return " ".join((body[start:end] if end > 0 else body[start : body.index("</main>", start)]).split())


def link(response, words: str) -> str:
    """The address of the link with these words or this label."""
    for attributes, content in re.findall(r"<a\b([^>]*)>(.*?)</a>", response.content.decode(), re.DOTALL):
        if words in (text(content), unescape("".join(re.findall(r'aria-label="([^"]*)"', attributes)))):
            found = re.search(r'href="([^"]*)"', attributes)
            return unescape(found[1]) if found else ""
    raise AssertionError(f"There is no link {words!r}.")


def mark_as_spam(customer: Customer) -> None:
    actor = Actor.objects.system("Tests")
    Customer.objects.filter(pk=customer.pk).update(marked_as_spam_at=timezone.now(), marked_as_spam_by=actor)


def test_row_shows_who_it_is_and_how_it_stands(reader, agent):
    status = WorkflowStatusFactory(name="Renewing", color="#26a65a")
    customer = CustomerFactory(
        name="Halden <Logistics>", domains=["halden.com"], revenue=1920000, owner_id=str(agent.pk),
        status_id=str(status.pk), tier_name="Enterprise",
    )  # fmt: skip
    flag = FlagFactory(label="Legal hold")
    CustomerFlag.objects.create(customer=customer, flag=flag, added_by=Actor.objects.system("Tests"))
    response = reader.get("/customers/")
    row = re.search(r"<tbody>(.*?)</tbody>", response.content.decode(), re.DOTALL)[1]
    assert text(row) == (
        "H Halden <Logistics> Flag: Legal hold halden.com Renewing Enterprise PR Priya Raman $1,920,000 Just now"
    )
    assert link(response, "Halden <Logistics>") == f"/customers/{customer.pk}/"
    assert 'fill="#26a65a"' in row


def test_customer_with_nothing_but_a_name_has_a_row(reader):
    CustomerFactory(name="Bare")
    row = re.search(r"<tbody>(.*?)</tbody>", reader.get("/customers/").content.decode(), re.DOTALL)[1]
    assert text(row) == "B Bare Onboarding No owner Just now"


def test_address_of_a_person_is_the_first_own_e_mail(client):
    CustomerFactory(name="Ada", shared_emails=["team@x.io"], emails=["ada@x.io", "b@x.io"])
    assert "ada@x.io" in client.get("/customers/").content.decode()
    assert "team@x.io" not in client.get("/customers/").content.decode()


def test_same_number_of_queries_with_one_row_and_with_three(client):
    def queries(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    CustomerFactory(name="Acme 1", tags=["vip"])
    one = [queries(path) for path in ("/customers/", "/customers/?q=acme", "/customers/?tag=vip", "/customers/counts/")]
    for number in (2, 3):
        CustomerFactory(name=f"Acme {number}", tags=["vip"], domains=[f"acme{number}.com"])
    three = [
        queries(path) for path in ("/customers/", "/customers/?q=acme", "/customers/?tag=vip", "/customers/counts/")
    ]
    assert one == three
    assert one[0] <= 6  # session, person, permissions, rows, and the count


def test_fifty_rows_and_a_way_on_and_back(client):
    for number in range(53):
        CustomerFactory(name=f"Customer {number:02}")
    first = client.get("/customers/")
    assert names(first) == [f"Customer {number:02}" for number in range(52, 2, -1)]
    assert "Showing 50 of 53 customers" in text(first.content.decode())
    assert link(first, "Previous") == ""
    second = client.get(link(first, "Next"))
    assert names(second) == ["Customer 02", "Customer 01", "Customer 00"]
    assert link(second, "Next") == ""
    assert names(client.get(link(second, "Previous"))) == names(first)


def test_page_size_is_kept_and_capped(client):
    for number in range(3):
        CustomerFactory(name=f"Customer {number}")
    response = client.get("/customers/?page_size=2")
    assert names(response) == ["Customer 2", "Customer 1"]
    assert parse_qs(urlsplit(link(response, "Next")).query)["page_size"] == ["2"]
    assert names(client.get("/customers/?page_size=5000")) == ["Customer 2", "Customer 1", "Customer 0"]


@pytest.mark.parametrize("size", ["0", "-5", "ten", "1.5", "\x00"])
def test_page_size_that_is_none_is_told_and_the_first_page_shown(client, size):
    CustomerFactory(name="Acme")
    response = client.get("/customers/", {"page_size": size})
    assert response.status_code == 200
    assert names(response) == ["Acme"]
    assert "Ask for 1 to 1,000 rows a page, as a whole number." in text(results(response))


def test_token_of_other_filters_shows_the_first_page_with_a_notice(client):
    for number in range(4):
        CustomerFactory(name=f"Customer {number}", kind="person")
    token = parse_qs(urlsplit(link(client.get("/customers/?page_size=2"), "Next")).query)["page_token"][0]
    for parameters in ({"kind": "person", "page_size": "2"}, {"page_size": "3"}, {"page_size": "2", "sort": "name"}):
        response = client.get("/customers/", {**parameters, "page_token": token})
        assert names(response) == names(client.get("/customers/", parameters))
        assert "Start again from the first page: this one belongs to other filters" in text(results(response))
    assert "Start again" not in text(results(client.get("/customers/", {"page_size": "2", "page_token": token})))


def test_headers_sort_and_say_so(client):
    for name, revenue in (("Bee", 1), ("Ann", 3), ("Cid", 2)):
        CustomerFactory(name=name, revenue=revenue)
    response = client.get("/customers/")
    assert "aria-sort" not in response.content.decode()
    by_name = client.get(link(response, "Customer"))
    assert names(by_name) == ["Ann", "Bee", "Cid"]
    assert re.findall(r'aria-sort="(\w+)"><a id="by-(\w+)"', by_name.content.decode()) == [("ascending", "name")]
    assert names(client.get(link(by_name, "Customer"))) == ["Cid", "Bee", "Ann"]
    assert names(client.get(link(response, "Revenue"))) == ["Ann", "Cid", "Bee"]
    assert "Customers, by revenue, largest first" in text(client.get("/customers/?sort=-revenue").content.decode())


def test_order_that_does_not_exist_is_told(client):
    CustomerFactory(name="Acme")
    response = client.get("/customers/?sort=beauty")
    assert names(response) == ["Acme"]
    assert "There is no order “beauty”, so the newest come first." in text(results(response))


def test_views_are_tabs_and_the_present_one_is_marked(client, agent):
    CustomerFactory(name="Mine", owner_id=str(agent.pk))
    CustomerFactory(name="Nobody's")
    mark_as_spam(CustomerFactory(name="Spammer"))
    first = client.get("/customers/")
    found = {tab: names(client.get(link(first, tab))) for tab in ("All customers", "My customers", "No owner", "Spam")}
    assert found == {
        "All customers": ["Nobody's", "Mine"],
        "My customers": ["Mine"],
        "No owner": ["Nobody's"],
        "Spam": ["Spammer"],
    }
    marked = re.findall(r'aria-current="page">([\w ]+?) <span', client.get("/customers/?owner=none").content.decode())
    assert marked == ["No owner"]


def test_counts_of_the_views_are_fetched_after_the_page(client, agent):
    CustomerFactory(owner_id=str(agent.pk))
    CustomerFactory()
    mark_as_spam(CustomerFactory())
    response = client.get("/customers/counts/", headers={"HX-Request": "true"})
    counted = re.findall(r'id="count-([\w-]+)" hx-swap-oob="true">([^<]*)<', response.content.decode())
    assert counted == [("all", "2"), ("mine", "1"), ("no-owner", "1"), ("spam", "1")]


def test_whole_id_finds_spam(client):
    customer = CustomerFactory(name="Spammer")
    mark_as_spam(customer)
    assert names(client.get("/customers/?q=spammer")) == []
    assert names(client.get(f"/customers/?q={customer.pk}")) == ["Spammer"]


def test_chip_is_removed_without_the_other_filters(client):
    CustomerFactory(name="Ada", kind="person", support_status="ACTIVE")
    CustomerFactory(name="Bob", kind="person")
    response = client.get("/customers/?kind=person&support_status=ACTIVE&sort=name")
    assert names(response) == ["Ada"]
    assert link(response, "Remove filter: Support status is Active") == "/customers/?kind=person&sort=name"
    assert link(response, "is Person") == "/customers/filters/?support_status=ACTIVE&kind=person&sort=name&focus=kind"


def test_value_that_cannot_be_read_shows_no_rows_but_what_was_typed(client):
    CustomerFactory(name="Acme")
    response = client.get("/customers/?revenue_min=abc")
    assert response.status_code == 422
    assert names(response) == []
    assert text(results(response)) == (
        "One filter cannot be read Revenue “abc”: Use a whole number, for example 250000."
        " Correct revenue Show the list without it"
    )
    assert link(response, "Correct revenue") == "/customers/filters/?revenue_min=abc&focus=revenue_min"
    form = client.get(link(response, "Correct revenue")).content.decode()
    assert 'value="abc"' in form
    assert "Use a whole number, for example 250000." in text(form)


def test_empty_house_offers_the_first_customer_to_those_who_may(client):
    assert text(results(client.get("/customers/"))).startswith("No customers yet")
    assert link(client.get("/customers/"), "Create the first customer") == "/customers/new/"
    client.force_login(UserFactory(viewer=True))
    assert "Create" not in client.get("/customers/").content.decode()


def test_no_hit_names_the_filters_and_the_ways_on(client):
    CustomerFactory(name="Acme")
    response = client.get("/customers/?q=harbr&kind=person&has_domain=yes")
    assert text(results(response)) == (
        "No customers match these filters Nobody found by “harbr” fits this: Kind is Person and Domain is known."
        " Remove “Domain is known” Search all customers for “harbr” Clear all filters"
    )
    assert link(response, "Remove “Domain is known”") == "/customers/?q=harbr&kind=person"
    assert link(response, "Search all customers for “harbr”") == "/customers/?q=harbr"
    assert link(response, "Clear all filters") == "/customers/"
    alone = text(results(client.get("/customers/?q=harbr")))
    assert alone.startswith("No customer is found by “harbr” Check the spelling")


def test_page_whose_customers_are_gone_leads_to_the_first(client):
    for number in range(4):
        CustomerFactory(name=f"Customer {number}")
    second = link(client.get("/customers/?page_size=2"), "Next")
    Customer.objects.filter(name__in=["Customer 0", "Customer 1"]).update(
        deleted_at=timezone.now(), deleted_by=F("created_by")
    )
    response = client.get(second)
    assert text(results(response)).startswith("This page is empty now")
    assert link(response, "Go to the first page") == "/customers/?page_size=2"


def test_blank_fields_of_a_form_leave_the_address(client):
    response = client.get("/customers/?q=&tier=&kind=person&created_from=")
    assert (response.status_code, response["Location"]) == (302, "/customers/?kind=person")


def test_fragment_is_its_part_of_the_page(client):
    for number in range(3):
        CustomerFactory(name=f"Acme {number}")
    for query in ("", "?q=acme", "?q=nobody", "?kind=person&page_size=2", "?size_min=x"):
        whole, part = client.get(f"/customers/{query}"), client.get(f"/customers/{query}", headers=HTMX)
        assert part.content.decode().lstrip().startswith('<div id="results"')
        shown = results(whole)
        assert results(part) == shown[: shown.rindex("</div>")].rstrip()


def test_fragment_brings_chips_and_announcement_along(client):
    CustomerFactory(name="Acme")
    body = client.get("/customers/?q=acme&sort=name", headers=HTMX | {"HX-Trigger-Name": "q"}).content.decode()
    assert re.findall(r'id="([\w-]+)"(?: download)? hx-swap-oob="(\w+)"', body) == [
        ("chips", "true"), ("export-all", "true"), ("export-shown", "true"), ("announcement", "innerHTML"),
    ]  # fmt: skip
    assert 'hx-swap-oob="innerHTML">1 customer<' in body


def test_typing_replaces_the_address_and_turning_pages_moves_the_focus(client):
    CustomerFactory(name="Acme")
    typed = client.get("/customers/?q=acme&kind=", headers=HTMX | {"HX-Trigger-Name": "q", "HX-Trigger": "q"})
    assert typed["HX-Replace-Url"] == "/customers/?q=acme"
    assert "data-autofocus" not in typed.content.decode()
    turned = client.get("/customers/", headers=HTMX | {"HX-Trigger": "next"})
    assert "data-autofocus" in turned.content.decode()
    assert "HX-Replace-Url" not in turned


def test_buttons_are_offered_to_those_who_may(client):
    assert 'href="/customers/new/"' in client.get("/customers/").content.decode()
    assert link(client.get("/customers/?kind=person"), "All columns") == "/customers/export/?kind=person"
    client.force_login(UserFactory(viewer=True))
    body = client.get("/customers/").content.decode()
    assert '"/customers/new/"' not in body
    assert "/customers/export/" not in body


def test_form_of_all_filters_keeps_search_and_order(client):
    body = client.get("/customers/filters/?q=acme&sort=name&kind=person&focus=kind").content.decode()
    assert re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', body) == [("q", "acme"), ("sort", "name")]
    assert '<option value="person" selected>' in body
    assert re.search(r'<select name="kind"[^>]* autofocus', body)


def test_form_of_all_filters_comes_as_a_dialog_too(client):
    body = client.get(
        "/customers/filters/", headers={"HX-Request": "true", "HX-Target": "dialog-slot"}
    ).content.decode()
    assert body.lstrip().startswith('<div id="dialog-slot"><dialog class="dialog" data-modal')
    assert "<html" not in body


def test_suggestions_name_at_most_twenty(client):
    for number in range(25):
        UserFactory(name=f"Staff {number:02}", email=f"staff{number:02}@retainer.test")
    UserFactory(name="Staff gone", is_active=False)
    body = client.get("/customers/staff/?owner=staff").content.decode()
    assert re.findall(r'value="([^"]+)"', body) == [f"staff{number:02}@retainer.test" for number in range(20)]
    words = client.get("/customers/staff/?owner=24 staff").content.decode()
    assert re.findall(r'value="([^"]+)"', words) == ["staff24@retainer.test"]
    CustomerFactory(tags=["Reference", "VIP"])
    assert re.findall(r'value="([^"]+)"', client.get("/customers/tags/?tag=REF").content.decode()) == ["Reference"]


@pytest.mark.parametrize("path", ["", "counts/", "filters/", "staff/", "tags/"])
def test_nobody_without_the_permission_opens_a_page_of_the_list(path):
    client = Client()
    client.force_login(UserFactory())
    assert client.get(f"/customers/{path}").status_code == 403


@pytest.mark.parametrize("typed", ["\x00", b"\xed\xa0\xbd", "\u202e", "🙂", "%", "a" * 5000, "'\"<>&;--"])
def test_no_text_breaks_the_list(client, typed):
    for name in ("q", "owner", "tag", "domain", "sort", "page_size", "page_token", "language", "tier"):
        assert client.get("/customers/", {name: typed}).status_code in {200, 422}


def test_column_of_another_app_is_loaded_once_and_stands_before_the_figures(client, monkeypatch):
    asked = []

    def loader(ids):
        asked.append(list(ids))
        return {ids[0]: "first"}

    column = Column("left", "Balance left", loader, "core/banner.html", "num", "num c-bar", "customers.view_customer")
    monkeypatch.setattr(customer_columns, "_items", {"left": column})
    newest = [CustomerFactory().pk for _ in range(3)][::-1]
    response = client.get("/customers/")
    assert asked == [newest]
    heads = [text(head) for head in re.findall(r"<th\b.*?</th>", response.content.decode(), re.DOTALL)]
    assert heads == ["Customer", "Status", "Tier", "Owner", "Balance left", "Revenue", "Last activity"]
    assert response.content.decode().count('<td class="num c-bar">') == 3
