"""What Retainer keeps of itself: who changes are told of, what happened across all customers, jobs and sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.admin.lists import ReadOnlyAdmin
from core.models import Actor, AuditLine, Job, Session


@admin.register(Actor)
class ActorAdmin(ReadOnlyAdmin):
    """Who changes are told of."""

    list_display = ("label", "kind", "user")
    list_filter = ("kind",)
    list_select_related = ("user",)
    search_fields = ("label",)


@admin.register(AuditLine)
class AuditLineAdmin(ReadOnlyAdmin):
    """What happened across all customers."""

    list_display = ("at", "actor", "action", "request_id")
    list_filter = ("at",)
    list_select_related = ("actor",)
    search_fields = ("=action", "=request_id", "=actor__label")
    search_help_text = "A whole action, request id or name of an author."
    ordering = ("-at", "-pk")


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Work that takes longer than a request."""

    list_display = ("title", "kind", "state", "done", "total", "actor", "created_at", "finished_at")
    list_filter = ("state", "created_at")
    list_select_related = ("actor",)
    search_fields = ("title", "=kind")


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    """Who is signed in. The key of a session signs its holder in: it is shown nowhere, and in no address."""

    list_display = ("user", "seen_at", "expire_date")
    list_display_links = None
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    ordering = ("-expire_date", "-pk")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list alone."""
        return obj is None and super().has_view_permission(request, obj)
