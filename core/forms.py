"""The forms of a person's own account."""

from collections.abc import Callable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.exceptions import ValidationError

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
    """What a person may change about themselves; the email address is an administrator's to change."""

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


# What reading something raises that no browser would send.
_UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)


class PasskeyForm(passkeys.AddWebAuthnForm):
    """A new passkey, which signs in by itself unless the person says that it is a second step alone."""

    passwordless = forms.BooleanField(
        label="Sign in with it instead of my password",
        required=False,
        initial=True,
        help_text="Untick it for a security key that you use after your password.",
    )

    def clean(self) -> dict[str, Any]:
        """The passkey, if it answers what this page has asked."""
        try:
            return super().clean()
        except _UNREADABLE:
            raise ValidationError("Your browser sent no passkey. Try again.") from None


class UnderstoodPasskey(forms.Form):
    """What people are told whose passkey does not open the door: the words of allauth speak of codes."""

    _NONE = "Your browser sent no passkey. Try again, or choose another way."
    _UNKNOWN = "This passkey opened no account. Try another one, or choose another way."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages |= {"required": self._NONE, "invalid": self._NONE}

    def clean_credential(self) -> Authenticator:
        """The passkey on record, unless it is not on record or fails."""
        check: Callable[[], Authenticator] = super().clean_credential  # type: ignore[misc]
        try:
            return check()
        except _UNREADABLE:
            raise ValidationError(self._NONE) from None
        except ValidationError as refused:
            if refused.code == "too_many_login_attempts":
                raise
            raise ValidationError(self._UNKNOWN) from None


class PasskeySignInForm(UnderstoodPasskey, passkeys.LoginWebAuthnForm):
    """A passkey instead of a password."""


class PasskeySecondStepForm(UnderstoodPasskey, passkeys.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class PasskeyConfirmationForm(UnderstoodPasskey, passkeys.ReauthenticateWebAuthnForm):
    """A passkey before a change of what guards the account."""
