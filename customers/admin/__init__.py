"""The directory in the Django admin: another door to the same rules and the same operations."""

from customers.admin import customer, events, owned

__all__ = ["customer", "events", "owned"]
