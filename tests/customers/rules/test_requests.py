"""C46 to C51."""

import uuid
from types import SimpleNamespace

import pytest

from core.problems import Kind
from customers import normalise
from customers.rules import check_exists, check_id, check_page_size, check_rev, page_token_refused
from tests.customers.rules.judging import on_create, on_update

ID = "3f8d7f0a-6a52-4d5e-9a86-0a8f0c1d2e01"


def customer(**state: object) -> SimpleNamespace:
    return SimpleNamespace(**{"deleted_at": None, "anonymised_at": None, "merged_into_id": None} | state)


def test_customer_that_does_not_exist_is_not_found():
    (problem,) = check_exists(None)

    assert (problem.code, problem.kind) == ("C46", Kind.NOT_FOUND)


@pytest.mark.parametrize("state", [{"deleted_at": "now"}, {"anonymised_at": "now"}])
def test_deleted_or_anonymised_customer_is_gone(state):
    (problem,) = check_exists(customer(**state))

    assert (problem.code, problem.kind, problem.holder) == ("C47", Kind.GONE, None)


def test_merged_customer_is_gone_and_names_its_survivor():
    (problem,) = check_exists(customer(deleted_at="now", merged_into_id=uuid.UUID(ID)))

    assert (problem.code, problem.kind) == ("C47", Kind.GONE)
    assert problem.holder.id == ID


def test_deleted_customer_that_is_to_be_deleted_is_not_found():
    (problem,) = check_exists(customer(deleted_at="now"), to_delete=True)

    assert problem.code == "C46"


def test_merged_customer_that_is_to_be_deleted_still_names_its_survivor():
    (problem,) = check_exists(customer(deleted_at="now", merged_into_id=uuid.UUID(ID)), to_delete=True)

    assert (problem.code, problem.holder.id) == ("C47", ID)


@pytest.mark.parametrize("to_delete", [True, False])
def test_live_customer_exists(to_delete):
    assert check_exists(customer(), to_delete=to_delete) == []


@pytest.mark.parametrize("value", [0, -5, "0", "-5", "many", "1.5", 1.5, True, [], {}, "١٠"])
def test_page_size_below_one_or_no_whole_number_is_refused(value):
    (problem,) = check_page_size(normalise.page_size(value))

    assert (problem.code, problem.path) == ("C48", ("page_size",))


@pytest.mark.parametrize("value", [1, "1", 1000, 5000, "9" * 5000, None, ""])
def test_page_size_from_one_on_is_fine(value):
    assert check_page_size(normalise.page_size(value)) == []


def test_page_token_of_another_call_is_refused():
    problem = page_token_refused()

    assert (problem.code, problem.name, problem.path) == ("C49", "INVALID_PAGE_TOKEN", ("page_token",))


@pytest.mark.parametrize(
    "value",
    ["", "1", ID[:-1], ID + "0", ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", f" {ID}", 5, None, [], b"x" * 16],
)
def test_id_that_is_no_uuid_is_refused(value):
    (problem,) = check_id(value)

    assert (problem.code, problem.name) == ("C50", "invalid_id")


@pytest.mark.parametrize("value", [ID, ID.upper(), uuid.UUID(ID), uuid.uuid4(), "0197a000-0000-7000-8000-000000000001"])
def test_uuid_of_any_version_is_fine(value):
    assert check_id(value) == []


@pytest.mark.parametrize("given", [0, 2, -1, "1", True, 1.0, [], {}])
def test_revision_that_is_not_the_stored_one_is_refused(given):
    (problem,) = check_rev(given, 1)

    assert (problem.code, problem.kind, problem.path) == ("C51", Kind.CONFLICT, ("rev",))


def test_stored_revision_or_none_is_fine():
    assert check_rev(1, 1) == []
    assert check_rev(None, 1) == []


def test_revision_is_judged_with_the_rest_of_an_update():
    assert on_update({"rev": 3}, rev=2) == ["C51"]
    assert on_update({"rev": 3}, rev=3) == []
    assert on_create(rev=3) == []
