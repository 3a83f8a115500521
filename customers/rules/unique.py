"""C9, C13, C15, C20, C22, C32: what belongs to one live customer only."""

from collections.abc import Iterator

from core.problems import Problem
from customers.normalise import claims
from customers.rules.attempt import Attempt
from customers.rules.problems import problem

_RULE_OF_KIND = {
    "email": ("C9", "An email belongs to one customer."),
    "phone": ("C13", "A phone number belongs to one customer."),
    "external_id": ("C15", "An external ID belongs to one customer."),
    "domain": ("C20", "A domain belongs to one customer."),
    "slack_channel": ("C22", "A Slack channel belongs to one customer."),
    "social": ("C32", "A social profile belongs to one customer."),
    "facebook_id": ("C32", "A Facebook ID belongs to one customer."),
}


def value_taken(attempt: Attempt) -> Iterator[Problem]:
    """C9, C13, C15, C20, C22, C32: a value that is not shared belongs to no other live customer."""
    # The main external id stands in the list as well: one problem says it.
    said: set[tuple[str, str]] = set()
    for path, kind, key in claims(attempt.changes):
        holder = attempt.world.taken.get((kind, key))
        if holder and holder.id != attempt.customer_id and (kind, key) not in said:
            said.add((kind, key))
            code, sentence = _RULE_OF_KIND[kind]
            yield problem(code, path, f"Already used by {holder.label}. {sentence}", holder=holder)


RULES = (value_taken,)
