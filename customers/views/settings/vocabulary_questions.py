"""What is asked before something follows: deleting and merging, switching off, and the archive."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from core.problems import Kind, Problem, Refused
from customers import normalise
from customers.models import Tag
from customers.models.catalogue import CatalogueEntry
from customers.operations.catalogue_entries import EntryDeleted
from customers.operations.catalogue_flags import delete_flag
from customers.operations.catalogue_tags import MOST_AT_ONCE, TagLeaves, delete_tag, merge_tag
from customers.presenting.vocabularies import Notice, Usage, customers, meanwhile
from customers.rules import problem
from customers.views.settings.vocabulary_entries import VocabularyPage

type Consequence = tuple[bool, str]
"""Whether it is something to think about, and a sentence."""


class Question(VocabularyPage, ABC):
    """A question with what follows from a yes in numbers, and the button that says it."""

    template_name = "customers/settings/vocabulary_question.html"

    def get(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Ask."""
        return self.ask(self.entry(entry_id))

    def ask(self, entry: CatalogueEntry, *, status: int = 200, **said: Any) -> HttpResponse:
        """The question, with what kept an earlier answer from being done."""
        usage = Usage.of(entry)
        context = {"entry": entry, "back": f"#menu-{entry.pk}"}
        context |= {"consequences": list(self.consequences(entry, usage)), **self.words(entry, usage), **said}
        self.title = str(context["title"])
        return self.render(context, status=status)

    @abstractmethod
    def words(self, entry: CatalogueEntry, usage: Usage) -> dict[str, Any]:
        """Title, question, summary and button."""

    @abstractmethod
    def consequences(self, entry: CatalogueEntry, usage: Usage) -> Iterator[Consequence]:
        """What follows."""

    def refused(self, refused: Refused, entry_id: UUID, **said: Any) -> HttpResponse:
        """404, 409 or 422, with the question asked again."""
        entry = self.entry(entry_id)
        at_choice = [problem.message for problem in refused.problems if problem.path == ("into",)]
        others = tuple(problem.message for problem in refused.problems if problem.path != ("into",))
        if Kind.CONFLICT in {problem.kind for problem in refused.problems}:
            again = f"{entry} is at revision {entry.rev} now. Look at it, then decide again."
            return self.ask(entry, status=409, notice=meanwhile(entry, {}, {}, again=again), **said)
        notice = Notice(f"Nothing was done with {entry}", others) if others else None
        return self.ask(entry, status=422, notice=notice, error=" ".join(at_choice), **said)


class DeleteFlag(Question):
    """A flag goes only when nobody has it; one in use can be switched off here instead."""

    def words(self, entry: Any, usage: Usage) -> dict[str, Any]:
        """The two cases."""
        words = {"title": "Delete the flag", "question": f"Delete the flag “{entry}”?"}
        if usage.is_none:
            return words | {"summary": "No customer has it.", "button": "Delete flag", "is_danger": True}
        if not entry.enabled:
            return words | {"summary": f"{_who_has_it(usage)} It stays in the catalogue, switched off as it is."}
        return words | {
            "summary": f"{_who_has_it(usage)} It stays in the catalogue: switch it off instead.",
            "button": "Switch off flag",
            "action": f"{self.request.path.removesuffix('delete/')}switch/",
            "to": "off",
        }

    def consequences(self, entry: Any, usage: Usage) -> Iterator[Consequence]:
        """Of either."""
        if usage.is_none:
            yield True, "Integrations that set this flag are refused from then on"
            return
        if usage.hidden:
            yield False, f"{usage.hidden} among them"
        if entry.enabled:
            yield from _of_switching_off(usage)

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Delete it, or say what stands in the way."""
        try:
            outcome = delete_flag(entry_id, rev=self.rev, actor=self.actor)
        except Refused as refused:
            return self.refused(refused, entry_id)
        return self.leave(f"Deleted {outcome.entry}", focus="add-flag")


def _of_switching_off(usage: Usage) -> Iterator[Consequence]:
    yield True, "Nobody else gets it, and nobody loses it by hand"
    if not usage.is_none:
        yield False, f"{customers(usage.total)} keep{'s' if usage.total.number == 1 else ''} it, and can be found by it"


class SwitchFlag(Question):
    """On and off."""

    def words(self, entry: Any, usage: Usage) -> dict[str, Any]:
        """For the direction in which it can go."""
        verb = "Switch off" if entry.enabled else "Switch on"
        words = {"title": f"{verb} the flag", "question": f"{verb} the flag “{entry}”?", "summary": _who_has_it(usage)}
        return words | {"button": f"{verb} flag", "to": "off" if entry.enabled else "on"}

    def consequences(self, entry: Any, usage: Usage) -> Iterator[Consequence]:
        """Of either."""
        if entry.enabled:
            yield from _of_switching_off(usage)
        else:
            yield False, "It can be set and taken away again"

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Switch it."""
        is_on = request.POST.get("to") == "on"
        try:
            outcome = self.vocabulary.change(entry_id, {"enabled": is_on}, rev=self.rev, actor=self.actor)
        except Refused as refused:
            return self.refused(refused, entry_id)
        return self.leave(f"{outcome.entry} switched {'on' if is_on else 'off'}", focus=f"menu-{entry_id}")


