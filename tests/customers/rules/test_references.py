"""C23 to C27, C72."""

import uuid

import pytest

from customers.rules import CompanyFact, World
from tests.customers.rules.judging import CUSTOMER_ID, judge, on_create, on_update, path_of

KNOWN = "0197a000-0000-7000-8000-00000000000a"
LEFT = "0197a000-0000-7000-8000-00000000000b"
PERSON = "0197a000-0000-7000-8000-00000000000c"
BELOW = "0197a000-0000-7000-8000-00000000000d"
UNKNOWN = "0197a000-0000-7000-8000-0000000000ff"
WORLD = World(
    tier_ids=frozenset({KNOWN}),
    tier_names={"gold": KNOWN},
    status_ids=frozenset({KNOWN}),
    staff={KNOWN: True, LEFT: False},
    companies={
        KNOWN: CompanyFact("organization"),
        PERSON: CompanyFact("person"),
        BELOW: CompanyFact("organization", ancestors=(KNOWN, CUSTOMER_ID)),
    },
)
REFERENCES = ("tier_id", "status_id", "owner_id", "assignee_id", "company_id")


@pytest.mark.parametrize("key", REFERENCES)
@pytest.mark.parametrize("value", [UNKNOWN, uuid.UUID(UNKNOWN), "x", 5, True, [], {}])
def test_unknown_record_is_refused(key, value):
    found = judge({"name": "Acme", key: value}, world=WORLD)

    assert [(problem.code, problem.kind.value) for problem in found] == [("C24", "not_found")]
    assert path_of(found) == (key,)


@pytest.mark.parametrize("key", REFERENCES)
@pytest.mark.parametrize("value", [KNOWN, KNOWN.upper(), uuid.UUID(KNOWN)])
def test_known_record_is_fine(key, value):
    assert on_create(WORLD, **{key: value}) == []
    assert on_update(world=WORLD, **{key: value}) == []


@pytest.mark.parametrize("key", ["tier_id", "tier_name", "owner_id", "assignee_id", "company_id"])
def test_reference_may_be_cleared(key):
    assert on_update(world=WORLD, **{key: None}) == []


def test_status_cannot_be_cleared():
    assert on_update(world=WORLD, status_id=None) == ["C26"]
    assert on_create(WORLD, status_id="") == ["C26"]


@pytest.mark.parametrize("tier_id", [KNOWN, UNKNOWN, None])
@pytest.mark.parametrize("tier_name", ["Gold", "Unknown", "", None])
def test_tier_by_id_and_by_name_is_refused(tier_id, tier_name):
    assert on_create(WORLD, tier_id=tier_id, tier_name=tier_name) == ["C23"]
    assert on_update(world=WORLD, tier_id=tier_id, tier_name=tier_name) == ["C23"]


@pytest.mark.parametrize("name", ["", " ", "x" * 81, 5, True, []])
def test_blank_or_long_tier_name_is_refused(name):
    assert on_create(World(may_add_tiers=True), tier_name=name) == ["C25"]


def test_tier_is_found_by_its_name_in_any_case():
    assert on_create(WORLD, tier_name=" GOLD ") == []


def test_new_tier_name_needs_somebody_who_may_add_it():
    assert on_create(WORLD, tier_name="x" * 80) == ["C24"]
    assert on_create(World(may_add_tiers=True), tier_name="x" * 80) == []


@pytest.mark.parametrize("key", ["owner_id", "assignee_id"])
def test_inactive_person_as_responsible_is_refused(key):
    found = judge({"name": "Acme", key: LEFT}, world=WORLD)

    assert [problem.code for problem in found] == ["C27"]
    assert path_of(found) == (key,)


@pytest.mark.parametrize("key", REFERENCES)
def test_stored_reference_is_not_judged_again(key):
    assert on_update({key: UNKNOWN}, world=WORLD, **{key: UNKNOWN}) == []
    assert on_update({"owner_id": LEFT}, world=WORLD, owner_id=LEFT) == []


def test_customer_as_its_own_company_is_refused():
    assert on_update(world=WORLD, company_id=CUSTOMER_ID) == ["C72"]


def test_person_as_company_is_refused():
    assert on_create(WORLD, company_id=PERSON) == ["C72"]


def test_company_below_the_customer_is_refused():
    assert on_update(world=WORLD, company_id=BELOW) == ["C72"]
    assert on_create(WORLD, company_id=BELOW) == []


def test_organisation_with_people_becoming_a_person_is_refused():
    found = judge({"kind": "person"}, stored={"kind": "organization"}, world=World(has_people=True))

    assert [problem.code for problem in found] == ["C72"]
    assert path_of(found) == ("kind",)
    assert on_update(world=World(has_people=True), kind="organization") == []
    assert on_update(world=World(), kind="person") == []
