"""Everything about a tier or a status that its line in the list has no room for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse

from core.problems import Kind, Refused
from customers.forms.entries import EntryForm
from customers.operations.ladders import Entry, change_entry
from customers.presenting.ladders import Notice
from customers.views.revision import revision
from customers.views.settings.ladders import LadderPage, meanwhile


class EntryDetails(LadderPage):
    """The form with names, description, external ID or category."""

    template_name = "customers/settings/entry.html"
    partials: ClassVar[Mapping[str, str]] = {"dialog-slot": "dialog"}

    def get(self, request: Any, entry_id: UUID) -> HttpResponse:
        """The form as the entry is stored."""
        entry = self._stored(entry_id)
        return self._form(entry, EntryForm.of(self.ladder, entry))

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Save it, or show the form again with what was typed and why it was not saved."""
        form = EntryForm(self.ladder, request.POST)
        rev = revision(request.POST.get("rev", ""))
        try:
            change_entry(self.ladder, entry_id, form.changes(), rev=rev, actor=self.actor)
        except Refused as refused:
            return self._refused(refused, entry_id, form)
        entry = self._stored(entry_id)
        said, focus = f"Saved {entry}", f"menu-{entry_id}"
        if self.is_htmx:
            return self.behind_the_dialog(said, focus=focus)
        messages.success(request, said)
        return self.redirect(f"{self.address}#{focus}")

    def _refused(self, refused: Refused, entry_id: UUID, form: EntryForm) -> HttpResponse:
        entry = self._stored(entry_id)
        if Kind.CONFLICT not in {problem.kind for problem in refused.problems}:
            form.show(refused.problems)
            return self._form(entry, form, status=422)
        stored = EntryForm.of(self.ladder, entry)
        both = ((field.label, field.value() or "", form[field.name].value() or "") for field in stored)
        differing = [
            f"{label}: “{theirs or 'nothing'}” is stored, you typed “{mine or 'nothing'}”."
            for label, theirs, mine in both
            if theirs != mine
        ]
        words = " ".join([*differing, "Save again to keep what you typed."])
        return self._form(entry, form, meanwhile(self.ladder, entry_id, entry, words), status=409)

    def _form(self, entry: Entry, form: EntryForm, notice: Notice | None = None, *, status: int = 200) -> HttpResponse:
        self.title = f"Edit the {self.ladder.key}"
        return self.render({"ladder": self.ladder, "entry": entry, "form": form, "notice": notice}, status=status)

    def _stored(self, entry_id: UUID) -> Entry:
        entry = self.ladder.model.objects.filter(pk=entry_id).first()
        if entry is None:
            raise Http404
        return entry
