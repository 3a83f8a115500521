"""People, groups, and the installation's own records in the Django admin."""

from __future__ import annotations

from typing import Any

from allauth.account import admin as allauth_admin
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest

from core.forms import time_zones
from core.models import Actor, AuditLine, User
from core.views.admin_sign_in import admin_sign_in

admin.site.site_title = admin.site.site_header = "Retainer"
admin.site.login = admin_sign_in  # type: ignore[method-assign]

# A person signs in with the address of their account alone; a second list of addresses would only look like one.
admin.site.unregister(allauth_admin.EmailAddress)


class PersonForm(UserChangeForm):
    """A person as an administrator edits them; addresses are kept in lower case."""

    time_zone = forms.ChoiceField(choices=time_zones)

    class Meta:
        model = User
        fields = "__all__"

    def clean_email(self) -> str:
        """The address in lower case: signing in looks for that."""
        return self.cleaned_data["email"].lower()


class NewPersonForm(AdminUserCreationForm):
    """A new person: address, name and first password."""

    class Meta:
        model = User
        fields = ("email", "name")

    def clean_email(self) -> str:
        """The address in lower case: signing in looks for that."""
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People, who are known by e-mail address."""

    form = PersonForm
    add_form = NewPersonForm
    ordering = ("name", "email")
    list_display = ("name", "email", "is_active", "is_staff", "last_login")
    search_fields = ("name", "email")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("Preferences", {"fields": ("theme", "time_zone", "single_key_shortcuts")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "name", "usable_password", "password1", "password2")}),
    )


class ReadOnlyAdmin(admin.ModelAdmin):
    """Records that Retainer writes by itself: to look at, never to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Actor)
class ActorAdmin(ReadOnlyAdmin):
    """Who changes are told of."""

    list_display = ("label", "kind", "user")
    list_filter = ("kind",)
    list_select_related = ("user",)
    search_fields = ("label",)


@admin.register(AuditLine)
class AuditLineAdmin(ReadOnlyAdmin):
    """What happened across all customers."""

    list_display = ("at", "actor", "action", "request_id")
    list_filter = ("action",)
    list_select_related = ("actor",)
    date_hierarchy = "at"
