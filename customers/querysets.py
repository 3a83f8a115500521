"""Reads of the directory that read as English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from core.models import User


class CustomerQuerySet(models.QuerySet):
    """Customers by the state they are in."""

    def live(self) -> Self:
        """Neither deleted nor merged into another customer."""
        return self.filter(deleted_at=None)

    def listed(self) -> Self:
        """Live and not marked as spam: what lists, search and exports show."""
        return self.live().filter(marked_as_spam_at=None)

    def spam(self) -> Self:
        """Live and marked as spam."""
        return self.live().filter(marked_as_spam_at__isnull=False)

    def owned_by(self, user: User) -> Self:
        """Whose account owner is this person."""
        return self.filter(owner=user)
