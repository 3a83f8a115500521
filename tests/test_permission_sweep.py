"""Every address of the house says who may open it, and holds to it for everybody."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.urls import URLPattern, URLResolver, get_resolver

from core.permissions import SIGNED_IN, Role, refusal
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SEE_CUSTOMERS = "customers.view_customer"
_KEEPING = {
    "add/": "add",
    **dict.fromkeys(("", "rename/", "colour/", "move/"), "change"),
    **dict.fromkeys(("delete/", "merge/"), "delete"),
}
"""What is done with the tiers and statuses of a company, and which permission of theirs it takes."""
KEEPING_TIERS_AND_STATUSES = {
    f"customers/settings/{many}/{'' if verb == 'add' else '<uuid:entry_id>/'}{deed}": f"customers.{verb}_{model}"
    for many, model in (("tiers", "tier"), ("statuses", "workflowstatus"))
    for deed, verb in _KEEPING.items()
} | {"customers/settings/tiers/<uuid:entry_id>/default/": "customers.change_tier"}
KEEPING_FLAGS_TAGS_AND_ATTRIBUTES = {
    f"customers/settings/{address}": f"customers.{permission}"
    for base, model, pages in (
        ("flags-and-tags/flags/", "flag", {"switch/": "change", "delete/": "delete"}),
        ("flags-and-tags/tags/", "tag", {"merge/": "delete", "delete/": "delete"}),
        ("attributes/", "customattribute", {"archive/": "change"}),
    )
    for address, permission in {
        f"{base}add/": f"add_{model}",
        f"{base}<uuid:entry_id>/": f"change_{model}",
        **{f"{base}<uuid:entry_id>/{page}": f"{verb}_{model}" for page, verb in pages.items()},
    }.items()
}
BESIDES_SEEING_CUSTOMERS = {
    **KEEPING_TIERS_AND_STATUSES,
    **KEEPING_FLAGS_TAGS_AND_ATTRIBUTES,
    "": SIGNED_IN,
    "shortcuts/": SIGNED_IN,
    "profile/": SIGNED_IN,
    "profile/session/": SIGNED_IN,
    "profile/sessions/": SIGNED_IN,
    "jobs/<uuid:job_id>/": SIGNED_IN,
    "account/email/": SIGNED_IN,
    "account/confirm-email/": SIGNED_IN,
    "customers/new/": "customers.add_customer",
    "customers/export/": "customers.export_customer",
    "customers/<uuid:customer_id>/edit/": "customers.change_customer",
    **{
        f"customers/<uuid:customer_id>/{part}/": "customers.change_customer"
        for part in ("status", "tier", "owner", "assignee", "support-status", "flags", "tags", "undo")
    },
    "customers/<uuid:customer_id>/delete/": "customers.delete_customer",
    "customers/<uuid:customer_id>/restore/": "customers.restore_customer",
    "customers/<uuid:customer_id>/spam/": "customers.change_customer",
    "customers/<uuid:customer_id>/not-spam/": "customers.change_customer",
}
# These bring their own checks: allauth for one's own account, the admin for superusers.
THEIR_OWN = ("account/", "admin/")
# What everybody may open, signed in or not: the ways in, and the ways back in.
PUBLIC = {
    *("account/login/", "account/logout/", "account/inactive/", "account/signup/", "account/login/code/confirm/"),
    *("account/password/reset/", "account/password/reset/done/", "account/password/reset/key/done/"),
    r"account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    *("account/2fa/authenticate/", "account/2fa/webauthn/login/"),
    *("account/confirm-email/", r"account/confirm-email/(?P<key>[-:\w]+)/$"),
}

ANY_ID = "0197a1b2-0000-7000-8000-000000000000"
SAMPLES = {"uuid": ANY_ID, "int": "1"}


def addresses(patterns, prefix="") -> Iterator[tuple[str, URLPattern]]:
    """Every address, as the URLconf writes it."""
    for entry in patterns:
        route = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route)
        else:
            yield route, entry


def declared(pattern: URLPattern) -> str:
    view = pattern.callback
    page = getattr(view, "view_class", None)
    return getattr(view, "permission_required", "") or getattr(page, "permission_required", "")


def is_public(pattern: URLPattern) -> bool:
    return not getattr(pattern.callback, "login_required", True)


def url_of(route: str) -> str:
    """The address with something in place of every variable."""
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "x", route.removesuffix("$"))
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda variable: SAMPLES.get(variable[1], "x"), route)


ALL = list(addresses(get_resolver().url_patterns))
OURS = [(route, pattern) for route, pattern in ALL if declared(pattern) or not route.startswith(THEIR_OWN)]
CLOSED = [route for route, pattern in ALL if not is_public(pattern)]
ADMIN = [route for route in CLOSED if route.startswith("admin/")]
PEOPLE = {"nobody's member": (), **{role.value: (role,) for role in Role}}


def test_sweep_reaches_the_pages_of_every_app():
    assert {"", "profile/", "customers/", "account/login/", "admin/core/user/"} <= {route for route, _ in ALL}


def test_only_the_ways_in_are_open_to_everybody():
    assert {route for route, pattern in ALL if is_public(pattern)} == PUBLIC


def test_every_address_declares_the_permission_that_it_takes():
    others = {route: declared(pattern) for route, pattern in OURS if declared(pattern) != SEE_CUSTOMERS}
    assert others == BESIDES_SEEING_CUSTOMERS


def test_every_permission_that_is_declared_exists():
    existing = {
        f"{label}.{name}" for label, name in Permission.objects.values_list("content_type__app_label", "codename")
    }
    assert {declared(pattern) for _, pattern in OURS} - existing == {SIGNED_IN}


@pytest.mark.parametrize("route", CLOSED)
def test_nobody_opens_it_without_signing_in(client, route):
    url = url_of(route)
    for method in (client.get, client.post):
        response = method(url)
        # Some addresses are old ones of others, which ask in their turn.
        while response.status_code in (301, 302) and not response["Location"].startswith("/account/login/"):
            response = client.get(response["Location"])
        assert (response.status_code, response["Location"].startswith("/account/login/?next=/")) == (302, True)


@pytest.mark.parametrize("roles", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.parametrize(("route", "pattern"), OURS, ids=[route or "/" for route, _ in OURS])
def test_group_is_let_in_where_it_has_the_permission_and_is_told_who_has_elsewhere(client, route, pattern, roles):
    person, permission = UserFactory(roles=roles), declared(pattern)
    client.force_login(person)
    is_allowed = permission == SIGNED_IN or person.has_perm(permission)
    for method in (client.get, client.post):
        response = method(url_of(route))
        answer = b"".join(response).decode()  # An export holds its connection until somebody has read it.
        assert (response.status_code != 403) == is_allowed
        assert is_allowed or refusal(permission) in answer


@pytest.mark.parametrize("route", ADMIN)
def test_admin_is_closed_to_every_group(client, route):
    client.force_login(UserFactory(roles=tuple(Role)))
    # Signing out and the words of its own scripts say nothing about anybody.
    if route not in ("admin/logout/", "admin/jsi18n/"):
        assert client.get(url_of(route), follow=True).status_code == 403
