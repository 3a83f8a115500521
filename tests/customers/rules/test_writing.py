"""All rules together: every problem at once, in order, and never an error of our own."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.problems import Kind
from customers.rules import PROBLEM_NAMES, AttributeFact, CompanyFact, Door, World, problem
from tests.customers.rules.judging import CUSTOMER_ID, NORTHPASS, judge
from tests.customers.test_normalise import INPUTS, STORED_INPUTS

WORLD = World(
    tier_names={"gold": "1"},
    staff={"1": True, "2": False},
    companies={"1": CompanyFact("organization")},
    attributes={"regionStr": AttributeFact(options=("EMEA",)), "renewalAt": AttributeFact(required_on_create=True)},
    taken={("email", "ops@northpass.com"): NORTHPASS},
)


@given(INPUTS, st.none() | STORED_INPUTS, st.sampled_from(Door), st.none() | st.just(CUSTOMER_ID))
def test_nothing_makes_the_rules_fail(changes, stored, door, customer_id):
    for world in (WORLD, replace(WORLD, may_add_tiers=True)):
        for found in judge(changes, stored=stored, world=world, door=door, customer_id=customer_id):
            assert found.name == PROBLEM_NAMES[found.code]
            assert found.message.endswith((".", "?"))
            assert all(isinstance(step, str | int) for step in found.path)


def test_all_problems_come_together_in_order():
    changes = {
        "nonsense": 1,
        "rev": 1,
        "short_name": "x" * 101,
        "emails": ["ops@northpass.com", "x"],
        "revenue": -1,
        "owner_id": "2",
    }

    found = judge(changes, stored={"name": "Acme", "rev": 2}, world=WORLD, customer_id=CUSTOMER_ID)

    assert [problem.code for problem in found] == ["C51", "C69", "C5", "C7", "C28", "C27", "C9"]


def test_every_rule_has_a_public_name():
    assert list(PROBLEM_NAMES) == [f"C{number}" for number in range(1, 75)]


def test_kind_of_a_problem_follows_from_its_rule():
    assert problem("C9", (), "").kind == Kind.CONFLICT
    assert problem("C1", (), "").kind == Kind.REQUIRED
    assert problem("C24", (), "").kind == Kind.NOT_FOUND
    assert problem("C47", (), "").kind == Kind.GONE
    assert problem("C66", (), "").kind == Kind.FORBIDDEN
    assert problem("C7", (), "").kind == Kind.VALIDATION
