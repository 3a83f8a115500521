"""The addresses that belong to no app."""

from django.urls import path

from core.views.profile import Profile

urlpatterns = [path("profile/", Profile.as_view(), name="profile")]