class ArchiveAttribute(Question):
    """Into the archive and back; the values of customers stay where they are."""

    def words(self, entry: Any, usage: Usage) -> dict[str, Any]:
        """For the direction in which it can go."""
        verb = "Bring back" if entry.archived else "Archive"
        words = {"title": f"{verb} the attribute", "question": f"{verb} the attribute “{entry}”?"}
        words["summary"] = _who_has_it(usage, "a value")
        return words | {"button": f"{verb} attribute", "to": "use" if entry.archived else "archive"}

    def consequences(self, entry: Any, usage: Usage) -> Iterator[Consequence]:
        """Of either."""
        if entry.archived:
            yield False, "Forms, filters and files have it again, with every value that was stored"
            if entry.required_on_create:
                yield True, "Every new customer needs a value again"
            return
        yield True, "Forms, filters, imports and exports leave it out"
        yield False, "Every value stays stored, and comes back with the attribute"

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Put it there, or bring it back."""
        is_archived = request.POST.get("to") == "archive"
        try:
            outcome = self.vocabulary.change(entry_id, {"archived": is_archived}, rev=self.rev, actor=self.actor)
        except Refused as refused:
            return self.refused(refused, entry_id)
        said = f"Archived {outcome.entry}" if is_archived else f"Brought back {outcome.entry}"
        return self.leave(said, focus=f"menu-{entry_id}")


class DeleteTag(Question):
    """A tag goes, and every customer who has it loses it."""

    verb = "Delete"

    def words(self, entry: Any, usage: Usage) -> dict[str, Any]:
        """With the number of customers on the button."""
        button = f"Delete tag from {customers(usage.total)}" if not usage.is_none else "Delete tag"
        return {
            "title": f"{self.verb} the tag",
            "question": f"Delete the tag “{entry}”?",
            "summary": _who_has_it(usage),
            "button": button,
            "is_danger": True,
        }

    def consequences(self, entry: Any, usage: Usage) -> Iterator[Consequence]:
        """The same for both ways to lose a tag."""
        if usage.hidden:
            yield False, f"{usage.hidden} among them"
        if usage.total.number > MOST_AT_ONCE:
            yield False, "The work goes on in the background and shows how far it is"
        yield True, "Links and filters that name this tag find nobody from then on"
        if entry.key or entry.external_id:
            yield True, "It is a customer group: other systems know it by its key or external ID"
        if not usage.is_none:
            yield False, "Each customer keeps the change in its history"

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Do it, here or in a job, or say what stands in the way."""
        typed = request.POST.get("tag", "").replace("\x00", "\ufffd")
        try:
            outcome, said = self.perform(entry_id, typed)
        except Refused as refused:
            return self.refused(refused, entry_id, typed=typed)
        if isinstance(outcome, TagLeaves):
            return self.redirect("job", outcome.job.pk)
        return self.leave(said, focus="add-tag")

    def perform(self, entry_id: UUID, typed: str) -> tuple[EntryDeleted[Tag] | TagLeaves, str]:
        """Delete it; and what to say then."""
        outcome = delete_tag(entry_id, rev=self.rev, actor=self.actor)
        number = outcome.customers if isinstance(outcome, EntryDeleted) else 0
        off = f" and took it off {customers(number)}" if number else ""
        return outcome, f"Deleted {outcome.entry}{off}"


class MergeTag(DeleteTag):
    """The same, with another tag in its place."""

    verb = "Merge"

    def words(self, entry: Any, usage: Usage) -> dict[str, Any]:
        """With the field for the other tag."""
        return super().words(entry, usage) | {
            "question": f"Merge the tag “{entry}” into another?",
            "button": "Merge tags",
            "is_danger": False,
            "asks_for_tag": True,
        }

    def consequences(self, entry: Any, usage: Usage) -> Iterator[Consequence]:
        """And what becomes of those who have both."""
        if not usage.is_none:
            yield False, "A customer who has both keeps the other one once, where it stands"
        yield from super().consequences(entry, usage)

    def perform(self, entry_id: UUID, typed: str) -> tuple[EntryDeleted[Tag] | TagLeaves, str]:
        """Merge it into the tag of that name."""
        target = Tag.objects.filter(folded_name=normalise.name(typed).casefold()).first()
        if target is None:
            raise Refused([_no_such_tag(typed)])
        outcome = merge_tag(entry_id, into=target.pk, rev=self.rev, actor=self.actor)
        number = outcome.customers if isinstance(outcome, EntryDeleted) else 0
        return outcome, f"Merged {outcome.entry} into {target} for {customers(number)}"


def _who_has_it(usage: Usage, it: str = "it") -> str:
    if usage.is_none:
        return f"No customer has {it}."
    return f"{customers(usage.total)} {usage.has} {it}."


def _no_such_tag(typed: str) -> Problem:
    """C24: the tag that another is merged into exists."""
    message = "Write the name of the tag that takes its place, for example renewal."
    if typed.strip():
        message = f"There is no tag “{typed.strip()[:60]}”. Check its spelling, or choose one of the suggestions."
    return problem("C24", ("into",), message)
