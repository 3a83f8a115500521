"""The ways to one page of the customer list, as SQL.

`walk` follows the index of the order and stops after a page: right when many rows fulfil the conditions. Where the
order goes by owner, status or tier it walks group by group. `collected` gathers what fulfils the conditions, behind a
fence, and sorts that: right when it is so rare that a walk would see the whole table.
"""

from __future__ import annotations

from core.clauses import EVERYTHING, Clause, joined, template
from core.paging import Cursor
from customers.listing.sorts import LAST_ID, NO_ID, TABLE, Group, Ordering, beyond, order_by

WINDOW = 8_000
"""How many rows a walk looks at before it gives up."""

# What a row of the page shows; read for the rows of one page only, whatever it took to find them.
_SHOWN = """
SELECT ({total}) AS total, {keys}, c.id, c.name, c.revenue,
  COALESCE(c.last_activity_at, c.created_at) AS last_activity_at,
  s.name AS status_name, s.display_name AS status_display_name, s.color AS status_color,
  t.name AS tier_name, t.display_name AS tier_display_name, t.color AS tier_color,
  u.name AS owner_name, u.email AS owner_email, c.marked_as_spam_at IS NOT NULL AS is_spam,
  COALESCE(
    (SELECT domain_unicode FROM customers_domain d WHERE d.customer_id = c.id ORDER BY d.position, d.id LIMIT 1),
    (SELECT value FROM customers_identifier i WHERE i.customer_id = c.id AND i.kind = 'email' AND NOT i.shared
      ORDER BY i.position, i.id LIMIT 1)
  ) AS address,
  (SELECT string_agg(f.label, ', ' ORDER BY f.key) FROM customers_customerflag l
    JOIN customers_flag f ON f.id = l.flag_id WHERE l.customer_id = c.id) AS flags
FROM page JOIN customers_customer c ON c.id = page.id
  JOIN customers_workflowstatus s ON s.id = c.workflow_status_id
  LEFT JOIN customers_tier t ON t.id = c.tier_id
  LEFT JOIN core_user u ON u.id = c.owner_id
ORDER BY {order}"""


_UNCOUNTED = Clause("NULL::bigint")


def walk(where: Clause, order: Ordering, cursor: Cursor | None, limit: int, *, total: Clause = _UNCOUNTED) -> Clause:
    """A page found by following the order; for conditions that most rows fulfil, or that an index answers.

    `total` is the question for the number of all rows, answered on the way.
    """
    if order.sort.group:
        return _shown(order, cursor, _walk_groups(where, order, order.sort.group, cursor, limit), total=total)
    rows = template(
        "SELECT {keys} FROM {table} WHERE {where} AND {after} ORDER BY {order} LIMIT {limit}",
        keys=_named_keys(order), table=TABLE, where=where, after=_after(order, cursor), order=_order(order, cursor),
        limit=str(limit),
    )  # fmt: skip
    return _shown(order, cursor, rows, total=total)


def walk_window(listed: Clause, where: Clause, order: Ordering, cursor: Cursor | None, limit: int) -> Clause:
    """A walk that looks at no more than a window of the rows that are listed; it may find less than there is."""
    *names, _ = _columns(order)
    # The keys leave the window as columns, so that the planner sees its rows in order already.
    keys = ", ".join(f"{key.sql} AS {name}" for key, name in zip(order.sort.keys, names, strict=False))
    window = template(
        "(SELECT {table}.*, {keys} FROM {table} WHERE {listed} AND {after} ORDER BY {order} LIMIT {window}) AS {table}",
        table=TABLE, keys=keys, listed=listed, after=_after(order, cursor), order=_order(order, cursor),
        window=str(WINDOW),
    )  # fmt: skip
    columns = [f"{TABLE}.{column}" for column in _columns(order)]
    rows = template(
        "SELECT {columns} FROM {window} WHERE {where} ORDER BY {order} LIMIT {limit}",
        columns=", ".join(columns), window=window, where=where, limit=str(limit),
        order=order_by(columns, _directions(order, cursor)),
    )  # fmt: skip
    return _shown(order, cursor, rows)


def collected(
    where: Clause, order: Ordering, cursor: Cursor | None, limit: int, *, at_most: int | None = None
) -> Clause:
    """A page out of all that fulfil the conditions, with their number; with more than `at_most` it means nothing."""
    hits = template(
        "SELECT {keys} FROM {source} WHERE {where} LIMIT {at_most}",
        keys=_named_keys(order), source=_source(order), where=where, at_most=str(at_most or "ALL"),
    )  # fmt: skip
    return _sorted(order, cursor, limit, hits)


def rows_in_window(listed: Clause, order: Ordering, cursor: Cursor | None) -> Clause:
    """How many rows a walk through a window looks at: fewer than the window where the list ends."""
    return template(
        "SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {listed} AND {after} LIMIT {window}) AS seen",
        table=TABLE, listed=listed, after=_after(order, cursor), window=str(WINDOW),
    )  # fmt: skip


