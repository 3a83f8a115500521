"""What happened to a customer, told from the history of its rows and from its timeline."""

from customers.changes.entries import Change, Entry
from customers.changes.reading import read_changes
from customers.changes.telling import who_changed

__all__ = ["Change", "Entry", "read_changes", "who_changed"]
