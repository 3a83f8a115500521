"""The customers that are told in full: those the guides and screenshots of Retainer speak of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from customers.choices import TimelineKind
from customers.demo.plan import Deed, Entry, Plan, Step

# Name, domain, status, tier, owner, revenue, size, age in days, minutes since the last activity, flags, tags.
_LINES = (
    ("Corvid Analytics", "corvid.ai", "Active", "Enterprise", "priya", 486_000, 210, 611, 12, "", "api-heavy"),
    ("Northpass Air", "northpass.aero", "At risk", "Enterprise", "tomas", 612_500, 480, 702, 62, "", "renewal"),
    ("Pomelo Health", "pomelo.health", "Active", "Enterprise", "noor", 1_310_000, 900, 655, 185, "", "eu-data"),
    ("Basalt Robotics", "basalt.dev", "Onboarding", "Enterprise", "", 500_000, 95, 1, 1_500, "", "expansion"),
    ("Quillmark Press", "quillmark.co.uk", "Active", "Enterprise", "jun", 236_400, 64, 540, 1_620, "", "annual-review"),
    ("Ferrostahl GmbH", "ferrostahl.de", "Active", "Enterprise", "tomas", 402_000, 310, 488, 4_500, "custom_terms", ""),
    ("Lumen & Oak", "lumenandoak.com", "Paused", "Enterprise", "jun", 88_000, 18, 395, 5_900, "", "slow-payer"),
    ("Meridian Credit Union", "meridiancu.org", "Active", "Enterprise", "priya", 3_150_000, 2_400, 720, 6_100, "", ""),
    (
        "Tidewater Grid",
        "tidewatergrid.com",
        "Active",
        "Enterprise",
        "noor",
        702_000,
        350,
        433,
        7_300,
        "",
        "on-premises",
    ),
    ("Anders & Vale", "andersvale.law", "Onboarding", "Enterprise", "", 64_000, 22, 3, 7_500, "", ""),
    ("Kestrel Payments", "kestrelpay.io", "Active", "Enterprise", "tomas", 911_200, 260, 367, 8_900, "", "api-heavy"),
    ("Ostrava Foods", "ostravafoods.cz", "Active", "Enterprise", "jun", 181_000, 140, 298, 11_600, "", "partner"),
)
HALDEN_SINCE = datetime(2023, 3, 14, 9, 20, tzinfo=UTC)


def showcase(now: datetime) -> list[Plan]:
    """The customers of the guides, with the people of Halden Logistics after it."""
    return [*_halden(now), *(_from_line(number, line, now) for number, line in enumerate(_LINES, start=1))]


def _from_line(number: int, line: tuple[Any, ...], now: datetime) -> Plan:
    name, domain, status, tier, owner, revenue, size, days, minutes, flag, tag = line
    created_at = now - timedelta(days=days, hours=3)
    active_at = now - timedelta(minutes=minutes)
    changes = {
        "kind": "organization",
        "name": name,
        "domains": [domain],
        "emails": [{"email": f"hello@{domain}", "verified": True}],
        "external_id": f"cus_{1000 + 37 * number}Kd93",
        "status_id": status,
        "tier_name": tier,
        "owner_id": owner or None,
        "revenue": revenue,
        "size": size,
        "tags": [tag] if tag else [],
        "urls": [{"type": "website", "url": f"https://{domain}"}],
        "last_activity_at": active_at,
        "last_customer_activity_at": active_at,
    }
    inbound = Entry(active_at, "", TimelineKind.INBOUND, "Can we move the review to next week? The figures are late.")
    steps = [Step(created_at + timedelta(hours=2), "priya", flag=flag, deed=Deed.FLAG)] if flag else []
    return Plan(changes, created_at, "priya", steps=steps, entries=[inbound])


def _halden(now: datetime) -> list[Plan]:
    days = [now - timedelta(days=count, hours=count % 7 + 1, minutes=count * 7 % 60) for count in range(400)]
    halden = Plan(_HALDEN | {"last_activity_at": now - timedelta(hours=2)}, HALDEN_SINCE, "priya")
    halden.steps = [
        Step(days[330], "tomas", {"tier_name": "Enterprise"}),
        Step(days[293], "noor", {"assignee_id": "priya", "support_status": "IDLE"}),
        Step(days[120], "tomas", {"revenue": 1_920_000, "size": 640}),
        Step(days[40], "jun", {"tags": ["logistics", "eu-data", "annual-review", "api-heavy"]}),
        Step(days[26], "tomas", flag="custom_terms", deed=Deed.FLAG),
        Step(days[25], "", flag="beta_access", deed=Deed.FLAG),
        Step(days[4], "priya", {"status_id": "Active"}),
    ]
    halden.entries = [
        Entry(
            now - timedelta(hours=2),
            "priya",
            TimelineKind.NOTE,
            "Spoke with Ingrid. They want the 2027 commitment split monthly instead of quarterly, "
            "PO number to follow before 1 December.",
        ),
        Entry(days[3], "", TimelineKind.INBOUND, "Could you send the usage of October by depot?"),
        Entry(days[2], "tomas", TimelineKind.OUTBOUND, "Attached: usage of October, one sheet for each depot."),
        Entry(days[90], "noor", TimelineKind.NOTE, "Security review passed, report is with their CISO."),
    ]
    people: list[tuple[str, dict[str, Any]]] = [
        ("Ingrid Solberg", {"emails": [{"email": "ingrid@halden-logistics.com", "verified": True}]}),
        ("Mads Brekke", {"phones": [{"phone": "+47 22 86 44 00", "verified": True}]}),
        ("Accounts payable", {"shared_emails": [{"email": "ap@halden-logistics.no"}]}),
    ]
    return [halden, *(_colleague(halden, name, given) for name, given in people)]


def _colleague(company: Plan, name: str, given: dict[str, Any]) -> Plan:
    changes = {"kind": "person", "name": name, "owner_id": "priya", "status_id": "Active", "language": "nb", **given}
    return Plan(changes, company.created_at + timedelta(minutes=12), "priya", company=company)


_HALDEN: dict[str, Any] = {
    "kind": "organization",
    "name": "Halden Logistics",
    "short_name": "Halden",
    "external_id": "cus_8Hq2LmT4",
    "domains": ["halden-logistics.com", "halden-logistics.no"],
    "emails": [{"email": "post@halden-logistics.com", "verified": True}],
    "slack_channel_id": "C0HALDEN01",
    "language": "nb",
    "locale": "nb-NO",
    "time_zone": "Europe/Oslo",
    "sentiment": {"polarity": 1, "confidence": 0.87},
    "status_id": "Onboarding",
    "tier_name": "Growth",
    "owner_id": "priya",
    "revenue": 840_000,
    "size": 410,
    "tags": ["logistics", "eu-data"],
    "urls": [{"type": "website", "url": "https://halden-logistics.com"}],
    "locations": [
        {
            "type": "work",
            "name": "Head office",
            "address": "Dronning Eufemias gate 16",
            "zip_code": "0191",
            "city_name": "Oslo",
            "country_code": "NO",
            "country_name": "Norway",
            "latitude": 59.9075,
            "longitude": 10.7615,
        }
    ],
    "custom": {
        "marketStr": "EMEA",
        "seatsNum": 640,
        "selfServeBool": False,
        "renewalAt": "2026-12-31T00:00:00Z",
        "dashboardUrl": "https://halden-logistics.com/status",
        "crmId": "0015g00000Xh81qAAB",
        "industryTree": "transport.freight.road",
        "handoverTxt": "Ingrid decides, Mads signs.\nInvoices go to accounts payable.",
    },
}
