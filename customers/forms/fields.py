"""Inputs that read what was typed and judge nothing: what cannot be read is passed on, and the rules name it."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms

from core import formatting
from customers import normalise

# Separators stand where everybody reads them the same way: before each group of three.
_GROUPED = re.compile(r"[0-9]{1,3}([, \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3})*")
_DIGITS = re.compile(r"[0-9]{1,30}")
# Plain notation alone: 1e999999 would be a number of a million digits.
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
_ENTRY = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))(?:,|$)')


class Input(forms.Field):
    """One input. `read` turns its text into the value the rules look at; blank is None."""

    def __init__(self, label: str, *, required: bool = False, **options: Any) -> None:
        # `required` marks the label; whether a value must be there is for the rules to say.
        super().__init__(label=label, required=required, label_suffix="", **options)

    def clean(self, value: Any) -> Any:
        """Read; nothing is refused here."""
        return self.read(value if isinstance(value, str) else "")

    def read(self, text: str) -> Any:
        """The value that was typed."""
        return text if text.strip() else None

    def in_words(self, value: Any) -> str:
        """What was typed, as other pages write such a value; what cannot be read is left as it is."""
        return str(value or "")


class Line(Input):
    """A text of one line."""

    def read(self, text: str) -> Any:
        # As browsers do, so that a stored line break does not make the input look changed.
        return super().read(re.sub(r"[\r\n]", "", text))


class Paragraph(Input):
    """A text of several lines."""

    widget = forms.Textarea(attrs={"rows": 3})

    def read(self, text: str) -> Any:
        return super().read(text.replace("\r\n", "\n").replace("\r", "\n"))


class WholeNumber(Line):
    """Digits, with or without separators of thousands: 1920000, 1,920,000, 1 920 000."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "num"})

    def read(self, text: str) -> Any:
        typed = text.strip()
        digits = re.sub(r"[^0-9]", "", typed) if _GROUPED.fullmatch(typed) else typed
        return int(digits) if _DIGITS.fullmatch(digits) else super().read(text)

    def in_words(self, value: Any) -> str:
        number = self.read(str(value))
        return self.write(number) if isinstance(number, int) else super().in_words(value)

    def write(self, number: int) -> str:
        """A number that was read."""
        return formatting.number(number)


class WholeDollars(WholeNumber):
    """An amount without cents."""

    def write(self, number: int) -> str:
        return formatting.money(number, cents=False)


class DecimalNumber(Line):
    """A number in plain notation, read exactly."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "num"})

    def read(self, text: str) -> Any:
        typed = text.strip()
        return Decimal(typed) if _DECIMAL.fullmatch(typed) else super().read(text)


class NativeInput(forms.TextInput):
    """A date or time input of the browser; a value it could not show stays visible as text."""

    def __init__(self, input_type: str, shape: re.Pattern[str]) -> None:
        super().__init__(attrs={"step": "1"} if input_type == "datetime-local" else None)
        self.native_type = input_type
        self.shape = shape

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The type depends on the value."""
        context = super().get_context(name, value, attrs)
        is_shown = not value or self.shape.fullmatch(str(value))
        context["widget"]["type"] = self.native_type if is_shown else "text"
        return context


class Day(Line):
    """A date."""

    widget = NativeInput("date", _DAY)

    def in_words(self, value: Any) -> str:
        midnight = normalise.instant(value)
        return formatting.day(midnight.date()) if isinstance(midnight, datetime) else super().in_words(value)


class Moment(Line):
    """A time in UTC."""

    widget = NativeInput("datetime-local", _MOMENT)

    def in_words(self, value: Any) -> str:
        moment = normalise.instant(value)
        return formatting.moment_utc(moment) if isinstance(moment, datetime) else super().in_words(value)


class Choice(Input):
    """One of a list; what is not among them is passed on like any other text."""

    widget = forms.Select

    def __init__(self, label: str, choices: Any = (), **options: Any) -> None:
        super().__init__(label, **options)
        self.widget.choices = choices

    def read(self, text: str) -> Any:
        return text or None

    def in_words(self, value: Any) -> str:
        return str(dict(self.widget.choices).get(value, value or "")) if value else ""


class Polarity(Choice):
    """A mood as -1, 0 or 1."""

    def read(self, text: str) -> Any:
        return int(text) if text in ("-1", "0", "1") else super().read(text)


class Tick(Input):
    """A checkbox."""

    widget = forms.CheckboxInput

    def clean(self, value: Any) -> bool:
        """Whether it was ticked."""
        return bool(value)

    def in_words(self, value: Any) -> str:
        return "Yes" if value else "No"


class Words(Line):
    """Several short texts with commas between them; one that holds a comma stands in quotes."""

    def read(self, text: str) -> list[str]:
        return split_words(re.sub(r"[\r\n]", " ", text))


def split_words(text: str) -> list[str]:
    """The entries of a list with commas: `a, "b, c"` are a and "b, c"; empty ones are left out."""
    entries = (
        quoted.replace('""', '"') if quoted else bare.strip()
        for quoted, bare in (match.groups(default="") for match in _ENTRY.finditer(text))
    )
    return [entry for entry in entries if entry.strip()]


def join_words(words: list[str]) -> str:
    """The list that `split_words` reads back."""
    return ", ".join(_quoted(word) if _is_ambiguous(word) else word for word in words)


def _is_ambiguous(word: str) -> bool:
    return "," in word or word.startswith('"') or word != word.strip()


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
