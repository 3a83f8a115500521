"""Columns that other apps add to the customer list, loaded once for all rows of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.registry import Registry

type Loader = Callable[[Sequence[UUID]], Mapping[UUID, object]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `loader` gets the ids of the page's rows and answers with a value for those that have one.

    `template` draws a cell and finds the value as `value` (`None` for a row without one) and the row as `row`.
    `header_class` and `cell_class` are classes of the stylesheet (`num`, `p2`).
    """

    key: str
    label: str
    loader: Loader
    template: str
    header_class: str = ""
    cell_class: str = ""
    permission: str = ""
    order: int = 100


customer_columns: Registry[Column] = Registry()
