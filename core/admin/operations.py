"""Models that operations write: the admin is one more form before them, and stores nothing by itself."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.history import last_change
from core.problems import Refused


class OperationAdmin(admin.ModelAdmin):
    """Saving and deleting are one operation each; what it refuses is shown, with everything that was typed.

    A model says in `save_related` and `delete_model` which operations these are. They raise `Refused`, which rolls the
    request's transaction back; the form is then drawn again and finds the refusal with `refusal_of`.
    """

    delete_confirmation_template = "admin/delete_by_operation.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form; where nothing was stored, the same form again and what is wrong."""
        if locked := self._locked(request, object_id):
            return locked
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refused = refused  # type: ignore[attr-defined]
        return self._locked(request, object_id) or super().changeform_view(request, object_id, form_url, extra_context)

    def why_locked(self, record: Any) -> str:
        """Why nobody can change the record any more, for whoever still has its form open."""
        return ""

    def _locked(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """The way to the record as it is, when its form is sent too late."""
        record = self.get_object(request, unquote(object_id)) if request.method == "POST" and object_id else None
        if record is None or not self.has_view_permission(request, record) or not (words := self.why_locked(record)):
            return None
        self.message_user(request, words, messages.ERROR)
        return redirect(change_url(self.model, record.pk))

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """The record as it is; the form has nothing to write by itself."""
        return form.instance

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing yet: `save_related` writes the row together with everything it owns."""

    def written(self, request: HttpRequest, form: Any, record: Any, changed: tuple[str, ...]) -> None:
        """Let the page go on with the stored record; `changed` are the fields that differ now, none of a new one."""
        request.changed = changed  # type: ignore[attr-defined]
        form.instance.pk = record.pk
        form.instance.refresh_from_db()

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """What the admin's own log keeps; the history of the rows says more."""
        if add:
            return [{"added": {}}]
        changed = request.changed  # type: ignore[attr-defined]
        return [{"changed": {"fields": list(changed)}}] if changed else []

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """A line in the admin's log, if anything changed."""
        return super().log_change(request, obj, message) if message else None

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """As everywhere in the admin, and the truth where nothing differed."""
        if request.changed:  # type: ignore[attr-defined]
            return super().response_change(request, obj)
        self.message_user(request, "Nothing changed.", messages.INFO)
        stays = "_continue" in request.POST
        return redirect(request.path) if stays else self.response_post_save_change(request, obj)

    def get_actions(self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST) -> dict[str, Any]:
        """None: each deletion is looked at, and refused, by itself."""
        return {}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What the confirmation lists: what follows from the deletion."""
        return [what for record in objs for what in self.consequences(record)], {}, set(), []

    def consequences(self, record: Any) -> list[str]:
        """What deleting the record does, in sentences."""
        return []

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The deletion, or what stands in its way."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refused:
            for problem in refused.problems:
                self.message_user(request, problem.message, messages.ERROR)
            return redirect(change_url(self.model, object_id))


def refusal_of(request: HttpRequest) -> Refused | None:
    """Why nothing was stored; None while the form is shown or read for the first time."""
    return getattr(request, "refused", None)


def is_stale(refused: Refused | None) -> bool:
    """Whether somebody else has changed the record since the form was opened (C51)."""
    return refused is not None and any(problem.code == "C51" for problem in refused.problems)


def stale_words(record: Any) -> SafeString:
    """What is said about that: who was faster, with a way to what is stored now."""
    last = last_change(type(record), record.pk)
    return format_html(
        '{} saved this {} meanwhile, so nothing was stored. <a href="{}" target="_blank" rel="noopener">'
        "Open the current version (in a new tab)</a> and make your changes there.",
        last.label if last else "Somebody",
        record._meta.verbose_name,
        change_url(type(record), record.pk),
    )


def change_url(model: Any, pk: object) -> str:
    """Where a record is changed in the admin."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
