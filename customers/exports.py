"""The customers as a CSV file: which columns there are, what their cells hold, and the query that writes them.

A column that an import can read has the name and the shape it has there (customers.md 4.3). The id stands first, the
others that Retainer keeps by itself stand at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.clauses import EVERYTHING, Clause, template
from core.counting import planned
from core.csv_cells import cell_sql, item_sql, part_sql
from core.csv_export import CsvStream
from core.problems import Problem
from customers.choices import IdentifierKind
from customers.listing.selection import Selection
from customers.listing.sorts import TABLE, Ordering, order_by
from customers.models import CustomAttribute
from customers.rows import LOCATION_KEYS
from customers.rules.problems import problem

SECONDS = 600
_WALKS_FROM = 30_000

_JOINS = {
    "status": "JOIN customers_workflowstatus AS status ON status.id = {c}.workflow_status_id",
    "tier": "LEFT JOIN customers_tier AS tier ON tier.id = {c}.tier_id",
    "owner": "LEFT JOIN core_user AS owner ON owner.id = {c}.owner_id",
    "assignee": "LEFT JOIN core_user AS assignee ON assignee.id = {c}.assignee_id",
    "main": "LEFT JOIN customers_identifier AS main ON main.id = {c}.main_external_id",
    "created_by": "LEFT JOIN core_actor AS created_by ON created_by.id = {c}.created_by_id",
    "updated_by": "LEFT JOIN core_actor AS updated_by ON updated_by.id = {c}.updated_by_id",
    "spam_by": "LEFT JOIN core_actor AS spam_by ON spam_by.id = {c}.marked_as_spam_by_id",
}
_LISTS = {
    "identifiers": "customers_identifier AS r WHERE r.customer_id = {c}.id",
    "domains": "customers_domain AS r WHERE r.customer_id = {c}.id",
    "urls": "customers_url AS r WHERE r.customer_id = {c}.id",
    "locations": "customers_location AS r WHERE r.customer_id = {c}.id",
    "tags": "customers_customertag AS r JOIN customers_tag AS tag ON tag.id = r.tag_id WHERE r.customer_id = {c}.id",
    "flags": "customers_customerflag AS r JOIN customers_flag AS flag ON flag.id = r.flag_id"
    " WHERE r.customer_id = {c}.id",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the header and its cell in SQL.

    `source` is the join that the cell needs. A cell of a list is an aggregate over `source`, which is read once for
    all columns that come from it. What people have typed is kept from being a formula (`is_typed`).
    """

    name: str
    sql: str
    source: str = ""
    is_typed: bool = True
    is_list: bool = False


def _own(*names: str, is_typed: bool = False) -> tuple[Column, ...]:
    return tuple(Column(name, f"{TABLE}.{name}::text", is_typed=is_typed) for name in names)


