"""What the list says when there is nothing in it: why, and the way on."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import get_text_list

from customers.chips import Chip
from customers.listing.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Nothing:
    """A heading, a sentence, the one thing to do, and quieter ways on as pairs of address and words."""

    title: str
    text: str
    href: str
    action: str
    more: tuple[tuple[str, str], ...] = ()
    is_start: bool = False


def no_customers_yet(*, can_add: bool) -> Nothing:
    """First use: what this is, and how it begins."""
    text = "People and organisations you sell to appear here, with their owner, tier, status and what they bring."
    if not can_add:
        return Nothing("No customers yet", text, "", "")
    return Nothing("No customers yet", text, f"{_list()}new/", "Create the first customer", is_start=True)


def no_hits(state: Wanted, chips: list[Chip], typed: str) -> Nothing:
    """Nothing fits: which filters there are, and which to drop first."""
    if not chips:
        text = "Check the spelling, or search for a part of the name, an email address, a domain or an ID."
        return Nothing(f"No customer is found by “{typed}”", text, _list(), "Show all customers")
    last = chips[-1]
    text = f"Nobody fits all of this: {get_text_list([chip.words for chip in chips], 'and')}."
    more = [(_list() + state.only().query, "Clear all filters")]
    if typed:
        text = f"Nobody found by “{typed}” fits this: {get_text_list([chip.words for chip in chips], 'and')}."
        more = [(_list() + state.only("q").query, f"Search all customers for “{typed}”"), *more]
    href = _list() + state.without(*last.names).query
    return Nothing("No customers match these filters", text, href, f"Remove “{last.words}”", tuple(more))


def past_the_end(state: Wanted) -> Nothing:
    """The rows of this page went away since its link was made."""
    text = "The customers that stood here were changed or removed meanwhile."
    return Nothing("This page is empty now", text, _list() + state.at_start().query, "Go to the first page")


def unreadable(state: Wanted, chips: list[Chip]) -> Nothing:
    """Filters with values that say nothing: each with what is wrong, kept as it was typed."""
    wrong = [chip for chip in chips if chip.error]
    text = " ".join(f"{chip.label} “{chip.value}”: {chip.error}" for chip in wrong)
    href = f"{_list()}filters/{state.query_with('focus', wrong[0].field)}"
    rest = state.without(*(name for chip in wrong for name in chip.names))
    title = "One filter cannot be read" if len(wrong) == 1 else f"{len(wrong)} filters cannot be read"
    words = "Show the list without it" if len(wrong) == 1 else "Show the list without them"
    return Nothing(title, text, href, f"Correct {wrong[0].label.lower()}", ((_list() + rest.query, words),))


def _list() -> str:
    return reverse("customers:list")
