"""The fields of a customer that have one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from customers import choices
from customers.forms.catalogue import Catalogue
from customers.forms.fields import (
    Choice,
    Day,
    DecimalNumber,
    Line,
    Moment,
    Polarity,
    Tick,
    WholeDollars,
    WholeNumber,
    Words,
)
from customers.forms.lookups import LOOKUPS, LookupField
from customers.models import Flag

_NONE = ("", "None")


def _link(label: str) -> Line:
    return Line(label, widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}))


class SingleFields(forms.Form):
    """Texts, numbers, choices and lookups, under the keys of the rules."""

    use_required_attribute = False

    kind = Choice("Kind", choices.CustomerKind.choices, required=True, widget=forms.RadioSelect)
    name = Line("Name", required=True)
    short_name = Line("Short name")
    given_name = Line("Given name")
    family_name = Line("Family name")
    username = Line("User name")

    domains = Words("Domains", help_text="Separate domains with commas, for example northpass.com, northpass.no.")
    slack_channel_id = Line("Slack channel ID", help_text="From the channel's details in Slack, such as C0ACME0001.")
    company_id = LookupField(LOOKUPS["company_id"], help_text="The organisation that this customer belongs to.")
    revenue = WholeDollars("Annual revenue", help_text="Whole US dollars a year.")
    size = WholeNumber("Size", help_text="Employees or seats.")

    status_id = Choice("Status", required=True)
    tier_id = Choice("Tier")
    owner_id = LookupField(LOOKUPS["owner_id"], help_text="Looks after the account.")
    assignee_id = LookupField(LOOKUPS["assignee_id"], help_text="Handles what is open now.")
    support_status = Choice("Support status", choices.SupportStatus.choices, required=True)
    snoozed_until = Moment("Snoozed until", help_text="In UTC. Only while the support status is Snoozed.")
    tags = Words("Tags", help_text="Separate tags with commas.")

    birthday = Day("Birthday")
    gender = Choice("Gender", [("", "Not given"), *choices.Gender.choices])
    language = Line("Language", help_text="A language tag, for example en, nb-NO or zh-Hant-TW.")
    locale = Line("Locale", help_text="How dates and numbers are written, for example en-GB.")
    time_zone = Line("Time zone", help_text="For example Europe/Oslo.")

    logo_url = _link("Logo address")
    avatar_url = _link("Avatar address")

    def __init__(self, data: Mapping[str, Any], catalogue: Catalogue) -> None:
        super().__init__(data, label_suffix="")
        self._offer("status_id", catalogue.statuses)
        self._offer("tier_id", catalogue.tiers, _NONE)

    def _offer(self, name: str, records: Iterable[Any], *first: tuple[str, str]) -> None:
        offered = [*first, *((str(record.pk), str(record)) for record in records)]
        self.fields[name].widget.choices = offered


class SentimentFields(forms.Form):
    """How the customer feels, and how sure that is: one value of two parts."""

    polarity = Polarity("Mood", [_NONE, ("1", "Positive"), ("0", "Neutral"), ("-1", "Negative")])
    confidence = DecimalNumber("Confidence", help_text="From 0 to 1, for example 0.8.")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, prefix="sentiment", label_suffix="")

    def value(self) -> dict[str, object] | None:
        """Both parts, or nothing when neither was given."""
        given = self.cleaned_data
        return dict(given) if any(value is not None for value in given.values()) else None


class FlagFields(forms.Form):
    """A checkbox for each flag: those of other systems cannot be ticked, and a retired one shows only while set."""

    def __init__(self, data: Mapping[str, Any], flags: Iterable[Flag]) -> None:
        super().__init__(data, prefix="flag", label_suffix="")
        for flag in flags:
            locked = flag.read_only or not flag.enabled
            is_set = self.add_prefix(flag.key) in data
            if flag.enabled or is_set:
                # A locked checkbox shows its initial value: browsers do not send it.
                help_text = _flag_help(flag)
                self.fields[flag.key] = Tick(flag.label, help_text=help_text, disabled=locked, initial=is_set)

    def ticked(self) -> dict[str, bool]:
        """The flags and whether they are to be set."""
        return {key: self.cleaned_data[key] for key, field in self.fields.items() if not field.disabled}


def _flag_help(flag: Flag) -> str:
    sentences = [flag.description.rstrip(".")]
    if not flag.enabled:
        sentences.append("Retired")
    elif flag.read_only:
        sentences.append("Read-only, set by another system")
    return ". ".join(filter(None, sentences))
