"""Row history: what every event records besides the row, and how an operation says who acts.

Database triggers (django-pghistory) write one event for each row that is inserted, changed or deleted, whatever
wrote it. Every event carries the acting person and the request, so that it can be read without another table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pghistory
from django.db import models

if TYPE_CHECKING:
    from core.models import Actor


@contextmanager
def acting(actor: Actor, **more: str) -> Iterator[UUID]:
    """Let the events of a `with` block name this actor, and give the id that they share.

    The label survives the actor's own deletion. Everything that one request does shares one id (`pgh_context_id`).
    """
    with pghistory.context(actor=str(actor.pk), label=actor.label, **more) as context:
        yield context.id


def tracked(
    by: str = "pgh_obj", *, indexes: Sequence[models.Index] = (), **options: Any
) -> Callable[[type[models.Model]], type[models.Model]]:
    """Keep the history of a model's rows; `by` is the column its events are looked up with.

    The index serves "the events of one customer, newest first": `by` is `customer` on everything a customer owns.
    """

    def keep(model: type[models.Model]) -> type[models.Model]:
        name = f"{model._meta.model_name}_events_by_{by.removeprefix('pgh_')}"
        index = models.Index(fields=[by, "-pgh_created_at", "-pgh_id"], name=name[:30])
        track = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            meta={"indexes": [index, *indexes]},
            **options,
        )
        return track(model)

    return keep


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who wrote a row last, and when."""

    label: str
    at: datetime


def last_change(model: type[models.Model], record_id: UUID) -> LastChange | None:
    """The last event of a tracked row, one that was deleted included."""
    events = model.pgh_event_model._default_manager  # type: ignore[attr-defined]
    last = events.filter(pgh_obj=record_id).order_by("-pgh_created_at", "-pgh_id").first()
    return last and LastChange((last.pgh_context or {}).get("label", "Retainer"), last.pgh_created_at)
