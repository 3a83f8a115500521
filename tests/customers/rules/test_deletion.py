"""C68 and C73."""

import pytest

from core.problems import Holder, Kind
from customers import normalise
from customers.rules import check_deletion, check_restore
from tests.customers.rules.judging import NORTHPASS

CASES = [
    ({"emails": ["ops@northpass.com"]}, ("email", "ops@northpass.com"), ("emails", 0, "email"), "email"),
    ({"phones": ["+4722864400"]}, ("phone", "+4722864400"), ("phones", 0, "phone"), "phone number"),
    ({"external_ids": ["cus-1"]}, ("external_id", "cus-1"), ("external_ids", 0, "external_id"), "external ID"),
    ({"domains": ["northpass.com"]}, ("domain", "northpass.com"), ("domains", 0), "domain"),
    ({"slack_channel_id": "C0ACME0001"}, ("slack_channel", "C0ACME0001"), ("slack_channel_id",), "Slack channel"),
]


@pytest.mark.parametrize(("fields", "key", "path", "word"), CASES)
def test_restoring_a_customer_whose_value_has_a_new_owner_is_refused(fields, key, path, word):
    (problem,) = check_restore(normalise.customer(fields), taken={key: NORTHPASS})
    assert (problem.code, problem.kind, problem.path, problem.holder) == ("C68", Kind.CONFLICT, path, NORTHPASS)
    assert problem.message == (f"The {word} {key[1]} belongs to Northpass Air now. Take it off there, then restore.")


def test_every_value_with_a_new_owner_is_named_once():
    state = normalise.customer({"external_ids": ["a", "b", "c"], "external_id": "a"})
    other = Holder("0197a000-0000-7000-8000-000000000009", "Other")
    problems = check_restore(state, taken={("external_id", "a"): NORTHPASS, ("external_id", "c"): other})
    assert [problem.holder for problem in problems] == [NORTHPASS, other]


def test_restoring_into_a_company_that_became_a_person_is_refused():
    problems = check_restore({}, taken={}, company_kind="person")
    assert [(problem.code, problem.path) for problem in problems] == [("C68", ("company_id",))]


def test_restoring_what_nobody_took_is_fine():
    state = normalise.customer({"emails": ["a@x.org"], "shared_emails": ["ops@northpass.com"]})
    assert check_restore(state, taken={("email", "ops@northpass.com"): NORTHPASS}, company_kind="organization") == []


def test_deleting_with_commitments_is_refused_once_for_each():
    problems = check_deletion(["the commit Platform 2026", "the contract Frame 7"])
    assert [(problem.code, problem.kind, problem.message) for problem in problems] == [
        ("C73", Kind.CONFLICT, "End or archive this first: the commit Platform 2026."),
        ("C73", Kind.CONFLICT, "End or archive this first: the contract Frame 7."),
    ]


def test_deleting_without_commitments_is_fine():
    assert check_deletion([]) == []
