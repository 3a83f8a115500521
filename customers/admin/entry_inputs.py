"""The inputs of tiers, statuses, flags, tags and custom attributes in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from core.admin.operations import is_stale, stale_words
from core.problems import Refused
from customers.admin.inputs import Inputs, in_admin_look
from customers.choices import StatusCategory
from customers.forms.fields import Choice, Line, Paragraph, Tick, WholeNumber

_COLOR_HELP = "# and six digits, for example #2f6f4e."


class EntryInputs(Inputs):
    """The inputs of one entry, and the revision of it that was looked at."""

    rev = forms.CharField(required=False, widget=forms.HiddenInput)
    refused: ClassVar[Refused | None] = None
    fixed: ClassVar[tuple[str, ...]] = ("key",)
    """What an entry keeps from its beginning."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        for name in self.fixed if not is_new else ("rev",):
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            self.fields[name] = in_admin_look(field)
            if not is_new:
                self.initial.setdefault(name, self.shown(name))

    def shown(self, name: str) -> object:
        """What an input holds when the form opens."""
        return getattr(self.instance, name)

    @property
    def changes(self) -> dict[str, object]:
        """What was typed, in the words of the rules."""
        return {name: self.read(name, value) for name, value in self.cleaned_data.items() if name != "rev"}

    def read(self, name: str, value: Any) -> object:
        """A value as the rules look at it: a text that is left blank is empty, any other value is none."""
        return "" if value is None and type(self.fields[name]) in (Line, Paragraph) else value

    def clean(self) -> None:
        """Say what the operation has refused, each thing at its input."""
        if is_stale(self.refused):
            self.add_error(None, stale_words(self.instance))
        for problem in self.refused.problems if self.refused else ():
            at = str(problem.path[0]) if problem.path else ""
            if problem.code != "C51":
                self.add_error(at if at in self.fields else None, problem.message)


class TierInputs(EntryInputs):
    """A tier."""

    name = Line("Name", required=True)
    display_name = Line("Display name", help_text="What people read instead of the name.")
    description = Paragraph("Description")
    color = Line("Colour", required=True, help_text=_COLOR_HELP)
    external_id = Line("External ID")
    is_default = Tick("Default")
    default_priority = WholeNumber("Default priority", help_text="From 0 (urgent) to 3 (low), or none.")


class StatusInputs(EntryInputs):
    """A workflow status."""

    name = Line("Name", required=True)
    display_name = Line("Display name", help_text="What people read instead of the name.")
    description = Paragraph("Description")
    color = Line("Colour", required=True, help_text=_COLOR_HELP)
    category = Choice("Category", [("", "None"), *StatusCategory.choices])


class FlagInputs(EntryInputs):
    """A flag."""

    key = Line("Key", required=True, help_text="For example payment_risk. It stays as it is.")
    label = Line("Label", required=True)
    description = Paragraph("Description")
    read_only = Tick("Read-only", help_text="Other systems set it, staff do not.")
    enabled = Tick("Enabled", initial=True)


class TagInputs(EntryInputs):
    """A tag."""

    fixed = ()
    name = Line("Name", required=True)
    key = Line("Key", help_text="With it, the tag is what other products call a group.")
    color = Line("Colour", help_text=_COLOR_HELP)
    external_id = Line("External ID")


class AttributeInputs(EntryInputs):
    """A custom attribute."""

    key = Line("Key", required=True, help_text="Ends in its type, for example seatsNum. It stays as it is.")
    label = Line("Label", required=True)
    options = Paragraph("Options", help_text="One a line. Without any, every value of the type will do.")
    sensitive = Tick("Sensitive", help_text="Only those who may change customers see its values.")
    required_on_create = Tick("Required of new customers")
    archived = Tick("Archived", help_text="Forms, filters and files leave it out; every value stays.")

    def shown(self, name: str) -> object:
        """Options stand one a line."""
        value = super().shown(name)
        return "\n".join(value) if name == "options" else value  # type: ignore[arg-type]

    def read(self, name: str, value: Any) -> object:
        """Options stand one a line."""
        return (
            [line for line in (value or "").split("\n") if line.strip()]
            if name == "options"
            else super().read(name, value)
        )
