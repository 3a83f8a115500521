"""C9, C13, C15, C20, C22, C32."""

import pytest

from core.problems import Holder, Kind
from customers.rules import World
from tests.customers.rules.judging import CUSTOMER_ID, NORTHPASS, judge, on_create, on_update

TAKEN = {
    ("email", "ops@northpass.com"): NORTHPASS,
    ("phone", "+4722864400"): NORTHPASS,
    ("external_id", "cus-1"): NORTHPASS,
    ("social", "twitter:northpass"): NORTHPASS,
    ("facebook_id", "1:2"): NORTHPASS,
    ("domain", "xn--bcher-kva.de"): NORTHPASS,
    ("slack_channel", "C0ACME0001"): NORTHPASS,
}
CASES = [
    ("C9", {"emails": ["a@x.org", "OPS@Northpass.com"]}, ("emails", 1, "email")),
    ("C13", {"phones": ["+47 22 86 44 00"]}, ("phones", 0, "phone")),
    ("C15", {"external_ids": [" cus-1 "]}, ("external_ids", 0, "external_id")),
    ("C15", {"external_id": "cus-1"}, ("external_id",)),
    ("C15", {"main_source_id": "cus-1"}, ("main_source_id",)),
    ("C32", {"socials": [{"type": "twitter", "username": "NorthPass"}]}, ("socials", 0, "username")),
    ("C32", {"facebook_ids": [{"page_id": "1", "user_id": "2"}]}, ("facebook_ids", 0, "user_id")),
    ("C20", {"domains": ["https://www.BÜCHER.de/"]}, ("domains", 0)),
    ("C22", {"slack_channel_id": "C0ACME0001"}, ("slack_channel_id",)),
]


@pytest.mark.parametrize(("code", "fields", "path"), CASES)
def test_value_of_another_customer_is_refused(code, fields, path):
    (problem,) = judge({"name": "Acme"} | fields, world=World(taken=TAKEN))

    assert (problem.code, problem.path, problem.kind, problem.holder) == (code, path, Kind.CONFLICT, NORTHPASS)


@pytest.mark.parametrize(("code", "fields", "path"), CASES)
def test_value_of_the_customer_itself_is_fine(code, fields, path):
    mine = {key: Holder(CUSTOMER_ID, "Acme") for key in TAKEN}

    assert on_update(world=World(taken=mine), **fields) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"shared_emails": ["ops@northpass.com"]},
        {"shared_phones": ["+4722864400"]},
        {"shared_external_ids": ["cus-1"]},
        {"shared_socials": [{"type": "twitter", "username": "northpass"}]},
        {"socials": [{"type": "linkedin", "username": "northpass"}]},
        {"external_ids": ["CUS-1"]},
        {"emails": ["ops+2@northpass.com"]},
    ],
)
def test_shared_or_different_value_is_fine(fields):
    assert on_create(World(taken=TAKEN), **fields) == []


def test_main_external_id_in_its_list_is_refused_once():
    assert on_create(World(taken=TAKEN), external_id="cus-1", external_ids=["cus-1"]) == ["C15"]


def test_message_names_the_holder():
    (problem,) = judge({"name": "Acme", "emails": ["ops@northpass.com"]}, world=World(taken=TAKEN))

    assert problem.message == "Already used by Northpass Air. An email belongs to one customer."
    assert problem.name == "customer_already_exists_with_email"
