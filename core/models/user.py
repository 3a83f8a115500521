"""The people who sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from core.models.base import Record


class Theme(models.TextChoices):
    """How the pages look; `system` follows the operating system."""

    SYSTEM = "system", "Same as this device"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class UserManager(BaseUserManager["User"]):
    """Creates people by email address; there is no user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a person who may sign in with this email address."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a person who may do everything, the Django admin included."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with this email address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin, Record):
    """A staff person, known by email address."""

    email = models.EmailField("email", max_length=250, unique=True)
    name = models.CharField(max_length=100)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    time_zone = models.CharField(max_length=64, default="UTC")
    single_key_shortcuts = models.BooleanField(default=True)
    is_staff = models.BooleanField("may open the Django admin", default=False)
    is_active = models.BooleanField("may sign in", default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "email")
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case"),)

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the person, and let the changes they made go on under their present name."""
        super().save(*args, **kwargs)
        self.actors.exclude(label=str(self)).update(label=str(self))

    def get_full_name(self) -> str:
        """The name shown beside what this person did."""
        return str(self)
