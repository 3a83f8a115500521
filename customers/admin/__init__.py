"""The directory in the Django admin: another door to the same rules and the same operations."""

from customers.admin import events, owned

__all__ = ["events", "owned"]
