"""The customer directory."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """People and organisations, and everything the directory knows of them."""

    name = "customers"
    default_auto_field = "django.db.models.BigAutoField"
