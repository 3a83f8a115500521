"""The directory in the Django admin: another door to the same rules and the same operations."""

from customers.admin import catalogue, customer, events, owned

__all__ = ["catalogue", "customer", "events", "owned"]
