"""The Django admin has no sign-in of its own: it would know neither the second step nor the limit on tries."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def admin_sign_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Where the admin sends people it does not let in; who is not signed in has been asked to before this runs."""
    if not request.user.is_staff:
        raise PermissionDenied("Only superusers may open the Django admin. Ask one of them.")
    return redirect("admin:index")
