"""Which field of a customer each column of a file is, and what a row of cells asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from core.problems import Problem, Refused
from customers.imports.cells import (
    read_boolean,
    read_decimal,
    read_items,
    read_json_number,
    read_whole_number,
)
from customers.rows import LOCATION_KEYS
from customers.rules import problem
from customers.rules.fields import READ_ONLY

REPORT_COLUMNS = ("line", "column", "rule", "reason")
"""What a file of refused rows has on top of its own columns; an import of that file passes over them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field as a column: its name in a header, the key it has in an input, and how its cells are read.

    `part` names a piece of a value that several columns make up: a location, the sentiment, custom attributes.
    """

    name: str
    key: str
    read: Callable[[str], Any] = str
    part: str = ""


def _plain_items(text: str) -> list[str]:
    return ["|".join(item) for item in read_items(text)]


def _shaped_items(*keys: str) -> Callable[[str], list[dict[str, Any]]]:
    """Read items whose parts stand in this order; parts that are left out or blank are absent."""

    def read(text: str) -> list[dict[str, Any]]:
        return [_item(keys, parts) for parts in read_items(text)]

    return read


def _item(keys: Sequence[str], parts: Sequence[str]) -> dict[str, Any]:
    # More parts than an item has are kept in the last one, where a rule finds them.
    fitting = [*parts[: len(keys) - 1], "|".join(parts[len(keys) - 1 :])]
    given = {key: part for key, part in zip(keys, fitting, strict=False) if part.strip()}
    return {key: _PART_READERS.get(key, str)(part) for key, part in given.items()}


_PART_READERS: dict[str, Callable[[str], Any]] = {
    "verified": read_boolean,
    "latitude": read_decimal,
    "longitude": read_decimal,
}
_KINDS = {"organisation": "organization", "company": "organization"}


def _kind(text: str) -> str:
    typed = text.strip().casefold()
    return _KINDS.get(typed, typed)


def _code(text: str) -> str:
    return text.strip().upper()


def _lower(text: str) -> str:
    return text.strip().lower()


_EMAILS = _shaped_items("email", "type", "verified")
_PHONES = _shaped_items("phone", "type", "verified")
_EXTERNAL_IDS = _shaped_items("external_id", "verified")
_SOCIALS = _shaped_items("username", "type", "userid", "url", "verified")

_COLUMNS = (
    Column("id", "id"),
    Column("name", "name"),
    Column("kind", "kind", _kind),
    *(Column(key, key) for key in ("short_name", "given_name", "family_name", "username", "managed_by")),
    *(Column(key, key, _EMAILS) for key in ("emails", "shared_emails")),
    *(Column(key, key, _PHONES) for key in ("phones", "shared_phones")),
    Column("external_id", "external_id"),
    *(Column(key, key, _EXTERNAL_IDS) for key in ("external_ids", "shared_external_ids")),
    *(Column(key, key, _SOCIALS) for key in ("socials", "shared_socials")),
    Column("facebook_ids", "facebook_ids", _shaped_items("page_id", "user_id", "name")),
    Column("slack_channel_id", "slack_channel_id"),
    Column("domains", "domains", _plain_items),
    Column("urls", "urls", _shaped_items("url", "type")),
    Column("website", "website"),
    Column("locations", "locations", _shaped_items(*LOCATION_KEYS)),
    *(
        Column(header, "location", _PART_READERS.get(part, str), part)
        for header, part in (
            ("location_type", "type"),
            ("location_name", "name"),
            ("country", "country_name"),
            ("region", "region_name"),
            ("city", "city_name"),
            ("zip", "zip_code"),
            *((part, part) for part in ("address", "address2", "address3", "latitude", "longitude")),
            *((part, part) for part in ("country_code", "region_code", "area_code")),
        )
    ),
    Column("tier", "tier_name"),
    *(Column(key, key) for key in ("tier_id", "company_id")),
    Column("status", "status_id"),
    Column("owner", "owner_id"),
    Column("assignee", "assignee_id"),
    Column("support_status", "support_status", _code),
    *(Column(key, key, _plain_items) for key in ("tags", "tags_add", "tags_remove")),
    *(Column(key, key) for key in ("language", "locale", "time_zone", "birthday", "logo_url", "avatar_url")),
    Column("gender", "gender", _lower),
    Column("sentiment_polarity", "sentiment", read_whole_number, "polarity"),
    Column("sentiment_confidence", "sentiment", read_decimal, "confidence"),
    *(Column(key, key, read_whole_number) for key in ("revenue", "size")),
    *(
        Column(key, key)
        for key in (
            *("created_at", "imported_at", "signed_up_at", "last_seen_at", "last_activity_at"),
            *("last_customer_activity_at", "snoozed_until"),
        )
    ),
)

_ALIASES = {
    "name": ("full_name", "fullname", "company_name", "customer_name", "display_name", "organisation", "organization"),
    "given_name": ("first_name",),
    "family_name": ("last_name", "surname"),
    "emails": ("email", "e_mail", "e_mails", "email_address"),
    "phones": ("phone", "phone_number", "phone_numbers"),
    "slack_channel_id": ("slack_channel",),
    "domains": ("domain",),
    "website": ("url", "website_url", "web_site"),
    "country": ("country_name",),
    "region": ("region_name", "state", "province"),
    "city": ("city_name", "town"),
    "zip": ("zip_code", "postcode", "postal_code"),
    "address": ("address1", "street"),
    "latitude": ("lat",),
    "longitude": ("lng", "lon"),
    "tier": ("tier_name",),
    "status": ("status_id", "status_name", "workflow_status"),
    "owner": ("owner_id", "owner_email", "account_manager"),
    "assignee": ("assignee_id", "assignee_email", "assigned_to"),
    "tags": ("tag", "labels"),
    "language": ("language_code", "lang", "default_lang"),
    "time_zone": ("timezone",),
    "birthday": ("birthday_at", "birth_date", "date_of_birth"),
    "revenue": ("annual_revenue",),
    "size": ("employees", "headcount", "seats"),
}


def _folded(header: str) -> str:
    """A header as it is compared: case, spaces, hyphens and underscores make no difference."""
    return re.sub(r"[\s_-]+", "", header.casefold())


_BY_HEADER = {_folded(column.name): column for column in _COLUMNS} | {
    _folded(alias): column for column in _COLUMNS for alias in _ALIASES.get(column.name, ())
}
_KEPT = (READ_ONLY | {"rev"}) - {"id"}
_CUSTOM_READERS: dict[str, Callable[[str], Any]] = {"Num": read_json_number, "Bool": read_boolean}


def match_header(header: Sequence[str], attributes: Iterable[str]) -> list[Column | None]:
    """Say which column of Retainer each column of the file is; None is one to pass over.

    `attributes` are the keys of the custom attributes that may be written. Passed over is what Retainer keeps by
    itself, so that an export can be imported as it is. Raises `Refused` with a problem for each header that is unknown
    or there twice (C69).
    """
    custom = {_folded(f"custom.{key}"): _custom_column(key) for key in attributes}
    known = _BY_HEADER | custom
    of_report = set(REPORT_COLUMNS) if {*REPORT_COLUMNS} <= {name.strip().casefold() for name in header} else set()
    columns: list[Column | None] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for position, name in enumerate(header, start=1):
        column = known.get(_folded(name))
        if column is None and (name.strip().casefold() in of_report or is_kept(name)):
            columns.append(None)
        elif column is None:
            problems.append(_unknown(name, position, known))
        elif column.name in seen:
            message = f"Keep one of the columns {seen[column.name]} and {name}: they are the same."
            problems.append(problem("C69", (name,), message))
        else:
            seen[column.name] = name
            columns.append(column)
    if problems:
        raise Refused(problems)
    return columns


def is_kept(name: str) -> bool:
    """Whether a header names what Retainer keeps by itself, as the last columns of an export do."""
    return name.strip().casefold() in _KEPT


def _custom_column(key: str) -> Column:
    reader = next((read for suffix, read in _CUSTOM_READERS.items() if key.endswith(suffix)), str)
    return Column(f"custom.{key}", "custom", reader, key)


def _unknown(name: str, position: int, known: Mapping[str, Column]) -> Problem:
    if not name.strip():
        return problem("C69", (f"column {position}",), f"Name column {position} in the header, or take it out.")
    shown = name.strip()[:60]
    is_custom = _folded(name).startswith("custom.")
    candidates = [header for header in known if header.startswith("custom.") == is_custom]
    close = get_close_matches(_folded(name)[:60], candidates, n=1)
    advice = f"did you mean {known[close[0]].name}?" if close else "rename the column or take it out."
    return problem("C69", (name,), f"There is no field {shown}: {advice}")
