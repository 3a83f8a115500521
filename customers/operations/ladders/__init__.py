"""Writes to the two catalogues whose entries stand in an order: tiers and workflow statuses."""

from customers.operations.ladders.kinds import STATUSES, TIERS, Entry, Ladder
from customers.operations.ladders.moving import move_entry
from customers.operations.ladders.removing import EntryLeaves, delete_entry
from customers.operations.ladders.writing import add_entry, change_entry

__all__ = [
    "STATUSES",
    "TIERS",
    "Entry",
    "EntryLeaves",
    "Ladder",
    "add_entry",
    "change_entry",
    "delete_entry",
    "move_entry",
]
