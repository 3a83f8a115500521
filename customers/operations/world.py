"""What the database knows about the things an input names, in as few queries as there are kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from core.models import Actor, User
from core.problems import Holder
from customers.models import CustomAttribute, Customer, Flag, Tier, WorkflowStatus
from customers.normalise import unique_keys
from customers.rules import AttributeFact, CompanyFact, FlagFact, World
from customers.state import Changes

type Key = tuple[str, str]

_HOLDERS_OF_IDENTIFIERS = """
    SELECT i.kind, i.type_key, i.value_norm, c.id, c.name
    FROM unnest(%s::text[], %s::text[], %s::text[]) AS wanted (kind, type_key, value_norm)
    JOIN customers_identifier i USING (kind, type_key, value_norm)
    JOIN customers_customer c ON c.id = i.customer_id
    WHERE i.active AND NOT i.shared AND c.id IS DISTINCT FROM %s
"""
_HOLDERS_OF_DOMAINS = """
    SELECT d.domain_ascii, c.id, c.name
    FROM customers_domain d JOIN customers_customer c ON c.id = d.customer_id
    WHERE d.active AND d.domain_ascii = ANY(%s) AND c.id IS DISTINCT FROM %s
"""
_HOLDERS_OF_SLACK = """
    SELECT slack_channel_id, id, name FROM customers_customer
    WHERE deleted_at IS NULL AND slack_channel_id = ANY(%s) AND id IS DISTINCT FROM %s
"""
_COMPANIES = """
    WITH RECURSIVE up (start, id, company_id, depth) AS (
        SELECT id, id, company_id, 0 FROM customers_customer WHERE id = ANY(%s::uuid[]) AND deleted_at IS NULL
        UNION ALL
        SELECT up.start, c.id, c.company_id, up.depth + 1
        FROM up JOIN customers_customer c ON c.id = up.company_id WHERE up.depth < 100
    )
    SELECT c.id, c.kind, ARRAY(SELECT up.id FROM up WHERE up.start = c.id AND up.depth > 0)
    FROM customers_customer c WHERE c.id IN (SELECT start FROM up)
"""


def load_world(batch: Sequence[Changes], *, actor: Actor, customer_id: UUID | None = None) -> World:
    """Look up everything the normalised changes of a batch name; `customer_id` is who may keep its own values."""
    tiers = list(Tier.objects.values_list("id", "name"))
    return World(
        tier_ids=frozenset(str(pk) for pk, _ in tiers),
        tier_names={name.casefold(): str(pk) for pk, name in tiers},
        may_add_tiers=actor.user is None or actor.user.has_perm("customers.add_tier"),
        status_ids=frozenset(str(pk) for pk in WorkflowStatus.objects.values_list("id", flat=True)),
        staff=_staff(batch),
        companies=_companies(batch),
        attributes=_attributes(),
        flags=known_flags(),
        taken=taken(batch, customer_id=customer_id),
        has_people=_has_people(batch, customer_id),
    )


def taken(batch: Sequence[Changes], *, customer_id: UUID | None = None) -> dict[Key, Holder]:
    """Which values of the batch belong to another live customer already, and to whom."""
    found: dict[Key, Holder] = {}
    wanted = sorted({key for changes in batch for key in unique_keys(changes)})
    identifiers = [_split(kind, key) for kind, key in wanted if kind not in {"domain", "slack_channel"}]
    with connection.cursor() as cursor:
        if identifiers:
            cursor.execute(_HOLDERS_OF_IDENTIFIERS, [*map(list, zip(*identifiers, strict=True)), customer_id])
            for kind, type_key, norm, pk, name in cursor.fetchall():
                found[kind, f"{type_key}:{norm}" if type_key else norm] = Holder(str(pk), name)
        for kind, sql in (("domain", _HOLDERS_OF_DOMAINS), ("slack_channel", _HOLDERS_OF_SLACK)):
            values = [key for of, key in wanted if of == kind]
            if values:
                cursor.execute(sql, [values, customer_id])
                found |= {(kind, value): Holder(str(pk), name) for value, pk, name in cursor.fetchall()}
    return found


def _split(kind: str, key: str) -> tuple[str, str, str]:
    if kind == "social":
        type_key, _, norm = key.partition(":")
        return kind, type_key, norm
    return kind, "", key


def _ids(batch: Iterable[Changes], *names: str) -> list[UUID]:
    """The well-formed ids that a batch names under these keys; the rest is for the rules to refuse."""
    found: set[UUID] = set()
    for value in (changes.get(name) for changes in batch for name in names):
        try:
            found.add(value if isinstance(value, UUID) else UUID(str(value)))
        except ValueError:
            continue
    return sorted(found)


def _staff(batch: Sequence[Changes]) -> dict[str, bool]:
    ids = _ids(batch, "owner_id", "assignee_id")
    people = User.objects.filter(pk__in=ids).values_list("pk", "is_active") if ids else ()
    return {str(pk): active for pk, active in people}


def _companies(batch: Sequence[Changes]) -> dict[str, CompanyFact]:
    ids = _ids(batch, "company_id")
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_COMPANIES, [ids])
        return {
            str(pk): CompanyFact(kind=kind, ancestors=tuple(map(str, ancestors)))
            for pk, kind, ancestors in cursor.fetchall()
        }


def _has_people(batch: Sequence[Changes], customer_id: UUID | None) -> bool:
    """Whether the customer is a live person's company; asked only where the kind is about to change."""
    if customer_id is None or not any("kind" in changes for changes in batch):
        return False
    return Customer.objects.live().filter(company=customer_id).exists()


def _attributes() -> dict[str, AttributeFact]:
    return {
        row.key: AttributeFact(
            options=tuple(row.options), required_on_create=row.required_on_create, archived=row.archived
        )
        for row in CustomAttribute.objects.all()
    }


def known_flags() -> dict[str, FlagFact]:
    """The catalogue of flags, by key."""
    return {row.key: FlagFact(read_only=row.read_only, enabled=row.enabled) for row in Flag.objects.all()}
