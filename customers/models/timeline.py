"""What no row change can tell: notes, messages, spam marks, merges, imports."""

from django.db import models
from django.utils import timezone

from core.models import Actor
from core.models.base import Record
from customers.choices import TimelineKind
from customers.models.customer import Customer


class TimelineEntry(Record):
    """One event of a customer's story; row changes are read from the trigger history instead, nothing is kept twice."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="timeline", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=TimelineKind)
    payload = models.JSONField(default=dict)
    external_id = models.CharField(max_length=255, null=True, blank=True, unique=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name_plural = "timeline entries"
        indexes = (models.Index(fields=["customer", "-at", "-id"], name="timeline_of_customer"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.at:%d %b %Y}"


class TimelineInfo(models.Model):
    """What the timeline adds up to for one customer; derived, so it may lag behind the entries."""

    customer = models.OneToOneField(Customer, primary_key=True, on_delete=models.CASCADE, related_name="timeline_info")
    unread_count = models.PositiveIntegerField(default=0)
    waiting_for_reply_since = models.DateTimeField(null=True, blank=True)
    last_communication_at = models.DateTimeField(null=True, blank=True)
    last_entry_preview = models.CharField(max_length=255, blank=True)

    def __str__(self) -> str:
        return self.last_entry_preview
