"""What Retainer keeps of itself: who changes are told of, and what happened across all customers."""

from __future__ import annotations

from django.contrib import admin

from core.admin.lists import ReadOnlyAdmin
from core.models import Actor, AuditLine


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
