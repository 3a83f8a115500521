"""The form with everything that an administrator may say about a tier or a status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from core.problems import Problem
from customers.choices import StatusCategory
from customers.forms.fields import Choice, Line, Paragraph
from customers.operations.ladders import Entry, Ladder

_OF_TIERS = ("external_id",)
_OF_STATUSES = ("category",)


class EntryForm(forms.Form):
    """Names, description, and what only tiers or only statuses have. What was typed is kept whatever the rules say."""

    use_required_attribute = False

    name = Line("Name", required=True)
    display_name = Line("Display name", help_text="Shown instead of the name where it is given.")
    description = Paragraph("Description", help_text="When to choose it, for colleagues.")
    external_id = Line("External ID", help_text="What another system knows it by.")
    category = Choice("Category", [("", "None"), *StatusCategory.choices])

    def __init__(self, ladder: Ladder, data: Mapping[str, Any]) -> None:
        super().__init__(data, label_suffix="")
        for name in _OF_STATUSES if ladder.key == "tier" else _OF_TIERS:
            del self.fields[name]

    @classmethod
    def of(cls, ladder: Ladder, entry: Entry) -> EntryForm:
        """The form of an entry as it is stored."""
        return cls(ladder, {name: getattr(entry, name, None) or "" for name in cls.base_fields})

    def changes(self) -> dict[str, object]:
        """What was typed, in the words of the rules."""
        self.full_clean()
        return {name: value if name == "category" else value or "" for name, value in self.cleaned_data.items()}

    def show(self, problems: Iterable[Problem]) -> None:
        """Put each problem at its field; one about no field stands above them."""
        for problem in problems:
            head = str(problem.path[0]) if problem.path else ""
            place = head if head in self.fields else NON_FIELD_ERRORS
            # Not add_error, which would take the value that was read away.
            self.errors.setdefault(place, self.error_class()).append(problem.message)
