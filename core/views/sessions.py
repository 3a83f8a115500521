"""Where a person is signed in, signing out there, and staying signed in here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from core import signed_in
from core.pages import Page
from core.permissions import SIGNED_IN


class Sessions(Page):
    """Every browser in which the person is signed in."""

    permission_required = SIGNED_IN
    template_name = "core/sessions.html"
    title = "Where you are signed in"

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them: this one first."""
        return self.render({"places": signed_in.places_of(self.request.user, self.request.session)})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sign out of the one that is named, or of all the others."""
        person, here = self.request.user, self.request.session
        if "elsewhere" in request.POST:
            signed_in.sign_out_elsewhere(person, here)
            messages.success(request, "Signed out everywhere else")
        elif place := signed_in.sign_out_of(request.POST.get("session", ""), person, here):
            messages.success(request, f"Signed out of {place.device}")
        else:
            messages.success(request, "That session was over already")
        return self.redirect("sessions")


class ThisSession(Page):
    """How long the session of this browser lasts, which the middleware answers; asked before the person is warned.

    A page that outlived its session and finds one of the same person takes its token, and goes on with what was typed.
    """

    permission_required = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer without using the session."""
        return HttpResponse(
            status=204, headers={"Session-Person": str(self.request.user.pk), "Session-Token": get_token(request)}
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Stay signed in."""
        signed_in.use(request)
        return HttpResponse(status=204) if self.is_htmx else self.redirect("sessions")
