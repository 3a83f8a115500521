"""The addresses that belong to no app."""

from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView

from core.permissions import SIGNED_IN, requires
from core.signed_in import THIS_SESSION
from core.views.job import JobPage
from core.views.profile import Profile
from core.views.sessions import Sessions, ThisSession
from core.views.shortcuts import ShortcutsPage

home = requires(SIGNED_IN)(RedirectView.as_view(pattern_name=settings.HOME_PAGE))
to_profile = requires(SIGNED_IN)(RedirectView.as_view(pattern_name="profile"))

urlpatterns = [
    path("", home, name="home"),
    path("shortcuts/", ShortcutsPage.as_view(), name="shortcuts"),
    path("profile/", Profile.as_view(), name="profile"),
    path("profile/session/", ThisSession.as_view(), name=THIS_SESSION),
    path("profile/sessions/", Sessions.as_view(), name="sessions"),
    path("jobs/<uuid:job_id>/", JobPage.as_view(), name="job"),
    # A person has one address, which an administrator changes: allauth's page for several stays out of reach.
    path("account/email/", to_profile),
    # Nobody is sent a mail to verify an address, so no page says that somebody was.
    path("account/confirm-email/", to_profile),
]
