"""C44, C45, C62, C63: the words that administrators keep: flags, tiers, statuses."""

import re
from collections.abc import Iterator, Mapping

from core.problems import Holder, Problem
from customers.rules.attempt import World, is_blank
from customers.rules.problems import problem
from customers.rules.references import LONGEST_TIER_NAME

_COLOR = re.compile(r"#[0-9a-f]{6}")


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
    """C63: a tier has a name of its own and a colour. `taken` leads from casefolded names to tiers."""
    after = {**(stored or {}), **changes}
    problems = [*_entry(after, "tier")]
    name = after.get("name") or after.get("display_name")
    holder = (taken or {}).get(name.casefold()) if isinstance(name, str) else None
    if holder and holder.id != tier_id:
        problems.append(problem("C63", ("name",), f"Choose another name: {holder.label} has this one.", holder=holder))
    return problems


def check_status(changes: Mapping[str, object], *, stored: Mapping[str, object] | None = None) -> list[Problem]:
    """C63: a workflow status has a name and a colour."""
    return [*_entry({**(stored or {}), **changes}, "status")]


def _entry(after: Mapping[str, object], label: str) -> Iterator[Problem]:
    if is_blank(after.get("name")) and is_blank(after.get("display_name")):
        yield problem("C63", ("name",), f"Give the {label} a name.")
    for key in ("name", "display_name"):
        value = after.get(key)
        if value is not None and not (isinstance(value, str) and len(value) <= LONGEST_TIER_NAME):
            yield problem("C63", (key,), f"Write a name of at most {LONGEST_TIER_NAME} characters as text.")
    color = after.get("color")
    if not (isinstance(color, str) and _COLOR.fullmatch(color)):
        yield problem("C63", ("color",), "Choose a colour as # and six digits, for example #2f6f4e.")


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
