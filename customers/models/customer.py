"""The customer itself, and the document it is searched by."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Coalesce, Replace, Right
from django.utils import timezone

from core.history import tracked
from core.models import Actor
from core.models.base import Record
from customers.choices import CustomerKind, Gender, SupportStatus
from customers.models import triggers
from customers.models.catalogue import Tier, WorkflowStatus
from customers.querysets import CustomerQuerySet

LIVE = Q(deleted_at=None)
"""What is not deleted; a merged customer is deleted too."""

LISTED = LIVE & Q(marked_as_spam_at=None)
"""What lists, search and exports show unless asked for spam."""


def _actor(**options: object) -> models.ForeignKey:
    """A link to who did something; never followed from the actor's side, so it needs no index."""
    return models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+", db_index=False, **options)  # type: ignore[arg-type]


def _staff(name: str) -> models.ForeignKey:
    """A link to the staff person who looks after a customer."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name=name, db_index=False
    )


def _by_reference(field: str, name: str, condition: Q = LIVE) -> models.Index:
    """The customers of each tier, status or person, newest first; knowing spam, it counts them by itself."""
    return models.Index(
        fields=[field, "-created_at", "-id"], condition=condition, include=["marked_as_spam_at"], name=name
    )


# By number too: who had to wait for somebody else's change wrote after it, and began before it.
@tracked(
    exclude=["slug", "folded_name"],
    indexes=[models.Index(fields=["pgh_obj", "-pgh_id"], name="customer_events_in_order")],
)
class Customer(Record):
    """A person or an organisation that the company sells to."""

    kind = models.CharField(max_length=12, choices=CustomerKind)
    slug = models.GeneratedField(
        expression=Right(
            Replace(
                Cast("id", models.TextField()), models.Value("-"), models.Value(""), output_field=models.TextField()
            ),
            12,
        ),
        output_field=models.CharField(max_length=12),
        db_persist=True,
    )

    name = models.CharField(max_length=255)
    folded_name = models.CharField(max_length=255, editable=False)
    short_name = models.CharField(max_length=100, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    username = models.CharField(max_length=255, blank=True)
    company = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="people", db_index=False
    )
    # Deferred to the commit: the write that takes an id off the list points this at another one itself.
    main_external = models.ForeignKey(
        "customers.Identifier", null=True, blank=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    slack_channel_id = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001 - unique where given

    owner = _staff("owned_customers")
    assignee = _staff("assigned_customers")
    assigned_at = models.DateTimeField(null=True, blank=True)
    workflow_status = models.ForeignKey(
        WorkflowStatus, on_delete=models.PROTECT, related_name="customers", db_index=False
    )
    workflow_status_changed_at = models.DateTimeField(default=timezone.now)
    support_status = models.CharField(max_length=7, choices=SupportStatus, default=SupportStatus.IDLE)
    support_status_changed_at = models.DateTimeField(default=timezone.now)
    last_idle_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    tier = models.ForeignKey(
        Tier, null=True, blank=True, on_delete=models.PROTECT, related_name="customers", db_index=False
    )

    revenue = models.BigIntegerField(null=True, blank=True, validators=[MinValueValidator(0)])
    size = models.BigIntegerField(null=True, blank=True, validators=[MinValueValidator(0)])
    logo_url = models.CharField(max_length=2048, blank=True)
    avatar_url = models.CharField(max_length=2048, blank=True)
    language = models.CharField(max_length=255, blank=True)
    locale = models.CharField(max_length=255, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    birthday = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=1, choices=Gender, null=True, blank=True)  # noqa: DJ001 - m, f or unknown
    sentiment_polarity = models.SmallIntegerField(null=True, blank=True)
    sentiment_confidence = models.DecimalField(null=True, blank=True)
    custom = models.JSONField(default=dict, blank=True)

    marked_as_spam_at = models.DateTimeField(null=True, blank=True)
    marked_as_spam_by = _actor(null=True, blank=True)
    signed_up_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField(null=True, blank=True)
    last_customer_activity_at = models.DateTimeField(null=True, blank=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    managed_by = models.CharField(max_length=255, blank=True)

    created_at = models.DateTimeField(default=timezone.now)
    created_by = _actor()
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = _actor()
    rev = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = _actor(null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)
    anonymised_by = _actor(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from", db_index=False
    )

    objects: ClassVar[CustomerQuerySet] = CustomerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        permissions = (
            ("export_customer", "Can export customers"),
            ("restore_customer", "Can restore deleted customers"),
            ("anonymise_customer", "Can anonymise customers"),
            ("merge_customer", "Can merge and unmerge customers"),
            ("import_customer", "Can import customers"),
        )
        indexes = (
            # One per sort of the list: the walk starts at the cursor and stops after one page.
            models.Index(fields=["-created_at", "-id"], condition=LISTED, name="customer_by_created"),
            models.Index(fields=["-updated_at", "-id"], condition=LISTED, name="customer_by_updated"),
            models.Index(fields=["folded_name", "id"], condition=LISTED, name="customer_by_name"),
            models.Index(Coalesce("revenue", -1).desc(), F("id").desc(), condition=LISTED, name="customer_by_revenue"),
            models.Index(
                Coalesce("last_activity_at", "created_at").desc(),
                F("id").desc(),
                condition=LISTED,
                name="customer_by_activity",
            ),
            # One per reference: its filter, its sort group by group, and what stands in the way of a deletion.
            _by_reference("owner", "customer_by_owner"),
            _by_reference("assignee", "customer_by_assignee", LIVE & Q(assignee__isnull=False)),
            _by_reference("tier", "customer_by_tier"),
            _by_reference("workflow_status", "customer_by_status"),
            models.Index(
                fields=["support_status", "-created_at", "-id"],
                condition=LIVE & ~Q(support_status=SupportStatus.IDLE),
                name="customer_by_support_status",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=LIVE & Q(marked_as_spam_at__isnull=False),
                name="customer_spam",
            ),
            # For filters of the list that may find next to nothing.
            models.Index(fields=["language"], condition=LIVE & ~Q(language=""), name="customer_by_language"),
            models.Index(fields=["size"], condition=LIVE & Q(size__isnull=False), name="customer_by_size"),
            models.Index(
                fields=["main_external"],
                condition=Q(main_external__isnull=False),
                name="customer_main_external",
            ),
            models.Index(
                fields=["company", "folded_name", "id"],
                condition=Q(company__isnull=False),
                name="customer_people",
            ),
        )
        triggers = (
            triggers.ASSIGNMENT_ENDS_AS_A_WHOLE,
            triggers.MAIN_EXTERNAL_ID_IS_THEIR_OWN,
            triggers.NEW_ATTRIBUTE_VALUES,
            triggers.CHANGED_ATTRIBUTE_VALUES,
        )
        constraints = (
            models.UniqueConstraint(
                fields=["slack_channel_id"], condition=LIVE, name="slack_channel_belongs_to_one_live_customer"
            ),
            models.CheckConstraint(condition=Q(kind__in=CustomerKind.values), name="customer_kind_known"),
            models.CheckConstraint(condition=Q(name__regex=r"[^[:space:]]"), name="customer_name_present"),
            models.CheckConstraint(condition=Q(support_status__in=SupportStatus.values), name="support_status_known"),
            models.CheckConstraint(
                condition=Q(snoozed_until=None) | Q(support_status=SupportStatus.SNOOZED),
                name="snoozed_until_only_when_snoozed",
            ),
            models.CheckConstraint(
                condition=Q(slack_channel_id=None) | Q(slack_channel_id__regex=r"^[CG][A-Z0-9]{8,}$"),
                name="slack_channel_id_well_formed",
            ),
            models.CheckConstraint(condition=Q(revenue=None) | Q(revenue__gte=0), name="revenue_not_negative"),
            models.CheckConstraint(condition=Q(size=None) | Q(size__gte=0), name="size_not_negative"),
            models.CheckConstraint(
                condition=Q(logo_url="") | Q(logo_url__iregex=r"^https?://"), name="logo_url_is_http"
            ),
            models.CheckConstraint(
                condition=Q(avatar_url="") | Q(avatar_url__iregex=r"^https?://"), name="avatar_url_is_http"
            ),
            models.CheckConstraint(
                condition=Q(birthday=None) | Q(birthday__gte="1900-01-01"), name="birthday_from_1900_on"
            ),
            models.CheckConstraint(condition=Q(gender=None) | Q(gender__in=Gender.values), name="gender_known"),
            models.CheckConstraint(
                condition=Q(sentiment_polarity=None, sentiment_confidence=None)
                | Q(sentiment_polarity__in=[-1, 0, 1], sentiment_confidence__range=(0, 1))
                & Q(sentiment_polarity__isnull=False, sentiment_confidence__isnull=False),
                name="sentiment_complete_and_in_range",
            ),
            models.CheckConstraint(
                condition=Q(marked_as_spam_at=None, marked_as_spam_by=None)
                | Q(marked_as_spam_at__isnull=False, marked_as_spam_by__isnull=False),
                name="spam_mark_has_author",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by=None) | Q(deleted_at__isnull=False, deleted_by__isnull=False),
                name="deletion_has_author",
            ),
            models.CheckConstraint(
                condition=Q(assignee=None, assigned_at=None) | Q(assignee__isnull=False, assigned_at__isnull=False),
                name="assignment_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(company=None) | ~Q(company=F("id")), name="customer_not_its_own_company"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (~Q(merged_into=F("id")) & Q(deleted_at__isnull=False)),
                name="merged_customer_is_deleted",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_spam(self) -> bool:
        """Whether somebody marked this customer as spam."""
        return self.marked_as_spam_at is not None

    @property
    def is_deleted(self) -> bool:
        """Whether the customer was deleted or merged into another one."""
        return self.deleted_at is not None


class SearchDocument(models.Model):
    """What one customer is found by: folded names, addresses and ids, each after a space.

    A table of its own, so that a change of status does not write the trigram index again.
    """

    customer = models.OneToOneField(
        Customer, primary_key=True, on_delete=models.CASCADE, related_name="search_document"
    )
    document = models.TextField()

    class Meta:
        indexes = (GinIndex(fields=["document"], opclasses=["gin_trgm_ops"], name="search_document_trigrams"),)

    def __str__(self) -> str:
        return self.document
