"""The whole form of a customer: what was typed, what it asks for, and what was refused at which input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from django import forms
from django.forms import BoundField

from customers.forms.catalogue import Catalogue
from customers.forms.custom_attributes import CustomFields
from customers.forms.fields import Input
from customers.forms.lookups import LOOKUPS, Found
from customers.forms.rows import ROW_KINDS, RowSet
from customers.forms.single import FlagFields, SentimentFields, SingleFields
from customers.forms.typed import Typed

type Asked = dict[str, object]

ORDER = (
    *("kind", "name", "short_name", "given_name", "family_name", "username"),
    *("emails", "phones", "domains", "external_ids", "slack_channel_id", "company_id", "revenue", "size"),
    *("status_id", "tier_id", "owner_id", "assignee_id", "support_status", "snoozed_until", "flag", "tags"),
    *("locations", "birthday", "gender", "language", "locale", "time_zone", "sentiment"),
    *("urls", "socials", "facebook_ids", "logo_url", "avatar_url", "custom"),
)
"""The fields in the order of the page."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "places": ("locations",),
    "person": ("birthday", "gender", "language", "locale", "time_zone", "sentiment"),
    "links": ("urls", "socials", "facebook_ids", "logo_url", "avatar_url"),
    "custom": ("custom",),
}
"""Groups of the page that are folded until used -> their fields."""


class CustomerForm:
    """A form over `typed`. Parts are fields as people see them: a name, all emails, one custom attribute."""

    def __init__(self, typed: Typed, catalogue: Catalogue, *, is_new: bool = False) -> None:
        self.typed = typed
        self.catalogue = catalogue
        self.single = SingleFields(typed, catalogue)
        self.sentiment = SentimentFields(typed)
        self.flags = FlagFields(typed, catalogue.flags)
        self.custom = CustomFields(typed, catalogue.attributes, is_new=is_new)
        self.rows = {key: RowSet.read(kind, typed) for key, kind in ROW_KINDS.items()}
        self.found: dict[str, list[Found] | None] = dict.fromkeys(LOOKUPS)
        self.summary: list[dict[str, str]] = []
        for form in self._forms:
            form.full_clean()
        self.asked = self._read()

    @property
    def _forms(self) -> tuple[forms.Form, ...]:
        return self.single, self.sentiment, self.flags, self.custom

    def _read(self) -> dict[str, Asked]:
        """What each part asks for, in the words of the rules."""
        asked: dict[str, Asked] = {name: {name: value} for name, value in self.single.cleaned_data.items()}
        asked["sentiment"] = {"sentiment": self.sentiment.value()}
        asked |= {f"custom-{key}": {key: value} for key, value in self.custom.cleaned_data.items()}
        asked |= {f"flag-{key}": {key: ticked} for key, ticked in self.flags.ticked().items()}
        return asked | {key: rows.changes() for key, rows in self.rows.items()}

    def parts_unlike(self, other: CustomerForm) -> list[str]:
        """The parts that ask for something else than in another form."""
        return [part for part, asked in self.asked.items() if asked != other.asked.get(part)]

    def unlike(self, other: CustomerForm) -> Asked:
        """The changes that lead from another form to this one, flags apart."""
        changes: Asked = {}
        custom: Asked = {}
        for part in self.parts_unlike(other):
            before = other.asked.get(part, {})
            asked = {
                key: value for key, value in self.asked[part].items() if (key not in before or value != before[key])
            }
            if part.startswith("custom-"):
                custom |= asked
            elif not part.startswith("flag-"):
                changes |= asked
        return changes | ({"custom": custom} if custom else {})

    def flags_unlike(self, other: CustomerForm) -> Iterator[tuple[str, bool]]:
        """The flags that differ from another form, and whether they are set here."""
        before = other.flags.ticked()
        return ((key, ticked) for key, ticked in self.flags.ticked().items() if ticked != before.get(key, False))

    def label_of(self, part: str) -> str:
        """What people call a part."""
        if part in self.rows:
            return self.rows[part].label
        return "Mood" if part == "sentiment" else str(self.bound(part).label)

    def shown(self, part: str) -> str:
        """The value of a part, as people read it."""
        if part in self.rows:
            return self.rows[part].in_words()
        if part == "sentiment":
            return " ".join(filter(None, (_in_words(field) for field in self.sentiment)))
        return _in_words(self.bound(part))

    def bound(self, part: str) -> BoundField:
        """The input of a part that has one."""
        head, _, key = part.partition("-")
        form = {"custom": self.custom, "flag": self.flags}.get(head)
        return form[key] if form is not None else self.single[part]

    def look_up(self, name: str) -> None:
        """Offer the records that fit what was typed into a lookup."""
        self.found[name] = LOOKUPS[name].find(self.typed.get(name, ""))

    def opens(self) -> dict[str, bool]:
        """Which of the folded groups are in use: they hold values, or something in them was refused."""
        return {group: any(map(self._is_used, parts)) for group, parts in GROUPS.items()}

    def _is_used(self, part: str) -> bool:
        if part in self.rows:
            return bool(self.rows[part].rows) or self.rows[part].has_errors
        if part in ("custom", "sentiment"):
            form = self.custom if part == "custom" else self.sentiment
            return any(field.field.required or _is_in_use(field) for field in form)
        return _is_in_use(self.single[part])


def _is_in_use(field: BoundField) -> bool:
    return bool(field.errors) or bool(field.value())


def _in_words(field: BoundField) -> str:
    return cast(Input, field.field).in_words(field.value())
