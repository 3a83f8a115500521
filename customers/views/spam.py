"""Marking a customer as spam, and taking the mark off."""

from __future__ import annotations

from customers.operations import mark_as_spam, unmark_as_spam
from customers.views.decision import Decision


class SpamMark(Decision):
    """The mark hides a customer from lists, search and exports."""

    permission_required = "customers.change_customer"
    template_name = "customers/spam.html"
    route = "customers:spam"
    title = "Mark as spam"
    done = "Marked as spam"
    is_spam = True
    operation = staticmethod(mark_as_spam)

    @property
    def is_settled(self) -> bool:
        """Whether it is marked, or not marked, already."""
        return self.customer.is_spam == self.is_spam


class NoSpamMark(SpamMark):
    """The way back."""

    route = "customers:not-spam"
    title = "Not spam"
    done = "No longer marked as spam"
    is_spam = False
    operation = staticmethod(unmark_as_spam)
