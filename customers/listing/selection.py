"""Which customers a list, a count or an export is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from core.clauses import EVERYTHING, Clause, conditions, joined
from customers.listing.search import Search
from customers.listing.sorts import TABLE
from customers.models import Customer
from customers.querysets import CustomerQuerySet


class Spam(Enum):
    """What a list does with customers that are marked as spam."""

    LEFT_OUT = "IS NULL"
    ALONE = "IS NOT NULL"
    INCLUDED = ""

    @property
    def clause(self) -> Clause:
        """The condition, in the words that the partial indexes of the orders use."""
        return Clause(f"{TABLE}.marked_as_spam_at {self.value}") if self.value else EVERYTHING

    @property
    def veiled_clause(self) -> Clause:
        """The same condition in words that no partial index uses.

        A walk inside one group must use the index of the group: that of the whole order would be read to its end.
        """
        return Clause(f"({TABLE}.marked_as_spam_at {self.value}) IS NOT FALSE") if self.value else EVERYTHING


@dataclass(frozen=True, slots=True)
class Selection:
    """Which customers are wanted: live ones narrowed by filters, by a search, and by being spam or not.

    `is_group` says that the filters ask for one tier, status or person and nothing else.
    """

    customers: CustomerQuerySet
    spam: Spam = Spam.LEFT_OUT
    search: Search | None = None
    is_filtered: bool = False
    is_group: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing narrows the list."""
        return self.spam is Spam.LEFT_OUT and self.search is None and not self.is_filtered

    @property
    def is_whole_group(self) -> bool:
        """Whether an index of a reference has exactly these customers, newest first."""
        return self.is_group and self.spam is Spam.LEFT_OUT and self.search is None

    @property
    def listed(self) -> Clause:
        """The conditions without filters and search, which the index of an order fulfils by itself."""
        return joined(" AND ", [conditions(Customer.objects.live()), self.spam.clause])

    def where(self, *, by_group: bool = False) -> Clause:
        """All conditions as SQL over the customer table."""
        wanted = self.search.among(self.customers) if self.search else self.customers
        return joined(" AND ", [conditions(wanted), self.spam.veiled_clause if by_group else self.spam.clause])
