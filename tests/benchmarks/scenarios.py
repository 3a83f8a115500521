"""What is measured: pairs of addresses that show the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from core.paging import Cursor
from customers.listing.wanted import Wanted
from customers.models import Customer, Tier

STOCK = "/stock/customers/customer/"
OURS = "/customers/"
FLOOR = "/floor/"
ROWS = 50


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing people do, at both addresses."""

    name: str
    ours: str
    stock: str


def scenarios(viewer: UUID) -> list[Scenario]:
    """The scenarios on the customers that are in the database."""
    tier = Tier.objects.get(name="Enterprise")
    word = _frequent_word()
    return [
        Scenario("first page", OURS, STOCK),
        _deep_page(viewer),
        Scenario(f"search with hits ({word})", f"{OURS}?q={word}", f"{STOCK}?q={word}"),
        Scenario("search without hits", f"{OURS}?q=zzqxjw", f"{STOCK}?q=zzqxjw"),
        Scenario("filter by tier", f"{OURS}?tier={tier.pk}", f"{STOCK}?tier__id__exact={tier.pk}"),
    ]


def _deep_page(viewer: UUID) -> Scenario:
    """The page that starts nine tenths down the list."""
    number = Customer.objects.listed().count() * 9 // 10 // ROWS
    before = Customer.objects.listed().order_by("-created_at", "-id")[number * ROWS - 1]
    cursor = Cursor((before.created_at.isoformat(), str(before.pk)))
    page = Wanted().at(cursor, viewer)
    return Scenario("deep page", f"{OURS}{page.query if page else ''}", f"{STOCK}?p={number + 1}")


def _frequent_word() -> str:
    """The word of six letters or more that most names hold: neither the best case nor the worst."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM customers_customer, unnest(string_to_array(folded_name, ' ')) AS word"
            " WHERE length(word) BETWEEN 6 AND 12 AND word ~ '^[a-z]+$'"
            " GROUP BY word ORDER BY count(*) DESC, word LIMIT 1"
        )
        return cursor.fetchone()[0]
