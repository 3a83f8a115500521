"""Adding and changing flags, tags and custom attributes: a dialog over their list, or a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse

from core.models import Actor
from core.pages import Page
from core.problems import Kind, Refused
from customers.access import CustomerAccess
from customers.forms.vocabularies import FORMS, VocabularyForm
from customers.models.catalogue import CatalogueEntry
from customers.operations.catalogue_entries import EntryUnchanged
from customers.presenting.vocabularies import Notice, meanwhile
from customers.views.revision import revision
from customers.views.settings.vocabularies import ATTRIBUTES, FLAGS, Vocabulary, list_of


class VocabularyPage(CustomerAccess, Page):
    """What is done with one entry, or to get a new one."""

    permission_required = "customers.view_customer"
    template_name = "customers/settings/vocabulary_form.html"
    partials: ClassVar[Mapping[str, str]] = {"dialog-slot": "dialog"}
    vocabulary: Vocabulary = FLAGS

    @property
    def actor(self) -> Actor:
        """Who writes."""
        return Actor.objects.of(self.request.user)

    @property
    def list_title(self) -> str:
        """What the page behind this one is called."""
        return list_of(self.vocabulary).title

    @property
    def address(self) -> str:
        """Where the list is."""
        return reverse(list_of(self.vocabulary).route)

    @property
    def rev(self) -> int | str:
        """The revision that the person has looked at."""
        return revision(self.request.POST.get("rev", ""))

    def entry(self, entry_id: UUID) -> CatalogueEntry:
        """The entry as it is stored; 404 for one that is gone."""
        found: CatalogueEntry | None = self.vocabulary.model.objects.filter(pk=entry_id).first()
        if found is None:
            raise Http404
        return found

    def leave(self, said: str, *, focus: str) -> HttpResponse:
        """Back to the list after a write, with what was done and the focus where the person was."""
        if self.is_htmx:
            behind = list_of(self.vocabulary)()
            return behind.behind_the_dialog(self.request, self.vocabulary.list_id, said, focus=focus)
        messages.success(self.request, said)
        return self.redirect(f"{self.address}#{focus}")

    def form_of(self, data: Mapping[str, Any], entry: CatalogueEntry | None, **options: Any) -> VocabularyForm:
        """The form over what was typed or is stored."""
        form = FORMS[self.vocabulary.model](data, is_new=entry is None, **options)
        if self.vocabulary is ATTRIBUTES and entry is not None and not entry.type.takes_options:  # type: ignore[attr-defined]
            del form.fields["options"]
        return form


class AddToVocabulary(VocabularyPage):
    """A new entry."""

    def get(self, request: Any) -> HttpResponse:
        """The empty form; a flag starts switched on."""
        return self._form(self.form_of({"enabled": True}, None))

    def post(self, request: Any) -> HttpResponse:
        """Add it, or show the form again with what was typed and why it was not added."""
        form = self.form_of(request.POST, None)
        try:
            entry = self.vocabulary.create(form.changes(), actor=self.actor).entry
        except Refused as refused:
            form.show(refused.problems)
            return self._form(form, status=422)
        return self.leave(f"Added {entry}", focus=f"menu-{entry.pk}")

    def _form(self, form: VocabularyForm, *, status: int = 200) -> HttpResponse:
        self.title = f"New {self.vocabulary.key}"
        context = {"form": form, "heading": self.title, "button": f"Add {self.vocabulary.key}"}
        return self.render(context | {"back": f"#add-{self.vocabulary.key}"}, status=status)


class ChangeInVocabulary(VocabularyPage):
    """Everything about an entry but its key."""

    def get(self, request: Any, entry_id: UUID) -> HttpResponse:
        """The form as the entry is stored."""
        entry = self.entry(entry_id)
        return self._form(entry, self.form_of(self._stored(entry), entry))

    def post(self, request: Any, entry_id: UUID) -> HttpResponse:
        """Save it, or show the form again with what was typed and why it was not saved."""
        entry = self.entry(entry_id)
        form = self.form_of(request.POST, entry)
        drops = {"drops_used_options": True} if request.POST.get("drops_used_options") else {}
        options = drops if self.vocabulary is ATTRIBUTES else {}
        try:
            outcome = self.vocabulary.change(entry_id, form.changes(), rev=self.rev, actor=self.actor, **options)
        except Refused as refused:
            return self._refused(refused, entry, form)
        said = "Nothing changed" if isinstance(outcome, EntryUnchanged) else f"Saved {outcome.entry}"
        return self.leave(said, focus=f"menu-{entry_id}")

    def _refused(self, refused: Refused, entry: CatalogueEntry, form: VocabularyForm) -> HttpResponse:
        kinds = {problem.kind for problem in refused.problems}
        if Kind.NOT_FOUND in kinds:
            raise Http404
        if Kind.CONFLICT in kinds:
            stored = self.form_of(self._stored(entry), entry)
            notice = meanwhile(entry, stored.shown(), form.shown(), again="Save again to keep what you typed.")
            return self._form(entry, form, notice, status=409)
        if self.vocabulary is ATTRIBUTES and "C62" in {problem.code for problem in refused.problems}:
            form = self.form_of(self.request.POST, entry, confirms=True)
            form.full_clean()
        form.show(refused.problems)
        return self._form(entry, form, status=422)

    def _stored(self, entry: CatalogueEntry) -> dict[str, Any]:
        return FORMS[self.vocabulary.model].stored(entry)

    def _form(
        self, entry: CatalogueEntry, form: VocabularyForm, notice: Notice | None = None, *, status: int = 200
    ) -> HttpResponse:
        self.title = f"Edit the {self.vocabulary.key}"
        context = {
            "form": form,
            "entry": entry,
            "notice": notice,
            "heading": f"{self.title} “{entry}”",
            "button": f"Save {self.vocabulary.key}",
            "back": f"#menu-{entry.pk}",
        }
        return self.render(context, status=status)
