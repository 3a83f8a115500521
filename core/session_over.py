"""The way to the sign-in page and back to the place where somebody was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

_READING = frozenset({"GET", "HEAD"})


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks for sign-in on everything that is not marked as public, and says so to htmx in its own way."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Lead to the sign-in page."""
        return to_sign_in(request, self.get_login_url(view_func), self.get_redirect_field_name(view_func))


def to_sign_in(
    request: HttpRequest, login_url: str | None = None, field: str | None = REDIRECT_FIELD_NAME
) -> HttpResponse:
    """Lead to the sign-in page and from there to the page that was on screen.

    htmx follows a redirect by itself and would put the sign-in page into a panel: it gets 401 and the address.
    """
    redirect = redirect_to_login(_page_on_screen(request), login_url, field)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=401, headers={"HX-Redirect": redirect.url})
    return redirect


def _page_on_screen(request: HttpRequest) -> str:
    """The page a person looks at, which is neither a fragment nor what a form writes to."""
    if request.htmx:  # type: ignore[attr-defined]
        return request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    if request.method in _READING:
        return request.get_full_path()
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}):
        return "/"
    return urlsplit(referrer)._replace(scheme="", netloc="").geturl() or "/"
