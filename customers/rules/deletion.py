"""C68, C73: when a customer may go, and when a deleted one may come back."""

from collections.abc import Mapping, Sequence

from core.problems import Holder, Problem
from customers.choices import CustomerKind
from customers.normalise import claims
from customers.rules.problems import problem

_WORDS = {
    "email": "email",
    "phone": "phone number",
    "external_id": "external ID",
    "social": "social profile",
    "facebook_id": "Facebook ID",
    "domain": "domain",
    "slack_channel": "Slack channel",
}


def check_deletion(obstacles: Sequence[str]) -> list[Problem]:
    """C73: nothing that the customer has promised or been promised is still running; one problem for each."""
    return [problem("C73", ("id",), f"End or archive this first: {obstacle}.") for obstacle in obstacles]


def check_restore(
    state: Mapping[str, object],
    *,
    taken: Mapping[tuple[str, str], Holder],
    company_kind: str | None = None,
) -> list[Problem]:
    """C68: no value of the deleted customer belongs to a live one now, and its company can still have people.

    `state` is the deleted customer as `customers.rows.state_of` gives it, `taken` leads from (kind, key) to the live
    customer that has it, `company_kind` is what its company is now; None without one.
    """
    problems = []
    # The main external id stands in the list as well: one problem says it.
    said: set[tuple[str, str]] = set()
    for path, kind, key in claims(state):
        holder = taken.get((kind, key))
        if holder and (kind, key) not in said:
            said.add((kind, key))
            message = f"The {_WORDS[kind]} {key} belongs to {holder.label} now. Take it off there, then restore."
            problems.append(problem("C68", path, message, holder=holder))
    if company_kind not in (None, CustomerKind.ORGANIZATION):
        message = "Its company has become a person. Make that one an organisation again, then restore."
        problems.append(problem("C68", ("company_id",), message))
    return problems
