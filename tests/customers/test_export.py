"""The export: the customers on screen, as a file that an import reads back without changing anything."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from core.models import Actor, AuditLine
from customers.exports import all_columns, columns_named
from customers.imports.cells import read_cell, read_items
from customers.models import CustomAttribute, Customer, CustomerFlag
from tests.factories import CustomAttributeFactory, CustomerFactory, FlagFactory, UserFactory

# The file comes from a connection of its own, which sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def agent():
    return UserFactory(name="Priya Raman", email="priya@retainer.test", support_agent=True)


def exported(client: Client, query: str = "") -> str:
    response = client.get(f"/customers/export/{query}")
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(client, query))))


def said(cell: str) -> str:
    return read_cell(cell)


def test_named_columns_guard_against_formulas(client):
    CustomerFactory(name="=HYPERLINK(1)", phones=["+4930726219941"])
    assert exported(client, "?columns=name,phone") == "name,phone\n'=HYPERLINK(1),'+4930726219941\n"


def test_all_columns_hold_all_there_is(client, agent):
    CustomAttributeFactory(key="planStr")
    CustomAttributeFactory(key="seatsNum")
    CustomAttributeFactory(key="oldStr", archived=True)
    company = CustomerFactory(name="Halden Group", kind="organization")
    customer = CustomerFactory(
        name='Halden; "Logistics" | AS', kind="organization", short_name="-Halden", emails=[
            {"email": "ops@halden.io", "type": "work", "verified": True}, {"email": "hi@halden.io", "type": "home"},
        ], shared_emails=["team@halden.io"], phones=["+4930726219941", "+4722864400"], external_id="cus-1",
        external_ids=["cus-1", "a;b"], domains=["halden.com", "straße.de"],
        socials=[{"type": "twitter", "username": "halden"}], facebook_ids=[{"page_id": "1", "user_id": "2"}],
        urls=[{"url": "https://halden.io/a;b"}], company_id=str(company.pk),
        locations=[
            {"name": "Pier 7; East", "country_code": "NO", "latitude": Decimal("59.9"), "longitude": Decimal("10.7")}
        ],
        tier_name="Enterprise", owner_id=str(agent.pk), tags=["<clear>", 'vi"p'], revenue=5, size=7,
        custom={"planStr": "+gold", "seatsNum": -4.5}, language="nb", birthday="1990-02-28", gender="f",
        sentiment={"polarity": -1, "confidence": Decimal("0.5")}, slack_channel_id="C12345678", time_zone="Europe/Oslo",
    )  # fmt: skip
    flag = FlagFactory(key="legal")
    CustomerFlag.objects.create(customer=customer, flag=flag, added_by=Actor.objects.system("Tests"))
    [row] = rows(client, f"?q={customer.pk}")
    assert "custom.oldStr" not in row
    assert row["id"] == str(customer.pk)
    assert read_items(said(row["emails"])) == [["ops@halden.io", "work", "true"], ["hi@halden.io", "home", "false"]]
    assert read_items(said(row["shared_emails"])) == [["team@halden.io", "work", "false"]]
    assert row["phones"] == "'+4930726219941|work|false;+4722864400|work|false"
    assert row["external_id"] == "cus-1"
    assert row["external_ids"] == 'cus-1|false;"a;b"|false'
    assert row["domains"] == "halden.com;xn--strae-oqa.de"
    assert row["socials"] == "halden|twitter|||false"
    assert row["facebook_ids"] == "1|2|"
    assert row["urls"] == '"https://halden.io/a;b"|website'
    assert row["locations"] == 'work|"Pier 7; East"||||59.9|10.7|NO|' + "|" * 5
    assert row["tags"] == '<clear>;"vi""p"'
    flat = {
        "name": 'Halden; "Logistics" | AS', "kind": "organization", "short_name": "'-Halden", "tier": "Enterprise",
        "status": "Onboarding", "owner": "priya@retainer.test", "assignee": "", "company_id": str(company.pk),
        "support_status": "IDLE", "custom.planStr": "'+gold", "custom.seatsNum": "'-4.5", "language": "nb",
        "birthday": "1990-02-28", "gender": "f", "sentiment_polarity": "-1", "sentiment_confidence": "0.5",
        "revenue": "5", "size": "7", "slack_channel_id": "C12345678", "time_zone": "Europe/Oslo", "flags": "legal",
        "created_by": "Tests", "rev": str(Customer.objects.get(pk=customer.pk).rev), "marked_as_spam_at": "",
    }  # fmt: skip
    assert {name: row[name] for name in flat} == flat
    assert row["created_at"] == f"{customer.created_at:%Y-%m-%dT%H:%M:%S.%f}Z"


def test_cell_that_would_clear_a_field_is_written_as_a_literal(client):
    CustomerFactory(name="<CLEAR>", tags=["<clear>"])
    CustomerFactory(name="\\<clear>")
    assert exported(client, "?columns=name,tags&sort=name") == ("name,tags\n\\<CLEAR>,\\<clear>\n\\\\<clear>,\n")


@pytest.mark.parametrize(
    "name",
    ["Zażółć 東京 🙂", "\u202eרטיינר", 'a,b"c', "line\rbreak", "'quoted'", "@sum", "\\.", "-", 'Ünï;cøde|"x"', "é"],
)
def test_text_reads_back_as_it_is_stored(client, name):
    stored = CustomerFactory(name=name, tags=[name[:60]]).name
    [row] = rows(client, "?columns=name,tags")
    assert said(row["name"]) == stored
    assert read_items(said(row["tags"])) == [[Customer.objects.get().tag_links.get().tag.name]]


def test_filters_search_and_order_are_those_of_the_list(client):
    for name, kind in (("Bee", "person"), ("Ann", "person"), ("Cid", "organization")):
        CustomerFactory(name=name, kind=kind, revenue=len(name))
    assert exported(client, "?columns=name&kind=person&sort=name") == "name\nAnn\nBee\n"
    assert exported(client, "?columns=name&sort=-name") == "name\nCid\nBee\nAnn\n"
    assert exported(client, "?columns=name&q=bee") == "name\nBee\n"
    for order in ("created", "-created", "updated", "revenue", "last_activity", "owner", "-status", "tier"):
        assert len(rows(client, f"?columns=name&sort={order}")) == 3


def test_spam_and_deleted_customers_stay_at_home(client):
    CustomerFactory(name="Here")
    spam, deleted = CustomerFactory(name="Spam"), CustomerFactory(name="Gone")
    now, actor = timezone.now(), Actor.objects.system("Tests")
    Customer.objects.filter(pk=spam.pk).update(marked_as_spam_at=now, marked_as_spam_by=actor)
    Customer.objects.filter(pk=deleted.pk).update(deleted_at=now, deleted_by=actor)
    assert exported(client, "?columns=name") == "name\nHere\n"
    assert exported(client, "?columns=name&spam=yes") == "name\nSpam\n"


def test_columns_shown_are_single_values(client):
    CustomerFactory(name="Ada", emails=["ada@x.io", "b@x.io"], domains=["x.io"])
    [row] = rows(client, "?columns=shown")
    assert list(row) == [
        "id", "name", "domain", "email", "status", "tier", "owner", "revenue", "last_activity_at", "flags",
    ]  # fmt: skip
    assert (row["domain"], row["email"]) == ("x.io", "ada@x.io")


def test_file_has_its_name_and_type_and_no_byte_order_mark(client):
    response = client.get("/customers/export/?columns=name")
    today = f"{timezone.now():%Y-%m-%d}"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="customers-{today}.csv"'
    assert b"".join(response.streaming_content) == b"name\n"


def test_export_is_written_down_before_it_leaves_and_counted_after(client, agent):
    CustomerFactory(kind="person")
    response = client.get("/customers/export/?columns=name,phone&kind=person&sort=name")
    [line] = AuditLine.objects.all()
    detail = {"parameters": {"kind": ["person"], "sort": "name"}, "columns": ["name", "phone"]}
    assert (line.actor.user, line.action, line.detail) == (agent, "customers.exported", detail)
    b"".join(response.streaming_content)
    line.refresh_from_db()
    assert line.detail == detail | {"rows": 1}


def test_filter_that_cannot_be_read_exports_nothing_and_leads_to_the_list(client):
    CustomerFactory()
    for query in ("?revenue_min=abc", "?columns=name,nothing"):
        response = client.get(f"/customers/export/{query}")
        assert response.status_code == 302
        assert response["Location"].startswith("/customers/")
    assert not AuditLine.objects.exists()


def test_viewer_may_not_export():
    client = Client()
    client.force_login(UserFactory(viewer=True))
    response = client.get("/customers/export/")
    assert response.status_code == 403
    assert re.search("Support agents, Billing operators and Administrators may export", response.content.decode())


@pytest.mark.parametrize(("role", "is_there"), [("support_agent", True), ("billing_operator", False)])
def test_sensitive_attribute_leaves_the_house_only_with_those_who_see_it(role, is_there):
    CustomAttributeFactory(key="salaryNum", sensitive=True)
    client = Client()
    client.force_login(UserFactory(**{role: True}))
    header = exported(client).splitlines()[0].split(",")
    assert ("custom.salaryNum" in header) is is_there
    asked_by_name = client.get("/customers/export/?columns=custom.salaryNum")
    assert asked_by_name.status_code == (200 if is_there else 302)
    asked_by_name.close()


def test_unknown_column_is_a_problem():
    columns, problems = columns_named(["name", "nothing"])
    assert [column.name for column in columns] == ["name"]
    assert [(problem.code, problem.path) for problem in problems] == [("C69", ("columns", "nothing"))]


def test_every_column_has_a_name_of_its_own():
    CustomAttribute.objects.create(key="planStr", label="Plan")
    names = [column.name for column in all_columns()]
    assert len(set(names)) == len(names)


def test_filter_by_an_attribute_holds_in_the_file_as_on_screen(client):
    for key in ("marketStr", "seatsNum", "trialBool"):
        CustomAttributeFactory(key=key)
    CustomerFactory(name="Found", custom={"marketStr": "EMEA", "seatsNum": 12.5, "trialBool": False})
    CustomerFactory(name="Other", custom={"marketStr": "APAC"})
    [row] = rows(client, "?custom.marketStr=EMEA&custom.seatsNum.from=12")
    assert row["name"] == "Found"
    assert {name: value for name, value in row.items() if name.startswith("custom.")} == {
        "custom.marketStr": "EMEA", "custom.seatsNum": "12.5", "custom.trialBool": "false",
    }  # fmt: skip
