"""The company's own attributes: the suffix of the key decides about the input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from customers.choices import AttributeType
from customers.forms.fields import Choice, DecimalNumber, Input, Line, Moment, Paragraph
from customers.models import CustomAttribute


class _Number(DecimalNumber):
    """A number that JSON can keep as it was typed; one with more digits than that is passed on as text."""

    def read(self, text: str) -> Any:
        value = super().read(text)
        if not isinstance(value, Decimal):
            return value
        if value == value.to_integral_value():
            return int(value)
        return float(value) if Decimal(repr(float(value))) == value else text


class _YesOrNo(Choice):
    """True, false or no value."""

    def read(self, text: str) -> Any:
        return {"": None, "yes": True, "no": False}.get(text, text)


def _yes_or_no(label: str, **options: Any) -> Input:
    return _YesOrNo(label, [("", "No value"), ("yes", "Yes"), ("no", "No")], **options)


def _url(label: str, **options: Any) -> Input:
    return Line(label, widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}), **options)


_INPUTS: Mapping[str, Callable[..., Input]] = {
    "Str": Line,
    "Txt": Paragraph,
    "Num": _Number,
    "Bool": _yes_or_no,
    "At": Moment,
    "Url": _url,
    "Id": Line,
    "Tree": Line,
}


class CustomFields(forms.Form):
    """One input for each attribute of the catalogue, by its key."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, str], attributes: Iterable[CustomAttribute], *, is_new: bool) -> None:
        super().__init__(data, prefix="custom", label_suffix="")
        for attribute in attributes:
            value = data.get(self.add_prefix(attribute.key), "")
            required = is_new and attribute.required_on_create
            self.fields[attribute.key] = _input(attribute, value, required=required)

    def typed_besides(self) -> dict[str, str]:
        """What was typed for keys that have no input."""
        mark = self.add_prefix("")
        texts = {name.removeprefix(mark): text for name, text in self.data.items() if name.startswith(mark)}
        return {key: text for key, text in texts.items() if key not in self.fields}


def _input(attribute: CustomAttribute, value: str, *, required: bool) -> Input:
    options: dict[str, Any] = {"required": required}
    if attribute.type is AttributeType.AT:
        options["help_text"] = "In UTC."
    if attribute.options and attribute.type.takes_options:
        # A value that is no longer offered stays as it is until another one is chosen.
        offered = dict.fromkeys([*attribute.options, *([value] if value else [])])
        return Choice(attribute.label, [("", "No value"), *((each, each) for each in offered)], **options)
    return _INPUTS[attribute.type](attribute.label, **options)
