"""Putting a tag on a customer and taking one off, beside the others that it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from django.db import transaction

from core.history import acting
from core.models import Actor
from core.problems import Problem, Refused
from customers.models import CustomerTag
from customers.operations.locking import lock_customer
from customers.operations.outcomes import Unchanged, Updated
from customers.operations.races import with_second_chance
from customers.operations.reading_input import storable
from customers.operations.update import update_customer

type Rewriting = Callable[[list[str], object], list[object]]


def add_tag(customer_id: object, name: object, *, actor: Actor, rev: object = None) -> Updated | Unchanged:
    """Put a tag after the others, making it if it is new; one that is there already changes nothing (C43)."""
    return _rewrite(customer_id, name, lambda tags, tag: [*tags, tag], actor=actor, rev=rev)


def remove_tag(customer_id: object, name: object, *, actor: Actor, rev: object = None) -> Updated | Unchanged:
    """Take a tag off, in whatever case it is written; one that is not there changes nothing."""
    return _rewrite(customer_id, name, _without, actor=actor, rev=rev)


def _without(tags: list[str], tag: object) -> list[object]:
    return [each for each in tags if each.casefold() != str(tag).casefold()]


def _rewrite(
    customer_id: object, name: object, rewriting: Rewriting, *, actor: Actor, rev: object
) -> Updated | Unchanged:
    try:
        tag = _normalised(name)
        return with_second_chance(lambda: _lock_and_rewrite(customer_id, tag, rewriting, actor=actor, rev=rev))
    except Refused as refused:
        raise Refused(map(_about_the_tag, refused.problems)) from refused


def _normalised(name: object) -> object:
    (tag,) = cast("list[object]", storable({"tags": [name]})["tags"])
    return tag


def _lock_and_rewrite(
    customer_id: object, tag: object, rewriting: Rewriting, *, actor: Actor, rev: object
) -> Updated | Unchanged:
    with transaction.atomic(), acting(actor):
        customer = lock_customer(customer_id, rev=rev)
        links = CustomerTag.objects.filter(customer=customer).order_by("position", "id")
        tags = rewriting(list(links.values_list("tag__name", flat=True)), tag)
        return update_customer(customer.pk, {"tags": tags}, actor=actor)


def _about_the_tag(problem: Problem) -> Problem:
    """The same problem at the one tag that was given, wherever it would stand in the list."""
    return replace(problem, path=("tag",)) if problem.path[:1] == ("tags",) else problem
