"""One id for a request, wherever it is spoken of."""

import logging
import re

import pytest

from config.request_id import RequestIdFilter

pytestmark = pytest.mark.django_db


def test_response_names_a_new_id_each_time(client):
    first, second = (client.get("/account/login/").headers["X-Request-ID"] for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first != second


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [
        ("proxy-7f3a.11_b2", True),
        ("short", False),
        ("x" * 65, False),
        ("two words here", False),
        ("a\tb-line-of-log", False),
    ],
)
def test_id_of_a_proxy_is_kept_only_if_it_fits_a_line_of_a_log(client, given, is_kept):
    response = client.get("/account/login/", headers={"X-Request-ID": given})
    assert (response.headers["X-Request-ID"] == given) is is_kept


def test_what_a_request_logs_names_its_id(client):
    response = client.get("/no-such-page/")
    record = logging.makeLogRecord({})
    RequestIdFilter().filter(record)
    assert record.request_id == response.headers["X-Request-ID"]
