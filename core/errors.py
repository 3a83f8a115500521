"""Pages for what goes wrong: what happened, what is safe, what to do now.

They are drawn without the database and without the person, because either may be the very thing that failed. Words
stand in one template for each status (`404.html`); an htmx request gets them as a toast and keeps its page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from psycopg.errors import QueryCanceled
from psycopg_pool import PoolTimeout, TooManyRequests

from core.session_over import to_sign_in

_RETRY_SECONDS = 5


class Gone(Exception):
    """What was asked for existed and was removed for good; answered with 410."""


class TroubleMiddleware:
    """Gives the troubles of a view that Django knows no page for a page of their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for this trouble, or None to let it become a 500."""
        return _expected(request, exception)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself cannot be read; Django also says so of a session that was ended meanwhile."""
    if isinstance(exception, SessionInterrupted):
        return to_sign_in(request)
    return _page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the message of PermissionDenied says who may."""
    who_may = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page(request, "403.html", 403, who_may=who_may)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is older than the session, or cookies are off."""
    return _page(request, "403_csrf.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing at this address."""
    return _page(request, "404.html", 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: somebody tries too often, mostly at the sign-in page."""
    return _page(request, "429.html", 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or the page of a trouble that came up outside of a view, such as no connection for the session."""
    exception = sys.exception()
    expected = _expected(request, exception) if exception else None
    return expected or _page(request, "500.html", 500)


def _expected(request: HttpRequest, exception: BaseException) -> HttpResponse | None:
    if isinstance(exception, Gone):
        return _page(request, "410.html", 410)
    if not isinstance(exception, OperationalError):
        return None
    if isinstance(exception.__cause__, QueryCanceled):
        return _page(request, "core/too_slow.html", 503)
    if isinstance(exception.__cause__, PoolTimeout | TooManyRequests):
        response = _page(request, "503.html", 503)
        response["Retry-After"] = str(_RETRY_SECONDS)
        return response
    return None


def _page(request: HttpRequest, template: str, status: int, **context: str) -> HttpResponse:
    is_htmx = request.headers.get("HX-Request") == "true"
    layout = "core/error_toast.html" if is_htmx else "core/error.html"
    context |= {"layout": layout, "request_id": getattr(request, "request_id", "")}
    return HttpResponse(loader.get_template(template).render(context), status=status)
