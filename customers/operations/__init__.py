"""Writes to the directory, named after the business.

Each is one transaction that checks, writes and says what happened; what the rules refuse comes as `Refused`.
"""

from customers.operations.create import create_customer, store_new
from customers.operations.deletion import delete_customer, restore_customer
from customers.operations.flags import add_flag, remove_flag
from customers.operations.outcomes import Created, Unchanged, Updated
from customers.operations.spam import mark_as_spam, unmark_as_spam
from customers.operations.tags import add_tag, remove_tag
from customers.operations.undo import undo_change
from customers.operations.update import update_customer

__all__ = [
    "Created",
    "Unchanged",
    "Updated",
    "add_flag",
    "add_tag",
    "create_customer",
    "delete_customer",
    "mark_as_spam",
    "remove_flag",
    "remove_tag",
    "restore_customer",
    "store_new",
    "undo_change",
    "unmark_as_spam",
    "update_customer",
]
