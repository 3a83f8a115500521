"""The history of a record in the admin, read from what the triggers have written: when, who, what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

NOBODY = "A direct database change"
"""Who acted, where the history knows of nobody."""

MOST_SHOWN = 100

_BOOKKEEPING = ("pgh_", "rev")


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody did something at one moment."""

    at: datetime
    who: str
    what: Sequence[str]


class RowHistory(admin.ModelAdmin):
    """A model whose rows are tracked: its "History" tells what they were, whatever wrote them."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The newest changes of one record."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {record}",
            "opts": self.opts,
            "object": record,
            "lines": self.lines(request, record),
            "preserved_filters": self.get_preserved_filters(request),
        }
        return TemplateResponse(request, "admin/row_history.html", context)

    def lines(self, request: HttpRequest, record: Any) -> list[Line]:
        """What happened to the record, newest first."""
        return list(_lines(record))


def _events(record: Any) -> Any:
    return type(record).pgh_event_model.objects.filter(pgh_obj_id=record.pk).order_by("-pgh_created_at", "-pgh_id")


def _lines(record: Any) -> Iterator[Line]:
    # One more than is told: the last one is told by what was before it.
    events = list(_events(record)[: MOST_SHOWN + 1])
    for event, before in pairwise([*events, None]):
        if event is not None and (before is not None or len(events) <= MOST_SHOWN):
            yield Line(event.pgh_created_at, _who(event), list(_told(event, before)))


def _who(event: Any) -> str:
    return (event.pgh_context or {}).get("label") or NOBODY


def _told(event: Any, before: Any) -> Iterator[str]:
    if event.pgh_label != "update" or before is None:
        yield {"insert": "Added", "delete": "Deleted"}.get(event.pgh_label, "Changed")
        return
    for field in event._meta.fields:
        was, now = (getattr(each, field.attname) for each in (before, event))
        if was != now and not field.name.startswith(_BOOKKEEPING):
            yield f"{str(field.verbose_name).capitalize()}: {_shown(was)} → {_shown(now)}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return {None: "none", "": "none", True: "yes", False: "no"}.get(value, str(value))
