"""The admin's form of a customer: the inputs of the product's form in the look of the admin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.safestring import SafeString

from core.admin.operations import is_stale, stale_words
from customers import normalise
from customers.admin.draft import Sheet, inputs_of, refusals_of
from customers.forms import Typed
from customers.forms.fields import Input
from customers.forms.lookups import LOOKUPS
from customers.models import Customer
from customers.views.revision import revision

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "vLargeTextField"),
    (forms.TextInput, "vTextField"),
)


class Inputs(forms.ModelForm):
    """Inputs that read and do not judge: Django's own validation of models has no say, the rules have."""

    use_required_attribute = False

    def _post_clean(self) -> None:
        """Nothing: the row is written by an operation, not from here."""


class Picker(AutocompleteSelect):
    """One record, searched for while typing; what was sent is shown again even if it is no record."""

    def __init__(self, name: str) -> None:
        super().__init__(Customer._meta.get_field(name.removesuffix("_id")), admin.site)
        self.lookup = LOOKUPS[name]

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> list[Any]:
        """Nobody, and who is chosen."""
        options = [self.create_option(name, "", "", False, 0)]
        if chosen := "".join(value):
            found = self.lookup.picked(chosen)
            options.append(self.create_option(name, chosen, found.label if found else chosen, True, 1))
        return [(None, options, 0)]


class CustomerInputs(Inputs):
    """Everything about a customer that has one value, and the revision that was looked at."""

    rev = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    sheet: ClassVar[Sheet]

    class Meta:
        model = Customer
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shape = self.sheet.form(self._sent() if self.is_bound else self.sheet.shown)
        for sent_as, part, name in inputs_of(shape):
            given = part.fields[name]
            if name in LOOKUPS:
                given = Input(str(given.label), help_text=given.help_text, widget=Picker(name))
            self.fields[sent_as] = in_admin_look(given)
        self.initial = {**self.sheet.shown, **self._hidden()}
        self.initial |= {name: self.sheet.shown.get(f"{name}-id", "") for name in LOOKUPS}

    def _sent(self) -> Typed:
        return {name: str(text) for name, text in self.data.items()}

    def _hidden(self) -> dict[str, object]:
        customer = self.sheet.customer
        return {"rev": customer.rev} if customer else {"key": self.sheet.suggested_id}

    @property
    def typed(self) -> Typed:
        """What was sent to these inputs, as the product's form would have it."""
        return {name: text for name, text in self._sent().items() if name in self.fields}

    @property
    def revision(self) -> object:
        """The revision that was looked at."""
        return revision(self.cleaned_data["rev"])

    @property
    def customer_key(self) -> UUID | None:
        """The id that was chosen for a new customer when its form opened."""
        key = self.cleaned_data["key"]
        return UUID(key) if normalise.is_record_id(key) else None

    def clean(self) -> None:
        """Say what the operation has refused, each thing at its input."""
        if self.sheet.not_saved:
            refused = dict(refusals_of(self.sheet.not_saved.form))
            for name, messages in refused.items():
                self.add_error(name, messages)
            for message in self._elsewhere():
                self.add_error(None, message)

    def _elsewhere(self) -> Iterator[str | SafeString]:
        """What belongs to no input: somebody was faster, or a value that is not on this form."""
        not_saved, customer = self.sheet.not_saved, self.sheet.customer
        if customer and is_stale(not_saved):
            yield stale_words(customer)
        if not_saved:
            yield from (line["message"] for line in not_saved.form.summary if not line["anchor"])


def in_admin_look(given: forms.Field) -> forms.Field:
    """An input of the product's forms as the admin draws its own."""
    given.label_suffix = None
    if isinstance(given.widget, forms.RadioSelect):
        given.widget = forms.Select(choices=given.widget.choices)
    kind = type(given.widget)
    look = next((look for widget, look in _CLASSES if issubclass(kind, widget)), "")
    if look:
        given.widget.attrs["class"] = look
    return given
