"""Work that takes longer than a request: started by a page, done by the worker, watched on a page of its own.

An app registers the kinds of job it has (core/job_kinds.py). Their work is cut into steps, each a transaction that also
counts itself (`Job.advance`), so that a worker may be killed at any moment: the job is run again and goes on.
"""

from __future__ import annotations

import logging
from uuid import UUID

from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from core.job_kinds import JobKind, job_kinds
from core.models import Actor, Job
from core.models.job import JobState
from core.problems import Refused

CHUNK = 1000
"""The most rows that one transaction of a job writes."""

TASK = "core.run_job"

_FAILED = "Something broke on our side. What was done so far stays as it is; start it again to finish it."

log = logging.getLogger(__name__)


def kind_of(job: Job) -> JobKind | None:
    """What this job does; None when the app that knew it is gone."""
    return next((kind for kind in job_kinds.all() if kind.key == job.kind), None)


def start(kind: str, *, title: str, actor: Actor, total: int, **parameters: str) -> Job:
    """Leave a job to the worker, which begins when the caller's transaction is stored."""
    job = Job.objects.create(kind=kind, title=title[:255], actor=actor, total=total, parameters=parameters)
    app.configure_task(TASK).defer(job_id=str(job.pk))
    return job


def perform(job_id: UUID | str) -> None:
    """Do the work of a job, or go on with it; does nothing when it is over already."""
    job = Job.objects.select_related("actor").get(pk=job_id)
    kind = kind_of(job)
    if job.is_over or kind is None:
        return
    started = {} if job.started_at else {"started_at": timezone.now()}
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, **started)
    try:
        message = import_string(kind.run)(job)
    except Refused as refused:
        _finish(job, JobState.FAILED, error=" ".join(problem.message for problem in refused.problems))
    except Exception:
        log.exception("Job %s (%s) has failed", job.pk, job.kind)
        _finish(job, JobState.FAILED, error=_FAILED)
    else:
        _finish(job, JobState.DONE, message=message)


def _finish(job: Job, state: JobState, *, message: str = "", error: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, message=message[:500], error=error[:500], finished_at=timezone.now()
    )
