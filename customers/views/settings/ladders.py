"""Tiers and workflow statuses: two lists that administrators put in order, name and colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import reswap, retarget

from core import formatting
from core.history import last_change
from core.models import Actor
from core.pages import Allowed, Page
from core.permissions import who_may
from core.problems import Kind, Problem, Refused
from core.tones import nearest_tone
from customers.access import CustomerAccess
from customers.operations.catalogue_entries import EntryUnchanged, EntryUpdated
from customers.operations.ladders import STATUSES, TIERS, Entry, Ladder, add_entry, change_entry, move_entry
from customers.presenting.ladders import Notice, Open, Panel, free_colour, many, panel
from customers.views.revision import revision

PAGE = "customers:settings-tiers"
TIERS_CHANGE = "customers.change_tier"
LADDERS = (TIERS, STATUSES)


class LadderPage(CustomerAccess, Page):
    """What the page of both lists and everything that is done on it have in common."""

    permission_required = "customers.view_customer"
    template_name = "customers/settings/ladders.html"
    title = "Tiers and statuses"
    partials: ClassVar[Mapping[str, str]] = {many(ladder): "panel" for ladder in LADDERS}

    can_keep_tiers = Allowed(TIERS_CHANGE)
    can_keep_statuses = Allowed("customers.change_workflowstatus")
    can_delete_tiers = Allowed("customers.delete_tier")
    can_delete_statuses = Allowed("customers.delete_workflowstatus")

    ladder: Ladder = TIERS

    @property
    def actor(self) -> Actor:
        """Who writes."""
        return Actor.objects.of(self.request.user)

    @property
    def keepers(self) -> str:
        """Who changes what this person can only look at: "Administrators"."""
        return who_may(TIERS_CHANGE)

    @property
    def address(self) -> str:
        """Where both lists are."""
        return reverse(PAGE)

    def show(
        self,
        ladder: Ladder,
        state: Open,
        others: Mapping[Ladder, Open] | None = None,
        *,
        said: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The list of a ladder for htmx, else the page with both."""
        if self.partial:
            return self.render({"panel": self.panel(ladder, state), "said": said}, status=status)
        states = {ladder: state, **(others or {})}
        return self.render({"panels": [self.panel(each, states.get(each, Open())) for each in LADDERS]}, status=status)

    def panel(self, ladder: Ladder, state: Open) -> Panel:
        """The list of a ladder, as this person may use it."""
        is_tiers = ladder is TIERS
        return panel(
            ladder,
            state,
            may_keep=bool(self.can_keep_tiers if is_tiers else self.can_keep_statuses),
            can_delete=bool(self.can_delete_tiers if is_tiers else self.can_delete_statuses),
        )

    def done(self, ladder: Ladder, said: str, *, focus: str) -> HttpResponse:
        """After a write: the list as it is now, what was done, and the focus where the person was."""
        if self.partial:
            return self.show(ladder, Open(focus=focus), said=said)
        if said:
            messages.success(self.request, said)
        return self.redirect(f"{self.address}#{focus}")

    def behind_the_dialog(self, said: str, *, focus: str) -> HttpResponse:
        """What closes a dialog after its write: the list that it stood over, as it is now."""
        context = {"panel": self.panel(self.ladder, Open(focus=focus)), "said": said, "closes_dialog": True}
        template = f"{LadderPage.template_name}#panel"
        response = render(self.request, template, {"page": self, **context})
        return retarget(reswap(response, "outerHTML"), f"#{many(self.ladder)}")

    def refused(
        self, ladder: Ladder, refused: Refused, state: Open, *, entry_id: UUID | None, mine: str
    ) -> HttpResponse:
        """Why nothing was written: 409 when somebody was quicker, else 422 with what was typed."""
        kinds = {problem.kind for problem in refused.problems}
        if entry_id and kinds & {Kind.CONFLICT, Kind.NOT_FOUND}:
            entry = ladder.model.objects.filter(pk=entry_id).first()
            notice = meanwhile(ladder, entry_id, entry, mine)
            kept = state if entry else Open()
            return self.show(
                ladder,
                Open(kept.form, kept.entry_id, kept.typed, notice=notice, focus=f"notice-{ladder.key}"),
                status=409,
            )
        error = " ".join(problem.message for problem in refused.problems)
        if state.form:
            return self.show(ladder, Open(state.form, entry_id, state.typed, error, focus=state.focus), status=422)
        notice = Notice("Nothing was changed", error)
        return self.show(ladder, Open(notice=notice, focus=f"notice-{ladder.key}"), status=422)


class Ladders(LadderPage):
    """Both lists; whoever may not change them reads."""

    def get(self, request: Any) -> HttpResponse:
        """The lists, with the form that the address asks for open in one of them."""
        ladder = next((each for each in LADDERS if many(each) == request.htmx.target), TIERS)
        opened = {each: self._asked_for(each) for each in LADDERS}
        return self.show(ladder, opened[ladder], {each: state for each, state in opened.items() if each is not ladder})

    def _asked_for(self, ladder: Ladder) -> Open:
        """`?add=tiers` and `?rename=...` open a form, `?focus=...` goes back to a control."""
        asked, focus = self.request.GET, self.request.GET.get("focus", "")
        if asked.get("add") == many(ladder):
            return Open("add", focus=f"new-{ladder.key}")
        wanted = _uuid(asked.get("rename", ""))
        entry = ladder.model.objects.filter(pk=wanted).first() if wanted else None
        if entry:
            return Open("rename", entry.pk, str(entry), focus=f"name-{entry.pk}")
        return Open(focus=focus)


