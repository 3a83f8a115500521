"""Changing one property where it stands: in the head of the customer's page, or in a row of the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from core.errors import Gone
from core.models import Actor
from core.problems import Kind, Refused
from core.toasts import Undo, say
from customers import rows, tables
from customers.changes.fields import short
from customers.changes.telling import who_changed
from customers.forms.in_place import PROPERTIES, ROW_MENUS, Property, Section, sections
from customers.listing.reading import read_one
from customers.operations import Unchanged, Updated, undo_change, update_customer
from customers.querysets import CustomerQuerySet
from customers.views.detail import CustomerDetail
from customers.views.revision import revision

ROW = "row-menu"
"""What htmx swaps in the list: the menu, which brings the row along."""

_PARTS = {"customer-head": "changed", "flags": "flags_changed", "tags": "tags_changed"}
"""What it swaps on the customer's page, and the part of the template that answers: everything that shows the change."""

_MEANWHILE = "This customer has changed since you opened it. Look at it, then choose again."


class InPlace(CustomerDetail):
    """What the answers share: the head or the row as it is now, and a toast; without htmx, the way back."""

    permission_required = "customers.change_customer"
    http_method_names = ("get", "head", "post")

    def answer(
        self, customer_id: UUID, text: str, *, undo: Undo | None = None, swapped: str = "", tone: str = "", **more: Any
    ) -> HttpResponse:
        """Say what was done, and show the customer as it is now."""
        target = self.request.htmx.target if self.is_htmx else None
        back = self.way_back(customer_id)
        is_on_page = target in _PARTS or target == ROW
        if target == ROW or (not is_on_page and urlsplit(back).path == reverse("customers:list")):
            # Several offers to undo may stand beside the list.
            text = f"{short(self.customers().values_list('name', flat=True).get(pk=customer_id))}: {text}"
        if not is_on_page:
            say(self.request, text, undo, is_error=tone == "error")
            return self.redirect(back)
        said = {"said": text, "tone": tone, "undo": undo and replace(undo, target=target or ""), **more}
        return self.redrawn(customer_id, said, swapped=swapped)

    def redrawn(self, customer_id: UUID, said: dict[str, Any], *, swapped: str, status: int = 200) -> HttpResponse:
        """The head with what else shows the change, or the row."""
        if self.request.htmx.target == ROW:
            context: dict[str, Any] = {**said, "row": self.row(customer_id, swapped)}
            return render(self.request, "customers/in_place/row.html", context, status=status)
        self.customer = self.customers().get(pk=customer_id)
        target = self.request.htmx.target or ""
        swap = {"is_swapped": True, "is_beside": target != "customer-head", "swapped": swapped}
        context = {"page": self, **swap, **self.whole(), **said}
        return render(self.request, f"customers/detail.html#{_PARTS[target]}", context, status=status)

    def row(self, customer_id: UUID, swapped: str) -> str:
        """The row of the list as it is now, with the focus on the cell whose menu holds what was changed."""
        row = read_one(customer_id)
        cell = next((cell for cell, menu in ROW_MENUS.items() if swapped in [each.key for each in menu]), "status")
        return tables.body([row], self.request.user, is_editor=True, swapped=cell) if row else ""

    def way_back(self, customer_id: object) -> str:
        """Where the person came from, at the row in the list, if that is a page of ours; else the customer's own."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        asked = given.get("next") or self.request.headers.get("Referer", "")
        parts = urlsplit(asked)
        host = self.request.get_host()
        own = reverse("customers:detail", args=[customer_id])
        if not url_has_allowed_host_and_scheme(asked, {host}) or parts.path not in (reverse("customers:list"), own):
            return own
        row = "" if parts.path == own else f"c-{customer_id}"
        return urlunsplit(("", "", parts.path, parts.query, row))


class PropertyChange(InPlace):
    """One property: its menu, its page without JavaScript, and the change."""

    key: ClassVar[str] = ""

    @property
    def property(self) -> Property:
        """What is changed."""
        return PROPERTIES[self.key]

    def customers(self) -> CustomerQuerySet:
        """With what the menus and the answers show."""
        return super().customers().select_related("updated_by")

    def show(self) -> HttpResponse:
        """The menu of a row, the people that were searched, or the page with the same buttons."""
        if not self.can_change:
            return self.redirect("customers:detail", self.customer.pk)
        self.title = f"Change {self.property.label.lower()}"
        target = self.request.htmx.target if self.is_htmx else None
        if target == f"found-{self.key}":
            return self._draw("choices.html#found", {"section": self._sections((self.property,))[0]})
        if target == ROW:
            return self._menu(self._sections(ROW_MENUS.get(self.key, (self.property,))))
        return self._page(self._sections(ROW_MENUS.get(self.key, (self.property,))))

    def post(self, request: Any, customer_id: UUID) -> HttpResponse:
        """Change it, or say what keeps it from being changed: 409 when somebody was quicker, else 422."""
        if "value" not in request.POST:
            return self._nothing_chosen(customer_id)
        changes = self.property.changes(request.POST)
        rev = revision(request.POST.get("rev", ""))
        try:
            outcome = update_customer(customer_id, changes, actor=Actor.objects.of(request.user), rev=rev)
        except Refused as refused:
            return self._refused(refused, customer_id, rev, changes.get(self.property.field))
        return self._done(outcome)

    def _done(self, outcome: Updated | Unchanged) -> HttpResponse:
        customer = self.customers().get(pk=outcome.customer.pk)
        return self.answer(customer.pk, self.property.said(customer), undo=undo_of(outcome), swapped=self.key)

    def _refused(self, refused: Refused, customer_id: UUID, rev: int | str, wanted: object) -> HttpResponse:
        raise_absence(refused)
        self.customer = self.customers().get(pk=customer_id)
        is_stale = any(problem.code == "C51" for problem in refused.problems)
        if is_stale and rows.state_of(self.customer)[self.property.field] == wanted:
            # Pressed twice, or somebody else did the same: what the person wanted is so.
            return self.answer(customer_id, self.property.said(self.customer), swapped=self.key)
        message = self._overtaken(rev) if is_stale else " ".join(each.message for each in refused.problems)
        return self._again(message, 409 if is_stale else 422)

    def _nothing_chosen(self, customer_id: UUID) -> HttpResponse:
        """No button was pressed: an empty value would be a choice as well."""
        found = self.customers().live().filter(pk=customer_id).first()
        if found is None:
            raise Http404
        self.customer = found
        return self._again("Choose one of these: nothing was chosen yet.", 422)

    def _overtaken(self, rev: int | str) -> str:
        told = who_changed(self.customer.pk, self.property.field, since=rev) if isinstance(rev, int) else ""
        return f"{told} Choose again." if told else _MEANWHILE

    def _again(self, message: str, status: int) -> HttpResponse:
        """The same menu, open, with what is so now and why nothing was changed."""
        if not self.is_htmx:
            shown = self._sections(ROW_MENUS.get(self.key, (self.property,)), message)
            self.title = f"Change {self.property.label.lower()}"
            return self._page(shown, status)
        if self.request.htmx.target == ROW:
            shown = self._sections(ROW_MENUS.get(self.key, (self.property,)), message)
            return self._menu(shown, status, row=self.row(self.customer.pk, self.key))
        if self.request.htmx.target not in _PARTS:
            return self._page(self._sections((self.property,), message), status)
        shown = self._sections(tuple(PROPERTIES.values()), message)
        return self.redrawn(self.customer.pk, {"refused": self.key, "sections": shown}, swapped="", status=status)

    def _sections(self, properties: tuple[Property, ...], message: str = "") -> list[Section]:
        """The sections of a menu; the one they belong to with what was typed, who was found and the message."""
        typed, until = self.request.GET.get("q", ""), self.request.POST.get("until", "")
        found = tuple(self.property.found(typed)) if typed else ()

        def filled(section: Section) -> Section:
            return replace(section, typed=typed, found=found, until=until, message=message)

        return [
            filled(each) if each.property.key == self.key else each
            for each in sections(properties, self.customer, self.request.user)
        ]

    def _menu(self, shown: list[Section], status: int = 200, row: str = "") -> HttpResponse:
        return self._draw("menu.html", {"sections": shown, "row": row, "title": self.title}, status)

    def _page(self, shown: list[Section], status: int = 200) -> HttpResponse:
        return self._draw("page.html", {"sections": shown, "next": self.way_back(self.customer.pk)}, status)

    def _draw(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        whole = {"page": self, "customer": self.customer, **context}
        return render(self.request, f"customers/in_place/{template}", whole, status=status)


class ChangeUndo(InPlace):
    """Takes back a change that the person made within the last minutes."""

    def show(self) -> HttpResponse:
        """Nothing to read here."""
        return self.redirect("customers:detail", self.customer.pk)

    def post(self, request: Any, customer_id: UUID) -> HttpResponse:
        """Put everything back as it was, or say who changed it since."""
        change = request.POST.get("change", "")
        try:
            outcome = undo_change(customer_id, change, actor=Actor.objects.of(request.user))
        except Refused as refused:
            return self._refused(refused, customer_id)
        done = "Change undone" if isinstance(outcome, Updated) else "This change is undone already"
        changed = outcome.changed if isinstance(outcome, Updated) else ()
        swapped = next((each.key for each in PROPERTIES.values() if each.field in changed), "")
        return self.answer(customer_id, done, undone=change, swapped=swapped, focus="" if swapped else "add")

    def _refused(self, refused: Refused, customer_id: UUID) -> HttpResponse:
        raise_absence(refused)
        reasons = " ".join(dict.fromkeys(problem.message for problem in refused.problems))
        return self.answer(customer_id, f"Nothing was undone. {reasons}", tone="error")


def undo_of(outcome: Updated | Unchanged) -> Undo | None:
    """The way back from what has just been done; there is none from nothing."""
    if not isinstance(outcome, Updated) or not outcome.change:
        return None
    return Undo(reverse("customers:undo", args=[outcome.customer.pk]), str(outcome.change))


def raise_absence(refused: Refused) -> None:
    """404 or 410, where the customer itself is what is not there."""
    if any(problem.code == "C46" for problem in refused.problems):
        raise Http404
    if any(problem.kind == Kind.GONE for problem in refused.problems):
        raise Gone
