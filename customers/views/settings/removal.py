"""Deleting a tier or a status, or merging it into another: what follows in numbers, and where its customers go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse

from core import formatting
from core.problems import Kind, Refused
from customers.operations.catalogue_entries import EntryDeleted
from customers.operations.ladders import TIERS, Entry, EntryLeaves, Ladder, delete_entry
from customers.operations.ladders.removing import MOST_AT_ONCE, leaving_entries
from customers.presenting.ladders import Notice
from customers.views.revision import revision
from customers.views.settings.ladders import LadderPage, meanwhile, text_of


@dataclass(frozen=True, slots=True)
class Usage:
    """How many customers have an entry: all of them, and those among them that lists do not show."""

    total: int
    spam: int
    deleted: int

    @classmethod
    def of(cls, ladder: Ladder, entry: Entry) -> Usage:
        """Count them."""
        is_spam = Q(deleted_at=None, marked_as_spam_at__isnull=False)
        numbers = ladder.of(entry.pk).aggregate(
            total=Count("pk"), spam=Count("pk", filter=is_spam), deleted=Count("pk", filter=Q(deleted_at__isnull=False))
        )
        return cls(**numbers)


class DeleteEntry(LadderPage):
    """What follows, the list of those who may take the customers over, and the button."""

    template_name = "customers/settings/delete_entry.html"
    partials: ClassVar[Mapping[str, str]] = {"dialog-slot": "dialog"}
    verb = "Delete"

    def get(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Ask; nothing is asked about an entry that is gone already."""
        entry = self._entry(entry_id)
        if entry is None:
            raise Http404
        return self.ask(entry)

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Delete it, here or in a job, or say what stands in the way with the choice kept."""
        chosen = request.POST.get("successor", "")
        try:
            outcome = self._remove(entry_id, chosen)
        except Refused as refused:
            return self._refused(refused, entry_id, chosen)
        if isinstance(outcome, EntryLeaves):
            return self.redirect("job", outcome.job.pk)
        return self._removed(outcome, chosen)

    def _remove(self, entry_id: UUID, chosen: str) -> EntryDeleted[Any] | EntryLeaves:
        rev = revision(self.request.POST.get("rev", ""))
        return delete_entry(self.ladder, entry_id, successor_id=chosen, rev=rev, actor=self.actor)

    def _removed(self, outcome: EntryDeleted[Any], chosen: str) -> HttpResponse:
        successor = self._entry(chosen) if chosen else None
        said = f"Deleted {outcome.entry}"
        if outcome.customers and successor:
            said = f"{said} and moved {customers(outcome.customers)} to {successor}"
        focus = f"add-{self.ladder.key}"
        if not self.is_htmx:
            messages.success(self.request, said)
            return self.redirect(f"{self.address}#{focus}")
        # The dialog closes, and the list behind it is drawn anew.
        return self.behind_the_dialog(said, focus=focus)

    def _refused(self, refused: Refused, entry_id: UUID, chosen: str) -> HttpResponse:
        entry = self._entry(entry_id)
        if entry is None:
            raise Http404
        if Kind.CONFLICT in {problem.kind for problem in refused.problems}:
            quicker = meanwhile(self.ladder, entry_id, entry, "Look at it, then decide again.")
            return self.ask(entry, chosen, notice=quicker, status=409)
        at_choice = [problem for problem in refused.problems if problem.path == ("successor",)]
        others = tuple(problem for problem in refused.problems if problem not in at_choice)
        notice = Notice(f"{entry} was not deleted", text_of(others)) if others else None
        return self.ask(entry, chosen, notice=notice, error=text_of(tuple(at_choice)), status=422)

    def ask(
        self, entry: Entry, chosen: str = "", *, notice: Notice | None = None, error: str = "", status: int = 200
    ) -> HttpResponse:
        """The question with everything that follows from it."""
        others = self._others(entry)
        usage = Usage.of(self.ladder, entry)
        self.title = f"{self.verb} the {self.ladder.key}"
        context = {
            "ladder": self.ladder,
            "entry": entry,
            "usage": usage,
            "number": customers(usage.total),
            "others": others,
            "chosen": chosen or str(_suggested(others)),
            "consequences": list(self.consequences(entry, others, usage)),
            # Every customer needs a status, so the last one stays.
            "is_possible": bool(others) or (self.ladder is TIERS and not self.needs_successor(usage)),
            "asks_successor": self.needs_successor(usage),
            "notice": notice,
            "error": error,
        }
        return self.render(context, status=status)

    def needs_successor(self, usage: Usage) -> bool:
        """Whether there are customers who must go somewhere."""
        return usage.total > 0

    def consequences(self, entry: Entry, others: list[Entry], usage: Usage) -> Iterator[tuple[bool, str]]:
        """What follows, in sentences; True marks those to think about."""
        if usage.spam or usage.deleted:
            hidden = [f"{formatting.number(usage.spam)} marked as spam"] if usage.spam else []
            hidden += [f"{formatting.number(usage.deleted)} deleted"] if usage.deleted else []
            yield False, f"{' and '.join(hidden)} among them move as well"
        if usage.total > MOST_AT_ONCE:
            yield False, "The move goes on in the background and shows how far it is"
        if getattr(entry, "is_default", False):
            yield True, self._next_default(usage)
        if self.ladder is not TIERS and others and entry.position <= min(other.position for other in others):
            yield True, f"New customers start as {others[0]} from then on"
        yield True, f"Links and filters that name this {self.ladder.key} find nobody from then on"
        if usage.total:
            yield False, "Each customer keeps the change in its history"

    def _others(self, entry: Entry) -> list[Entry]:
        """Who may take the customers over: not those that a job is emptying."""
        going = {entry.pk, *leaving_entries(self.ladder)}
        return [other for other in self.ladder.model.objects.all() if other.pk not in going]

    def _next_default(self, usage: Usage) -> str:
        if not self.needs_successor(usage):
            return "No tier is the default then"
        return f"The tier that takes {'them over' if usage.total else 'its place'} becomes the default"

    def _entry(self, entry_id: object) -> Entry | None:
        return self.ladder.model.objects.filter(pk=entry_id).first()


class MergeEntry(DeleteEntry):
    """The same, for whoever thinks of two that become one."""

    verb = "Merge"

    def needs_successor(self, usage: Usage) -> bool:
        """Always: the other one is what it is merged into."""
        return True


def customers(number: int) -> str:
    """ "1 customer", "1,204 customers"."""
    return f"{formatting.number(number)} customer{'' if number == 1 else 's'}"


def _suggested(others: list[Entry]) -> UUID | str:
    """The default tier, else the first in order."""
    default = next((other for other in others if getattr(other, "is_default", False)), None)
    found = default or next(iter(others), None)
    return found.pk if found else ""
