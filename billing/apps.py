"""Commits, schedules and what they are billed for."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """The billing side of a customer; it fills the slots that core and customers offer."""

    name = "billing"
    default_auto_field = "django.db.models.BigAutoField"
