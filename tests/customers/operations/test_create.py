"""Creating customers: what is stored, what is refused, and what two people at once get."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from core.models import Actor
from core.problems import Holder, Refused
from customers.models import Customer, Domain, Identifier, SearchDocument, Tag, Tier, WorkflowStatus
from customers.operations import create_customer, delete_customer
from customers.rows import state_of
from customers.rules import Door
from customers.rules.constraints import CONSTRAINTS, problems_of
from tests.factories import ActorFactory, CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "kind": "organization",
    "name": "Halden Logistics",
    "short_name": "Halden",
    "given_name": "",
    "family_name": "",
    "username": "halden",
    "managed_by": "hubspot",
    "slack_channel_id": "C0HALDEN01",
    "logo_url": "https://halden-logistics.com/logo.png",
    "avatar_url": "https://halden-logistics.com/avatar.png",
    "language": "nb",
    "locale": "nb-NO",
    "time_zone": "Europe/Oslo",
    "gender": "f",
    "revenue": 9_223_372_036_854_775_807,
    "size": 640,
    "birthday": "1990-02-28",
    "sentiment": {"polarity": 1, "confidence": Decimal("0.87")},
    "emails": [{"email": "Ingrid@halden-logistics.com", "type": "work", "verified": True}, "ap@halden.no"],
    "shared_emails": [{"email": "info@halden.no", "type": "other"}],
    "phones": [{"phone": "+47 22 86 44 00", "type": "mobile"}],
    "shared_phones": ["+47 22 86 44 01"],
    "external_ids": ["crm-1", "cus_8Hq2LmT4"],
    "external_id": "cus_8Hq2LmT4",
    "shared_external_ids": ["group-7"],
    "socials": [{"type": "linkedin", "username": "Halden", "userid": "7", "url": "https://linkedin.com/halden"}],
    "shared_socials": [{"type": "twitter", "username": "halden"}],
    "facebook_ids": [{"page_id": "1", "user_id": "2", "name": "Halden"}],
    "domains": ["https://www.halden-logistics.com/about", "bücher.example.com".replace("example.com", "de")],
    "urls": [{"type": "blog", "url": "https://halden-logistics.com/blog"}],
    "locations": [
        {"name": "Head office", "address": "Dronning Eufemias gate 16", "zip_code": "0191", "city_name": "Oslo",
         "country_code": "no", "latitude": Decimal("59.9074"), "longitude": 0}
    ],
    "tags": ["logistics", "EU data"],
}  # fmt: skip


def test_every_field_of_an_input_is_read_back_as_it_was_normalised() -> None:
    customer = create_customer(EVERYTHING, actor=ActorFactory()).customer

    state = state_of(Customer.objects.get(pk=customer.pk))

    assert {key: state[key] for key in EVERYTHING} == {
        **EVERYTHING,
        "given_name": None,
        "family_name": None,
        "birthday": datetime(1990, 2, 28).date(),
        "sentiment": {"polarity": 1, "confidence": Decimal("0.87")},
        "emails": [
            {"email": "Ingrid@halden-logistics.com", "type": "work", "verified": True},
            {"email": "ap@halden.no", "type": "work", "verified": False},
        ],
        "shared_emails": [{"email": "info@halden.no", "type": "other", "verified": False}],
        "phones": [{"phone": "+4722864400", "type": "mobile", "verified": False}],
        "shared_phones": [{"phone": "+4722864401", "type": "work", "verified": False}],
        "external_ids": [
            {"external_id": "crm-1", "verified": False},
            {"external_id": "cus_8Hq2LmT4", "verified": False},
        ],
        "shared_external_ids": [{"external_id": "group-7", "verified": False}],
        "socials": [
            {"type": "linkedin", "username": "Halden", "userid": "7", "url": "https://linkedin.com/halden",
             "verified": False}
        ],
        "shared_socials": [{"type": "twitter", "username": "halden", "userid": "", "url": "", "verified": False}],
        "domains": ["halden-logistics.com", "xn--bcher-kva.de"],
        "locations": [
            {"type": "work", "name": "Head office", "address": "Dronning Eufemias gate 16", "address2": "",
             "address3": "", "zip_code": "0191", "city_name": "Oslo", "country_code": "NO", "country_name": "",
             "region_code": "", "region_name": "", "area_code": "", "latitude": Decimal("59.9074"),
             "longitude": Decimal(0)}
        ],
    }  # fmt: skip


def test_a_new_customer_starts_idle_in_the_first_status_with_its_author_and_revision_one() -> None:
    author = ActorFactory()
    before = datetime.now(UTC)

    customer = create_customer({"name": "Acme"}, actor=author).customer
    customer.refresh_from_db()

    first = WorkflowStatus.objects.order_by("position").first()
    assert (customer.workflow_status, customer.support_status, customer.rev) == (first, "IDLE", 1)
    assert (customer.created_by, customer.updated_by, customer.kind) == (author, author, "person")
    assert customer.created_at >= before
    changed_at = (customer.workflow_status_changed_at, customer.support_status_changed_at, customer.last_idle_at)
    assert changed_at == (customer.created_at,) * 3
    assert customer.slug == customer.pk.hex[-12:]


def test_a_customer_is_created_under_the_id_that_was_asked_for() -> None:
    wanted = UUID("3f8d7f0a-6a52-4d5e-9a86-0a8f0c1d2eff")

    assert create_customer({"id": str(wanted), "name": "New"}, actor=ActorFactory()).customer.pk == wanted
    assert Customer.objects.get().pk == wanted


def test_an_id_that_a_customer_has_already_is_refused_and_not_a_fault() -> None:
    customer = CustomerFactory(name="Acme")

    with pytest.raises(Refused) as refused:
        create_customer({"id": str(customer.pk), "name": "New"}, actor=ActorFactory())

    assert [(problem.code, problem.path) for problem in refused.value.problems] == [("C52", ("id",))]
    assert Customer.objects.get().name == "Acme"


def test_a_backdated_customer_keeps_its_time_through_every_door_that_may_set_it() -> None:
    opened = datetime(2023, 3, 14, 9, tzinfo=UTC)

    customer = create_customer({"name": "Old", "created_at": opened}, actor=ActorFactory(), door=Door.CSV).customer

    assert (customer.created_at, customer.updated_at, customer.last_idle_at) == (opened, opened, opened)


def test_everything_a_customer_is_recognised_by_stands_in_its_search_document() -> None:
    customer = create_customer(
        {"name": "Wrocław Żubr", "emails": ["Ada@Example.org"], "domains": ["bücher.de"], "external_id": "cus-1"},
        actor=ActorFactory(),
    ).customer

    document = SearchDocument.objects.get(customer=customer).document

    assert document == f" wroclaw zubr ada@example.org cus-1 xn--bcher-kva.de bucher.de {customer.pk}"


def test_an_unknown_tier_name_makes_a_grey_tier_at_the_end_for_those_who_may_add_tiers() -> None:
    actor = ActorFactory(user=UserFactory(administrator=True))

    customer = create_customer({"name": "Acme", "tier_name": "Platinum"}, actor=actor).customer

    last = Tier.objects.order_by("position").last()
    assert (customer.tier, last and last.name, last and last.color) == (last, "Platinum", "#8a8f98")


def test_an_unknown_tier_name_is_refused_to_those_who_may_not_add_tiers() -> None:
    actor = ActorFactory(user=UserFactory(support_agent=True))

    with pytest.raises(Refused) as refused:
        create_customer({"name": "Acme", "tier_name": "Platinum"}, actor=actor)

    assert [(problem.code, problem.path) for problem in refused.value.problems] == [("C24", ("tier_name",))]
    assert Customer.objects.count() == 0


def test_tags_are_shared_in_whatever_case_they_are_written() -> None:
    create_customer({"name": "One", "tags": ["Straße"]}, actor=ActorFactory())
    second = create_customer({"name": "Two", "tags": ["STRASSE", "İ"]}, actor=ActorFactory()).customer

    assert Tag.objects.count() == 2
    assert state_of(second)["tags"] == ["Straße", "İ"]


@pytest.mark.parametrize(
    ("taken", "again", "code"),
    [
        ({"emails": ["jane@acme.com"]}, {"emails": ["JANE@acme.com"]}, "C9"),
        ({"phones": ["+4930726219941"]}, {"phones": ["+49 30 726219941"]}, "C13"),
        ({"external_ids": ["u-9"]}, {"external_id": "u-9"}, "C15"),
        ({"domains": ["acme.com"]}, {"domains": ["https://www.acme.com/"]}, "C20"),
        ({"slack_channel_id": "C0ACME0001"}, {"slack_channel_id": "C0ACME0001"}, "C22"),
        (
            {"socials": [{"type": "twitter", "username": "acme"}]},
            {"socials": [{"type": "twitter", "username": "ACME"}]},
            "C32",
        ),
        (
            {"facebook_ids": [{"page_id": "1", "user_id": "2"}]},
            {"facebook_ids": [{"page_id": "1", "user_id": "2"}]},
            "C32",
        ),
    ],
)
def test_a_value_of_another_customer_is_refused_and_its_holder_named(
    taken: dict[str, object], again: dict[str, object], code: str
) -> None:
    holder = CustomerFactory(name="Northpass Air", **taken)

    with pytest.raises(Refused) as refused:
        create_customer({"name": "Other", **again}, actor=ActorFactory())

    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.holder == Holder(str(holder.pk), "Northpass Air")


def test_shared_contact_points_belong_to_as_many_customers_as_there_are() -> None:
    CustomerFactory(emails=["jane@acme.com"])

    CustomerFactory(shared_emails=["jane@acme.com"])
    CustomerFactory(shared_emails=["jane@acme.com"])

    assert Identifier.objects.filter(value_norm="jane@acme.com").count() == 3


def test_a_social_profile_of_another_network_is_another_profile() -> None:
    CustomerFactory(socials=[{"type": "twitter", "username": "acme"}])

    CustomerFactory(socials=[{"type": "linkedin", "username": "acme"}])

    assert Identifier.objects.filter(kind="social").count() == 2


def test_what_a_deleted_customer_held_is_free_again() -> None:
    values = {"emails": ["a@acme.com"], "domains": ["acme.com"], "slack_channel_id": "C0ACME0001", "external_id": "x"}
    delete_customer(CustomerFactory(**values).pk, actor=ActorFactory())

    CustomerFactory(**values)

    assert Customer.objects.live().count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_people_who_take_one_email_at_once_make_one_customer_and_one_named_refusal() -> None:
    actor = ActorFactory()
    together = threading.Barrier(4)

    def create(number: int) -> str:
        together.wait()
        try:
            create_customer({"name": f"Racer {number}", "emails": ["one@acme.com"]}, actor=actor)
            return "created"
        except Refused as refused:
            (problem,) = refused.problems
            return f"{problem.code} {bool(problem.holder)}"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        results = sorted(pool.map(create, range(4)))

    assert results == ["C9 True", "C9 True", "C9 True", "created"]
    assert Customer.objects.count() == 1


def test_every_constraint_that_a_rule_is_repeated_by_exists_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
            " UNION SELECT regexp_replace(tgname, '^pgtrigger_(.*)_[0-9a-f]+$', '\\1') FROM pg_trigger"
        )
        known = {name for (name,) in cursor.fetchall()}

    assert set(CONSTRAINTS) - known == set()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", " "),
        ("kind", "robot"),
        ("support_status", "BUSY"),
        ("slack_channel_id", "general"),
        ("revenue", -1),
        ("size", -1),
        ("logo_url", "javascript:alert(1)"),
        ("avatar_url", "ftp://acme.com"),
        ("birthday", "1899-12-31"),
        ("gender", "x"),
        ("sentiment_polarity", 1),
        ("snoozed_until", datetime(2030, 1, 1, tzinfo=UTC)),
        ("assigned_at", datetime(2026, 1, 1, tzinfo=UTC)),
        ("marked_as_spam_at", datetime(2026, 1, 1, tzinfo=UTC)),
        ("deleted_at", datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_postgresql_refuses_by_itself_what_it_can_judge(column: str, value: object) -> None:
    customer = CustomerFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.filter(pk=customer.pk).update(**{column: value})


@pytest.mark.parametrize("whose", ["another customer's", "shared", "an email"])
def test_postgresql_refuses_a_main_external_id_that_is_none_of_the_customers_own_ids(whose: str) -> None:
    customer = CustomerFactory(emails=["a@acme.com"], shared_external_ids=["cus-1"], external_ids=["cus-2"])
    kinds = {"shared": {"shared": True}, "an email": {"kind": "email"}}
    other = customer if whose in kinds else CustomerFactory(external_ids=["cus-3"])
    main = Identifier.objects.get(customer=other, **kinds.get(whose, {}))

    def commit_with_it() -> None:
        Customer.objects.filter(pk=customer.pk).update(main_external=main)
        connection.check_constraints()

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        commit_with_it()

    assert [problem.code for problem in problems_of(refused.value)] == ["C16"]


def test_the_deletion_of_the_assignee_ends_the_assignment_and_its_date() -> None:
    agent = UserFactory()
    customer = CustomerFactory(assignee_id=agent.pk)
    assert customer.assigned_at is not None

    agent.delete()

    customer.refresh_from_db()
    assert (customer.assignee, customer.assigned_at) == (None, None)


def test_postgresql_refuses_a_domain_that_two_live_customers_claim() -> None:
    CustomerFactory(domains=["acme.com"])
    other = CustomerFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Domain.objects.create(customer=other, domain_ascii="acme.com", domain_unicode="acme.com")


def test_the_history_names_the_actor_and_survives_the_deletion_of_the_person() -> None:
    user = UserFactory(name="Priya Raman")
    actor = Actor.objects.of(user)
    customer = create_customer({"name": "Acme", "domains": ["acme.com"]}, actor=actor).customer

    user.delete()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_context->>'label' FROM customers_customerevent WHERE pgh_obj_id = %s"
            " UNION ALL SELECT pgh_context->>'label' FROM customers_domainevent WHERE customer_id = %s",
            [customer.pk, customer.pk],
        )
        assert cursor.fetchall() == [("Priya Raman",), ("Priya Raman",)]
    actor.refresh_from_db()
    assert (actor.label, actor.user) == ("Priya Raman", None)
