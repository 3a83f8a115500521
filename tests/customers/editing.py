"""What the tests of the form share: a customer with everything, and somebody who edits it in a browser."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.test import Client

from core.models import User
from customers.models import Customer
from customers.operations import add_flag
from tests.customers.forms.filling import filled
from tests.factories import ActorFactory, CustomAttributeFactory, CustomerFactory, FlagFactory, TierFactory, UserFactory

NEW = "/customers/new/"


def edit_url(customer: Customer) -> str:
    """Where a customer is edited."""
    return f"/customers/{customer.pk}/edit/"


class Editor:
    """Somebody at a browser: opens a form, changes some of its inputs and sends all of them."""

    def __init__(self, user: User | None = None) -> None:
        self.user = user or UserFactory(support_agent=True, name="Noor Okafor")
        self.client = Client()
        self.client.force_login(self.user)

    def open(self, url: str, *, with_script: bool = True) -> dict[str, str]:
        """What the form would send if nothing was touched."""
        response = self.client.get(url)
        assert response.status_code == 200
        return filled(response.content.decode(), with_script=with_script)

    def send(self, url: str, form: dict[str, Any], **typed: Any) -> HttpResponse:
        """Save; `typed` are inputs by name, `-` written as `__`."""
        return self.client.post(url, form | {name.replace("__", "-"): text for name, text in typed.items()})

    def save(self, url: str, **typed: Any) -> HttpResponse:
        """Open, type and save."""
        return self.send(url, self.open(url), **typed)


ATTRIBUTES = {
    "regionStr": "emea",
    "noteTxt": "Two\nlines",
    "seatsNum": 12.5,
    "trialBool": False,
    "renewalAt": "2026-10-02T15:04:05.250000Z",
    "contractUrl": "https://northpass.com/contract",
    "crmId": "00Q-1",
    "segmentTree": "emea.nordics",
}


def catalogue() -> None:
    """An attribute of each type, and flags."""
    for key in ATTRIBUTES:
        CustomAttributeFactory(key=key, label=key, options=["emea", "apac"] if key == "regionStr" else [])
    for key in ("custom_terms", "do_not_call"):
        FlagFactory(key=key, label=key)


def everything(number: int = 1, copies: int = 1) -> Customer:
    """A customer with a value in every field and `copies` rows in every list."""
    company = CustomerFactory(name=f"Northpass Group {number}", kind="organization")
    owner, assignee = UserFactory(name=f"Priya {number}"), UserFactory(name=f"Ola {number}")
    numbers = [10 * number + copy for copy in range(copies)]
    customer = CustomerFactory(
        kind="organization", name=f"Northpass Air {number}", short_name="Northpass", given_name="Jane",
        family_name="Doe", username="northpass", company_id=company.pk, owner_id=owner.pk, assignee_id=assignee.pk,
        emails=[{"email": f"a{n}@northpass.com", "type": "home", "verified": True} for n in numbers],
        shared_emails=[{"email": f"shared{n}@northpass.com"} for n in numbers],
        phones=[{"phone": f"+47228644{n:02}", "type": "mobile"} for n in numbers],
        shared_phones=[{"phone": f"+47228655{n:02}"} for n in numbers],
        external_ids=[{"external_id": f"cus-{n}-{part}"} for n in numbers for part in "ab"],
        external_id=f"cus-{numbers[0]}-b",
        shared_external_ids=[{"external_id": f"group-{n}", "verified": True} for n in numbers],
        socials=[{"type": "linkedin", "username": f"np{n}", "userid": "7", "url": "https://np.test"} for n in numbers],
        shared_socials=[{"type": "twitter", "username": f"np{n}"} for n in numbers],
        facebook_ids=[{"page_id": f"p{n}", "user_id": "u", "name": "Jane"} for n in numbers],
        urls=[{"type": "blog", "url": f"https://northpass.com/{n}"} for n in numbers],
        locations=[
            {
                "type": "home", "name": "HQ", "address": "Storgata 1", "address2": "2", "address3": "3",
                "latitude": Decimal("59.9139"), "longitude": Decimal("-10.75"),
                "country_code": "NO", "country_name": "Norway",
                "region_code": "03", "region_name": "Oslo", "city_name": "Oslo", "zip_code": "0155", "area_code": "22",
            }
            | ({"latitude": None, "longitude": None} if n % 2 else {})
            for n in numbers
        ],
        domains=[f"northpass{n}.com" for n in numbers] + [f"blåbær{number}.no"], slack_channel_id=f"C0ACME{number:04}",
        revenue=1920000, size=640, tier_id=TierFactory().pk, support_status="SNOOZED",
        snoozed_until="2099-01-02T03:04:05.678901Z", tags=["renewal", "eu, data", 'the "best"'], custom=ATTRIBUTES,
        language="nb", locale="nb-NO", time_zone="Europe/Oslo", birthday="1984-05-17", gender="f",
        sentiment={"polarity": -1, "confidence": Decimal("0.25")}, logo_url="https://northpass.com/l.png",
        avatar_url="https://northpass.com/a.png",
    )  # fmt: skip
    add_flag(customer.pk, "custom_terms", actor=ActorFactory())
    return Customer.objects.get(pk=customer.pk)
