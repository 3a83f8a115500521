"""The parts of a customer that change by themselves: each is undone, or in conflict, without the others."""

from __future__ import annotations

from collections.abc import Mapping

from customers.changes.fields import DEEDS, FIELDS, Field

type Part = tuple[str, ...]
"""Leads to the part as the path of a problem does: `("tier_id",)`, `("custom", "planStr")`, `("flags", <id>)`."""

REVISION: Part = ("rev",)
"""What every operation raises."""

_KEYS = {
    "workflow_status_id": "status_id", "sentiment_polarity": "sentiment", "main_external_id": "external_id",
}  # fmt: skip
_FOLLOWERS = {
    "workflow_status_id": ("workflow_status_changed_at",),
    "support_status": ("support_status_changed_at", "last_idle_at", "snoozed_until"),
    "assignee_id": ("assigned_at",),
    "marked_as_spam_at": ("marked_as_spam_by_id",),
    "deleted_at": ("deleted_by_id",),
    "anonymised_at": ("anonymised_by_id",),
}
_LED = {"snoozed_until"}


def _key(column: str) -> str:
    return _KEYS.get(column, column)


FIELD_OF: Mapping[str, Field] = {_key(field.columns[0]): field for field in FIELDS if field.columns[0] not in _LED}
"""How a part of the customer's own row is called and written, by its key."""

COLUMNS_OF: Mapping[str, tuple[str, ...]] = {
    **{key: (*field.columns, *_FOLLOWERS.get(field.columns[0], ())) for key, field in FIELD_OF.items()},
    **{column: (column, *_FOLLOWERS.get(column, ())) for column in DEEDS},
    "rev": ("rev",),
}
"""The columns of a part, with those that follow it: who it was and when."""
