"""Tiers, statuses, flags, tags and custom attributes in the admin, through the operations that their pages use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Self

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from core.admin.history import RowHistory
from core.admin.lists import LongListAdmin
from core.admin.operations import OperationAdmin, refusal_of
from core.models import Actor
from customers.admin.entry_inputs import AttributeInputs, FlagInputs, StatusInputs, TagInputs, TierInputs
from customers.models import CustomAttribute, Flag, Tag, Tier, WorkflowStatus
from customers.models.catalogue import CatalogueEntry
from customers.operations.catalogue_attributes import change_attribute, create_attribute
from customers.operations.catalogue_flags import change_flag, create_flag, delete_flag
from customers.operations.catalogue_tags import change_tag, create_tag, delete_tag
from customers.operations.ladders import STATUSES, TIERS, Ladder, add_entry, change_entry, delete_entry
from customers.views.revision import revision


@dataclass(frozen=True, slots=True)
class Operations:
    """What writes the entries of one catalogue; `delete` is None where none is ever deleted."""

    create: Callable[..., Any]
    change: Callable[..., Any]
    delete: Callable[..., Any] | None = None

    @classmethod
    def of(cls, ladder: Ladder) -> Self:
        """Those of entries that stand in an order."""
        return cls(partial(add_entry, ladder), partial(change_entry, ladder), partial(delete_entry, ladder))


class EntryAdmin(RowHistory, OperationAdmin):
    """An entry of a catalogue: its rules, and one step of its revision, hold here as well."""

    operations: ClassVar[Operations]
    readonly_fields: ClassVar[tuple[str, ...]] = ("revision",)
    color_of_new = "#8a8f98"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The inputs for this request."""
        meta = type("Meta", (), {"model": self.model, "fields": ()})
        return type(self.form.__name__, (self.form,), {"Meta": meta, "refused": refusal_of(request)})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Every input; of an entry that exists, what stays as it is and what only operations write."""
        names = [name for name in self.form.base_fields if obj or name != "rev"]
        fixed = self.form.fixed if obj else ()  # type: ignore[attr-defined]
        shown = [
            *(name for name in names if name not in fixed),
            *(self.get_readonly_fields(request, obj) if obj else ()),
        ]
        return [(None, {"fields": shown})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The key of an entry that exists, and what operations write."""
        fixed = [name for name in self.form.fixed if name in self.form.base_fields]  # type: ignore[attr-defined]
        return (*(fixed if obj else ()), *self.readonly_fields)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What a new entry begins with."""
        return {"color": self.color_of_new}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write the entry by its operation; raises `Refused`."""
        actor = Actor.objects.of(request.user)  # type: ignore[arg-type]
        if not change:
            return self.written(request, form, self.operations.create(form.changes, actor=actor).entry, ())
        rev = revision(form.cleaned_data["rev"])
        outcome = self.operations.change(form.instance.pk, form.changes, rev=rev, actor=actor)
        return self.written(request, form, outcome.entry, getattr(outcome, "changed", ()))

    def delete_model(self, request: HttpRequest, obj: CatalogueEntry) -> None:
        """Delete the entry by its operation; raises `Refused`."""
        if self.operations.delete is None:
            raise PermissionDenied
        actor = Actor.objects.of(request.user)  # type: ignore[arg-type]
        outcome = self.operations.delete(obj.pk, rev=revision(request.POST.get("rev", "")), actor=actor)
        request.job = getattr(outcome, "job", None)  # type: ignore[attr-defined]

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        """The list, and where many customers lose the entry first: that a job is on it."""
        job = request.job  # type: ignore[attr-defined]
        if job is None:
            return super().response_delete(request, obj_display, obj_id)
        self.message_user(request, f"{job.title}: this goes on in the background, and then it is deleted.")
        return self.response_post_save_change(request, job)

    @admin.display(description="revision")
    def revision(self, entry: CatalogueEntry) -> int:
        """How often the entry has been changed, and once for its creation."""
        return entry.rev


class LadderAdmin(EntryAdmin):
    """Entries that stand in an order, which their page changes."""

    readonly_fields = ("position", "revision")
    search_fields = ("name", "display_name")

    def consequences(self, record: Any) -> list[str]:
        """Nothing: where customers have it, it stays."""
        return [f"It is deleted only if no customer has this {self.opts.verbose_name}."]


@admin.register(Tier)
class TierAdmin(LadderAdmin):
    """How important customers are."""

    form = TierInputs
    operations = Operations.of(TIERS)
    list_display = ("name", "display_name", "color", "position", "is_default", "default_priority")


@admin.register(WorkflowStatus)
class WorkflowStatusAdmin(LadderAdmin):
    """Where accounts are in their lives."""

    form = StatusInputs
    operations = Operations.of(STATUSES)
    list_display = ("name", "display_name", "color", "position", "category")


@admin.register(Flag)
class FlagAdmin(EntryAdmin):
    """Marks that change how customers are handled."""

    form = FlagInputs
    operations = Operations(create_flag, change_flag, delete_flag)
    list_display = ("label", "key", "read_only", "enabled")
    list_filter = ("read_only", "enabled")
    search_fields = ("key", "label")

    def consequences(self, record: Any) -> list[str]:
        """Nothing: where customers have it, it stays."""
        return ["It is deleted only if no customer has this flag."]


@admin.register(Tag)
class TagAdmin(EntryAdmin, LongListAdmin):
    """Words that customers are found by."""

    form = TagInputs
    operations = Operations(create_tag, change_tag, delete_tag)
    list_display = ("name", "key", "color", "external_id")
    search_fields = ("name", "key", "external_id")
    ordering = ("folded_name",)
    color_of_new = ""

    def consequences(self, record: Any) -> list[str]:
        """Every customer loses it."""
        return ["It is taken off every customer who has it, each with one step of the revision."]


@admin.register(CustomAttribute)
class CustomAttributeAdmin(EntryAdmin):
    """Fields of the company's own."""

    form = AttributeInputs
    operations = Operations(create_attribute, change_attribute)
    list_display = ("label", "key", "sensitive", "required_on_create", "archived", "position")
    list_filter = ("sensitive", "required_on_create", "archived")
    search_fields = ("key", "label")
    readonly_fields = ("position", "revision")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: an attribute is archived, and keeps its values."""
        return False
