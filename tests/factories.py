"""Makes the records that tests start from; the same run makes the same records."""

from __future__ import annotations

from functools import cache
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from core.models import Actor, User
from core.permissions import Role
from customers.models import CustomAttribute, Customer, Flag, Tier, WorkflowStatus
from customers.operations import create_customer
from customers.rules import Door

PASSWORD = "correct-horse-battery"


def _joins(role: Role) -> factory.Trait:
    return factory.Trait(roles=(role,))


class UserFactory(factory.django.DjangoModelFactory):
    """A person who may sign in and is in no group: `UserFactory(support_agent=True)` is in one."""

    class Meta:
        model = User

    class Params:
        viewer = _joins(Role.VIEWER)
        support_agent = _joins(Role.SUPPORT_AGENT)
        billing_operator = _joins(Role.BILLING_OPERATOR)
        administrator = _joins(Role.ADMINISTRATOR)
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    roles: tuple[Role, ...] = ()
    email = factory.Sequence(lambda number: f"person{number}@retainer.test")
    name = factory.Sequence(lambda number: f"Person {number}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        roles = fields.pop("roles")
        password = fields.pop("password", PASSWORD)
        user = User(**fields)
        user.password = _hashed(password)
        user.save()
        user.groups.set(Group.objects.filter(name__in=roles))
        return user


@cache
def _hashed(password: str) -> str:
    # Slow on purpose, so once a password and not once a person.
    return make_password(password)


class ActorFactory(factory.django.DjangoModelFactory):
    """The actor that stands for a new person; `ActorFactory(user=somebody)` for this one."""

    class Meta:
        model = Actor

    user = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[Actor], *args: Any, **fields: Any) -> Actor:
        return Actor.objects.of(fields["user"])


class CustomerFactory(factory.Factory):
    """A customer made by the same operation as any other: its arguments are the input, in the words of the rules."""

    class Meta:
        model = Customer

    name = factory.Sequence(lambda number: f"Customer {number}")

    @classmethod
    def _create(cls, model_class: type[Customer], *args: Any, **changes: Any) -> Customer:
        actor = changes.pop("actor", None) or Actor.objects.system("Tests")
        return create_customer(changes, actor=actor, door=Door.SEED).customer


class TierFactory(factory.django.DjangoModelFactory):
    """A tier after those that every installation starts with."""

    class Meta:
        model = Tier

    name = factory.Sequence(lambda number: f"Tier {number}")
    position = factory.Sequence(lambda number: 100 + number)


class WorkflowStatusFactory(factory.django.DjangoModelFactory):
    """A workflow status after those that every installation starts with."""

    class Meta:
        model = WorkflowStatus

    name = factory.Sequence(lambda number: f"Status {number}")
    position = factory.Sequence(lambda number: 100 + number)


class FlagFactory(factory.django.DjangoModelFactory):
    """A flag that staff may set and take away."""

    class Meta:
        model = Flag

    key = factory.Sequence(lambda number: f"flag_{number}")
    label = factory.Sequence(lambda number: f"Flag {number}")


class CustomAttributeFactory(factory.django.DjangoModelFactory):
    """A custom attribute that holds a short text."""

    class Meta:
        model = CustomAttribute

    key = factory.Sequence(lambda number: f"attribute{number}Str")
    label = factory.Sequence(lambda number: f"Attribute {number}")
