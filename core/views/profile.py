"""The page about oneself: name, look, time zone, and how one signs in."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any, Self

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from core.forms import ProfileForm
from core.models import User
from core.pages import Page
from core.permissions import SIGNED_IN


@dataclass(frozen=True, slots=True)
class SecondSteps:
    """What a person has set up besides the password."""

    has_app: bool
    passkeys: int
    is_passwordless: bool
    recovery_codes: int

    @classmethod
    def of(cls, person: User) -> Self:
        """What this person has, in one query."""
        found = list(Authenticator.objects.filter(user=person))
        kinds = [authenticator.type for authenticator in found]
        codes = [a.wrap() for a in found if a.type == Authenticator.Type.RECOVERY_CODES]
        return cls(
            has_app=Authenticator.Type.TOTP in kinds,
            passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
            is_passwordless=any(a.wrap().is_passwordless for a in found if a.type == Authenticator.Type.WEBAUTHN),
            recovery_codes=sum(len(code.get_unused_codes()) for code in codes),
        )

    @property
    def is_on(self) -> bool:
        """Whether signing in takes more than a password."""
        return self.has_app or self.passkeys > 0


class Profile(Page):
    """What a person may see and change about themselves."""

    permission_required = SIGNED_IN
    template_name = "core/profile.html"
    title = "Your profile"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form as stored."""
        return self._show(ProfileForm(instance=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store what was typed, or show it again with what is wrong."""
        # A copy of the person: a name that is refused must not appear in the frame of the page.
        form = ProfileForm(request.POST, instance=copy(self.request.user))
        if not form.is_valid():
            return self._show(form, status=422)
        form.save()
        messages.success(request, "Profile saved")
        return self.redirect("profile")

    def _show(self, form: ProfileForm, **options: Any) -> HttpResponse:
        return self.render({"form": form, "second_steps": SecondSteps.of(self.request.user)}, **options)
