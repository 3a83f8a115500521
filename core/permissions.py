"""Who may do what: the four groups, and the sentence that says who may.

The table of groups and permissions is data of the migrations that make it (`0002_groups` of each app); an
administrator may change it afterwards, so everything here asks the database and nothing repeats the table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from functools import wraps
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.text import capfirst, get_text_list

from core.registry import Person

SIGNED_IN = "signed in"
"""What a page declares that everybody with an account may open."""

_VERBS = {"add": "add", "change": "change", "delete": "delete", "view": "see"}


class Role(StrEnum):
    """The groups every installation starts with, from the least to the most."""

    VIEWER = "Viewer"
    SUPPORT_AGENT = "Support agent"
    BILLING_OPERATOR = "Billing operator"
    ADMINISTRATOR = "Administrator"


def grant(apps: Apps, label: str, table: Mapping[str, Collection[Role]]) -> None:
    """Give groups the permissions of one app, in a migration: `{"export_customer": {Role.SUPPORT_AGENT}}`.

    Django makes permissions only after all migrations have run, so the app's own are made here first.
    """
    config = apps.get_app_config(label)
    config.models_module = True  # type: ignore[assignment] # What create_permissions asks for; a migration has none.
    create_permissions(config, verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label=label)
    by_codename = {permission.codename: permission for permission in permissions}
    groups = {group.name: group for group in apps.get_model("auth", "Group").objects.filter(name__in=list(Role))}
    for codename, roles in table.items():
        for role in roles:
            groups[role].permissions.add(by_codename[codename])


def require(person: Person, permission: str) -> None:
    """Raise PermissionDenied, with the sentence that says who may, unless this person has the permission."""
    if permission != SIGNED_IN and not person.has_perm(permission):  # type: ignore[union-attr]
        raise PermissionDenied(refusal(permission))


def requires(permission: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Declare and check the permission of a view that is a function."""

    def declare(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request.user, permission)
            return view(request, *args, **kwargs)

        checked.permission_required = permission  # type: ignore[attr-defined]
        return checked

    return declare


def refusal(permission: str) -> str:
    """What a person is told who lacks the permission: who has it, and what to do."""
    return f"{who_may(permission)} may {deed(permission)}. Ask one of them."


def who_may(permission: str) -> str:
    """The groups that hold a permission, as people say it: "Support agents and Administrators"."""
    label, codename = permission.split(".")
    names = Group.objects.filter(
        permissions__content_type__app_label=label, permissions__codename=codename
    ).values_list("name", flat=True)
    roles = list(Role)
    # Groups that an installation has added come after ours, by name.
    known_first = sorted(names, key=lambda name: (roles.index(Role(name)) if name in roles else len(roles), name))
    return get_text_list([f"{name}s" for name in known_first], "and") or "Only superusers"


def deed(permission: str) -> str:
    """What a permission allows, in words that follow "may": "change customers"."""
    label, codename = permission.split(".")
    for model in installed.get_app_config(label).get_models():
        options = model._meta
        for own, words in options.permissions:
            if own == codename:
                return words.removeprefix("Can ")
        for action in options.default_permissions:
            if get_permission_codename(action, options) == codename:
                return f"{_VERBS[action]} {options.verbose_name_plural}"
    raise LookupError(f"{capfirst(label)} has no permission {codename!r}: correct the name where it is declared.")
