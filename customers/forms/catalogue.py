"""The words of the catalogue that the form offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from customers.models import CustomAttribute, Flag, Tier, WorkflowStatus


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything there is to choose from, read once a request."""

    statuses: tuple[WorkflowStatus, ...]
    tiers: tuple[Tier, ...]
    flags: tuple[Flag, ...]
    attributes: tuple[CustomAttribute, ...]

    @property
    def locked_flags(self) -> list[str]:
        """The parts of the form that only show a flag: another system sets it, or it is retired."""
        return [f"flag-{flag.key}" for flag in self.flags if flag.read_only or not flag.enabled]

    @classmethod
    def load(cls) -> Self:
        """Read it from the database; archived attributes are not offered."""
        return cls(
            statuses=tuple(WorkflowStatus.objects.all()),
            tiers=tuple(Tier.objects.all()),
            flags=tuple(Flag.objects.all()),
            attributes=tuple(CustomAttribute.objects.filter(archived=False)),
        )
