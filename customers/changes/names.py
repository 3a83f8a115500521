"""The names behind the ids of a history, looked up once for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from customers.changes.entries import Operation

_KINDS = {
    "workflow_status_id": "status", "tier_id": "tier", "owner_id": "user", "assignee_id": "user",
    "company_id": "customer", "merged_into_id": "customer", "main_external_id": "identifier",
    "tag_id": "tag", "flag_id": "flag",
}  # fmt: skip
_MISSING = {
    "user": "somebody who left", "customer": "a customer that is gone", "identifier": "an ID that is gone",
    "status": "a status that is gone", "tier": "a tier that is gone", "tag": "a tag that is gone",
    "flag": "a flag that is gone",
}  # fmt: skip
_LABELS = {
    "status": ("customers_workflowstatus", "COALESCE(NULLIF(display_name, ''), name)"),
    "tier": ("customers_tier", "COALESCE(NULLIF(display_name, ''), name)"),
    "tag": ("customers_tag", "name"),
    "flag": ("customers_flag", "label"),
}
# A word that was taken out of the catalogue lives on in the catalogue's own history.
_CATALOGUE = """
SELECT '{kind}' AS kind, id::text AS id, {label} AS label, FALSE AS sensitive, FALSE AS is_past, 0 AS version
  FROM {table} WHERE id = ANY(%(ids)s)
UNION ALL SELECT '{kind}', pgh_obj_id::text, {label}, FALSE, TRUE, pgh_id FROM {table}event
  WHERE pgh_obj_id = ANY(%(ids)s)"""
_OTHERS = """
SELECT 'user', id::text, COALESCE(NULLIF(name, ''), email), FALSE, FALSE, 0 FROM core_user WHERE id = ANY(%(ids)s)
UNION ALL SELECT 'customer', id::text, name, FALSE, FALSE, 0 FROM customers_customer WHERE id = ANY(%(ids)s)
UNION ALL SELECT 'identifier', pgh_obj_id::text, value, FALSE, TRUE, pgh_id FROM customers_identifierevent
  WHERE customer_id = %(customer)s AND pgh_obj_id = ANY(%(mains)s)
UNION ALL SELECT 'attribute', key, label, sensitive, FALSE, 0 FROM customers_customattribute WHERE key = ANY(%(keys)s)
UNION ALL SELECT 'attribute', key, label, sensitive, TRUE, pgh_id FROM customers_customattributeevent
  WHERE key = ANY(%(keys)s)"""
_SQL = "SELECT DISTINCT ON (kind, id) kind, id, label, sensitive FROM ({union}) AS known ({columns}) ORDER BY {order}"


@dataclass(frozen=True, slots=True)
class Names:
    """What every id on a page is called, and which custom attributes not everybody may see."""

    labels: Mapping[tuple[str, str], str]
    sensitive: frozenset[str] = frozenset()

    def of(self, kind: str, record_id: object) -> str:
        """The name of a record, or words for one that is gone; a custom attribute falls back to its key."""
        return self.labels.get((kind, str(record_id))) or _MISSING.get(kind, str(record_id))


def look_up(customer_id: UUID, operations: Iterable[Operation]) -> Names:
    """Find the names of everything that these operations refer to, with one query."""
    labels: dict[tuple[str, str], str] = {}
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for operation in operations:
        # The history itself remembers the people who acted, which helps when they have left since.
        if operation.context.get("user"):
            labels["user", str(operation.context["user"])] = str(operation.context.get("label", ""))
        for event in operation.events:
            for row in filter(None, (event.before, event.after)):
                for column, kind in _KINDS.items():
                    ids[kind].update([row[column]] if row.get(column) else ())
                if event.model == "customer":
                    ids["attribute"].update(row["custom"])
    keys, mains = list(ids.pop("attribute", ())), list(map(UUID, ids.pop("identifier", ())))
    everything = [UUID(record_id) for of_kind in ids.values() for record_id in of_kind]
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"ids": everything, "mains": mains, "keys": keys, "customer": customer_id})
        found = cursor.fetchall()
    labels |= {(kind, record_id): label for kind, record_id, label, _ in found}
    return Names(labels, frozenset(key for kind, key, _, sensitive in found if kind == "attribute" and sensitive))


def _statement() -> str:
    parts = [_CATALOGUE.format(kind=kind, table=table, label=label) for kind, (table, label) in _LABELS.items()]
    return _SQL.format(
        union="\nUNION ALL ".join([*parts, _OTHERS]),
        columns="kind, id, label, sensitive, is_past, version",
        order="kind, id, is_past, version DESC",
    )
