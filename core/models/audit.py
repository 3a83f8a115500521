"""What happened that no row change can tell, across all customers: an export, for one."""

from django.db import models
from django.utils import timezone

from core.models.actor import Actor
from core.models.base import Record


class AuditLine(Record):
    """One line of the installation's history: who did what, when, and with which parameters."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="audit_lines")
    action = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.actor} {self.action}"
