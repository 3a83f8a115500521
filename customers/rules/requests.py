"""C46 to C51: what a request says about customers, pages, ids and revisions."""

from typing import Protocol

from core.problems import Holder, Problem
from customers import normalise
from customers.rules.problems import problem


class Findable(Protocol):
    """What is asked of a customer that was found."""

    @property
    def deleted_at(self) -> object: ...
    @property
    def anonymised_at(self) -> object: ...
    @property
    def merged_into_id(self) -> object: ...


def check_exists(customer: Findable | None, *, to_delete: bool = False) -> list[Problem]:
    """C46, C47: the customer exists and is live. For a merged one `holder` is the customer it lives on in.

    Whoever deletes a deleted customer is told that there is none (C46), as other products do.
    """
    is_deleted = customer is not None and customer.deleted_at is not None and customer.merged_into_id is None
    if customer is None or (to_delete and is_deleted):
        return [problem("C46", ("id",), "Look for the customer again: nobody has this ID.")]
    if customer.merged_into_id is not None:
        survivor = Holder(str(customer.merged_into_id), "the customer it was merged into")
        return [problem("C47", ("id",), "Open the customer that this one was merged into.", holder=survivor)]
    if is_deleted:
        return [problem("C47", ("id",), "Restore this customer first: it was deleted.")]
    if customer.anonymised_at is not None:
        return [problem("C47", ("id",), "Leave this customer as it is: it was anonymised for good.")]
    return []


def check_deleted(customer: Findable | None) -> list[Problem]:
    """C46, C47: a customer to restore exists, and was neither merged nor anonymised."""
    if customer is not None and customer.deleted_at is not None and customer.merged_into_id is None:
        anonymised = "Leave this customer deleted: it was anonymised for good."
        return [problem("C47", ("id",), anonymised)] if customer.anonymised_at is not None else []
    return check_exists(customer)


def check_page_size(value: object) -> list[Problem]:
    """C48: a page has at least one row; give it the normalised value (N10)."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return []
    message = f"Ask for 1 to {normalise.LARGEST_PAGE_SIZE:,} rows a page, as a whole number."
    return [problem("C48", ("page_size",), message)]


def page_token_refused() -> Problem:
    """C49: the page token is not ours, or came from a call with other parameters."""
    message = "Start again from the first page: this one belongs to other filters or another order."
    return problem("C49", ("page_token",), message)


def check_id(value: object) -> list[Problem]:
    """C50: an id is a UUID, of any version of RFC 9562."""
    if normalise.is_record_id(value):
        return []
    message = "Use the ID as Retainer gives it, for example 3f8d7f0a-6a52-4d5e-9a86-0a8f0c1d2e01."
    return [problem("C50", ("id",), message)]


def check_rev(given: object, stored: int) -> list[Problem]:
    """C51: whoever says which revision was read means the one that is stored; None says nothing."""
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and given == stored):
        return []
    message = f"Look at the current version and save again: it is revision {stored} now, and not the one you read."
    return [problem("C51", ("rev",), message)]
