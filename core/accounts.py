"""How people sign in: sign-up is closed, an email address means one person, permissions cost one query."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from core import planned_once
from core.models import User
from core.registry import Person

PRODUCT = "Retainer"

_BETTER_PASSWORD = {
    "password_too_similar": "This is too close to your name or email. Take a few words that say nothing of you.",
    "password_too_short": "Use at least 10 characters, for example a few words: orchard lantern 42.",
    "password_too_common": "This is among the first that anybody tries. Take a few words that nobody puts together.",
    "password_entirely_numeric": "Add letters: digits alone are tried out in seconds.",
}

_COLUMNS = [field.attname for field in User._meta.concrete_fields]
_FIND_PERSON = f"SELECT {', '.join(_COLUMNS)} FROM {User._meta.db_table} WHERE id = %s"

logger = logging.getLogger(__name__)


class Backend(AuthenticationBackend):
    """Signs in by the email address of the person alone, and reads all permissions with one query a request.

    allauth would also take addresses of its own table: one that an administrator has replaced would go on signing in.
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        person = User.objects.filter(email=email.strip().lower()).first()
        return self._check_password(person, password)

    def get_user(self, user_id: UUID | str) -> User | None:
        """The person of a session, who is asked for by every page; None for one who may not sign in any more."""
        with planned_once.cursor() as opened:
            opened.execute(_FIND_PERSON, [user_id])
            found = opened.fetchone()
        person = found and User.from_db(connection.alias, _COLUMNS, found)
        return person if person and self.user_can_authenticate(person) else None

    def get_all_permissions(self, user_obj: Person, obj: Model | None = None) -> set[str]:
        """What the person may do, by their groups and by themselves; nobody has rights on single records."""
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        cached: set[str] | None = getattr(user_obj, "_perm_cache", None)
        if cached is None:
            cached = user_obj._perm_cache = _permissions_of(user_obj)  # type: ignore[attr-defined]
        return cached


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; messages say what to do next."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "That email and password do not match. Check both, then try again.",
        "incorrect_password": "That is not your password. Type the one you sign in with.",
        "enter_current_password": "That is not your present password. Type the one you sign in with.",
        "too_many_login_attempts": "Too many tries with this email. Wait five minutes, then try again.",
        "invalid_password_reset": "This link was used already or is too old. Ask for a new one.",
        "rate_limited": "Too many tries. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: nobody makes an account for themselves."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the profile, where the way to the password page starts."""
        return reverse("profile")

    def clean_password(self, password: str, user: User | None = None) -> str:
        """The password as it is, unless it is easy to guess."""
        try:
            return super().clean_password(password, user=user)
        except ValidationError as refused:
            # Django says what is wrong with a password; people want to know what to type instead.
            raise ValidationError(
                [_BETTER_PASSWORD.get(error.code or "", error) for error in refused.error_list]
            ) from None

    def set_password(self, user: User, password: str) -> None:
        """Store a new password; the tries with the forgotten one no longer count."""
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or log why not: an error page would tell a stranger that the address is known."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("No mail could be sent; check MAIL_HOST and the settings beside it.")

    def format_email_subject(self, subject: str) -> str:
        """The product's name first, so that people know the sender."""
        return f"{PRODUCT}: {subject}"


class MFAAdapter(DefaultMFAAdapter):
    """The second step: names that people see in their authenticator and their browser."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code does not match. Type the six digits that your app shows now, for example 492 039.",
        "cannot_generate_recovery_codes": "Turn on an authenticator app or a passkey first: recovery codes back it up.",
    }

    def get_totp_issuer(self) -> str:
        """What the authenticator app calls this product."""
        return PRODUCT

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """The name that a new passkey is offered with."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the browser calls this product when it asks for a passkey."""
        return super().get_public_key_credential_rp_entity() | {"name": PRODUCT}


def _permissions_of(person: User) -> set[str]:
    names = Permission.objects.values_list("content_type__app_label", "codename")
    if not person.is_superuser:
        names = names.filter(group__user=person).union(names.filter(user=person))
    return {f"{label}.{codename}" for label, codename in names.order_by()}
