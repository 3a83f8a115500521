"""The pages on which a customer is made and changed."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from core.errors import Gone
from core.models import Actor
from core.pages import Page
from core.problems import Kind, Problem, Refused
from customers import normalise
from customers.access import CustomerAccess
from customers.choices import CustomerKind, SupportStatus
from customers.forms import Catalogue, CustomerForm, Typed, typed_from, typed_of
from customers.forms.conflict import reconcile, with_choices
from customers.forms.lookups import LOOKUPS
from customers.forms.refusals import refuse_archived, refuse_long_lists, show_refusals
from customers.forms.rows import ROW_KINDS
from customers.forms.typed import blank_row, overlaid, sealed, unsealed
from customers.models import Customer
from customers.operations import Unchanged
from customers.operations.edit import (
    AlreadyThere,
    FlagChanges,
    create_from_form,
    new_customer_id,
    says_the_same,
    update_from_form,
)
from customers.querysets import CustomerQuerySet
from customers.rows import state_of
from customers.views.one_customer import CustomerPage
from customers.views.revision import revision


class CustomerFormPage(CustomerAccess, Page):
    """What making and changing a customer have in common."""

    template_name = "customers/edit.html"
    partials = {"customer-form": "form"}

    def form(self, typed: Typed) -> CustomerForm:
        """A form over what was typed."""
        return CustomerForm(typed, self.catalogue, is_new=isinstance(self, CustomerNew))

    @property
    def actor(self) -> Actor:
        """Who saves."""
        return Actor.objects.of(self.request.user)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What there is to choose from."""
        return Catalogue.load()

    def detour(self, typed: Typed, post: QueryDict) -> CustomerForm | None:
        """The form after a button that does not save: one more row, a search, a pick. None for Save."""
        kind = ROW_KINDS.get(post.get("add", ""))
        if kind:
            return self.form(blank_row(typed, kind))
        name, _, record_id = str(post.get("pick", "")).partition(":")
        if name in LOOKUPS:
            return self.form(typed | LOOKUPS[name].typed(name, LOOKUPS[name].picked(record_id)))
        searched = str(post.get("search", ""))
        if searched in LOOKUPS:
            form = self.form(typed)
            form.look_up(searched)
            return form
        return None

    def refuse(self, form: CustomerForm, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong, and offer what a lookup may have meant."""
        show_refusals(form, problems)
        for name in LOOKUPS:
            if form.single.errors.get(name):
                form.look_up(name)

    def saved(self, customer: Customer, message: str) -> HttpResponse:
        """Go to the customer and say what happened there."""
        messages.success(self.request, message)
        return self.redirect("customers:detail", customer.pk)


class CustomerNew(CustomerFormPage):
    """Make a customer. Its id is chosen when the form opens: the same form sent twice makes one customer."""

    permission_required = "customers.add_customer"
    title = "New customer"

    def get(self, request: Any) -> HttpResponse:
        """A form with nothing but what a new customer starts with: the first status, and the default tier if any."""
        status = next(iter(self.catalogue.statuses), None)
        tier = next((tier for tier in self.catalogue.tiers if tier.is_default), None)
        typed = {"kind": CustomerKind.ORGANIZATION.value, "support_status": SupportStatus.IDLE.value}
        typed |= {name: str(entry.pk) for name, entry in (("status_id", status), ("tier_id", tier)) if entry}
        return self.answer(self.form(typed), new_customer_id())

    def post(self, request: Any) -> HttpResponse:
        """Make it, or say what is wrong."""
        customer_id = _uuid(request.POST.get("key", "")) or new_customer_id()
        typed = typed_from(request.POST)
        form = self.detour(typed, request.POST)
        if form:
            return self.answer(form, customer_id)
        form = self.form(typed)
        if refuse_long_lists(form) or refuse_archived(form):
            return self.answer(form, customer_id, status=422)
        nothing = self.form({"support_status": SupportStatus.IDLE.value})
        changes, flags = form.unlike(nothing), _flags(form, nothing)
        try:
            outcome = create_from_form(customer_id, changes, flags, actor=self.actor)
        except Refused as refused:
            self.refuse(form, refused.problems)
            return self.answer(form, customer_id, status=422)
        if isinstance(outcome, AlreadyThere) and not says_the_same(outcome.customer, changes, actor=self.actor):
            return self.answer(form, new_customer_id(), status=409, already=outcome.customer)
        return self.saved(outcome.customer, "Customer created")

    def answer(self, form: CustomerForm, key: UUID, *, status: int = 200, **context: Any) -> HttpResponse:
        """The form."""
        return self.render({"form": form, "key": key, "cancel": reverse("customers:list"), **context}, status=status)


class CustomerEdit(CustomerFormPage, CustomerPage):
    """Change a customer. The form carries what it was opened with, so that two people's changes can be told apart."""

    permission_required = "customers.change_customer"
    route = "customers:edit"

    def customers(self) -> CustomerQuerySet:
        """Every customer with the records that its form names."""
        return _named()

    def show(self) -> HttpResponse:
        """The form with everything that is stored."""
        if self.customer.anonymised_at:
            raise Gone
        typed = typed_of(self.customer, state_of(self.customer))
        return self.answer(self.form(typed), self.customer, opened=typed)

    def post(self, request: Any, customer_id: UUID) -> HttpResponse:
        """Save what differs from what the form was opened with, or say what is wrong."""
        customer = _find(customer_id)
        rev = revision(request.POST.get("rev", ""))
        carried = unsealed(request.POST.get("opened", ""), customer_id=customer_id, rev=rev)
        opened = typed_of(customer, state_of(customer)) if carried is None else carried
        typed = with_choices(opened, typed_from(request.POST), request.POST)
        # Browsers do not send what is locked.
        typed = overlaid(typed, opened, self.catalogue.locked_flags)
        form = self.detour(typed, request.POST)
        if form:
            return self.answer(form, customer, opened=opened, rev=rev)
        form, before = self.form(typed), self.form(opened)
        if refuse_long_lists(form, before) or refuse_archived(form, before):
            return self.answer(form, customer, opened=opened, rev=rev, status=422)
        try:
            outcome = update_from_form(
                customer_id, form.unlike(before), _flags(form, before), rev=rev, actor=self.actor
            )
        except Refused as refused:
            return self.refused(refused.problems, form, customer, opened=carried, rev=rev)
        return self.saved(customer, "Nothing changed" if isinstance(outcome, Unchanged) else "Changes saved")

    def refused(
        self,
        problems: tuple[Problem, ...],
        form: CustomerForm,
        customer: Customer,
        *,
        opened: Typed | None,
        rev: object,
    ) -> HttpResponse:
        """404, 410, 409 or 422."""
        if any(problem.kind is Kind.NOT_FOUND and problem.path == ("id",) for problem in problems):
            raise Http404
        if any(problem.kind is Kind.GONE for problem in problems):
            return self.gone(form, problems[0], opened)
        others = tuple(problem for problem in problems if problem.code != "C51")
        if len(others) < len(problems):
            return self.conflict(others, form, _find(customer.pk), opened=opened)
        self.refuse(form, problems)
        return self.answer(form, customer, opened=opened or form.typed, rev=rev, status=422)

    def conflict(
        self, problems: tuple[Problem, ...], mine: CustomerForm, customer: Customer, *, opened: Typed | None
    ) -> HttpResponse:
        """409: both versions side by side, and mine kept in the form, which from now on stands on theirs."""
        theirs = typed_of(customer, state_of(customer))
        both = reconcile(self.form(opened) if opened is not None else None, self.form(theirs), mine)
        if not both.left and not problems:
            return self.saved(customer, "Nothing changed")  # Back, and Save again.
        form = self.form(both.typed)
        self.refuse(form, problems)
        return self.answer(form, customer, opened=theirs, status=409, both=both, them=self._them(customer))

    def _them(self, customer: Customer) -> dict[str, str]:
        """Who saved meanwhile, in words; in another tab it was the person themselves."""
        if customer.updated_by_id == self.actor.pk:
            return {
                "sentence": "You saved this customer in another tab",
                "short": "Other tab",
                "keep": "Keep all of these",
            }
        name = customer.updated_by.label
        first = name.split()[0] if name.strip() else name
        return {"sentence": f"{name} saved this customer", "short": first, "keep": f"Keep all of {first}\u2019s"}

    def gone(self, form: CustomerForm, problem: Problem, opened: Typed | None) -> HttpResponse:
        """410: the customer was deleted meanwhile; what was typed can still be copied."""
        if self.is_htmx:
            text = "This customer was deleted while you were editing. What you typed is still here to copy."
            return render(self.request, "core/toast.html", {"text": text, "tone": "error"}, status=410)
        parts = form.parts_unlike(self.form(opened or {}))
        typed = [(form.label_of(part), form.shown(part)) for part in parts]
        context = {"page": self, "typed": typed, "survivor": problem.holder}
        return render(self.request, "customers/edit_gone.html", context, status=410)

    def answer(
        self,
        form: CustomerForm,
        customer: Customer,
        *,
        opened: Typed,
        rev: object = None,
        status: int = 200,
        **context: Any,
    ) -> HttpResponse:
        """The form, over the revision that it was opened with."""
        self.title = f"Edit {customer.name}"
        carried = {
            "rev": customer.rev if rev is None else rev,
            "opened": sealed(customer.pk, rev or customer.rev, opened),
        }
        cancel = reverse("customers:detail", args=[customer.pk])
        context |= {"form": form, "customer": customer, "cancel": cancel, **carried}
        return self.render(context, status=status)


def _named() -> CustomerQuerySet:
    return Customer.objects.select_related("owner", "assignee", "company", "updated_by", "deleted_by")


def _find(customer_id: UUID) -> Customer:
    """The customer, whatever state it is in."""
    customer = _named().filter(pk=customer_id).first()
    if customer is None:
        raise Http404
    return customer


def _flags(form: CustomerForm, before: CustomerForm) -> FlagChanges:
    differing = list(form.flags_unlike(before))
    return FlagChanges(
        added=[key for key, ticked in differing if ticked], removed=[key for key, ticked in differing if not ticked]
    )


def _uuid(text: str) -> UUID | None:
    return UUID(text) if normalise.is_record_id(text) else None
