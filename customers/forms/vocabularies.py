"""The forms with which administrators keep flags, tags and custom attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from core.problems import Problem
from core.tones import COLOURS
from customers import normalise
from customers.choices import AttributeType
from customers.forms.fields import Choice, Line, Paragraph, Tick
from customers.models import CustomAttribute, Flag, Tag
from customers.models.catalogue import CatalogueEntry


class VocabularyForm(forms.Form):
    """What may be said about an entry. What was typed is kept whatever the rules say about it."""

    use_required_attribute = False
    on_create: ClassVar[tuple[str, ...]] = ()
    """The fields that are decided once and for all."""

    def __init__(self, data: Mapping[str, Any], *, is_new: bool) -> None:
        super().__init__(data, label_suffix="")
        if not is_new:
            for name in self.on_create:
                del self.fields[name]

    @classmethod
    def stored(cls, entry: CatalogueEntry) -> dict[str, Any]:
        """An entry as its form would send it."""
        return {name: getattr(entry, name, None) or "" for name in cls.base_fields}

    def changes(self) -> dict[str, Any]:
        """What was typed, in the words of the rules."""
        self.full_clean()
        return {name: "" if value is None else value for name, value in self.cleaned_data.items()}

    def show(self, problems: Iterable[Problem]) -> None:
        """Put each problem at its field; one about no field stands above them."""
        for problem in problems:
            head = str(problem.path[0]) if problem.path else ""
            place = head if head in self.fields else NON_FIELD_ERRORS
            # Not add_error, which would take the value that was read away.
            self.errors.setdefault(place, self.error_class()).append(problem.message)

    def shown(self) -> dict[str, str]:
        """Every value as people read it, by the label of its field."""
        return {str(field.label): _in_words(field) for field in self}


def _in_words(field: forms.BoundField) -> str:
    value = field.value()
    if isinstance(field.field.widget, forms.CheckboxInput):
        return "yes" if value else "no"
    choices: dict[Any, Any] = dict(getattr(field.field.widget, "choices", ()))
    return ", ".join(str(choices.get(value, value) or "nothing").splitlines())


class FlagForm(VocabularyForm):
    """A flag; its key cannot be changed later."""

    on_create = ("key",)

    label = Line("Label", required=True)
    key = Line("Key", required=True, help_text="For other systems, such as payment_risk. It cannot be changed later.")
    description = Paragraph("Description", help_text="What it changes for whoever handles the customer.")
    read_only = Tick("Read-only", help_text="Other systems set it; colleagues see it and leave it alone.")
    enabled = Tick("Switched on", help_text="Switched off, it stays on those who have it and nobody else gets it.")


class TagForm(VocabularyForm):
    """A tag; with a key it is what other products call a customer group."""

    name = Line("Name", required=True)
    color = Choice("Colour", [("", "None"), *((colour, tone.capitalize()) for tone, colour in COLOURS.items())])
    key = Line("Key", help_text="With a key, it is a customer group for other systems, for example early-access.")
    external_id = Line("External ID", help_text="What another system knows the group by.")

    def __init__(self, data: Mapping[str, Any], *, is_new: bool) -> None:
        super().__init__(data, is_new=is_new)
        colour, widget = data.get("color"), self.fields["color"].widget
        if colour and colour not in dict(widget.choices):
            widget.choices = [*widget.choices, (colour, colour)]


class _Lines(Paragraph):
    """Several texts, each on a line of its own."""

    def read(self, text: str) -> list[str]:
        """The lines that say something."""
        return [line for line in super().read(text).splitlines() if line.strip()] if text.strip() else []


class AttributeForm(VocabularyForm):
    """A custom attribute; its type and its key cannot be changed later."""

    on_create = ("type", "key")

    label = Line("Label", required=True)
    type = Choice("Type", AttributeType.choices, required=True, help_text="It cannot be changed later.")
    key = Line("Key", help_text="For files and other systems. Left blank, it is made from label and type.")
    options = _Lines("Options", help_text="One on each line. Without any, every value of the type will do.")
    required_on_create = Tick("Required", help_text="Every new customer needs a value.")
    sensitive = Tick("Sensitive", help_text="Only people who may change customers see its values.")
    drops_used_options = Tick("Let options go that customers have", help_text="They keep them until they get another.")

    def __init__(self, data: Mapping[str, Any], *, is_new: bool, confirms: bool = False) -> None:
        super().__init__(data, is_new=is_new)
        if not confirms and not data.get("drops_used_options"):
            del self.fields["drops_used_options"]

    @classmethod
    def of_type(cls, data: Mapping[str, Any], type_: AttributeType) -> AttributeForm:
        """The form of an attribute that exists: only some types have options."""
        form = cls(data, is_new=False)
        if not type_.takes_options:
            form.fields.pop("options")
        return form

    @classmethod
    def stored(cls, entry: CatalogueEntry) -> dict[str, Any]:
        """With one option on each line."""
        options = "\n".join(entry.options) if isinstance(entry, CustomAttribute) else ""
        return super().stored(entry) | {"options": options}

    def changes(self) -> dict[str, Any]:
        """With the key that type and label make where none was typed."""
        asked = super().changes()
        asked.pop("drops_used_options", None)
        type_ = asked.pop("type", None)
        if type_ in AttributeType.values:
            words = asked.get("key") or asked.get("label") or ""
            asked["key"] = normalise.attribute_key(words, AttributeType(type_)) or asked["key"]
        return asked


FORMS: Mapping[type[CatalogueEntry], type[VocabularyForm]] = {
    Flag: FlagForm,
    Tag: TagForm,
    CustomAttribute: AttributeForm,
}
