"""The addresses of the page of tiers and statuses, each with the permission that its catalogue asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from customers.operations.ladders import Ladder
from customers.presenting.ladders import many
from customers.views.settings.details import EntryDetails
from customers.views.settings.ladders import (
    LADDERS,
    AddEntry,
    LadderPage,
    Ladders,
    MakeDefault,
    MoveEntry,
    RecolourEntry,
    RenameEntry,
)
from customers.views.settings.removal import DeleteEntry, MergeEntry


def ladder_addresses() -> Iterator[URLPattern]:
    """The page, and under it whatever is done with one entry."""
    yield path("settings/tiers-and-statuses/", Ladders.as_view(), name="settings-tiers")
    for ladder in LADDERS:
        base, name = f"settings/{many(ladder)}/", f"settings-{ladder.key}"
        entry = f"{base}<uuid:entry_id>/"
        yield path(f"{base}add/", _kept(AddEntry, ladder, "add"), name=f"{name}-add")
        yield path(entry, _kept(EntryDetails, ladder, "change"), name=name)
        yield path(f"{entry}rename/", _kept(RenameEntry, ladder, "change"), name=f"{name}-rename")
        yield path(f"{entry}colour/", _kept(RecolourEntry, ladder, "change"), name=f"{name}-colour")
        yield path(f"{entry}move/", _kept(MoveEntry, ladder, "change"), name=f"{name}-move")
        yield path(f"{entry}delete/", _kept(DeleteEntry, ladder, "delete"), name=f"{name}-delete")
        yield path(f"{entry}merge/", _kept(MergeEntry, ladder, "delete"), name=f"{name}-merge")
        if "is_default" in ladder.fields:
            yield path(f"{entry}default/", _kept(MakeDefault, ladder, "change"), name=f"{name}-default")


def _kept(page: type[LadderPage], ladder: Ladder, verb: str) -> Callable[..., HttpResponseBase]:
    permission = f"customers.{verb}_{ladder.model._meta.model_name}"
    view = page.as_view(ladder=ladder, permission_required=permission)
    view.permission_required = permission  # type: ignore[attr-defined]
    return view
