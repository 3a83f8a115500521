"""The request's part of the history context."""

from __future__ import annotations

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse

_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class HistoryMiddleware:
    """Names the person, the address and the request in the history of what a request writes.

    Operations add the actor themselves (`core.history.acting`); this covers what bypasses them, the Django admin.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in _WRITING:
            return self.get_response(request)
        context = {"url": request.path, "request": getattr(request, "request_id", "")}
        if request.user.is_authenticated:
            context |= {"user": str(request.user.pk), "label": str(request.user)}
        with pghistory.context(**context):
            return self.get_response(request)
