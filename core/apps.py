"""Plumbing that knows neither app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Users, actors, history, pages and registries."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"
