"""Makes the records that tests start from; the same run makes the same records."""

from __future__ import annotations

from functools import cache
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from core.models import User
from core.permissions import Role

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
