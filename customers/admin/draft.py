"""What the admin's form of a customer asks for: read by the product's own form, and refused in its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from django import forms
from django.http import HttpRequest

from core.admin.operations import refusal_of
from core.models import Actor
from core.problems import Problem, Refused
from customers.choices import CustomerKind, SupportStatus
from customers.forms import Catalogue, CustomerForm, Typed, typed_of
from customers.forms.refusals import refuse_long_lists, show_refusals
from customers.models import Customer
from customers.operations import Created, Unchanged, Updated
from customers.operations.edit import (
    AlreadyThere,
    FlagChanges,
    create_from_form,
    new_customer_id,
    says_the_same,
    update_from_form,
)
from customers.rows import state_of
from customers.rules import problem

type Outcome = Created | AlreadyThere | Updated | Unchanged

SENT_BEFORE = "This form was saved before, with other values. Open a new form, and leave this customer as it is."


class NotSaved(Refused):
    """Nothing was written; `form` is the product's form with what was refused at its inputs."""

    def __init__(self, problems: Iterable[Problem], form: CustomerForm) -> None:
        super().__init__(problems)
        self.form = form
        show_refusals(form, [problem for problem in self.problems if problem.code != "C51"])


@dataclass(slots=True)
class Sheet:
    """What one request knows of the customer whose form it shows or saves."""

    catalogue: Catalogue
    stored: Typed
    """What changes are measured against."""
    shown: Typed
    """What the inputs hold when the form opens."""
    customer: Customer | None = None
    not_saved: NotSaved | None = None
    suggested_id: UUID = field(default_factory=new_customer_id)

    @classmethod
    def of(cls, request: HttpRequest, customer: Customer | None) -> Self:
        """The sheet of this request, read once."""
        if not hasattr(request, "customer_sheet"):
            request.customer_sheet = cls._read(customer)  # type: ignore[attr-defined]
        sheet: Self = request.customer_sheet  # type: ignore[attr-defined]
        refusal = refusal_of(request)
        sheet.not_saved = refusal if isinstance(refusal, NotSaved) else None
        return sheet

    @classmethod
    def _read(cls, customer: Customer | None) -> Self:
        catalogue = Catalogue.load()
        if customer is not None:
            typed = typed_of(customer, state_of(customer))
            return cls(catalogue, stored=typed, shown=typed, customer=customer)
        stored = {"support_status": SupportStatus.IDLE.value}
        first = next(iter(catalogue.statuses), None)
        shown = {"kind": CustomerKind.ORGANIZATION.value, "status_id": str(first.pk) if first else ""}
        return cls(catalogue, stored=stored, shown=stored | shown)

    @property
    def is_new(self) -> bool:
        """Whether there is no customer yet."""
        return self.customer is None

    def form(self, typed: Typed) -> CustomerForm:
        """The product's form over what was typed, with the flags that nobody can touch here as they are."""
        locked = [flag.key for flag in self.catalogue.flags if flag.read_only or not flag.enabled]
        kept = {name: "on" for key in locked if (name := f"flag-{key}") in self.stored}
        return CustomerForm(typed | kept, self.catalogue, is_new=self.is_new)

    def save(self, typed: Typed, *, key: UUID | None, rev: object, actor: Actor) -> Outcome:
        """Write what was typed through the one operation of forms; raises `NotSaved`."""
        mine, before = self.form(typed), self.form(self.stored)
        if refuse_long_lists(mine, before):
            raise NotSaved([], mine)
        changes, flags = mine.unlike(before), _flags(mine, before)
        try:
            if self.customer is not None:
                return update_from_form(self.customer.pk, changes, flags, rev=rev, actor=actor)
            created = create_from_form(key or self.suggested_id, changes, flags, actor=actor)
        except Refused as refused:
            raise NotSaved(refused.problems, mine) from refused
        if isinstance(created, AlreadyThere) and not says_the_same(created.customer, changes, actor=actor):
            raise NotSaved([problem("C52", ("id",), SENT_BEFORE)], mine)
        return created


def inputs_of(form: CustomerForm) -> Iterator[tuple[str, forms.Form, str]]:
    """Every input beside the rows: the name it is sent under, the form it is in and its name there."""
    for part in (form.single, form.sentiment, form.flags, form.custom):
        yield from ((part.add_prefix(name), part, name) for name in part.fields)


def refusals_of(form: CustomerForm) -> Iterator[tuple[str, list[Any]]]:
    """What was refused at the inputs beside the rows, by the name they are sent under."""
    for sent_as, part, name in inputs_of(form):
        if name in part.errors:
            yield sent_as, list(part.errors[name])


def _flags(form: CustomerForm, before: CustomerForm) -> FlagChanges:
    differing = list(form.flags_unlike(before))
    return FlagChanges(
        added=[key for key, ticked in differing if ticked], removed=[key for key, ticked in differing if not ticked]
    )
