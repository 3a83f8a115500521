"""The forms of a person's own account."""

from functools import cache
from zoneinfo import available_timezones

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from core.models import User
from core.widgets import LongSelect

# The areas of the time zone database that people live in; the rest are aliases such as GMT+5 and US/Pacific.
_AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def time_zones() -> tuple[tuple[str, str], ...]:
    """Every zone a person can live in, as choices: `("America/New_York", "America, New York")`."""
    zones = sorted(zone for zone in available_timezones() if zone.startswith(tuple(f"{area}/" for area in _AREAS)))
    return (("UTC", "UTC"), *((zone, zone.replace("_", " ").replace("/", ", ")) for zone in zones))


class ProfileForm(forms.ModelForm):
    """What a person may change about themselves; the e-mail address is an administrator's to change."""

    time_zone = forms.ChoiceField(
        choices=time_zones,
        widget=LongSelect,
        help_text="Times of changes are shown in this zone. Schedule dates are always UTC.",
        error_messages={"invalid_choice": "Choose a time zone from the list, for example Europe, Oslo."},
    )

    class Meta:
        model = User
        fields = ("name", "theme", "time_zone", "single_key_shortcuts")
        labels = {"single_key_shortcuts": "Shortcuts with a single key"}
        widgets = {"theme": forms.RadioSelect}
        help_texts = {
            "name": "Colleagues see it beside what you do.",
            "single_key_shortcuts": "J and K move through a list, N starts a customer. Turn it off if keys go wrong.",
        }
        error_messages = {"name": {"required": "Write your name, for example Noor Okafor."}}


class PasskeyForm(AddWebAuthnForm):
    """A new passkey, which signs in by itself unless the person says that it is a second step alone."""

    passwordless = forms.BooleanField(
        label="Sign in with it instead of my password",
        required=False,
        initial=True,
        help_text="Untick it for a security key that you use after your password.",
    )
