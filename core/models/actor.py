"""Who did something: a person, a program, the system itself or a customer."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from core.models.base import Record
from core.models.user import User


class ActorKind(models.TextChoices):
    """The sorts of actor."""

    USER = "user", "Person"
    MACHINE = "machine", "Program"
    SYSTEM = "system", "System"
    CUSTOMER = "customer", "Customer"
    DELETED_CUSTOMER = "deleted_customer", "Deleted customer"


class ActorManager(models.Manager["Actor"]):
    """Finds the actor that stands for somebody, making it on first use."""

    def of(self, user: User) -> Actor:
        """The actor that stands for a signed-in person."""
        actor, _ = self.get_or_create(user=user, defaults={"kind": ActorKind.USER, "label": str(user)})
        return actor

    def system(self, label: str = "Retainer") -> Actor:
        """The actor that stands for Retainer itself, or for one named part of it."""
        actor, _ = self.get_or_create(kind=ActorKind.SYSTEM, label=label, user=None)
        return actor


class Actor(Record):
    """The author of a change; it keeps its name when the person behind it is deleted."""

    kind = models.CharField(max_length=16, choices=ActorKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="actors"
    )
    label = models.CharField(max_length=255)

    objects: ClassVar[ActorManager] = ActorManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user"], name="actor_one_per_user"),
            models.UniqueConstraint(
                fields=["kind", "label"],
                condition=models.Q(kind__in=[ActorKind.SYSTEM, ActorKind.MACHINE]),
                name="actor_one_per_program",
            ),
        )

    def __str__(self) -> str:
        return self.label
