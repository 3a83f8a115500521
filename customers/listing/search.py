"""What somebody types into the search box, and what it asks of the search documents.

A document holds a customer's names, addresses and ids, folded, each after a space. Every word that is typed must be in
it: three or more letters anywhere, one or two at the start of a word, because that is what its trigram index answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from core.clauses import Clause, conditions
from core.counting import estimated
from core.text import fold
from customers import normalise
from customers.choices import IdentifierKind
from customers.models import Identifier, SearchDocument
from customers.querysets import CustomerQuerySet

SHORTEST_SUBSTRING = 3
MOST_WORDS = 8
_SAMPLE = 2_000
_DENSE = 12_000
"""From so many expected hits on, walking the list finds a page sooner than collecting them."""

_PHONE = re.compile(r"\+?[\d(][\d\s().-]{4,}")
_EXACT_ID = re.compile(r"id:\s*(\S.*)", re.IGNORECASE)
_LETTER_OR_DIGIT = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Search:
    """A search as it was understood: an exact id, or words that must all be found, or the start of a name."""

    typed: str
    customer_id: UUID | None = None
    external_id: str = ""
    words: tuple[str, ...] = ()
    name_start: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether one customer is asked for by id; spam is found then too."""
        return self.customer_id is not None or bool(self.external_id)

    @property
    def is_single_letter(self) -> bool:
        """Whether there is only a letter to go by: hits are too many to be worth counting."""
        return len(self.words) == 1 and len(self.words[0]) == 1

    def among(self, customers: CustomerQuerySet) -> CustomerQuerySet:
        """Those of these customers that are found."""
        if self.customer_id:
            return customers.filter(pk=self.customer_id)
        if self.external_id:
            ids = Identifier.objects.filter(
                customer=OuterRef("pk"), kind=IdentifierKind.EXTERNAL_ID, value_norm=self.external_id
            )
            return customers.filter(Exists(ids))
        if self.words:
            return customers.filter(Exists(self._documents().filter(customer=OuterRef("pk"))))
        return customers.filter(folded_name__startswith=self.name_start) if self.name_start else customers.none()

    def is_dense(self) -> bool:
        """Whether so many customers are found that the list is full of them, by a sample of the documents."""
        total = estimated(SearchDocument._meta.db_table) or 0
        if not self.words or total <= _DENSE:
            return False
        share = min(_SAMPLE / total, 1)
        return _hits_in_sample(conditions(self._documents()), share) / share > _DENSE

    def _documents(self) -> QuerySet[SearchDocument]:
        documents = SearchDocument.objects.all()
        for word in self.words:
            documents = documents.filter(document__contains=word if len(word) >= SHORTEST_SUBSTRING else f" {word}")
        return documents


def understood(typed: str) -> Search:
    """Read what somebody typed."""
    if (customer_id := _uuid(typed)) is not None:
        return Search(typed, customer_id=customer_id)
    if exact := _EXACT_ID.fullmatch(typed.strip()):
        customer_id = _uuid(exact[1])
        return Search(typed, customer_id=customer_id, external_id="" if customer_id else normalise.text(exact[1]))
    # A phone number is one word, however its digits are grouped.
    text = re.sub(r"[\s().-]", "", typed) if _PHONE.fullmatch(typed.strip()) else typed
    folded = fold(text)
    words = tuple(dict.fromkeys(word for word in folded.split() if _LETTER_OR_DIGIT.search(word)))[:MOST_WORDS]
    # The index knows letters and digits alone: signs without any are looked for where a name starts.
    return Search(typed, words=words, name_start="" if words else folded)


def _uuid(text: str) -> UUID | None:
    """The id, if this is a whole one; `UUID` itself would take braces and stray hyphens too."""
    bare = text.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}", bare):
        return None
    return UUID(bare)


def _hits_in_sample(where: Clause, share: float) -> int:
    table = SearchDocument._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} TABLESAMPLE SYSTEM (%s) WHERE {where.sql}",
            [100 * share, *where.params],
        )
        return cursor.fetchone()[0]
