"""The Django admin: people, the installation's own records, and what the lists of every app share."""

from allauth.account import admin as allauth_admin
from django.contrib import admin

from core.admin import people, records
from core.views.admin_sign_in import admin_sign_in

__all__ = ["people", "records"]

admin.site.site_title = admin.site.site_header = "Retainer"
admin.site.login = admin_sign_in  # type: ignore[method-assign]

# A person signs in with the address of their account alone; a second list of addresses would only look like one.
admin.site.unregister(allauth_admin.EmailAddress)