def _moment(sql: str) -> str:
    return f"""to_char({sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def _moments(**columns: str) -> tuple[Column, ...]:
    return tuple(Column(name, _moment(f"{TABLE}.{column}"), is_typed=False) for name, column in columns.items())


def _list(name: str, source: str, parts: Iterable[str], only: str = "", order: str = "r.position, r.id") -> Column:
    chosen = f" FILTER (WHERE {only})" if only else ""
    return Column(name, f"string_agg({item_sql(parts)}, ';' ORDER BY {order}){chosen}", source, is_list=True)


def _first(name: str, source: str, value: str, only: str) -> Column:
    sql = f"(array_agg({value} ORDER BY r.position, r.id) FILTER (WHERE {only}))[1]"
    return Column(name, sql, source, is_list=True)


_VERIFIED = "r.verified::text"
_VALUE, _TYPE = part_sql("r.value"), part_sql("r.type")
_PARTS = {
    IdentifierKind.EMAIL: (_VALUE, _TYPE, _VERIFIED),
    IdentifierKind.PHONE: (_VALUE, _TYPE, _VERIFIED),
    IdentifierKind.EXTERNAL_ID: (_VALUE, _VERIFIED),
    IdentifierKind.SOCIAL: (_VALUE, _TYPE, part_sql("r.userid"), part_sql("r.url"), _VERIFIED),
    IdentifierKind.FACEBOOK_ID: (part_sql("r.page_id"), part_sql("r.user_id"), part_sql("r.name")),
}


def _contacts(kind: IdentifierKind, name: str, shared_name: str = "") -> tuple[Column, ...]:
    own = _list(name, "identifiers", _PARTS[kind], f"r.kind = '{kind}' AND NOT r.shared")
    if not shared_name:
        return (own,)
    return own, _list(shared_name, "identifiers", _PARTS[kind], f"r.kind = '{kind}' AND r.shared")


def _location_part(key: str) -> str:
    return f"COALESCE(r.{key}::text, '')" if key in ("latitude", "longitude") else part_sql(f"r.{key}")


_COMMON = (
    *_own("id", "kind"),
    *_own("name", "short_name", "given_name", "family_name", "username", "managed_by", is_typed=True),
    *_contacts(IdentifierKind.EMAIL, "emails", "shared_emails"),
    *_contacts(IdentifierKind.PHONE, "phones", "shared_phones"),
    Column("external_id", "main.value", "main"),
    *_contacts(IdentifierKind.EXTERNAL_ID, "external_ids", "shared_external_ids"),
    *_contacts(IdentifierKind.SOCIAL, "socials", "shared_socials"),
    *_contacts(IdentifierKind.FACEBOOK_ID, "facebook_ids"),
    *_own("slack_channel_id", is_typed=True),
    _list("domains", "domains", ["r.domain_ascii"]),
    _list("urls", "urls", [part_sql("r.url"), "r.type"]),
    _list("locations", "locations", [_location_part(key) for key in LOCATION_KEYS]),
    Column("tier", "tier.name", "tier"),
    Column("status", "status.name", "status"),
    Column("owner", "owner.email", "owner"),
    Column("assignee", "assignee.email", "assignee"),
    *_own("company_id", "support_status"),
    *_moments(snoozed_until="snoozed_until"),
    _list("tags", "tags", [part_sql("tag.name")]),
    *_own("language", "locale", "time_zone", is_typed=True),
    *_own("birthday", "gender", "sentiment_polarity", "sentiment_confidence", "revenue", "size"),
    *_own("logo_url", "avatar_url", is_typed=True),
    *_moments(
        created_at="created_at",
        imported_at="imported_at",
        signed_up_at="signed_up_at",
        last_seen_at="last_seen_at",
        last_activity_at="last_activity_at",
        last_customer_activity_at="last_customer_activity_at",
    ),
)
_KEPT_BY_RETAINER = (
    *_own("slug"),
    _list("flags", "flags", [part_sql("flag.key")], order="flag.key"),
    *_moments(
        status_changed_at="workflow_status_changed_at",
        support_status_changed_at="support_status_changed_at",
        last_idle_at="last_idle_at",
        assigned_at="assigned_at",
        marked_as_spam_at="marked_as_spam_at",
    ),
    Column("marked_as_spam_by", "spam_by.label", "spam_by"),
    Column("created_by", "created_by.label", "created_by"),
    *_moments(updated_at="updated_at"),
    Column("updated_by", "updated_by.label", "updated_by"),
    *_own("rev"),
)
_SINGLE_VALUES = (
    _first("email", "identifiers", "r.value", "r.kind = 'email' AND NOT r.shared"),
    _first("phone", "identifiers", "r.value", "r.kind = 'phone' AND NOT r.shared"),
    _first("domain", "domains", "r.domain_ascii", "TRUE"),
)
_BY_NAME = {column.name: column for column in (*_COMMON, *_KEPT_BY_RETAINER, *_SINGLE_VALUES)}

SHOWN = ("id", "name", "domain", "email", "status", "tier", "owner", "revenue", "last_activity_at", "flags")
"""What stands in the list, one value a cell."""


def all_columns(*, sees_sensitive: bool = True) -> list[Column]:
    """Every column of the export: the id, what an import takes, custom attributes, what Retainer keeps by itself.

    Sensitive attributes are for those who see them on the customer's page, too.
    """
    attributes = CustomAttribute.objects.filter(archived=False).order_by("position", "key")
    if not sees_sensitive:
        attributes = attributes.filter(sensitive=False)
    keys = attributes.values_list("key", flat=True)
    return [*_COMMON, *map(_custom, keys), *_KEPT_BY_RETAINER]


def columns_named(names: Sequence[str], *, sees_sensitive: bool = True) -> tuple[list[Column], list[Problem]]:
    """The columns with these names in this order, and a problem for each name that is none (C69)."""
    known = _BY_NAME | {column.name: column for column in all_columns(sees_sensitive=sees_sensitive)}
    unknown = [name for name in names if name not in known]
    problems = [
        problem("C69", ("columns", name), f"There is no column {name[:60]}: take one of the header of an export.")
        for name in unknown
    ]
    return [known[name] for name in names if name in known], problems


def statement(selection: Selection, order: Ordering, columns: Sequence[Column], *, walks: bool = False) -> Clause:
    """The query of an export: one row for each customer, one text column for each cell.

    Unless it `walks` through the index of the order, the customers are chosen behind a fence, so that nothing is joined
    to those who are not wanted.
    """
    sources = {column.source for column in columns if column.source}
    joins = [sql.format(c=TABLE) for name, sql in _JOINS.items() if name in sources]
    group = order.sort.group
    if group:
        joins.append(f"LEFT JOIN {group.table} ON {group.table}.id = {TABLE}.{group.column}")
    joins += [_lateral(source, columns) for source in _LISTS if source in sources]
    where = selection.where()
    fenced = template("(SELECT * FROM {table} WHERE {where} OFFSET 0) AS {table}", table=TABLE, where=where)
    return template(
        "SELECT {cells} FROM {customers} {joins} WHERE {where} ORDER BY {order}",
        cells=Clause(", ".join(_cell(column) for column in columns)),
        customers=TABLE if walks else fenced,
        joins=Clause(" ".join(joins)),
        where=where if walks else EVERYTHING,
        order=order_by([key.sql for key in order.sort.keys], order.directions(is_backward=False)),
    )


def stream(selection: Selection, order: Ordering, columns: Sequence[Column], **options: object) -> CsvStream:
    """The file; it starts at once, because it follows the index of the order where it is about most customers."""
    is_about_most = selection.is_whole or planned(TABLE, selection.where()) > _WALKS_FROM
    walks = is_about_most and not order.sort.group
    query = statement(selection, order, columns, walks=walks)
    settings = {"enable_sort": "off"} if walks else {}
    if not is_about_most:
        # A few customers are followed to their rows one by one; the planner would read whole tables to meet them.
        settings = {"enable_hashjoin": "off", "enable_mergejoin": "off"}
    return CsvStream(query, seconds=SECONDS, settings=settings, **options)  # type: ignore[arg-type]


def _custom(key: str) -> Column:
    return Column(f"custom.{key}", f"({TABLE}.custom ->> '{key}')")


def _cell(column: Column) -> str:
    value = f'{column.source}."{column.name}"' if column.is_list else column.sql
    # COPY writes an empty text as "" and nothing as nothing, which reads the same and is easier on the eyes.
    cell = f"NULLIF({cell_sql(value)}, '')" if column.is_typed else value
    return f'{cell} AS "{column.name}"'


def _lateral(source: str, columns: Sequence[Column]) -> str:
    """One read of a child table for every cell that comes from it."""
    cells = ", ".join(f'{column.sql} AS "{column.name}"' for column in columns if column.source == source)
    return f"LEFT JOIN LATERAL (SELECT {cells} FROM {_LISTS[source].format(c=TABLE)}) AS {source} ON TRUE"
