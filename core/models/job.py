"""Work that takes longer than a request, and how far it is."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Greatest
from django.utils import timezone

from core.models.actor import Actor
from core.models.base import Record


class JobState(models.TextChoices):
    """Where a job is in its life."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


OPEN = (JobState.WAITING, JobState.RUNNING)


class JobQuerySet(models.QuerySet):
    """Jobs by the state they are in."""

    def open(self) -> Self:
        """Neither done nor failed."""
        return self.filter(state__in=OPEN)


class Job(Record):
    """One piece of work: what it is, who wants it, how far it is, and how it ended.

    `done` of `total` steps are stored; both may grow while it runs. `message` says what came of it, `error` why it
    stopped, both for people. What it works on is in `parameters`.
    """

    kind = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+", db_index=False)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=7, choices=JobState, default=JobState.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=["kind"], condition=models.Q(state__in=OPEN), name="job_open_by_kind"),)
        constraints = (models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in OPEN

    @property
    def percent(self) -> int:
        """How much of it is done; 100 only when all is."""
        if self.state == JobState.DONE:
            return 100
        return min(self.done * 100 // self.total, 99) if self.total else 0

    def advance(self, steps: int) -> None:
        """Count steps that this transaction stores: whatever is rolled back is not counted either."""
        counted = models.F("done") + steps
        Job.objects.filter(pk=self.pk).update(done=counted, total=Greatest(models.F("total"), counted))
