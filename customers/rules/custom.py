"""C40, C41, C42, C70: the company's own attributes, typed by the suffix of their key."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from core.problems import Problem
from customers import normalise
from customers.rules.attempt import Attempt, AttributeFact, is_blank, is_same
from customers.rules.places import is_number, is_web_address
from customers.rules.problems import problem

LONGEST_TEXT = 1024
LONGEST_ID = 255


def attributes_are_no_object(attempt: Attempt) -> Iterator[Problem]:
    """C41: custom attributes are an object of keys and values; they are removed one by one, with null."""
    if "custom" in attempt.changes and not isinstance(attempt.changes["custom"], Mapping):
        message = "Give custom attributes as an object of keys and values; null as a value removes a key."
        yield problem("C41", ("custom",), message)


def attribute_refused(attempt: Attempt) -> Iterator[Problem]:
    """C40, C41, C42: an attribute has a typed key, is in the catalogue, and its value is of that type.

    null is always allowed for a typed key, because it removes the value. What is stored is not judged again: an
    attribute may have been archived since.
    """
    custom, stored = attempt.changes.get("custom"), attempt.before("custom")
    if not isinstance(custom, Mapping):
        return
    kept = stored if isinstance(stored, Mapping) else {}
    for key, value in custom.items():
        if key in kept and is_same(value, kept[key]):
            continue
        code, message = _attribute_problem(key, value, attempt.world.attributes)
        if code:
            yield problem(code, ("custom", str(key)), message)


def _attribute_problem(key: object, value: object, known: Mapping[str, AttributeFact]) -> tuple[str, str]:
    type_ = normalise.attribute_type(key) if isinstance(key, str) else None
    if type_ is None:
        return "C40", "End the key in its type, for example regionStr, seatsNum, renewalAt, trialBool or contractUrl."
    if value is None:
        return "", ""
    fact = known.get(str(key))
    if fact is None or fact.archived:
        return "C42", "Choose an attribute of the catalogue; an administrator can add this one."
    fits, advice = TYPES[type_]
    if not fits(value):
        return "C41", advice
    if fact.options and value not in fact.options:
        return "C42", f"Choose one of these values: {', '.join(fact.options)}."
    return "", ""


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _is_id(value: object) -> bool:
    return isinstance(value, str) and not is_blank(value) and len(value) <= LONGEST_ID


def _is_instant(value: object) -> bool:
    return isinstance(value, str) and isinstance(normalise.instant(value), datetime)


TYPES: dict[str, tuple[Callable[[object], bool], str]] = {
    "Str": (_is_text, f"Write a text of at most {LONGEST_TEXT:,} characters."),
    "Txt": (_is_text, f"Write a text of at most {LONGEST_TEXT:,} characters."),
    "Tree": (_is_text, f"Write the path as a text of at most {LONGEST_TEXT:,} characters, for example emea.nordics."),
    "Num": (is_number, "Enter a number, for example 1840.5."),
    "Bool": (lambda value: isinstance(value, bool), "Choose yes or no (true or false)."),
    "At": (_is_instant, "Write the time as 2026-10-02T15:04:05Z."),
    "Url": (is_web_address, "Write a web address that starts with https://, for example https://northpass.com."),
    "Id": (_is_id, f"Write the ID as a text of 1 to {LONGEST_ID} characters."),
}
"""Type of an attribute -> whether a value is of it, and what to do when it is not."""


def required_attribute_missing(attempt: Attempt) -> Iterator[Problem]:
    """C70: a new customer has a value for each attribute that the catalogue requires."""
    custom = attempt.changes.get("custom")
    given = custom if isinstance(custom, Mapping) else {}
    for key, fact in attempt.world.attributes.items():
        needed = attempt.is_create and fact.required_on_create and not fact.archived
        if needed and is_blank(given.get(key)):
            yield problem("C70", ("custom", key), f"Add a value for {key}: every new customer needs one.")


RULES = (attributes_are_no_object, attribute_refused, required_attribute_missing)
