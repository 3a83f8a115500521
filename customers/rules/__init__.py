"""The rules of the customer domain (C1 to C74), each stated once and used by every door.

Rules are plain functions over plain data: they answer with problems, all of them, and never raise. `check` judges
a create or an update; what a database knows about the input comes in as a `World`.
"""

from customers.rules.attempt import Attempt, AttributeFact, CompanyFact, Door, FlagFact, World
from customers.rules.catalogue import check_flag, check_status, check_status_removal, check_tier, check_tier_removal
from customers.rules.deletion import check_deletion, check_restore
from customers.rules.problems import PROBLEM_NAMES, problem
from customers.rules.requests import (
    check_deleted,
    check_exists,
    check_id,
    check_page_size,
    check_rev,
    page_token_refused,
)
from customers.rules.undo import UNDO_MINUTES, ChangeFact, changed_since, check_undo, not_restorable
from customers.rules.writing import check, check_fields, check_keys, check_references, check_text, check_unique

__all__ = [
    "PROBLEM_NAMES",
    "UNDO_MINUTES",
    "Attempt",
    "AttributeFact",
    "ChangeFact",
    "CompanyFact",
    "Door",
    "FlagFact",
    "World",
    "changed_since",
    "check",
    "check_deleted",
    "check_deletion",
    "check_exists",
    "check_fields",
    "check_flag",
    "check_id",
    "check_keys",
    "check_page_size",
    "check_references",
    "check_restore",
    "check_rev",
    "check_status",
    "check_status_removal",
    "check_text",
    "check_tier",
    "check_tier_removal",
    "check_undo",
    "check_unique",
    "not_restorable",
    "page_token_refused",
    "problem",
]
