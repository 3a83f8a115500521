"""The company that every browser test finds: people of each group and a small directory."""

from datetime import UTC, datetime

from core.models import Actor
from customers.models import Customer
from customers.operations import add_flag, delete_customer, mark_as_spam
from tests.factories import (
    CustomAttributeFactory,
    CustomerFactory,
    FlagFactory,
    TierFactory,
    UserFactory,
    WorkflowStatusFactory,
)

AGENT = "tomas@retainer.test"
COLLEAGUE = "priya@retainer.test"
VIEWER = "mads@retainer.test"
SUPERUSER = "noor@retainer.test"

FULL = "Bergen Seafood AS"
"""The customer of which everything is known."""
MINIMAL = "Oslo Kajakk"
"""The customer of which nothing but the name is known."""
SPAM = "Win Big Prizes"
DELETED = "Closed Chandlery"
LONG = "Wolkenkuckucksheim" * 14
"""The customer of which everything is as long as it may be, and nothing can be broken at a space."""
FORMULA = '=HYPERLINK("http://example.com","Open")'
"""A name that a spreadsheet would calculate."""
FOREIGN = "Łódź Robotyka"
TAKEN_EMAIL = "post@bergenseafood.no"

HARBOURS = 60
"""How many customers are there only to fill pages: "Harbour 01" to "Harbour 60"."""


def build() -> None:
    """Make them all."""
    tomas = UserFactory(support_agent=True, email=AGENT, name="Tomas Berg")
    priya = UserFactory(administrator=True, email=COLLEAGUE, name="Priya Raman")
    UserFactory(viewer=True, email=VIEWER, name="Mads Holm")
    UserFactory(superuser=True, email=SUPERUSER, name="Noor Aziz")
    actor = Actor.objects.of(priya)
    for number in range(1, HARBOURS + 1):
        owner = (tomas.pk, priya.pk, None)[number % 3]
        CustomerFactory(name=f"Harbour {number:02}", owner_id=owner, revenue=number * 1000, actor=actor)
    FlagFactory(key="payment_risk", label="Payment risk")
    CustomAttributeFactory(key="boatsNum", label="Boats")
    full = CustomerFactory(**_everything(tomas.pk), actor=actor)
    add_flag(full.pk, "payment_risk", actor=actor)
    _make_the_long_one(full.pk, actor)
    CustomerFactory(kind="person", name="Ada Lovelace", company_id=full.pk, actor=actor)
    for name in (MINIMAL, FORMULA, FOREIGN):
        CustomerFactory(name=name, actor=actor)
    mark_as_spam(CustomerFactory(name=SPAM, actor=actor).pk, actor=actor)
    delete_customer(CustomerFactory(name=DELETED, actor=actor).pk, actor=actor)


def customer(name: str) -> Customer:
    """The one customer of this name."""
    return Customer.objects.get(name=name)


def _make_the_long_one(company_id: object, actor: Actor) -> None:
    owner = UserFactory(support_agent=True, email=f"{'o' * 60}@retainer.test", name="O" * 100)
    tier, status = TierFactory(name="T" * 80), WorkflowStatusFactory(name="S" * 80)
    FlagFactory(key="long", label="F" * 100)
    CustomAttributeFactory(key="longStr", label="A" * 100)
    domain = f"{'d' * 60}.{'e' * 60}.com"
    customer = CustomerFactory(
        kind="person",
        name=LONG,
        short_name="N" * 80,
        emails=[f"{'m' * 64}@{domain}"],
        phones=["+47 22 86 44 99"],
        external_ids=["X" * 255],
        urls=[{"type": "other", "url": f"https://{domain}/{'p' * 200}"}],
        locations=[{"name": "L" * 100, "address": "R" * 200, "city_name": "C" * 100}],
        tags=["G" * 60],
        custom={"longStr": "V" * 200},
        company_id=company_id,
        owner_id=owner.pk,
        assignee_id=owner.pk,
        tier_id=tier.pk,
        status_id=status.pk,
        revenue=2**63 - 1,
        actor=actor,
    )
    add_flag(customer.pk, "long", actor=actor)


def _everything(owner_id: object) -> dict[str, object]:
    return {
        "kind": "organization",
        "name": FULL,
        "short_name": "Bergen",
        "emails": [{"email": TAKEN_EMAIL, "verified": True}, {"email": "sales@bergenseafood.no", "type": "other"}],
        "phones": [{"phone": "+47 55 21 00 00"}],
        "external_ids": ["CRM-2041"],
        "domains": ["bergenseafood.no"],
        "socials": [{"type": "linkedin", "username": "bergen-seafood"}],
        "urls": [{"type": "website", "url": "https://bergenseafood.no/"}],
        "locations": [
            {"type": "work", "name": "Quay", "address": "Bryggen 12", "city_name": "Bergen", "country_code": "NO"}
        ],
        "tier_name": "Enterprise",
        "owner_id": owner_id,
        "support_status": "ACTIVE",
        "tags": ["Fish", "Nordic"],
        "custom": {"boatsNum": 14},
        "language": "nb",
        "time_zone": "Europe/Oslo",
        "revenue": 1_250_000,
        "size": 240,
        "last_activity_at": datetime(2026, 3, 2, 9, 41, tzinfo=UTC),
    }
