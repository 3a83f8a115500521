"""C30, C33, C34."""

from decimal import Decimal

import pytest

from customers.countries import COUNTRY_CODES
from tests.customers.rules.judging import judge, on_create, on_update, path_of

BAD_URLS = [
    *(
        "northpass.com",
        "ftp://northpass.com",
        "javascript:alert(1)",
        "//northpass.com",
        "http:northpass.com",
        "https://",
    ),
    *(
        "https:///path",
        "http://?x",
        "https://user@northpass.com",
        "https://u:p@northpass.com",
        "https://:80",
        "http://.",
    ),
    *(
        "https://north pass.com",
        "https://northpass.com/a\tb",
        "https://northpass.com/\x7f",
        "java\nscript:x",
        "https://[::1",
    ),
    *(
        "https://northpass.com:port",
        "https://northpass.com:99999",
        "https://good.com\\@evil.com",
        "https://x.org/" + "a" * 2048,
    ),
    *(5, True, ["https://northpass.com"], {}),
]
GOOD_URLS = [
    *("https://northpass.com", "HTTP://northpass.com:8080/a?b=c#d", "http://[2001:db8::1]/", "https://bücher.de/ö"),
    "https://x.org/" + "a" * 2034,
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_link_that_is_no_web_address_is_refused(url):
    assert on_create(logo_url=url) == ["C30"]
    assert on_create(avatar_url=url) == ["C30"]
    assert path_of(judge({"name": "Acme", "urls": [{"url": url}]})) == ("urls", 0, "url")
    assert on_create(shared_socials=[{"type": "twitter", "username": "a", "url": url}]) == ["C30"]

    found = judge({"name": "Acme", "socials": [{"type": "twitter", "username": "a", "url": url}]})
    assert [problem.code for problem in found] == ["C30"]
    assert path_of(found) == ("socials", 0, "url")


@pytest.mark.parametrize("url", GOOD_URLS)
def test_web_address_is_fine(url):
    assert on_create(logo_url=url, avatar_url=url, urls=[{"url": url}]) == []


def test_empty_link_is_refused_only_where_it_is_the_whole_entry():
    assert on_create(urls=[{"url": ""}]) == ["C30"]
    assert on_create(socials=[{"type": "twitter", "username": "a", "url": ""}]) == []
    assert on_update(logo_url=None, avatar_url="") == []


BAD_NUMBERS = ["59.9", True, float("nan"), float("inf"), Decimal("sNaN"), 10**400, [], {}]


@pytest.mark.parametrize("latitude", [Decimal("1e-20000"), -90.0001, 91, *BAD_NUMBERS])
def test_latitude_off_the_map_is_refused(latitude):
    found = judge({"name": "Acme", "locations": [{"latitude": latitude, "longitude": 0}]})

    assert [problem.code for problem in found] == ["C33"]
    assert path_of(found) == ("locations", 0, "latitude")


@pytest.mark.parametrize("longitude", [-180.5, Decimal("180.0001"), *BAD_NUMBERS])
def test_longitude_off_the_map_is_refused(longitude):
    found = judge({"name": "Acme", "locations": [{"latitude": 0, "longitude": longitude}]})

    assert [problem.code for problem in found] == ["C33"]
    assert path_of(found) == ("locations", 0, "longitude")


@pytest.mark.parametrize(("given", "missing"), [("latitude", "longitude"), ("longitude", "latitude")])
def test_one_coordinate_alone_is_refused(given, missing):
    found = judge({"name": "Acme", "locations": [{}, {given: 10}]})

    assert [problem.code for problem in found] == ["C33"]
    assert path_of(found) == ("locations", 1, missing)


@pytest.mark.parametrize(("latitude", "longitude"), [(-90, -180), (90.0, 180.0), (Decimal("59.91"), 10.75), (0, 0)])
def test_coordinates_on_the_map_are_fine(latitude, longitude):
    assert on_create(locations=[{"latitude": latitude, "longitude": longitude}]) == []


@pytest.mark.parametrize("code", ["UK", "EU", "XK", "SU", "ZZ", "NOR", "N", "Norway", 47, ["NO"]])
def test_country_code_that_iso_has_not_assigned_is_refused(code):
    found = judge({"name": "Acme", "locations": [{"country_code": code}]})

    assert [problem.code for problem in found] == ["C34"]
    assert path_of(found) == ("locations", 0, "country_code")


def test_every_assigned_country_code_is_fine():
    assert len(COUNTRY_CODES) == len(set(COUNTRY_CODES)) == 249
    assert on_create(locations=[{"country_code": code.lower()} for code in COUNTRY_CODES]) == []
