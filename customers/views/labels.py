"""Putting flags and tags on a customer and taking them off, on its page."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from core.models import Actor
from core.problems import Refused
from customers.models import CustomerFlag, CustomerTag
from customers.operations import Unchanged, Updated, add_flag, add_tag, remove_flag, remove_tag
from customers.views.in_place import InPlace, raise_absence, undo_of


class LabelChange(InPlace):
    """Flags and tags: one more, or one less."""

    field: ClassVar[str] = ""
    word: ClassVar[str] = ""
    add: ClassVar[Callable[..., Updated | Unchanged]]
    remove: ClassVar[Callable[..., Updated | Unchanged]]

    def show(self) -> HttpResponse:
        """The customer's page, which has the buttons."""
        return self.redirect(f"{reverse('customers:detail', args=[self.customer.pk])}#{self.field}")

    def post(self, request: Any, customer_id: UUID) -> HttpResponse:
        """Add or remove it: `add` and `remove` name a flag by its key, a tag by its name."""
        is_added = "add" in request.POST
        key = request.POST.get("add" if is_added else "remove", "").strip()
        before = self.keys(customer_id)
        try:
            outcome = type(self).add if is_added else type(self).remove
            done = outcome(customer_id, key, actor=Actor.objects.of(request.user))
        except Refused as refused:
            raise_absence(refused)
            reasons = " ".join(each.message for each in refused.problems)
            return self.answer(customer_id, reasons, tone="error", focus="add")
        focus = self.after_adding(key) if is_added else neighbour(before, key)
        said = f"{self.word} {'added' if is_added else 'removed'}"
        return self.answer(customer_id, said, undo=undo_of(done), focus=focus)

    def after_adding(self, key: str) -> str:
        """Where the person goes on: at the button that adds another one."""
        return "add"

    @abstractmethod
    def keys(self, customer_id: UUID) -> list[str]:
        """What can be removed, in the order of the page."""


class FlagChange(LabelChange):
    """A flag changes how a customer is handled."""

    field, word = "flags", "Flag"
    add, remove = staticmethod(add_flag), staticmethod(remove_flag)

    def after_adding(self, key: str) -> str:
        """At the flag itself: there may be no other to add."""
        return key

    def keys(self, customer_id: UUID) -> list[str]:
        """The flags that people may remove."""
        own = CustomerFlag.objects.filter(customer=customer_id, flag__read_only=False, flag__enabled=True)
        return list(own.order_by("flag__label", "id").values_list("flag__key", flat=True))


class TagChange(LabelChange):
    """A tag is for finding a customer again."""

    field, word = "tags", "Tag"
    add, remove = staticmethod(add_tag), staticmethod(remove_tag)

    def keys(self, customer_id: UUID) -> list[str]:
        """The tags."""
        return list(CustomerTag.objects.filter(customer=customer_id).values_list("tag__name", flat=True))


def neighbour(keys: list[str], removed: str) -> str:
    """Where the person goes on after a removal: at the next one, else at the last, else at the button that adds."""
    if removed not in keys:
        return "add"
    index = keys.index(removed)
    rest = keys[index + 1 :] or keys[:index][-1:]
    return rest[0] if rest else "add"
