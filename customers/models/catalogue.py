"""The words a company sorts its customers by: tiers, statuses, flags, tags and custom attributes."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.history import tracked
from core.models.base import Record
from customers.choices import AttributeType, StatusCategory
from customers.normalise import attribute_type

_COLOR = r"^#[0-9a-f]{6}$"


class CatalogueEntry(Record):
    """A word of the catalogue; `rev` rises with every change."""

    rev = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


@tracked()
class Tier(CatalogueEntry):
    """How important a customer is."""

    name = models.CharField(max_length=80)
    display_name = models.CharField(max_length=80, blank=True)
    description = models.TextField(blank=True)
    color = models.CharField(max_length=7, default="#8a8f98")
    position = models.IntegerField()
    external_id = models.CharField(max_length=255, blank=True)
    is_default = models.BooleanField(default=False)
    default_priority = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(Lower("name"), name="tier_name_unique_in_any_case"),
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="tier_one_default"),
            models.CheckConstraint(condition=~Q(name=""), name="tier_name_present"),
            models.CheckConstraint(condition=Q(color__regex=_COLOR), name="tier_color_is_hex"),
        )

    def __str__(self) -> str:
        return self.display_name or self.name


@tracked()
class WorkflowStatus(CatalogueEntry):
    """Where an account is in its life; the first by position is what a new customer gets."""

    name = models.CharField(max_length=80)
    display_name = models.CharField(max_length=80, blank=True)
    description = models.TextField(blank=True)
    color = models.CharField(max_length=7, default="#8a8f98")
    position = models.IntegerField()
    category = models.CharField(max_length=8, choices=StatusCategory, null=True, blank=True)  # noqa: DJ001 - no category is not one

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "workflow statuses"
        constraints = (
            models.UniqueConstraint(Lower("name"), name="workflow_status_name_unique_in_any_case"),
            models.CheckConstraint(condition=~Q(name=""), name="workflow_status_name_present"),
            models.CheckConstraint(condition=Q(color__regex=_COLOR), name="workflow_status_color_is_hex"),
        )

    def __str__(self) -> str:
        return self.display_name or self.name


@tracked()
class Flag(CatalogueEntry):
    """A mark that changes how a customer is handled; a read-only one is set by other systems alone."""

    key = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    read_only = models.BooleanField(default=False)
    enabled = models.BooleanField(default=True)

    class Meta:
        ordering = ("key",)
        constraints = (
            models.CheckConstraint(condition=Q(key__regex=r"^[a-z][a-z0-9_]*$"), name="flag_key_is_snake_case"),
        )

    def __str__(self) -> str:
        return self.label


@tracked()
class Tag(CatalogueEntry):
    """A word customers are found by; `key`, `color` and `external_id` make it what other products call a group."""

    name = models.CharField(max_length=60)
    # Case-folded in Python, so that no two spellings of one word depend on the database's idea of lower case.
    folded_name = models.CharField(max_length=180, unique=True, editable=False)
    key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    color = models.CharField(max_length=7, blank=True)
    external_id = models.CharField(max_length=255, null=True, blank=True, unique=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="tag_name_present"),
            models.CheckConstraint(condition=Q(color="") | Q(color__regex=_COLOR), name="tag_color_is_hex"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the tag under its name in whatever case."""
        self.folded_name = self.name.casefold()
        super().save(*args, **kwargs)


@tracked()
class CustomAttribute(CatalogueEntry):
    """A field of the company's own; the suffix of its key is its type (`lifetimeValueNum`)."""

    key = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=100)
    options = ArrayField(models.CharField(max_length=1024), default=list, blank=True)
    sensitive = models.BooleanField(default=False)
    required_on_create = models.BooleanField(default=False)
    archived = models.BooleanField(default=False)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ("position", "key")
        constraints = (
            models.CheckConstraint(
                condition=Q(key__regex=r"^[A-Za-z][A-Za-z0-9]*(Str|Txt|Num|Bool|At|Url|Id|Tree)$"),
                name="custom_attribute_key_has_type",
            ),
            # Files name a column by its key in whatever case.
            models.UniqueConstraint(Lower("key"), name="custom_attribute_key_unique_in_any_case"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def type(self) -> AttributeType:
        """What its values are."""
        return attribute_type(self.key) or AttributeType.STR
