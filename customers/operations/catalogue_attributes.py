"""The catalogue of custom attributes: administrators add, change, archive and bring them back; values always stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Max

from core.history import acting
from core.models import Actor
from core.problems import Holder
from customers import normalise
from customers.models import AttributeValue, CustomAttribute
from customers.operations.catalogue_entries import (
    EntryCreated,
    EntryUnchanged,
    EntryUpdated,
    lock_entry,
    refuse,
    refuse_unstorable,
    save_entry,
    stored_fields,
)
from customers.operations.races import with_second_chance
from customers.rules.attribute_entries import ATTRIBUTE_FIELDS, check_attribute_entry, check_option_removal


def create_attribute(changes: Mapping[str, object], *, actor: Actor) -> EntryCreated[CustomAttribute]:
    """Add an attribute at the end; raises `Refused` with every problem (C40, C63)."""
    refuse_unstorable(changes)
    return with_second_chance(lambda: _create(normalise.catalogue_entry(changes), actor=actor))


def _create(asked: dict[str, Any], *, actor: Actor) -> EntryCreated[CustomAttribute]:
    with transaction.atomic(), acting(actor):
        known = CustomAttribute.objects.all()
        taken = {attribute.key.casefold(): Holder(str(attribute.pk), attribute.label) for attribute in known}
        refuse(check_attribute_entry(asked, taken=taken))
        last = known.aggregate(last=Max("position"))["last"] or 0
        return EntryCreated(CustomAttribute.objects.create(**asked, position=last + 1))


def change_attribute(
    attribute_id: object,
    changes: Mapping[str, object],
    *,
    rev: object,
    actor: Actor,
    drops_used_options: bool = False,
) -> EntryUpdated[CustomAttribute] | EntryUnchanged[CustomAttribute]:
    """Change label, options or a switch; key and type stay (C52).

    An option that customers have goes only with `drops_used_options` (C62): they keep it until they get another value.
    `archived` hides the attribute from forms, filters and files and leaves every value where it is.
    """
    refuse_unstorable(changes)
    asked: dict[str, Any] = normalise.catalogue_entry(changes)
    with transaction.atomic(), acting(actor):
        attribute = lock_entry(CustomAttribute, attribute_id, rev=rev)
        refuse(check_attribute_entry(asked, stored=stored_fields(attribute, ATTRIBUTE_FIELDS)))
        if "options" in asked and not drops_used_options:
            refuse(check_option_removal(_used(attribute.key, _dropped(attribute, asked["options"]))))
        return save_entry(attribute, asked)


def _dropped(attribute: CustomAttribute, options: Collection[str]) -> list[str]:
    """The options that would go. Without any option left, every value will do, so nothing is lost."""
    return [option for option in attribute.options if option not in options] if options else []


def _used(key: str, options: Collection[str]) -> dict[str, int]:
    """How many customers have which of these values, deleted ones included, in the order of the options."""
    found = AttributeValue.objects.filter(key=key, text__in=options).values_list("text").annotate(number=Count("pk"))
    numbers = dict(found) if options else {}
    return {option: numbers[option] for option in options if option in numbers}