class LadderWrite(LadderPage):
    """One button of the lists: what it does is posted here, and shown there."""

    def get(self, request: Any, entry_id: UUID | None = None) -> HttpResponse:
        """The lists: whoever reloads what a button has shown comes back to them."""
        return self.redirect(self.address)


class AddEntry(LadderWrite):
    """A new entry by its name, in a colour that is free."""

    def post(self, request: Any) -> HttpResponse:
        """Add it at the end."""
        name = request.POST.get("name", "")
        try:
            added = add_entry(self.ladder, {"name": name, "color": free_colour(self.ladder)}, actor=self.actor)
        except Refused as refused:
            state = Open("add", typed=name, focus=f"new-{self.ladder.key}")
            return self.refused(self.ladder, refused, state, entry_id=None, mine="")
        return self.done(self.ladder, f"Added {added.entry}", focus=f"add-{self.ladder.key}")


class MoveEntry(LadderWrite):
    """One step up or down, or to a place that it was dragged to."""

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Move it, and say what it stands beside now."""
        by, to = _number(request.POST.get("by", "")), _number(request.POST.get("to", ""))
        try:
            outcome = move_entry(
                self.ladder, entry_id, by=by or 0, to=to, rev=revision(request.POST.get("rev", "")), actor=self.actor
            )
        except Refused as refused:
            mine = "Look at the order, then move it again."
            return self.refused(self.ladder, refused, Open(), entry_id=entry_id, mine=mine)
        return self._moved(outcome, is_up=(by or 0) < 0)

    def _moved(self, outcome: EntryUpdated[Any] | EntryUnchanged[Any], *, is_up: bool) -> HttpResponse:
        entries = list(self.ladder.model.objects.all())
        place = next(place for place, entry in enumerate(entries) if entry.pk == outcome.entry.pk)
        said = _said_of_move(entries, place) if isinstance(outcome, EntryUpdated) else ""
        # The button at the end of the way is switched off: the other one of the same entry goes on.
        goes_up = place > 0 and (is_up or place == len(entries) - 1)
        return self.done(self.ladder, said, focus=f"{'up' if goes_up else 'down'}-{outcome.entry.pk}")


class ChangeEntry(LadderWrite):
    """Another name, another colour, or the default tier; each with a button of its own in the list."""

    def write(self, entry_id: UUID, changes: dict[str, object]) -> EntryUpdated[Any] | EntryUnchanged[Any]:
        """Store the changes, if the person has looked at the entry as it is."""
        rev = revision(self.request.POST.get("rev", ""))
        return change_entry(self.ladder, entry_id, changes, rev=rev, actor=self.actor)


class RenameEntry(ChangeEntry):
    """Another name: the display name, where the entry is shown by that."""

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Store the name."""
        field = "display_name" if "display_name" in request.POST else "name"
        typed = request.POST.get(field, "")
        before = self.ladder.model.objects.filter(pk=entry_id).first()
        try:
            outcome = self.write(entry_id, {field: typed})
        except Refused as refused:
            state = Open("rename", entry_id, typed, focus=f"name-{entry_id}")
            return self.refused(self.ladder, refused, state, entry_id=entry_id, mine=f"You typed “{typed}”.")
        said = f"Renamed {before} to {outcome.entry}" if isinstance(outcome, EntryUpdated) else ""
        return self.done(self.ladder, said, focus=f"menu-{entry_id}")


class RecolourEntry(ChangeEntry):
    """Another colour, from the ten swatches or any other `#rrggbb`."""

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Store the colour."""
        color = request.POST.get("color", "")
        try:
            outcome = self.write(entry_id, {"color": color})
        except Refused as refused:
            mine = f"You chose {nearest_tone(color)}."
            return self.refused(self.ladder, refused, Open(), entry_id=entry_id, mine=mine)
        tone = nearest_tone(outcome.entry.color)
        said = f"Colour of {outcome.entry} set to {tone}" if isinstance(outcome, EntryUpdated) else ""
        return self.done(self.ladder, said, focus=f"colour-{entry_id}")


class MakeDefault(ChangeEntry):
    """Another default tier."""

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Take it from the tier that has been the default."""
        try:
            outcome = self.write(entry_id, {"is_default": True})
        except Refused as refused:
            mine = "Look at it, then make it the default again."
            return self.refused(self.ladder, refused, Open(), entry_id=entry_id, mine=mine)
        said = f"{outcome.entry} is the default now" if isinstance(outcome, EntryUpdated) else ""
        return self.done(self.ladder, said, focus=f"menu-{entry_id}")


def meanwhile(ladder: Ladder, entry_id: UUID, entry: Entry | None, mine: str) -> Notice:
    """Who was quicker, what the entry is now, and what this person wanted."""
    last = last_change(ladder.model, entry_id)
    who = last.label if last else "Somebody"
    when = formatting.ago_within(last.at) if last else "meanwhile"
    if entry is None:
        return Notice("Nothing was changed", f"{who} deleted this {ladder.key} {when}.")
    now = f"It is called “{entry}” and is {nearest_tone(entry.color)} now."
    return Notice(f"Nothing was changed: {who} has changed {entry} {when}", f"{now} {mine}")


def text_of(problems: tuple[Problem, ...]) -> str:
    """Several problems in one paragraph."""
    return " ".join(problem.message for problem in problems)


def _said_of_move(entries: list[Entry], place: int) -> str:
    """ "Moved At risk above Paused"; what comes last stands below the one before it."""
    if place + 1 < len(entries):
        return f"Moved {entries[place]} above {entries[place + 1]}"
    return f"Moved {entries[place]} below {entries[place - 1]}"


def _number(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
