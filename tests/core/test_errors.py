"""What goes wrong is said in words, with the right status, without the database; htmx gets a toast."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from psycopg.errors import ConnectionTimeout, QueryCanceled
from psycopg_pool import PoolTimeout

from core.errors import Gone, server_error
from core.permissions import SIGNED_IN


def broken(cause):
    error = OperationalError("the driver's words")
    error.__cause__ = cause
    return error


TROUBLES = {
    "gone": Gone(),
    "denied": PermissionDenied("Administrators may delete customers. Ask one of them."),
    "missing": Http404("No Customer matches the given query."),
    "slow": broken(QueryCanceled()),
    "busy": broken(PoolTimeout()),
    "cut": broken(ConnectionTimeout()),
    "broken": ZeroDivisionError("secret"),
}


def fail(request, name):
    raise TROUBLES[name]


fail.permission_required = SIGNED_IN
fail.login_required = False  # what LoginRequiredMiddleware looks at

urlpatterns = [path("fail/<str:name>/", fail)]
handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.not_found"
handler500 = "core.errors.server_error"

pytestmark = pytest.mark.urls(__name__)


def answer(name, **headers):
    return Client(raise_request_exception=False).get(f"/fail/{name}/", headers=headers)


@pytest.mark.parametrize(
    ("name", "status", "heading"),
    [
        ("gone", 410, "This was deleted"),
        ("denied", 403, "You cannot do this"),
        ("missing", 404, "There is nothing here"),
        ("slow", 503, "This took too long and was stopped"),
        ("busy", 503, "Retainer is busy right now"),
        ("cut", 500, "Something broke on our side"),
        ("broken", 500, "Something broke on our side"),
    ],
)
def test_trouble_has_its_status_and_its_page(name, status, heading):
    response = answer(name)
    assert (response.status_code, response.content.decode().count(f"<h1>{heading}</h1>")) == (status, 1)


@pytest.mark.parametrize(("name", "status"), [("denied", 403), ("missing", 404), ("busy", 503), ("broken", 500)])
def test_trouble_of_a_fragment_is_one_toast(name, status):
    response = answer(name, hx_request="true")
    html = response.content.decode().strip()
    assert (response.status_code, html.startswith('<div class="toast is-danger">'), html.count("<html")) == (
        status,
        True,
        0,
    )


def test_refusal_says_who_may():
    assert "Administrators may delete customers. Ask one of them." in answer("denied").content.decode()


def test_refusal_from_a_form_that_is_out_of_date_says_to_reload():
    response = Client(enforce_csrf_checks=True).post("/fail/gone/")
    assert (response.status_code, "This form is out of date" in response.content.decode()) == (403, True)


def test_page_for_the_inner_cause_tells_nothing_of_it():
    pages = [answer(name).content.decode() for name in ("broken", "missing", "busy", "slow")]
    assert [word for word in ("secret", "matches the given query", "driver") for page in pages if word in page] == []


def test_busy_says_when_to_come_back():
    assert answer("busy").headers["Retry-After"] == "5"


def test_page_quotes_the_request_that_failed():
    assert "<code>req-12345678</code>" in answer("broken", x_request_id="req-12345678").content.decode()


def test_trouble_outside_of_a_view_has_its_page_too():
    try:
        raise TROUBLES["busy"]
    except OperationalError:
        response = server_error(RequestFactory().get("/"))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


@override_settings(ALLOWED_HOSTS=["localhost"])
def test_request_that_cannot_be_read_is_400():
    response = Client(raise_request_exception=False).get("/fail/gone/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
