"""The company that every browser test finds: people of each group and a small directory."""

from datetime import UTC, datetime

from core.models import Actor
from customers.models import Customer
from customers.operations import add_flag, delete_customer, mark_as_spam
from tests.factories import CustomAttributeFactory, CustomerFactory, FlagFactory, UserFactory

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
    CustomerFactory(kind="person", name="Ada Lovelace", company_id=full.pk, actor=actor)
    for name in (MINIMAL, FORMULA, FOREIGN):
        CustomerFactory(name=name, actor=actor)
    mark_as_spam(CustomerFactory(name=SPAM, actor=actor).pk, actor=actor)
    delete_customer(CustomerFactory(name=DELETED, actor=actor).pk, actor=actor)


def customer(name: str) -> Customer:
    """The one customer of this name."""
    return Customer.objects.get(name=name)


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
