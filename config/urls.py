"""The address plan: every app brings its own URLs."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from core.permissions import SIGNED_IN, requires
from core.views.admin_sign_in import admin_sign_in

admin.site.login = admin_sign_in  # type: ignore[method-assign]
admin.site.site_title = admin.site.site_header = "Retainer"

home = requires(SIGNED_IN)(RedirectView.as_view(pattern_name="customers:list"))
profile = requires(SIGNED_IN)(RedirectView.as_view(pattern_name="profile"))

urlpatterns = [
    path("", home, name="home"),
    path("", include("core.urls")),
    path("customers/", include("customers.urls")),
    # A person has one address, which an administrator changes: allauth's page for several stays out of reach.
    path("account/email/", profile),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.not_found"
handler429 = "core.errors.too_many_requests"
handler500 = "core.errors.server_error"
