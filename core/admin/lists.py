"""Lists of the admin that stay quick at any size: counted and paged up to a bound, sorted along an index."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from core.counting import BOUND
from core.text import unstorable

ROWS_PER_PAGE = 50


class AtLeast(int):
    """The number at which counting stopped; it is written "10,000+"."""

    def __str__(self) -> str:
        return f"{int(self):,}+"


class BoundedPaginator(Paginator):
    """Looks at no more rows than the bound and one: neither the count nor the last page costs more in a large table."""

    @cached_property
    def count(self) -> int:
        """How many rows there are to page through."""
        rows: Any = self.object_list
        counted = rows.order_by().values("pk")[: BOUND + 1].count()
        return AtLeast(BOUND) if counted > BOUND else counted


class LongChangeList(ChangeList):
    """A list that is sorted by nothing but the columns that it offers, whatever the address says."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        """The rows; an address with text that no query can carry is answered as any other odd one."""
        if any(unstorable(text) is not None for texts in self.filter_params.values() for text in texts):
            raise IncorrectLookupParameters
        return super().get_queryset(request, exclude_parameters)

    def get_ordering_field(self, field_name: Any) -> Any:
        """The field of a column that may be sorted by."""
        return super().get_ordering_field(field_name) if field_name in (self.sortable_by or ()) else None


class LongListAdmin(admin.ModelAdmin):
    """A model of which there may be a million rows: newest first, by the primary key."""

    paginator = BoundedPaginator
    list_per_page = ROWS_PER_PAGE
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)
    sortable_by: ClassVar[tuple[str, ...]] = ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list."""
        return LongChangeList


class ReadOnlyAdmin(LongListAdmin):
    """Records that Retainer writes by itself: to look at, never to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
