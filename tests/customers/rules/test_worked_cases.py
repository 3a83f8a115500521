"""The worked cases of the specification: each error is the one and only problem."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from core.problems import Holder
from customers import normalise
from customers.rules import FlagFact, World, check_flag, check_page_size, check_tier
from tests.customers.rules.judging import judge

LINES = Path(__file__).parent.parent.joinpath("cases.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]


def cases(*operations: str) -> pytest.MarkDecorator:
    chosen = [case for case in CASES if case["op"] in operations]
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def world_of(given: list[Mapping[str, object]]) -> World:
    taken = {
        (claim.kind, claim.key): Holder(str(customer["id"]), str(customer["name"]))
        for customer in given
        for claim in normalise.claims(normalise.customer(customer))
    }
    return World(taken=taken)


def expected(case: Mapping[str, object]) -> list[str]:
    return [str(case["error"])] if "error" in case else []


def agrees(result: object, expect: object) -> bool:
    """Whether everything that is expected is there; what the case does not name may be anything."""
    if isinstance(expect, dict):
        return isinstance(result, dict) and all(agrees(result.get(key), value) for key, value in expect.items())
    if isinstance(expect, list):
        return isinstance(result, list) and len(result) == len(expect) and all(map(agrees, result, expect))
    return result == expect


@cases("create")
def test_create(case):
    found = judge(case["input"], world=world_of(case["given"]))

    assert [problem.code for problem in found] == expected(case)
    if not found:
        written = normalise.completed(normalise.customer(case["input"]))
        assert agrees(written, case["expect"])


@cases("update")
def test_update(case):
    changes = {key: value for key, value in case["input"].items() if key != "id"}
    (stored,) = [customer for customer in case["given"] if customer["id"] == case["input"]["id"]]

    found = judge(changes, stored=stored, world=world_of(case["given"]), customer_id=stored["id"])

    assert [problem.code for problem in found] == expected(case)
    if not found:
        written = normalise.completed(normalise.customer(changes), normalise.customer(stored))
        # A list that is cleared is written as None and read as empty.
        assert {key: written[key] or None for key in case["expect"]} == {
            key: value or None for key, value in case["expect"].items()
        }


@cases("catalogue")
def test_catalogue_entry(case):
    found = check_tier(normalise.catalogue_entry(case["input"]))

    assert [problem.code for problem in found] == expected(case)


@cases("flag")
def test_flag(case):
    flags = {each["flag"]: FlagFact(read_only=each["read_only"]) for each in case["given"] if "flag" in each}

    found = check_flag(case["input"]["flag"], World(flags=flags), staff=True)

    assert [problem.code for problem in found] == expected(case)


@cases("list")
def test_page_size(case):
    size = normalise.page_size(case["input"].get("page_size"))

    assert [problem.code for problem in check_page_size(size)] == expected(case)
    if "expect" in case:
        assert size == case["expect"]["page_size"]
