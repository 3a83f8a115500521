"""What the export writes, the import reads back as it was, for any text (customers.md 4.3)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from core.models import Actor
from customers import rows
from customers.imports import import_rows, open_table
from customers.models import Customer
from tests.factories import CustomAttributeFactory, CustomerFactory, UserFactory

# The export reads over a connection of its own, which sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

AWKWARD = (
    "'", "''", "=1+1", "'=1+1", "+47", "-x", "@y", "<clear>", "<CLEAR>", "\\<clear>", "\\\\<Clear>", "a;b", "a|b",
    'say "hi"', '"', ";", "|", '";|', "two\nlines", "two\r\nlines", "tab\there", "comma, comma", "مرحبا", "👩‍🚀",
    "\u202eright", "null", "0", "true", "'; DROP TABLE", "\\", "\\n", "é", "<clear>;x",
)  # fmt: skip


def customer_of(text: str, number: int, owner) -> Customer:
    """A customer with the text in every field that takes any text."""
    item = {"verified": bool(number % 2)}
    return CustomerFactory(
        name=f"{text} {number}" if number % 2 else text,
        kind="organization" if number % 3 else "person",
        short_name=text,
        given_name=text,
        family_name=text,
        username=text,
        managed_by=text,
        emails=[{"email": f"one{number}@orchard{number}.com", "type": "home", **item}, f"two{number}@orchard.net"],
        shared_emails=["shared@orchard.net"],
        phones=[{"phone": f"+47{number:08}", "type": "fax", **item}],
        external_ids=[{"external_id": f"{text}{number}", **item}, f"id{number}"],
        external_id=f"id{number}",
        shared_external_ids=[text],
        socials=[{"type": "twitter", "username": f"{text}{number}", "userid": text, "url": "https://x.org/;|", **item}],
        facebook_ids=[{"page_id": f"{text}{number}", "user_id": text, "name": text}],
        domains=[f"orchard{number}.com", f"müller{number}.de"],
        urls=[{"type": "blog", "url": f"https://orchard{number}.com/?q=a;b|c"}],
        locations=[
            {"name": text, "address": text, "city_name": text, "zip_code": text, "country_code": "NO"},
            {"type": "home", "address2": text, "latitude": 59.91, "longitude": -10.75},
        ],
        tier_name="Growth",
        owner_id=str(owner.pk),
        assignee_id=str(owner.pk),
        support_status="SNOOZED",
        snoozed_until=timezone.now() + timedelta(days=9),
        tags=[text, f"tag {number}"],
        custom={"noteStr": text, "seatsNum": 12.5 + number, "trialBool": number % 2 == 0, "renewalAt": "2027-01-01"},
        language="nb-NO",
        sentiment={"polarity": -1, "confidence": 0.25},
        birthday="1984-05-17",
        gender="f",
        revenue=2**63 - 1,
        size=0,
        created_at=timezone.now() - timedelta(days=number, microseconds=7),
        last_seen_at=timezone.now(),
    )  # fmt: skip


def states() -> dict:
    kept = rows.states_of(Customer.objects.all())
    # The import dates itself.
    return {pk: {key: value for key, value in state.items() if key != "imported_at"} for pk, state in kept.items()}


def test_export_is_read_back_as_it_was(tmp_path):
    for key in ("noteStr", "seatsNum", "trialBool", "renewalAt"):
        CustomAttributeFactory(key=key)
    owner = UserFactory(email="owner@retainer.test")
    for number, text in enumerate(AWKWARD):
        customer_of(text, number, owner)
    before = states()
    client = Client()
    client.force_login(UserFactory(superuser=True))
    path = tmp_path / "export.csv"
    path.write_bytes(b"".join(client.get("/customers/export/").streaming_content))
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE customers_customer CASCADE")

    refused = []
    table = open_table(path)
    (tally,) = import_rows(
        table, actor=Actor.objects.system(), refuse=lambda row, problems: refused.append((row.line, problems))
    )

    assert refused == []
    assert (tally.created, table.row_count) == (len(AWKWARD), len(AWKWARD))
    after = states()
    for pk, state in before.items():
        assert after[pk] == state
