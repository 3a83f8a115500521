"""Plumbing that knows neither app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class CoreConfig(AppConfig):
    """Users, actors, history, pages and registries."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Note where people sign in."""
        from core.signed_in import note_sign_in  # noqa: PLC0415 - needs the models, which are there only now

        user_logged_in.connect(note_sign_in)