def _sorted(order: Ordering, cursor: Cursor | None, limit: int, hits: Clause) -> Clause:
    columns = _columns(order)
    after = EVERYTHING
    if cursor:
        after = beyond(columns, _types(order), _directions(order, cursor), cursor.position)
    rows = template(
        "SELECT {columns} FROM hits WHERE {after} ORDER BY {order} LIMIT {limit}",
        columns=", ".join(columns), after=after, order=order_by(columns, _directions(order, cursor)), limit=str(limit),
    )  # fmt: skip
    # The fence: the planner must not walk the order's index in search of a handful of rows.
    fenced = template("WITH hits AS MATERIALIZED ({hits}) ", hits=hits)
    number = Clause("SELECT count(*) FROM hits")
    return joined("", [fenced, _shown(order, cursor, rows, total=number, opening=", page AS (")])


def _walk_groups(where: Clause, order: Ordering, group: Group, cursor: Cursor | None, limit: int) -> Clause:
    """Walk group by group: for each, in order, the index of the reference gives its customers newest first."""
    directions = _directions(order, cursor)
    owned = _members(f"{TABLE}.{group.column} = g.key", where, order, cursor, limit)
    without = _members(f"g.is_none AND {TABLE}.{group.column} IS NULL", where, order, cursor, limit)
    groups = template(
        "SELECT FALSE AS is_none, {rank} AS rank, id AS key FROM {table} "
        "UNION ALL SELECT TRUE, {none}, '{no_id}'::uuid",
        rank=group.rank, table=group.table, none=group.rank_of_none, no_id=NO_ID,
    )  # fmt: skip
    started = EVERYTHING
    if cursor:
        started = beyond(
            ["is_none", "rank", "key"], _types(order)[:3], directions[:3], cursor.position[:3], inclusive=True
        )
    return template(
        "SELECT g.is_none AS k0, g.rank AS k1, g.key AS k2, m.created_at AS k3, m.id "
        "FROM (SELECT * FROM ({groups}) AS every WHERE {started} ORDER BY {group_order}) AS g "
        "CROSS JOIN LATERAL (({owned}) UNION ALL ({without})) AS m ORDER BY {order} LIMIT {limit}",
        groups=groups, started=started, owned=owned, without=without, limit=str(limit),
        group_order=order_by(["is_none", "rank", "key"], directions[:3]),
        order=order_by(["g.is_none", "g.rank", "g.key", "m.created_at", "m.id"], directions),
    )  # fmt: skip


def _members(member: str, where: Clause, order: Ordering, cursor: Cursor | None, limit: int) -> Clause:
    """The customers of the group at hand, newest first, as many as a page may need of them."""
    directions = _directions(order, cursor)
    return template(
        "SELECT {table}.created_at, {table}.id FROM {table} WHERE {where} AND {member} AND {after} "
        "ORDER BY {order} LIMIT {limit}",
        table=TABLE, where=where, member=member, limit=str(limit), after=_after_in_group(directions, cursor),
        order=order_by([f"{TABLE}.created_at", f"{TABLE}.id"], directions[3:]),
    )  # fmt: skip


def _after_in_group(directions: tuple[bool, ...], cursor: Cursor | None) -> Clause:
    """Only the group in which the cursor stands starts in its middle."""
    if cursor is None:
        return EVERYTHING
    *_, key, created_at, id_ = cursor.position
    down = directions[3]
    return Clause(
        f"({TABLE}.created_at, {TABLE}.id) {'<' if down else '>'} ("
        f"CASE WHEN g.key = %s::uuid THEN %s::timestamptz ELSE '{'' if down else '-'}infinity' END, "
        f"CASE WHEN g.key = %s::uuid THEN %s::uuid ELSE '{LAST_ID if down else NO_ID}' END)",
        (key, created_at, key, id_),
    )


def _shown(
    order: Ordering,
    cursor: Cursor | None,
    rows: Clause,
    *,
    total: Clause = _UNCOUNTED,
    opening: str = "WITH page AS (",
) -> Clause:
    columns = [f"page.{column}" for column in _columns(order)]
    shown = template(
        _SHOWN, total=total, keys=", ".join(columns[:-1]), order=order_by(columns, _directions(order, cursor))
    )
    return joined("", [Clause(opening), rows, Clause(")"), shown])


def _source(order: Ordering) -> str:
    group = order.sort.group
    return f"{TABLE} LEFT JOIN {group.table} ON {group.table}.id = {TABLE}.{group.column}" if group else TABLE


def _columns(order: Ordering) -> list[str]:
    """The keys by the names they have outside the table; the last one is the id."""
    return [*(f"k{index}" for index in range(len(order.sort.keys) - 1)), "id"]


def _named_keys(order: Ordering) -> str:
    return ", ".join(f"{key.sql} AS {name}" for key, name in zip(order.sort.keys, _columns(order), strict=True))


def _types(order: Ordering) -> list[str]:
    return [key.type for key in order.sort.keys]


def _directions(order: Ordering, cursor: Cursor | None) -> tuple[bool, ...]:
    return order.directions(is_backward=cursor is not None and cursor.is_backward)


def _order(order: Ordering, cursor: Cursor | None) -> str:
    return order_by([key.sql for key in order.sort.keys], _directions(order, cursor))


def _after(order: Ordering, cursor: Cursor | None) -> Clause:
    if cursor is None:
        return EVERYTHING
    columns = [key.sql for key in order.sort.keys]
    return beyond(columns, _types(order), _directions(order, cursor), cursor.position)
