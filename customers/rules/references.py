"""C23 to C27, C72: other records that an input names."""

from collections.abc import Iterator

from core.problems import Problem
from customers.choices import CustomerKind
from customers.rules.attempt import Attempt, is_blank
from customers.rules.problems import problem

LONGEST_TIER_NAME = 80


def tier_given_twice(attempt: Attempt) -> Iterator[Problem]:
    """C23: a tier is named by its id or by its name, not by both, not even to clear it."""
    if {"tier_id", "tier_name"} <= attempt.changes.keys():
        yield problem("C23", ("tier_name",), "Give the tier by its ID or by its name, not both.")


def tier_unknown(attempt: Attempt) -> Iterator[Problem]:
    """C24: a tier exists; silent when C23 says that it is not even clear which."""
    if "tier_name" not in attempt.changes and attempt.renews("tier_id") and not _among_tiers(attempt):
        yield problem("C24", ("tier_id",), "Choose a tier that exists.")


def _among_tiers(attempt: Attempt) -> bool:
    tier = attempt.changes["tier_id"]
    return isinstance(tier, str) and tier in attempt.world.tier_ids


def tier_name_refused(attempt: Attempt) -> Iterator[Problem]:
    """C25: a tier name has 1 to 80 characters; C24 when nobody has made such a tier and the actor may not."""
    name = attempt.changes.get("tier_name")
    if name is None or "tier_id" in attempt.changes:
        return
    if not isinstance(name, str) or is_blank(name) or len(name) > LONGEST_TIER_NAME:
        message = f"Write the name of a tier with 1 to {LONGEST_TIER_NAME} characters, for example Enterprise."
        yield problem("C25", ("tier_name",), message)
    elif name.casefold() not in attempt.world.tier_names and not attempt.world.may_add_tiers:
        message = "Choose a tier that exists; an administrator can add this one."
        yield problem("C24", ("tier_name",), message)


def status_cleared(attempt: Attempt) -> Iterator[Problem]:
    """C26: a customer always has a workflow status."""
    if "status_id" in attempt.changes and attempt.changes["status_id"] is None:
        yield problem("C26", ("status_id",), "Choose a status: a customer always has one.")


def status_unknown(attempt: Attempt) -> Iterator[Problem]:
    """C24: a workflow status exists."""
    status = attempt.changes.get("status_id")
    if attempt.renews("status_id") and not (isinstance(status, str) and status in attempt.world.status_ids):
        yield problem("C24", ("status_id",), "Choose a status that exists.")


def responsible_person_refused(attempt: Attempt) -> Iterator[Problem]:
    """C24, C27: owner and assignee are users, and active staff."""
    for key, role in (("owner_id", "owner"), ("assignee_id", "assignee")):
        person = attempt.changes.get(key)
        if not attempt.renews(key):
            continue
        if not isinstance(person, str) or person not in attempt.world.staff:
            yield problem("C24", (key,), f"Choose a staff person as {role}: nobody has this ID.")
        elif not attempt.world.staff[person]:
            yield problem("C27", (key,), f"Choose an active staff person as {role}.")


def company_refused(attempt: Attempt) -> Iterator[Problem]:
    """C24, C72: a company exists, is an organisation, and neither the customer itself nor below it."""
    if not attempt.renews("company_id"):
        return
    company = attempt.changes["company_id"]
    if isinstance(company, str) and company == attempt.customer_id:
        yield problem("C72", ("company_id",), "Choose another organisation: a customer cannot be its own company.")
        return
    fact = attempt.world.companies.get(company) if isinstance(company, str) else None
    if fact is None:
        yield problem("C24", ("company_id",), "Choose an organisation that exists.")
    elif fact.kind != CustomerKind.ORGANIZATION:
        yield problem("C72", ("company_id",), "Choose an organisation: a person cannot be a company.")
    elif attempt.customer_id is not None and attempt.customer_id in fact.ancestors:
        yield problem("C72", ("company_id",), "Choose another organisation: this one belongs to the customer itself.")


def company_would_be_a_person(attempt: Attempt) -> Iterator[Problem]:
    """C72: an organisation that people belong to stays one."""
    if attempt.renews("kind") and attempt.changes["kind"] == CustomerKind.PERSON and attempt.world.has_people:
        yield problem("C72", ("kind",), "Give the people of this organisation another company first.")


RULES = (
    tier_given_twice,
    tier_unknown,
    tier_name_refused,
    status_cleared,
    status_unknown,
    responsible_person_refused,
    company_refused,
    company_would_be_a_person,
)
