"""C44, C45, C62, C63: the words that administrators keep: flags, tiers, statuses."""

from collections.abc import Iterator, Mapping

from core.problems import Holder, Problem
from customers.choices import StatusCategory
from customers.rules.attempt import World, is_blank
from customers.rules.entries import (
    LONGEST_DESCRIPTION,
    color_problems,
    switch_problems,
    taken_by_another,
    unknown_fields,
)
from customers.rules.problems import problem
from customers.rules.references import LONGEST_TIER_NAME

_NAMED = ("name", "display_name", "description", "color")
TIER_FIELDS = (*_NAMED, "external_id", "is_default", "default_priority")
STATUS_FIELDS = (*_NAMED, "category")
LONGEST_EXTERNAL_ID = 255
PRIORITIES = range(4)

_EXAMPLES = {"tier": "Enterprise", "status": "Onboarding"}


def check_flag(key: object, world: World, *, staff: bool) -> list[Problem]:
    """C44, C45: a flag is in the catalogue and enabled, and staff leave read-only ones alone.

    The same for adding and for removing, and before it is looked whether the flag is set already. `staff` is False
    for an integration, which may write read-only flags.
    """
    fact = world.flags.get(key) if isinstance(key, str) else None
    if fact is None or not fact.enabled:
        return [problem("C44", ("flag",), "Choose a flag of the catalogue that is switched on.")]
    if staff and fact.read_only:
        return [problem("C45", ("flag",), "Leave this flag alone: another system sets it.")]
    return []


def check_tier(
    changes: Mapping[str, object],
    *,
    stored: Mapping[str, object] | None = None,
    taken: Mapping[str, Holder] | None = None,
    tier_id: str | None = None,
) -> list[Problem]:
    """C63, C69: a tier has a name of its own and a colour. `taken` leads from casefolded names to tiers."""
    after = {**(stored or {}), **changes}
    return [
        *unknown_fields(changes, TIER_FIELDS),
        *_entry(after, "tier"),
        *_own_name(after, taken or {}, tier_id),
        *switch_problems(after, "is_default"),
        *_priority(after.get("default_priority")),
    ]


def check_status(
    changes: Mapping[str, object],
    *,
    stored: Mapping[str, object] | None = None,
    taken: Mapping[str, Holder] | None = None,
    status_id: str | None = None,
) -> list[Problem]:
    """C63, C69: a status has a name of its own and a colour. `taken` leads from casefolded names to statuses."""
    after = {**(stored or {}), **changes}
    return [
        *unknown_fields(changes, STATUS_FIELDS),
        *_entry(after, "status"),
        *_own_name(after, taken or {}, status_id),
        *_category(after.get("category")),
    ]


def _entry(after: Mapping[str, object], label: str) -> Iterator[Problem]:
    if is_blank(after.get("name")) and is_blank(after.get("display_name")):
        yield problem("C63", ("name",), f"Give the {label} a name, for example {_EXAMPLES[label]}.")
    for key in ("name", "display_name"):
        value = after.get(key)
        if value is not None and not (isinstance(value, str) and len(value) <= LONGEST_TIER_NAME):
            yield problem("C63", (key,), f"Write a name of at most {LONGEST_TIER_NAME} characters as text.")
    for key, most in (("description", LONGEST_DESCRIPTION), ("external_id", LONGEST_EXTERNAL_ID)):
        value = after.get(key, "")
        if not (isinstance(value, str) and len(value) <= most):
            yield problem("C63", (key,), f"Write at most {most} characters as text.")
    yield from color_problems(after.get("color"))


def _own_name(after: Mapping[str, object], taken: Mapping[str, Holder], own_id: str | None) -> Iterator[Problem]:
    holder = taken_by_another(after.get("name") or after.get("display_name"), taken, own_id)
    if holder:
        yield problem("C63", ("name",), f"Choose another name: {holder.label} has this one.", holder=holder)


def _priority(value: object) -> Iterator[Problem]:
    if value is not None and not (isinstance(value, int) and not isinstance(value, bool) and value in PRIORITIES):
        yield problem("C63", ("default_priority",), "Choose a priority from 0 (urgent) to 3 (low), or none.")


def _category(value: object) -> Iterator[Problem]:
    if value is not None and value not in StatusCategory.values:
        yield problem("C63", ("category",), "Choose active or inactive, or no category.")


def check_tier_removal(*, customers: int) -> list[Problem]:
    """C62: a tier that customers have is not deleted."""
    return [_in_use("tier", customers)] if customers else []


def check_status_removal(*, customers: int, other_statuses: int) -> list[Problem]:
    """C62: a workflow status is not deleted when customers have it, nor when it is the last one."""
    problems = [_in_use("status", customers)] if customers else []
    if not other_statuses:
        problems.append(problem("C62", (), "Add another status first: every customer needs one."))
    return problems


def _in_use(label: str, customers: int) -> Problem:
    have = "1 customer has" if customers == 1 else f"{customers:,} customers have"
    return problem("C62", (), f"Move the customers first: {have} this {label}.")
