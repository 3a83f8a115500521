"""The lists of a customer in the admin: a row for each email, phone, id, profile, link and place."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import HttpRequest

from customers.admin.draft import Sheet
from customers.admin.inputs import Inputs
from customers.forms import Typed
from customers.forms.fields import Tick
from customers.forms.rows import MOST_ROWS, ROW_KINDS, RowKind, RowSet
from customers.models import Identifier, Location, Url

_MODELS: dict[str, type[models.Model]] = {"urls": Url, "locations": Location}
_MESSAGES = {"too_many_forms": "Keep at most %(num)d here, and use an import for more."}
_WIDE = {"email", "external_id", "url"}


class RowInputs(Inputs):
    """One row."""

    kind: ClassVar[RowKind]
    id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= self.kind.row({}, kind=self.kind, index=0, number=1).fields
        if self.kind.primary:
            self.fields["primary"] = Tick(self.kind.primary)
        for name in _WIDE & self.fields.keys():
            self.fields[name].widget.attrs["class"] = "vTextField"

    def named(self, number: str) -> None:
        """Tell assistive technology which row each input is in."""
        for field in self.fields.values():
            if field.label:
                field.widget.attrs["aria-label"] = f"{self.kind.label} {number}, {str(field.label).lower()}"

    @property
    def typed(self) -> Typed:
        """What was sent to this row."""
        sent = ((name, self.data.get(self.add_prefix(name))) for name in self.kind.row.base_fields)
        # The first text is always there: it is what shows that there is a row.
        return {self.kind.row.texts[0]: ""} | {name: str(text) for name, text in sent if text is not None}

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(self.typed.get(name, "").strip() for name in self.kind.row.texts)

    @property
    def is_newly_primary(self) -> bool:
        """Whether it was ticked, and had not been."""
        return self.is_primary and not self.initial.get("primary")

    @property
    def is_primary(self) -> bool:
        """Whether it is ticked as primary or main."""
        return self.add_prefix("primary") in self.data


class RowInputSet(BaseFormSet):
    """The rows of one list; once cleaned, `typed` is what the product's form would have been sent."""

    kind: ClassVar[RowKind]

    def __init__(self, data: Any = None, files: Any = None, *, prefix: str, sheet: Sheet) -> None:
        self.sheet = sheet
        self.typed: Typed = {}
        rows = _rows_of(self.kind, sheet.shown)
        super().__init__(data, files, prefix=prefix, initial=rows, error_messages=_MESSAGES)
        # What the templates of the admin ask a set of rows.
        self._pk_field = _MODELS.get(self.kind.key, Identifier)._meta.pk

    @classmethod
    def get_default_prefix(cls) -> str:
        """As the product's form names these inputs."""
        return cls.kind.key

    def get_queryset(self) -> list[str]:
        """What the rows are called that were there when the form opened."""
        return [f"{self.kind.label} {number + 1}" for number in range(self.initial_form_count())]

    def add_fields(self, form: Any, index: int | None) -> None:
        """As every set of rows; each input says which row it is in."""
        super().add_fields(form, index)
        form.named("new" if index is None else str(index + 1))

    def clean(self) -> None:
        """Put the rows in the words of the product's form, and what it refused back at the rows."""
        kept = [row for row in self.forms if not (self._should_delete_form(row) or row.is_blank)]  # type: ignore[attr-defined]
        for number, row in enumerate(kept):
            self.typed |= {f"{self.kind.key}-{number}-{name}": text for name, text in row.typed.items()}
        ticked = [row for row in kept if row.is_primary]
        # Ticking another one is enough: the one before need not be unticked.
        primary = next((row for row in ticked if row.is_newly_primary), next(iter(ticked), None))
        if primary:
            self.typed[f"{self.kind.key}-primary"] = str(kept.index(primary))
        if self.sheet.not_saved:
            self._show(self.sheet.not_saved.form.rows[self.kind.key], kept)

    def _show(self, refused: RowSet, kept: list[Any]) -> None:
        for row, product_row in zip(kept, refused.rows, strict=True):
            for name, messages in product_row.errors.items():
                row.add_error(name, list(messages))
        if refused.errors:
            raise forms.ValidationError(refused.errors)


def _rows_of(kind: RowKind, typed: Typed) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    while f"{kind.key}-{len(rows)}-{kind.row.texts[0]}" in typed:
        prefix = f"{kind.key}-{len(rows)}-"
        row: dict[str, object] = {name: typed.get(f"{prefix}{name}", "") for name in kind.row.base_fields}
        rows.append({**row, "primary": typed.get(f"{kind.key}-primary") == str(len(rows))})
    return rows


class RowInline(admin.TabularInline):
    """A list of the customer; it may be changed by whoever may change the customer."""

    kind: ClassVar[RowKind]
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the customer."""
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The inputs of a row."""
        names = self.kind.row({}, kind=self.kind, index=0, number=1).fields
        return [(None, {"fields": [*names, *(["primary"] if self.kind.primary else [])]})]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The rows as the product's form has them."""
        meta = type("Meta", (), {"model": self.model, "fields": ()})
        form = type(RowInputs.__name__, (RowInputs,), {"kind": self.kind, "Meta": meta})
        # What the product's form refuses with a sentence, this one need not draw in full.
        most = len(_rows_of(self.kind, Sheet.of(request, obj).stored)) + MOST_ROWS + 1
        rows = formset_factory(form, RowInputSet, self.extra, can_delete=True, max_num=most, absolute_max=most)
        return type(RowInputSet.__name__, (rows,), {"kind": self.kind})


class PlaceInline(RowInline):
    """Places, which have too many inputs for a line."""

    template = "admin/edit_inline/stacked.html"
    classes = ("collapse",)


def _inline(kind: RowKind) -> type[RowInline]:
    options = {
        "kind": kind,
        "model": _MODELS.get(kind.key, Identifier),
        "verbose_name": kind.noun,
        "verbose_name_plural": kind.legend,
    }
    return type(f"{kind.row.__name__}Inline", (PlaceInline if kind.is_boxed else RowInline,), options)


ROW_INLINES = tuple(_inline(kind) for kind in ROW_KINDS.values())
