"""People in the Django admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest

from core.forms import time_zones
from core.models import User
from core.text import unstorable


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
    """People, who are known by email address."""

    form = PersonForm
    add_form = NewPersonForm
    ordering = ("name", "email")
    list_display = ("name", "email", "is_active", "is_staff", "last_login")
    search_fields = ("name", "email")
    show_full_result_count = False
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

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """The people that fit; lookups offer those who can sign in. Text that no query can carry fits nobody."""
        if "field_name" in request.GET:
            queryset = queryset.filter(is_active=True)
        if unstorable(search_term) is not None:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)
