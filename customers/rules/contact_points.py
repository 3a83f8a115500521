"""C7, C8, C10, C12, C14, C16, C31: how a customer is reached and recognised."""

import re
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

from core.problems import Path, Problem
from customers.normalise import LIST_OF_KIND, contact_key
from customers.rules.attempt import Attempt, is_blank, listed
from customers.rules.problems import problem

LONGEST_EMAIL = 250
LONGEST_EXTERNAL_ID = 255

# [0-9] and not \d, which also matches the digits of other scripts.
_E164 = re.compile(r"\+[1-9][0-9]{1,14}")
_DUPLICATES = {
    "email": ("email", "This email is listed twice. Keep it once, either as their own or as a shared one."),
    "phone": ("phone", "This phone number is listed twice. Keep it once, either as their own or as a shared one."),
    "external_id": ("external_id", "This external ID is listed twice. Keep it once."),
    "social": ("username", "This profile is listed twice. Keep it once, either as their own or as a shared one."),
    "facebook_id": ("user_id", "This Facebook ID is listed twice. Keep it once."),
}


def email_malformed(attempt: Attempt) -> Iterator[Problem]:
    """C7: an email is an address that mail can be sent to, by its form (nothing is looked up)."""
    for path, item in attempt.items("emails", "shared_emails"):
        email = item.get("email")
        if isinstance(email, str) and len(email) > LONGEST_EMAIL:
            continue  # C8 says what is wrong, and an address without limit is not worth parsing.
        if not isinstance(email, str) or not _is_email(email):
            yield problem("C7", (*path, "email"), "Write the whole address, for example jane@northpass.com.")


def _is_email(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def email_too_long(attempt: Attempt) -> Iterator[Problem]:
    """C8: an email has at most 250 characters."""
    for path, item in attempt.items("emails", "shared_emails"):
        email = item.get("email")
        if isinstance(email, str) and len(email) > LONGEST_EMAIL:
            message = f"Use an address of at most {LONGEST_EMAIL} characters: this one has {len(email):,}."
            yield problem("C8", (*path, "email"), message)


def phone_not_international(attempt: Attempt) -> Iterator[Problem]:
    """C12: a phone is an E.164 number: a plus, a country code, 2 to 15 digits in all."""
    for path, item in attempt.items("phones", "shared_phones"):
        phone = item.get("phone")
        if not isinstance(phone, str) or not _E164.fullmatch(phone):
            message = "Start with + and a country code, for example +47 22 86 44 00."
            yield problem("C12", (*path, "phone"), message)


def external_id_empty_or_too_long(attempt: Attempt) -> Iterator[Problem]:
    """C14: an external id has 1 to 255 characters."""
    given: list[tuple[Path, object]] = [
        ((key,), attempt.changes[key])
        for key in ("external_id", "main_source_id")
        if attempt.changes.get(key) is not None
    ]
    for path, item in attempt.items("external_ids", "shared_external_ids"):
        given.append(((*path, "external_id"), item.get("external_id")))
    for path, value in given:
        if not isinstance(value, str) or is_blank(value) or len(value) > LONGEST_EXTERNAL_ID:
            message = f"Write an external ID of 1 to {LONGEST_EXTERNAL_ID} characters as text, for example cus-1042."
            yield problem("C14", path, message)


def main_external_id_not_in_list(attempt: Attempt) -> Iterator[Problem]:
    """C16: the main external id is one of the external ids that are given with it."""
    given = [(key, attempt.changes[key]) for key in ("external_id", "main_source_id") if attempt.changes.get(key)]
    if "external_ids" in attempt.changes:
        listed_ids = {contact_key("external_id", item) for item in listed(attempt.changes, "external_ids")}
        for key, value in given:
            if isinstance(value, str) and value not in listed_ids:
                yield problem("C16", (key,), "Add the main external ID to the list of external IDs as well.")
    elif len({str(value) for _, value in given}) > 1:
        yield problem("C16", ("main_source_id",), "Give the main external ID once: it is two different ones here.")


def listed_twice(attempt: Attempt) -> Iterator[Problem]:
    """C10: the same contact point stands once in a list, and in either the own or the shared list, not both."""
    for kind, lists in LIST_OF_KIND.items():
        part, message = _DUPLICATES[kind]
        # The lists that stay as they are come first, so that the problem points at what was sent.
        seen = {
            contact_key(kind, item)
            for key in lists
            if key not in attempt.changes
            for item in listed(attempt.stored or {}, key)
        }
        for path, item in attempt.items(*lists):
            same = contact_key(kind, item)
            if same and same in seen:
                yield problem("C10", (*path, part), message)
            seen.add(same)
    yield from _main_external_id_is_shared(attempt)


def _main_external_id_is_shared(attempt: Attempt) -> Iterator[Problem]:
    """Without a list the main id is added to the own ones, so it must not stand among the shared ones."""
    if "external_ids" in attempt.changes:
        return
    shared = attempt.after("shared_external_ids")
    keys = {contact_key("external_id", item) for item in shared} if isinstance(shared, list | tuple) else set()
    for key in ("external_id", "main_source_id"):
        value = attempt.changes.get(key)
        if isinstance(value, str) and value and value in keys:
            yield problem("C10", (key,), "This external ID is listed as a shared one. Keep it once.")


def profile_incomplete(attempt: Attempt) -> Iterator[Problem]:
    """C31: a social profile has a user name, a Facebook id a page and a user."""
    for path, item in attempt.items("socials", "shared_socials"):
        if not _is_given(item.get("username")):
            yield problem("C31", (*path, "username"), "Add the user name, for example northpassair.")
    for path, item in attempt.items("facebook_ids"):
        if not _is_given(item.get("page_id")):
            yield problem("C31", (*path, "page_id"), "Add the ID of the Facebook page, as text.")
        if not _is_given(item.get("user_id")):
            yield problem("C31", (*path, "user_id"), "Add the ID of the user on that Facebook page, as text.")


def _is_given(value: object) -> bool:
    return isinstance(value, str) and not is_blank(value)


RULES = (
    email_malformed,
    email_too_long,
    listed_twice,
    phone_not_international,
    external_id_empty_or_too_long,
    main_external_id_not_in_list,
    profile_incomplete,
)
