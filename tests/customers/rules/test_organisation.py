"""C17 to C19, C21, C28, C29."""

from decimal import Decimal

import pytest

from customers import normalise
from customers.rules.organisation import public_email_domains
from tests.customers.rules.judging import judge, on_create, on_update, path_of


@pytest.mark.parametrize(
    "domain",
    [
        *("", " ", "acme", "localhost", "com", "127.0.0.1", "http://127.0.0.1:80/", "0x7f.0x1", "[::1]", "2001:db8::1"),
        *("acme..com", "-acme.com", "acme-.com", "ac me.com", "acme_x.com", "☃.net", "xn--.com", "acme.c", "acme.123"),
        *("a" * 64 + ".com", ".".join(["a" * 61] * 4) + ".museum", "x" * 10_000, None, 5, True, ["acme.com"], {}),
    ],
)
def test_domain_that_is_no_host_name_is_refused(domain):
    found = judge({"name": "Acme", "domains": [domain]})

    assert [problem.code for problem in found] == ["C17"]
    assert path_of(found) == ("domains", 0)


@pytest.mark.parametrize("domain", ["gmail.com", "GMAIL.com", "jane@outlook.com", "https://www.yahoo.co.jp/", "qq.com"])
def test_domain_of_an_email_provider_is_refused(domain):
    assert on_create(domains=[domain]) == ["C18"]


def test_every_email_provider_of_the_list_is_spelled_as_domains_are_compared():
    providers = public_email_domains()

    assert {name for name in providers if normalise.domain(name) != (name, name)} == set()
    assert len(providers) > 400


@pytest.mark.parametrize(
    "domain", ["shop.acme.com", "a.b.acme.co.uk", "co.uk", "github.io", "a.b.github.io", "mail.gmail.com"]
)
def test_domain_that_nobody_registered_is_refused(domain):
    assert on_create(domains=[domain]) == ["C19"]


def test_subdomain_is_answered_with_the_registered_domain():
    (problem,) = judge({"name": "Acme", "domains": ["shop.acme.co.uk"]})

    assert problem.message == "Use the registered domain acme.co.uk instead of its part shop.acme.co.uk."


def test_public_suffix_is_answered_with_what_is_missing():
    (problem,) = judge({"name": "Acme", "domains": ["co.uk"]})

    assert problem.message == "Add the name in front of co.uk: names of many owners end in it."


@pytest.mark.parametrize(
    "domain",
    [
        "acme.com",
        "https://www.acme.com/about",
        "acme.co.uk",
        "acme.github.io",
        "faß.de",
        "xn--bcher-kva.de",
        "пример.рф",
        "1.fm",
    ],
)
def test_registered_domain_is_fine(domain):
    assert on_create(domains=[domain]) == []


def test_each_domain_is_judged_where_it_stands():
    found = judge({"name": "Acme", "domains": ["acme.com", "x", "gmail.com", "a.acme.com"]})

    assert [(problem.code, problem.path) for problem in found] == [
        ("C17", ("domains", 1)),
        ("C18", ("domains", 2)),
        ("C19", ("domains", 3)),
    ]


def test_stored_domain_is_not_judged_again():
    assert on_update({"domains": ["gmail.com"]}, domains=["gmail.com", "acme.com"]) == []


@pytest.mark.parametrize(
    "channel", ["#acme", "C1234567", "D0ACME0001", "c0acme0001", "C0ACME0001 x", "C٠ACME0001", "C" * 256, 5, True, []]
)
def test_malformed_slack_channel_is_refused(channel):
    assert on_create(slack_channel_id=channel) == ["C21"]


@pytest.mark.parametrize("channel", ["C12345678", "G0ACME0001X", " C0ACME0001 ", "C" * 255, None, ""])
def test_wellformed_slack_channel_is_fine(channel):
    assert on_update(slack_channel_id=channel) == []


@pytest.mark.parametrize(("key", "code"), [("revenue", "C28"), ("size", "C29")])
@pytest.mark.parametrize(
    "amount",
    [
        -1,
        2**63,
        10**400,
        12.0,
        0.5,
        float("nan"),
        float("inf"),
        Decimal("12"),
        Decimal("NaN"),
        "12",
        "",
        "1.92M",
        True,
        False,
        [],
        {},
    ],
)
def test_amount_that_is_no_whole_number_is_refused(key, code, amount):
    found = judge({"name": "Acme", key: amount})

    assert [problem.code for problem in found] == [code]
    assert path_of(found) == (key,)


@pytest.mark.parametrize("key", ["revenue", "size"])
@pytest.mark.parametrize("amount", [0, 1_920_000, 2**63 - 1, None])
def test_whole_number_is_fine(key, amount):
    assert on_update(**{key: amount}) == []
