"""The people of an organisation: by name, in pages that meet, and only those who are listed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Actor
from core.paging import Cursor, seal
from customers.models import Customer
from customers.operations import mark_as_spam
from customers.views import people
from tests.customers.reading import text, turned
from tests.factories import CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "people"}


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(UserFactory(viewer=True))
    return client


@pytest.fixture
def company(monkeypatch) -> Customer:
    """An organisation with five people, shown two on a page; two have the same name."""
    monkeypatch.setattr(people, "PAGE_SIZE", 2)
    company = CustomerFactory(name="Halden", kind="organization")
    for name in ("Eva", "Åse", "bo", "Bo", "Carl"):
        CustomerFactory(name=name, kind="person", company_id=str(company.pk))
    return company


def url(customer: Customer) -> str:
    return f"/customers/{customer.pk}/people/"


def names(response) -> list[str]:
    return [text(name) for name in re.findall(r'class="name"[^>]*>(.*?)</a>', response.content.decode(), re.DOTALL)]


def part(response) -> str:
    body = response.content.decode()
    start = body.index('<div class="stack is-md" id="people"')
    end = body.find("</main>", start)
    return " ".join(body[start : end if end > 0 else len(body)].split())


def test_pages_meet_without_gap_or_repetition_both_ways(client, company):
    pages = [client.get(url(company))]
    while address := turned(pages[-1], "next"):
        pages.append(client.get(address))
    forward = [names(page) for page in pages]
    assert [name.casefold() for page in forward for name in page] == ["åse", "bo", "bo", "carl", "eva"]
    assert len({name for page in forward for name in page}) == 5
    back = [pages[-1]]
    while address := turned(back[-1], "previous"):
        back.append(client.get(address))
    assert [names(page) for page in back] == list(reversed(forward))


def test_part_for_htmx_is_the_part_of_the_page(client, company):
    address = turned(client.get(url(company)), "next")
    whole, fragment = client.get(address), client.get(address, headers=HTMX)
    assert part(fragment) == part(whole)
    assert fragment.content.decode().lstrip().startswith('<div class="stack is-md" id="people"')
    assert "HX-Request" in fragment["Vary"]


def test_turning_the_page_takes_the_focus_along(client, company):
    address = turned(client.get(url(company)), "next")
    by_pager, opened = (client.get(address, headers=HTMX | more) for more in ({"HX-Trigger": "next"}, {}))
    assert ["data-autofocus" in part(response) for response in (by_pager, opened)] == [True, False]


@pytest.mark.parametrize("token", ["nonsense", "a:b", "\x00", "é"])
def test_token_that_opens_nothing_leads_to_the_first_page(client, company, token):
    response = client.get(url(company), {"page_token": token})
    assert names(response)[0] == "Åse"
    assert "This page no longer exists, so the first one is shown." in part(response)


def test_token_of_another_organisation_opens_nothing(client, company):
    other = CustomerFactory(name="Other", kind="organization")
    token = seal(Cursor(("zzz", str(other.pk))), {"page": "people", "customer": str(other.pk)})
    assert "This page no longer exists" in part(client.get(url(company), {"page_token": token}))


def test_page_past_the_end_leads_back(client, company):
    token = seal(Cursor(("zzz", str(company.pk))), {"page": "people", "customer": str(company.pk)})
    response = client.get(url(company), {"page_token": token})
    assert "This page is empty now" in part(response)
    assert f'href="{url(company)}"' in part(response)


def test_organisation_without_people_says_what_will_be_here(client):
    assert "Nobody yet" in part(client.get(url(CustomerFactory(kind="organization"))))


def test_only_listed_people_are_shown(client, company):
    spam = Customer.objects.get(name="Carl")
    mark_as_spam(spam.pk, actor=Actor.objects.system("Tests"))
    shown = names(client.get(turned(client.get(url(company)), "next")))
    assert [name.casefold() for name in shown] == ["bo", "eva"]


def test_page_is_read_by_the_index_of_people_alone(company):
    cursor = Cursor(("bo", "00000000-0000-0000-0000-000000000000"))
    page = people.CustomerPeople()
    page.customer = company
    page.__dict__["cursor"] = cursor
    with CaptureQueriesContext(connection) as queries, connection.cursor() as sql:
        # The planner reads a small table as a whole, or by any index in the order of the names, so it may not here.
        sql.execute("DROP INDEX customer_by_name")
        sql.execute("SET LOCAL enable_seqscan = off")
        sql.execute("SET LOCAL enable_sort = off")
        sql.execute("SET LOCAL enable_bitmapscan = off")
        page._page()
        sql.execute(f"EXPLAIN {queries[-1]['sql']}")
        plan = " ".join(line for (line,) in sql.fetchall())
    (condition,) = re.findall(r"customer_people on customers_customer .*? Index Cond: (.*?) +Filter:", plan)
    assert re.fullmatch(r"\(\(company_id = .*\) AND \(ROW\(.*folded_name.*, id\) > ROW\(.*\)\)\)", condition)


def test_same_number_of_queries_with_one_person_and_with_three(client):
    counts = []
    for number in (1, 3):
        company = CustomerFactory(kind="organization")
        for index in range(number):
            CustomerFactory(kind="person", emails=[f"p{number}{index}@example.com"], company_id=str(company.pk))
        client.get(url(company))
        with CaptureQueriesContext(connection) as queries:
            assert len(names(client.get(url(company)))) == number
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
