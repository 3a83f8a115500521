"""Every address of the house says who may open it."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from core.permissions import SIGNED_IN, refusal
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

# These bring their own checks: allauth for one's own account, the admin for superusers.
THEIR_OWN = ("account/", "admin/")
# What everybody may open, signed in or not.
PUBLIC: set[str] = set()

ANY_ID = "0197a1b2-0000-7000-8000-000000000000"
SAMPLES = {"uuid": ANY_ID, "str": "x", "slug": "x", "int": 1, "path": "x"}


def addresses(patterns, prefix="", names="") -> Iterator[tuple[str, str, URLPattern]]:
    """Every route with the name it is reversed by."""
    for entry in patterns:
        route = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            namespace = f"{entry.namespace}:" if entry.namespace else ""
            yield from addresses(entry.url_patterns, route, names + namespace)
        else:
            yield route, f"{names}{entry.name}", entry


def declared(pattern: URLPattern) -> str:
    view = pattern.callback
    page = getattr(view, "view_class", None)
    return getattr(view, "permission_required", "") or getattr(page, "permission_required", "")


OURS = [
    pytest.param(name, pattern, id=route or "/")
    for route, name, pattern in addresses(get_resolver().url_patterns)
    if not route.startswith(THEIR_OWN)
]


def url_of(name: str, pattern: URLPattern) -> str:
    """The address with something in place of every variable."""
    kinds = {key: type(converter).__name__ for key, converter in pattern.pattern.converters.items()}
    return reverse(name, kwargs={key: SAMPLES[kind.removesuffix("Converter").lower()] for key, kind in kinds.items()})


def is_public(pattern: URLPattern) -> bool:
    return not getattr(pattern.callback, "login_required", True)


@pytest.mark.parametrize(("name", "pattern"), OURS)
def test_address_declares_who_may_open_it(name, pattern):
    if is_public(pattern):
        assert name in PUBLIC
        return
    permission = declared(pattern)
    assert permission
    if permission != SIGNED_IN:
        label, codename = permission.split(".")
        assert Permission.objects.filter(content_type__app_label=label, codename=codename).exists()


@pytest.mark.parametrize(("name", "pattern"), OURS)
def test_nobody_opens_it_without_signing_in(client, name, pattern):
    if is_public(pattern):
        return
    url = url_of(name, pattern)
    assert client.get(url)["Location"] == f"/account/login/?next={url}"


@pytest.mark.parametrize(("name", "pattern"), OURS)
def test_person_without_the_permission_is_told_who_may(client, name, pattern):
    permission = declared(pattern)
    if is_public(pattern) or permission == SIGNED_IN:
        return
    client.force_login(UserFactory())
    for method in (client.get, client.post):
        response = method(url_of(name, pattern))
        assert response.status_code == 403
        assert refusal(permission) in response.content.decode()


def test_sweep_reaches_the_pages_of_every_app():
    names = {parameter.values[0] for parameter in OURS}
    assert {"home", "profile"} <= names
    with pytest.raises(NoReverseMatch):
        reverse("no_such_page")
