"""C40, C52, C62, C63, C69: custom attributes as administrators keep them."""

from collections.abc import Iterator, Mapping

from core.problems import Problem
from customers import normalise
from customers.rules.attempt import is_blank
from customers.rules.custom import TYPES
from customers.rules.entries import (
    LONGEST_KEY,
    Entry,
    Taken,
    fixed_key,
    label_problems,
    number_of_customers,
    switch_problems,
    taken_by_another,
    unknown_fields,
)
from customers.rules.problems import problem

ATTRIBUTE_FIELDS = ("key", "label", "options", "sensitive", "required_on_create", "archived")
LONGEST_OPTION = 255
MOST_OPTIONS = 500


def check_attribute_entry(changes: Entry, *, stored: Entry | None = None, taken: Taken | None = None) -> list[Problem]:
    """C40, C52, C63, C69: an attribute has a key that says its type and stays, and options of that type.

    `taken` leads from keys in lower case to attributes.
    """
    after = {**(stored or {}), **changes}
    return [
        *unknown_fields(changes, ATTRIBUTE_FIELDS),
        *fixed_key(changes, stored, "attribute"),
        *(_key_problems(after, taken or {}) if stored is None else ()),
        *label_problems(after, "attribute", "Contract renewal"),
        *(_options_problems(after) if "options" in changes else ()),
        *switch_problems(after, "sensitive", "required_on_create", "archived"),
    ]


def _key_problems(entry: Entry, taken: Taken) -> Iterator[Problem]:
    key = entry.get("key")
    if not isinstance(key, str) or normalise.attribute_type(key) is None:
        message = (
            "Write letters and digits that end in the type, for example regionStr, seatsNum, renewalAt or trialBool."
        )
        yield problem("C40", ("key",), message)
    elif len(key) > LONGEST_KEY:
        yield problem("C40", ("key",), f"Shorten the key to {LONGEST_KEY} characters: it has {len(key)}.")
    elif holder := taken_by_another(key, taken, None):
        yield problem("C63", ("key",), f"Choose another key: {holder.label} has this one.", holder=holder)


def _options_problems(entry: Entry) -> Iterator[Problem]:
    options, key = entry.get("options"), entry.get("key")
    type_ = normalise.attribute_type(key) if isinstance(key, str) else None
    if not isinstance(options, list) or not all(isinstance(option, str) for option in options):
        yield problem("C63", ("options",), "Give the options as a list of texts.")
    elif len(options) > MOST_OPTIONS:
        yield problem("C63", ("options",), f"Keep at most {MOST_OPTIONS} options: there are {len(options):,}.")
    elif type_ and options and not type_.takes_options:
        yield problem("C63", ("options",), f"Leave the options out: {type_.label.lower()} is a type without any.")
    else:
        yield from (found for option in options if (found := _option_problem(option, type_ or "Str")))


def _option_problem(option: str, type_: str) -> Problem | None:
    fits, advice = TYPES[type_]
    if is_blank(option) or len(option) > LONGEST_OPTION:
        return problem("C63", ("options",), f"Write options of 1 to {LONGEST_OPTION} characters.")
    return None if fits(option) else problem("C63", ("options",), f"{option}: {advice}")


def check_option_removal(used: Mapping[str, int]) -> list[Problem]:
    """C62: an option that customers have is not taken away unnoticed; `used` says how many have which."""
    if not used:
        return []
    shown = [f"{number_of_customers(number)} “{option}”" for option, number in list(used.items())[:_MOST_NAMED]]
    more = f" and {len(used) - _MOST_NAMED:,} more options are in use" if len(used) > _MOST_NAMED else ""
    message = f"Keep these options, or confirm below that they go: {', '.join(shown)}{more}."
    return [problem("C62", ("options",), message)]


_MOST_NAMED = 5
