"""Turning the names an input may use, tiers and tags, into rows, making those that are new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max

from customers.models import Tag, Tier

_NEW_TIER_COLOR = "#8a8f98"  # grey, until an administrator picks one


def with_tier_id(batch: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The inputs with `tier_id` in place of `tier_name`; an unknown name becomes a grey tier at the end (C25)."""
    names = {str(changes["tier_name"]) for changes in batch if changes.get("tier_name")}
    known = {tier.name.casefold(): str(tier.pk) for tier in Tier.objects.all()} if names else {}
    for name in sorted(names):
        if name.casefold() not in known:
            last = Tier.objects.aggregate(last=Max("position"))["last"] or 0
            tier = Tier.objects.create(name=name, color=_NEW_TIER_COLOR, position=last + 1)
            known[name.casefold()] = str(tier.pk)
    return [_resolved(changes, known) for changes in batch]


def _resolved(changes: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    asked = {key: value for key, value in changes.items() if key != "tier_name"}
    if "tier_name" in changes:
        name = changes["tier_name"]
        asked["tier_id"] = known[name.casefold()] if name else None
    return asked


def tag_ids(names: Iterable[str]) -> dict[str, UUID]:
    """The tags of these names, whatever their case, by case-folded name; new ones are made."""
    wanted = {name.casefold(): name for name in names}
    if not wanted:
        return {}
    known = _tags_named(wanted)
    missing = [Tag(name=name, folded_name=folded) for folded, name in wanted.items() if folded not in known]
    if missing:
        # Two people may use a new tag at the same moment: the one who comes second finds it.
        Tag.objects.bulk_create(missing, ignore_conflicts=True)
        known = _tags_named(wanted)
    return known


def _tags_named(folded_names: Iterable[str]) -> dict[str, UUID]:
    return dict(Tag.objects.filter(folded_name__in=list(folded_names)).values_list("folded_name", "pk"))
