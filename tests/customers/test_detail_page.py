"""The page of one customer: what it tells, what it offers to whom, and how it answers when nobody is there."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone
from django.views import View

from config import urls
from core.models import Actor
from core.panels import Panel, customer_panels
from customers.choices import TimelineKind
from customers.models import Customer, TimelineEntry
from customers.operations import add_flag, delete_customer, mark_as_spam, update_customer
from tests.customers.reading import text
from tests.factories import (
    ActorFactory,
    CustomAttributeFactory,
    CustomerFactory,
    FlagFactory,
    UserFactory,
    WorkflowStatusFactory,
)

pytestmark = pytest.mark.django_db

UNKNOWN = "0197a1b2-0000-7000-8000-000000000000"


@pytest.fixture
def agent():
    return UserFactory(name="Priya Raman", support_agent=True, time_zone="Europe/Oslo")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(agent) -> Client:
    return signed_in(agent)


@pytest.fixture
def viewer() -> Client:
    return signed_in(UserFactory(viewer=True))


def url(customer: Customer) -> str:
    return f"/customers/{customer.pk}/"


def opened(client: Client, customer: Customer) -> str:
    response = client.get(url(customer))
    assert response.status_code == 200
    return response.content.decode()


def facts(page: str, heading: str) -> dict[str, str]:
    """A section of the rail as a dict of labels and what stands under them."""
    section = page[page.index(f'"section-title">{heading}') :]
    section = section[: section.index("</section>")]
    return {
        text(label): text(value) for label, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", section, re.DOTALL)
    }


def lines(page: str, heading: str) -> list[str]:
    """The entries of a list in the rail."""
    found = re.search(rf'"section-title"[^>]*>{heading}', page)
    if not found:
        return []
    section = page[found.start() :]
    return [text(each) for each in re.findall(r"<li\b.*?</li>", section[: section.index("</section>")], re.DOTALL)]


def head(page: str) -> str:
    (found,) = re.findall(r'<header class="head" id="customer-head">.*?</header>', page, re.DOTALL)
    return text(found)


def stats(page: str) -> list[str]:
    found = re.search(r'<dl class="stats.*?</dl>', page, re.DOTALL)
    return [text(each) for each in re.findall(r"<div>(.*?)</div>", found[0], re.DOTALL)] if found else []


def links(page: str, words: str) -> list[str]:
    """The addresses of the links with these words."""
    found = re.findall(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [unescape(href) for href, content in found if text(content) == words]


# The head and the figures.


def test_head_says_who_it_is_and_who_looks_after_it(reader, agent):
    status = WorkflowStatusFactory(name="Renewing", color="#26a65a")
    customer = CustomerFactory(
        name="Halden Logistics", domains=["halden.com", "halden.se"], external_id="cus_1", tier_name="Enterprise",
        status_id=str(status.pk), owner_id=str(agent.pk), created_at=datetime(2023, 3, 13, 23, 30, tzinfo=UTC),
    )  # fmt: skip
    page = opened(reader, customer)
    # The day is that of the viewer, for whom it was past midnight.
    words = "H Halden Logistics halden.com Customer since 14 Mar 2023 cus_1 Status: Renewing Tier: Enterprise Owner: PR"
    assert head(page) == f"{words} Priya Raman"
    assert '<circle cx="4" cy="4" r="4" fill="#26a65a"/>' in page
    assert "<title>Halden Logistics - Retainer</title>" in page


def test_customer_of_which_only_the_name_is_known_has_a_quiet_page(reader):
    customer = CustomerFactory(name="Ada", actor=Actor.objects.system("Import"))
    page = opened(reader, customer)
    assert head(page) == f"A Ada Customer since {_today()} Status: Onboarding Owner: No owner"
    assert (stats(page), lines(page, "Contacts"), lines(page, "Flags"), lines(page, "Tags")) == ([], [], [], [])
    assert [
        each for each in ("Location", "Custom attributes", "Links") if re.search(rf'section-title"[^>]*>{each}', page)
    ] == []
    assert list(facts(page, "Details")) == ["Support", "Last idle"]
    assert list(facts(page, "Record")) == ["Kind", "Created", "Updated", "ID", "Short ID"]
    assert links(page, "People") == []


def _today() -> str:
    now = timezone.now().astimezone(timezone.zoneinfo.ZoneInfo("Europe/Oslo"))
    return f"{now.day} {now:%b %Y}"


def test_figures_are_those_that_are_known(client):
    company = CustomerFactory(name="Halden", kind="organization", revenue=1920000, size=640)
    CustomerFactory(name="Ada", kind="person", company_id=str(company.pk))
    assert stats(opened(client, company)) == ["Annual revenue $1,920,000", "Size 640 employees or seats", "People 1"]
    active = CustomerFactory(
        last_activity_at=datetime(2024, 1, 2, tzinfo=UTC), last_customer_activity_at=datetime(2024, 1, 1, tzinfo=UTC)
    )
    assert stats(opened(client, active)) == ["Last activity 2 Jan 2024 By the customer on 1 Jan 2024"]


def test_revenue_of_nothing_is_a_figure_too(client):
    assert stats(opened(client, CustomerFactory(revenue=0))) == ["Annual revenue $0"]


def test_sections_are_those_that_exist(client):
    company = CustomerFactory(name="Halden", kind="organization")
    assert _sections(opened(client, company)) == ["Overview", "Changes"]
    CustomerFactory(kind="person", company_id=str(company.pk))
    assert _sections(opened(client, company)) == ["Overview", "People 1", "Changes"]


def _sections(page: str) -> list[str]:
    (tabs,) = re.findall(r'<nav class="tabs is-line.*?</nav>', page, re.DOTALL)
    return [text(each) for each in re.findall(r"<a\b.*?</a>", tabs, re.DOTALL)]


# Who may do what.


def test_person_who_may_not_change_is_offered_nothing_to_change(viewer, client):
    customer = CustomerFactory()
    offers = [f"{url(customer)}edit/", f"{url(customer)}spam/"]
    assert [offer in opened(client, customer) for offer in offers] == [True, True]
    assert [offer in opened(viewer, customer) for offer in offers] == [False, False]


def test_anonymised_customer_is_read_and_not_changed(client):
    customer = CustomerFactory(name="Anonymised 1234")
    Customer.objects.filter(pk=customer.pk).update(anonymised_at=datetime(2026, 2, 3, tzinfo=UTC))
    page = opened(client, customer)
    assert "Anonymised on 3 Feb 2026" in page
    assert [offer in page for offer in (f"{url(customer)}edit/", f"{url(customer)}spam/")] == [False, False]


def test_spam_says_who_marked_it_and_offers_the_way_back(client, viewer, actor):
    customer = CustomerFactory()
    mark_as_spam(customer.pk, actor=actor)
    Customer.objects.filter(pk=customer.pk).update(marked_as_spam_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    page = opened(client, customer)
    assert (
        "Marked as spam By Priya Raman on 1 Mar 2026, 13:00. Lists, search and exports leave this customer out."
        in text(page)
    )
    assert page.count(f'action="{url(customer)}not-spam/"') == 2
    assert f"{url(customer)}spam/" not in page
    assert f"{url(customer)}not-spam/" not in opened(viewer, customer)


# Facts.


def test_facts_of_an_organisation_are_told_in_words(client, agent):
    customer = CustomerFactory(
        kind="organization", domains=["example.com", "bücher.de"],
        external_ids=["crm-1", "crm-2"], external_id="crm-2", shared_external_ids=["group-9"],
        slack_channel_id="C0ACME0001", assignee_id=str(agent.pk), language="nb", locale="zh-Hant-TW",
        time_zone="Europe/Oslo", sentiment={"polarity": 1, "confidence": 0.87}, managed_by="HubSpot",
        signed_up_at=datetime(2025, 5, 1, 12, tzinfo=UTC), last_seen_at=datetime(2025, 6, 1, 12, tzinfo=UTC),
        imported_at=datetime(2025, 7, 1, 12, tzinfo=UTC),
    )  # fmt: skip
    found = facts(opened(client, customer), "Details")
    zone = found.pop("Time zone")
    assert re.fullmatch(r"Europe/Oslo, \d\d:\d\d now", zone)
    today = _today()
    assert found.pop("Last idle")
    assert found == {
        "External ID": "crm-2 crm-1 group-9 shared",
        "Domains": "example.com bücher.de",
        "Slack": "C0ACME0001",
        "Support": f"Active since {today}",
        "Assigned": f"Priya Raman since {today}",
        "Sentiment": "Positive, 87%",
        "Language": "Norwegian Bokmål (nb)",
        "Locale": "Chinese (Traditional, Taiwan) (zh-Hant-TW)",
        "Signed up": "1 May 2025, 14:00",
        "Last seen": "1 Jun 2025, 14:00",
    }
    record = facts(opened(client, customer), "Record")
    assert (record["Managed by"], record["Imported"]) == ("HubSpot", "1 Jul 2025, 14:00")
    assert (record["ID"], record["Short ID"]) == (str(customer.pk), str(customer.pk).replace("-", "")[-12:])


def test_record_says_who_a_person_is_and_who_wrote_it(client, actor):
    company = CustomerFactory(name="Halden", kind="organization")
    customer = CustomerFactory(
        kind="person", given_name="Ada", family_name="Lovelace", name="Ada Lovelace", short_name="Ada", username="ada",
        birthday="1990-12-10", gender="f", company_id=str(company.pk), actor=Actor.objects.system("Import"),
    )  # fmt: skip
    update_customer(customer.pk, {"short_name": "A."}, actor=actor)
    page = opened(client, customer)
    record = facts(page, "Record")
    assert record.pop("Created").endswith(" by Import")
    assert record.pop("Updated").endswith(" by Priya Raman")
    del record["ID"], record["Short ID"]
    assert record == {
        "Kind": "Person", "Short name": "A.", "Given name": "Ada", "Family name": "Lovelace", "User name": "ada",
        "Birthday": "10 Dec 1990", "Gender": "Female",
    }  # fmt: skip
    assert links(page, "Halden") == [url(company)]


def test_snooze_says_until_when(client):
    until = datetime(2199, 1, 2, 8, tzinfo=UTC)
    customer = CustomerFactory(support_status="SNOOZED", snoozed_until=until)
    assert facts(opened(client, customer), "Details")["Support"].endswith("Until 2 Jan 2199, 09:00")


@pytest.mark.parametrize("tag", ["qaa", "en-x-whatever", "sl-rozaj-biske"])
def test_language_that_nobody_has_named_is_shown_as_its_tag(client, tag):
    customer = CustomerFactory()
    Customer.objects.filter(pk=customer.pk).update(language=tag)
    assert facts(opened(client, customer), "Details")["Language"] == tag


def test_time_zone_that_is_no_more_is_shown_as_its_name(client):
    customer = CustomerFactory()
    Customer.objects.filter(pk=customer.pk).update(time_zone="Mars/Olympus")
    assert facts(opened(client, customer), "Details")["Time zone"] == "Mars/Olympus"


def test_links_lead_outside_without_saying_where_from_and_load_nothing(client):
    customer = CustomerFactory(
        kind="organization", domains=["bücher.de"], logo_url="https://cdn.example.com/logo.png",
        avatar_url="http://cdn.example.com/face.png", urls=[{"type": "blog", "url": "HTTPS://example.com/?a=1&b=2"}],
    )  # fmt: skip
    page = opened(client, customer)
    assert facts(page, "Links") == {
        "Blog": "HTTPS://example.com/?a=1&b=2",
        "Logo": "https://cdn.example.com/logo.png",
        "Picture": "http://cdn.example.com/face.png",
    }
    outside = [found[0] for found in re.findall(r'(<a\b[^>]*href="https?:[^>]*>)()', page, re.IGNORECASE)]
    assert [anchor for anchor in outside if 'rel="noopener noreferrer nofollow"' not in anchor] == []
    assert 'href="https://xn--bcher-kva.de"' in page
    assert [found for found in re.findall(r'src="([^"]*)"', page) if not found.startswith("/static/")] == []
    assert "<img" not in page


# Labels.


def test_flags_show_what_they_mean_and_a_lock_where_staff_cannot_change_them(client, actor):
    FlagFactory(key="legal", label="Custom terms", description="Ask Legal first.")
    FlagFactory(key="beta", label="Beta access", read_only=True)
    customer = CustomerFactory()
    add_flag(customer.pk, "legal", actor=actor)
    add_flag(customer.pk, "beta", actor=actor, staff=False)
    page = opened(client, customer)
    assert lines(page, "Flags") == ["Beta access , set by other systems", "Custom terms"]
    assert 'title="Ask Legal first."' in page


def test_tag_leads_to_the_customers_that_have_it(client):
    customer = CustomerFactory(tags=["eu & more", "logistics"])
    page = opened(client, customer)
    assert lines(page, "Tags") == ["eu & more", "logistics"]
    (href,) = links(page, "eu & more")
    assert customer.name in client.get(href).content.decode()


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (
            {"address": "Dronning Eufemias gate 16", "zip_code": "0191", "city_name": "Oslo", "country_code": "NO"},
            "Dronning Eufemias gate 16 0191 Oslo, Norway Work",
        ),
        (
            {
                "name": "HQ", "type": "other", "address": "1 Main St", "address2": "Suite 5", "address3": "Door C",
                "city_name": "Springfield", "region_code": "IL", "zip_code": "62701", "country_code": "US",
                "country_name": "United States of America", "area_code": "217",
            },
            "HQ 1 Main St Suite 5 Door C Springfield, IL 62701, United States of America Area 217 Other",
        ),
        ({"latitude": 59.9, "longitude": -10}, "Work, 59.9, -10"),
        ({"city_name": "Lyon", "region_name": "Rhône"}, "Lyon, Rhône Work"),
    ],
    ids=["code before town", "town before code", "only coordinates", "without a country"],
)  # fmt: skip
def test_location_is_written_as_on_an_envelope(client, location, shown):
    page = opened(client, CustomerFactory(locations=[location]))
    section = page[page.index('"section-title">Location<') :]
    assert text(section[: section.index("</section>")]).removeprefix('"section-title">Location ') == shown


def test_custom_attributes_are_told_by_label_and_type_in_the_order_of_the_catalogue(client):
    for position, (key, label) in enumerate(
        [("tierStr", "Plan"), ("seatsNum", "Seats"), ("trialBool", "Trial"), ("paidAt", "Paid"), ("pageUrl", "Page"),
         ("crmId", "CRM"), ("memoTxt", "Memo"), ("areaTree", "Area"), ("emptyStr", "Empty")]
    ):  # fmt: skip
        CustomAttributeFactory(key=key, label=label, position=-position)
    custom = {
        "tierStr": "gold", "seatsNum": 1234.5, "trialBool": False, "paidAt": "2026-01-31T23:30:00Z",
        "pageUrl": "https://example.com/x", "crmId": "00Q-1", "memoTxt": "One\nTwo", "areaTree": "a.b",
    }  # fmt: skip
    page = opened(client, CustomerFactory(custom=custom))
    found = facts(page, "Custom attributes")
    assert found == {
        "Area": "a.b", "Memo": "One Two", "CRM": "00Q-1", "Page": "https://example.com/x",
        "Paid": "31 Jan 2026, 23:30 UTC", "Trial": "No", "Seats": "1,234.5", "Plan": "gold",
    }  # fmt: skip
    assert list(found) == ["Area", "Memo", "CRM", "Page", "Paid", "Trial", "Seats", "Plan"]
    assert "One<br>Two" in page
    assert links(page, "https://example.com/x") == ["https://example.com/x"]


def test_attribute_that_left_the_catalogue_is_shown_by_its_key(client):
    attribute = CustomAttributeFactory(key="oldStr")
    customer = CustomerFactory(custom={"oldStr": "kept"})
    attribute.delete()
    assert facts(opened(client, customer), "Custom attributes") == {"oldStr": "kept"}


def test_address_of_an_attribute_that_is_no_web_address_leads_nowhere(client):
    customer = CustomerFactory()
    Customer.objects.filter(pk=customer.pk).update(custom={"pageUrl": "javascript:alert(1)", "paidAt": "soon"})
    page = opened(client, customer)
    assert facts(page, "Custom attributes") == {"pageUrl": "javascript:alert(1)", "paidAt": "soon"}
    assert 'href="javascript:' not in page


def test_sensitive_attribute_opens_for_those_who_may_edit_and_is_not_sent_to_others(client, viewer):
    CustomAttributeFactory(key="taxStr", label="Tax number", sensitive=True)
    customer = CustomerFactory(custom={"taxStr": "NO-987"})
    page = opened(client, customer)
    assert facts(page, "Custom attributes") == {"Tax number": "Show NO-987"}
    assert '<details><summary class="link">Show</summary><bdi>NO-987</bdi></details>' in page
    page = opened(viewer, customer)
    assert facts(page, "Custom attributes") == {"Tax number": "Not shown to you"}
    assert "NO-987" not in page


# Contacts.


def test_contacts_say_how_they_are_reached_and_what_is_known_of_them(client):
    customer = CustomerFactory(
        emails=[{"email": "Post@halden.no", "verified": True}, {"email": "home@halden.no", "type": "home"}],
        shared_emails=[{"email": "info@halden.no", "type": "other"}],
        phones=[{"phone": "+47 22 86 44 00", "type": "fax"}],
        socials=[{"type": "linkedin", "username": "halden", "url": "https://linkedin.com/in/halden"},
                 {"type": "twitter", "username": "hal"}],
        facebook_ids=[{"page_id": "77", "user_id": "88", "name": "Halden on F"}],
    )  # fmt: skip
    page = opened(client, customer)
    assert lines(page, "Contacts") == [
        "Post@halden.no Primary Work email Verified",
        "home@halden.no Home email Unverified",
        "info@halden.no Shared Other email Unverified",
        "+47 22 86 44 00 Fax phone Unverified",
        "halden LinkedIn Unverified",
        "hal Twitter Unverified",
        "Halden on F Facebook page 77",
    ]
    assert links(page, "Post@halden.no") == ["mailto:Post@halden.no"]
    assert links(page, "+47 22 86 44 00") == ["tel:+4722864400"]
    assert links(page, "halden") == ["https://linkedin.com/in/halden"]
    assert links(page, "hal") == []


def test_shared_email_is_never_the_primary_one(client):
    page = opened(client, CustomerFactory(shared_emails=["info@halden.no"]))
    assert lines(page, "Contacts") == ["info@halden.no Shared Work email Unverified"]


def test_email_with_odd_signs_is_written_to_as_it_is(client):
    page = opened(client, CustomerFactory(emails=["a+b&c@halden.no"]))
    assert links(page, "a+b&c@halden.no") == ["mailto:a%2Bb%26c@halden.no"]


def test_people_of_an_organisation_come_first_by_name(client, actor):
    company = CustomerFactory(name="Halden", kind="organization", emails=["post@halden.no"])
    own = {"kind": "person", "company_id": str(company.pk)}
    ingrid = CustomerFactory(name="Ingrid", emails=[{"email": "ingrid@halden.no", "verified": True}], **own)
    CustomerFactory(name="Ådne", phones=["+4722864401"], **own)
    CustomerFactory(name="Bo", phones=["+4722864402"], shared_emails=["info@halden.no"], **own)
    CustomerFactory(name="Carl", **own)
    mark_as_spam(CustomerFactory(name="Spam", **own).pk, actor=actor)
    delete_customer(CustomerFactory(name="Gone", **own).pk, actor=actor)
    CustomerFactory(name="Elsewhere", kind="person")
    page = opened(client, company)
    assert lines(page, "Contacts") == [
        "Å Ådne +47 22 86 44 01 Unverified",
        "B Bo info@halden.no Unverified",
        "C Carl",
        "I Ingrid ingrid@halden.no Verified",
        "post@halden.no Primary Work email Unverified",
    ]
    assert links(page, "Ingrid") == [url(ingrid)]
    assert links(page, "View all 4") == [f"{url(company)}people/"]


def test_page_shows_the_first_ten_people_alone(client):
    company = CustomerFactory(kind="organization")
    for number in range(11):
        CustomerFactory(kind="person", name=f"Person {number:02}", company_id=str(company.pk))
    page = opened(client, company)
    assert len(lines(page, "Contacts")) == 10
    assert links(page, "View all 11") == [f"{url(company)}people/"]


# What happened, and what other apps show.


def test_page_shows_the_ten_latest_entries_and_leads_to_all(client, actor):
    customer = CustomerFactory()
    for number in range(11):
        TimelineEntry.objects.create(
            customer=customer, actor=actor, kind=TimelineKind.NOTE, payload={"text": f"Note {number:02}"}
        )
    page = opened(client, customer)
    assert re.findall(r"Note \d\d", page) == [f"Note {number:02}" for number in range(10, 0, -1)]
    assert links(page, "All changes") == [f"{url(customer)}changes/"]


class Panels(View):
    """The page of a panel of another app."""

    permission_required = "customers.view_customer"

    def get(self, request, customer_id):
        """What htmx puts in the place of the slot."""
        return HttpResponse("<section>Balance</section>")


@pytest.fixture
def panels(monkeypatch, settings):
    """A panel that everybody may see and one that only billing may."""
    monkeypatch.setattr(
        urls, "urlpatterns", [*urls.urlpatterns, path("p/<uuid:customer_id>/", Panels.as_view(), name="p")]
    )
    monkeypatch.setattr(customer_panels, "_items", {})
    settings.ROOT_URLCONF = "config.urls"
    customer_panels.register(Panel("commits", "Commits", "p"), Panel("secret", "Secret", "p", "core.delete_user"))


def test_panel_of_another_app_is_fetched_by_itself_and_is_a_link_without_script(panels, client):
    customer = CustomerFactory()
    page = opened(client, customer)
    (slot,) = re.findall(r'<section class="panel" hx-get="(.*?)" hx-trigger="load"', page)
    assert slot == f"/p/{customer.pk}/"
    assert "Secret" not in page
    assert links(page, "Open") == [slot]
    assert client.get(slot).content == b"<section>Balance</section>"


def test_page_without_panels_has_no_slot(monkeypatch, client):
    monkeypatch.setattr(customer_panels, "_items", {})
    assert 'hx-trigger="load"' not in opened(client, CustomerFactory())


# Where there is nobody to show.


@pytest.mark.parametrize("part", ["", "people/", "spam/", "not-spam/"])
def test_unknown_customer_is_not_found(client, part):
    response = client.get(f"/customers/{UNKNOWN}/{part}")
    assert response.status_code == 404
    assert "No customer here" in response.content.decode()


def test_id_that_is_none_is_not_found(client):
    assert client.get("/customers/none-of-ours/").status_code == 404


@pytest.mark.parametrize("part", ["", "people/", "spam/", "not-spam/"])
def test_deleted_customer_is_gone_and_the_page_says_who_and_when(client, actor, part):
    customer = CustomerFactory(name="Halden")
    delete_customer(customer.pk, actor=actor)
    Customer.objects.filter(pk=customer.pk).update(deleted_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    response = client.get(f"{url(customer)}{part}")
    assert response.status_code == 410
    assert "Priya Raman deleted Halden on 1 Mar 2026, 13:00" in text(response.content.decode())


@pytest.mark.parametrize("part", ["", "people/", "spam/", "not-spam/"])
def test_merged_customer_leads_to_the_last_survivor(client, part):
    first, second, last = (CustomerFactory(name=name) for name in "ABC")
    for source, target in ((first, second), (second, last)):
        Customer.objects.filter(pk=source.pk).update(
            deleted_at=timezone.now(), deleted_by=F("created_by"), merged_into=target
        )
    for source in (first, second):
        response = client.get(f"{url(source)}{part}")
        assert (response.status_code, response["Location"]) == (308, f"{url(last)}{part}")


def test_merger_in_a_circle_is_gone(client):
    one, other = CustomerFactory(), CustomerFactory()
    Customer.objects.filter(pk=one.pk).update(deleted_at=timezone.now(), deleted_by=F("created_by"), merged_into=other)
    Customer.objects.filter(pk=other.pk).update(deleted_at=timezone.now(), deleted_by=F("created_by"), merged_into=one)
    assert client.get(url(one)).status_code == 410


def test_nobody_is_told_as_a_toast_where_htmx_asks(client, actor):
    customer = CustomerFactory()
    delete_customer(customer.pk, actor=actor)
    htmx = {"HX-Request": "true", "HX-Target": "people"}
    for address, status in ((f"/customers/{UNKNOWN}/people/", 404), (f"{url(customer)}people/", 410)):
        response = client.get(address, headers=htmx)
        assert (response.status_code, response.content[:18]) == (status, b'<div class="toast ')


# Text of people, and what it costs.

ODD = ["<script>alert(1)</script>", "\u202eevil", "🦊 Fox & Sons", "x" * 255, "\"'><b>", "שלום עולם", "{{ name }}"]


@pytest.mark.parametrize("words", ODD, ids=["script", "override", "emoji", "long", "quotes", "hebrew", "braces"])
def test_text_of_people_is_shown_as_text(client, actor, words):
    short = words[:60]
    FlagFactory(key="odd", label=words[:100], description=words)
    CustomAttributeFactory(key="oddStr", label=words[:100])
    customer = CustomerFactory(
        kind="organization", name=words, short_name=short, tags=[short], external_id=words, managed_by=words,
        custom={"oddStr": words}, locations=[{"name": words, "address": words}],
        urls=[{"url": "https://example.com/" + short.replace(" ", "")}],
        socials=[{"type": "twitter", "username": short}],
    )  # fmt: skip
    CustomerFactory(kind="person", name=words, company_id=str(customer.pk))
    add_flag(customer.pk, "odd", actor=actor)
    page = opened(client, customer)
    assert f"<bdi>{_escaped(words)}</bdi></h1>" in page
    assert facts(page, "Record")["Managed by"] == " ".join(words.split())
    assert "<script>alert" not in page
    assert "<b>" not in page.replace("<b><bdi>", "")


def _escaped(words: str) -> str:
    signs = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
    return "".join(signs.get(sign, sign) for sign in words)


def test_same_number_of_queries_with_one_of_everything_and_with_three(client, agent, actor):
    counts = [_queries(client, _with(number, agent, actor)) for number in (1, 3)]
    assert counts[0] == counts[1] <= 19


def _with(number: int, agent, actor) -> Customer:
    many = range(number)
    for index in many:
        FlagFactory(key=f"flag_{number}_{index}")
        CustomAttributeFactory(key=f"of{number}No{index}Str")
    company = CustomerFactory(name="Above", kind="organization")
    customer = CustomerFactory(
        kind="organization", owner_id=str(agent.pk), assignee_id=str(agent.pk), tier_name="Enterprise",
        company_id=str(company.pk), emails=[f"a{number}{index}@halden.no" for index in many],
        phones=[f"+47228644{number}{index}" for index in many], external_ids=[f"x{number}-{index}" for index in many],
        domains=[f"halden{number}{index}.no" for index in many], tags=[f"tag {index}" for index in many],
        urls=[{"url": f"https://example.com/{index}"} for index in many],
        locations=[{"city_name": f"Oslo {index}"} for index in many],
        custom={f"of{number}No{index}Str": "x" for index in many},
    )  # fmt: skip
    for index in many:
        CustomerFactory(kind="person", emails=[f"p{number}{index}@halden.no"], company_id=str(customer.pk))
        add_flag(customer.pk, f"flag_{number}_{index}", actor=ActorFactory())
        TimelineEntry.objects.create(customer=customer, actor=ActorFactory(), kind=TimelineKind.NOTE)
    return customer


def _queries(client: Client, customer: Customer) -> int:
    client.get(url(customer))
    with CaptureQueriesContext(connection) as queries:
        opened(client, customer)
    return len(queries)
