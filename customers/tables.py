"""The columns of the customer list: what each is called, how it sorts, how a cell is drawn.

Declared with django-tables2 and drawn by ourselves: its own rendering costs several times a plain template, and it
would sort a page in Python. A row is a mapping as `customers.listing.statements` reads it, with its address as `href`.

A page has hundreds of cells, so each is put together here, once: what people have written is escaped on the spot, and
what few values draw (a status, a tier, an owner) comes from the memory of `core.templatetags.ui`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import Any

import django_tables2 as tables
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import formatting
from core.columns import Column, customer_columns
from core.registry import Person
from core.templatetags.ui import badge, icon_svg, logo, person, status, when
from customers.listing.sorts import SORTS, Ordering
from customers.listing.wanted import Wanted

type Row = Mapping[str, Any]
type DrawnColumn = tuple[str, Callable[[Row], SafeString]]

_BLANK = SafeString()
# What is changed where it stands, and what an editor reads there where nothing is set.
_NOTHING_THERE = {"status": "", "tier": '<span class="muted">No tier</span>', "owner": ""}

_SORT_WORDS = {
    "name": ("by name, A to Z", "by name, Z to A"),
    "created": ("oldest first", "newest first"),
    "updated": ("longest unchanged first", "last changed first"),
    "revenue": ("by revenue, smallest first", "by revenue, largest first"),
    "last_activity": ("by last activity, longest ago first", "by last activity, latest first"),
    "owner": ("by owner, A to Z", "by owner, Z to A"),
    "status": ("by status, first to last", "by status, last to first"),
    "tier": ("by tier, first to last", "by tier, last to first"),
}
_DESCENDS_FIRST = frozenset({"revenue", "last_activity", "created", "updated"})


def _column(label: str, sort: str, classes: str = "", cell: str = "") -> tables.Column:
    return tables.Column(verbose_name=label, order_by=sort, attrs={"th": {"class": classes}, "td": {"class": cell}})


class CustomerTable(tables.Table):
    """The columns the directory itself has."""

    customer = _column("Customer", "name", cell="c-main")
    status = _column("Status", "status", cell="c-end")
    tier = _column("Tier", "tier", "p2", "p2 c-hide")
    owner = _column("Owner", "owner", cell="c-meta")
    revenue = _column("Revenue", "revenue", "num p2", "num p2 c-hide")
    last_activity = _column("Last activity", "last_activity", "p3", "sub p3 nowrap c-hide")

    class Meta:
        orderable = True

    @staticmethod
    def render_customer(row: Row) -> SafeString:
        """Initial, name, address and flags."""
        name, address = escape(row["name"]), escape(row["address"] or "")
        return SafeString(
            f'<span class="row">{logo(row["name"])}<span class="who"><span class="row">'
            f'<a class="name" href="{row["href"]}">{name}</a>{_flags(row["flags"])}</span>'
            f'<span class="sub clip">{address}</span></span></span>'
        )

    @staticmethod
    def render_status(row: Row) -> SafeString:
        """The workflow status in its colour."""
        return status(row["status_display_name"] or row["status_name"], row["status_color"])

    @staticmethod
    def render_tier(row: Row) -> SafeString:
        """The tier in its tone."""
        name = row["tier_display_name"] or row["tier_name"]
        return badge(name, row["tier_color"]) if name else _BLANK

    @staticmethod
    def render_owner(row: Row) -> SafeString:
        """The account owner, or that there is none."""
        return person(row["owner_name"] or row["owner_email"])

    @staticmethod
    def render_revenue(row: Row) -> SafeString:
        """Whole dollars a year."""
        revenue = row["revenue"]
        return _BLANK if revenue is None else SafeString(formatting.money(revenue, cents=False))

    @staticmethod
    def render_last_activity(row: Row) -> SafeString:
        """When something last happened; for a customer with whom nothing did, when it was created."""
        return when(row["last_activity_at"])


COLUMNS = tuple(CustomerTable.base_columns)
# Columns of other apps stand between who it is and the figures.
_BEFORE_OTHERS = COLUMNS[: COLUMNS.index("owner") + 1]
_AFTER_OTHERS = COLUMNS[len(_BEFORE_OTHERS) :]


@dataclass(frozen=True, slots=True)
class Header:
    """The head of one column; one that sorts has the address of that order."""

    label: str
    classes: str
    href: str = ""
    sort: str = ""
    direction: str = ""


def headers(wanted: Wanted, viewer: Person) -> Iterator[Header]:
    """The heads of all columns for this state of the list."""
    base = _list_address()
    yield from (_header(name, wanted, base) for name in _BEFORE_OTHERS)
    yield from (Header(column.label, column.header_class) for column in customer_columns.visible_to(viewer))
    yield from (_header(name, wanted, base) for name in _AFTER_OTHERS)


def caption(order: Ordering) -> str:
    """What the table holds, for those who cannot see its heads."""
    return f"Customers, {_SORT_WORDS[order.sort.name][order.is_descending]}"


@lru_cache
def sort_options(order: Ordering) -> SafeString:
    """Every order in words, as the choices of a select with the present one chosen."""
    choices = [
        (f"-{name}" if down else name, words[down][0].upper() + words[down][1:])
        for name, words in _SORT_WORDS.items()
        for down in ((True, False) if name in _DESCENDS_FIRST else (False, True))
    ]
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, " selected" if value == str(order) else "", words) for value, words in choices),
    )


def body(rows: Sequence[Row], viewer: Person, *, is_editor: bool = False, swapped: str = "") -> SafeString:
    """The rows of the table, drawn; other apps are asked once for all of them.

    An editor changes status, tier and owner where they stand. `swapped` is the property that has just been changed in
    the one row that is sent alone, out of band.
    """
    others = [_other(column, rows) for column in customer_columns.visible_to(viewer)]
    columns = [*_drawn(_BEFORE_OTHERS, is_editor), *others, *_drawn(_AFTER_OTHERS, is_editor)]
    base, attributes = _list_address(), ' hx-swap-oob="true"' if swapped else ""
    return SafeString(
        "".join(_line(columns, {**row, "href": f"{base}{row['id']}/", "swapped": swapped}, attributes) for row in rows)
    )


def _line(columns: Iterable[DrawnColumn], row: Row, attributes: str) -> str:
    cells = "".join([f'<td class="{classes}">{draw(row)}</td>' for classes, draw in columns])
    return f'<tr id="c-{row["id"]}"{attributes}>{cells}</tr>\n'


def _drawn(names: Iterable[str], is_editor: bool) -> list[DrawnColumn]:
    columns = CustomerTable.base_columns
    drawn = [(name, columns[name].attrs["td"]["class"], getattr(CustomerTable, f"render_{name}")) for name in names]
    return [(classes, _changed_in_place(name, draw) if is_editor else draw) for name, classes, draw in drawn]


def _changed_in_place(name: str, draw: Callable[[Row], SafeString]) -> Callable[[Row], SafeString]:
    """A cell that opens the menu of its property; without JavaScript, the page with the same buttons."""
    if name not in _NOTHING_THERE:
        return draw
    nothing = _NOTHING_THERE[name]

    def changed(row: Row) -> SafeString:
        href = f"{row['href']}{name}/"
        focus = " data-autofocus" if row["swapped"] == name else ""
        return SafeString(
            f'<a class="prop" href="{href}" hx-get="{href}"{focus}>'
            f'<span class="vh">Change {name}: </span>{draw(row) or nothing}</a>'
        )

    return changed


def _other(column: Column, rows: Sequence[Row]) -> DrawnColumn:
    values = column.loader([row["id"] for row in rows])
    template = get_template(column.template)

    def draw(row: Row) -> SafeString:
        return SafeString(template.render({"value": values.get(row["id"]), "row": row}))

    return escape(column.cell_class), draw


def _header(name: str, wanted: Wanted, base: str) -> Header:
    column = CustomerTable.base_columns[name]
    sort = SORTS[column.order_by[0]]
    is_current = wanted.order.sort is sort
    turned = not wanted.order.is_descending if is_current else sort.name in _DESCENDS_FIRST
    direction = ("descending" if wanted.order.is_descending else "ascending") if is_current else ""
    href = base + wanted.ordered(Ordering(sort, turned)).query
    return Header(str(column.verbose_name), column.attrs["th"]["class"], href, sort.name, direction)


@lru_cache(maxsize=256)
def _flags(labels: str | None) -> SafeString:
    if not labels:
        return _BLANK
    title = f"Flag: {labels}" if ", " not in labels else f"Flags: {labels}"
    markup = '<span class="t-danger" title="{0}">{1}<span class="vh">{0}</span></span>'
    return format_html(markup, title, icon_svg("flag", "i-sm"))


@cache
def _list_address() -> str:
    return reverse("customers:list")
