"""C52, C63, C69: what the entries of every catalogue have in common."""

import re
from collections.abc import Iterable, Iterator, Mapping

from core.problems import Holder, Problem
from customers.rules.attempt import is_blank
from customers.rules.problems import problem

type Entry = Mapping[str, object]
type Taken = Mapping[str, Holder]

LONGEST_LABEL = 100
LONGEST_KEY = 64
LONGEST_DESCRIPTION = 500

_COLOR = re.compile(r"#[0-9a-f]{6}")


def unknown_fields(changes: Entry, known: Iterable[str]) -> Iterator[Problem]:
    """C69: an entry has these fields and no others."""
    for key in changes.keys() - set(known):
        yield problem("C69", (key,), "There is no field of this name: leave it out.")


def fixed_key(changes: Entry, stored: Entry | None, label: str) -> Iterator[Problem]:
    """C52: the key of an entry that exists stays, because files, integrations and addresses know it."""
    if stored is not None and "key" in changes and changes["key"] != stored["key"]:
        yield problem("C52", ("key",), f"Leave the key as it is: other systems know the {label} by it.")


def label_problems(entry: Entry, label: str, example: str) -> Iterator[Problem]:
    """C63: an entry has a label that fits."""
    value = entry.get("label")
    if is_blank(value):
        yield problem("C63", ("label",), f"Give the {label} a label, for example {example}.")
    elif not isinstance(value, str) or len(value) > LONGEST_LABEL:
        yield problem("C63", ("label",), f"Write a label of at most {LONGEST_LABEL} characters.")


def switch_problems(entry: Entry, *names: str) -> Iterator[Problem]:
    """C63: a switch is on or off."""
    for name in names:
        if not isinstance(entry.get(name, False), bool):
            yield problem("C63", (name,), "Say yes or no (true or false).")


def color_problems(color: object) -> Iterator[Problem]:
    """C63: a colour is `#rrggbb`."""
    if not (isinstance(color, str) and _COLOR.fullmatch(color)):
        yield problem("C63", ("color",), "Choose a colour as # and six digits, for example #2f6f4e.")


def taken_by_another(value: object, taken: Taken, own_id: str | None) -> Holder | None:
    """Who has a value that must be unique, if that is another entry; `taken` leads from folded values to entries."""
    holder = taken.get(value.casefold()) if isinstance(value, str) else None
    return holder if holder and holder.id != own_id else None


def number_of_customers(number: int, verb: str = "has", plural: str = "have") -> str:
    """`1 customer has`, `1,204 customers have`."""
    return f"1 customer {verb}" if number == 1 else f"{number:,} customers {plural}"
