"""How far a job is: a page that refreshes itself until the work is over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from core.jobs import kind_of
from core.models import Job
from core.pages import Page
from core.permissions import SIGNED_IN, require

_STOP_ASKING = 286
"""What tells htmx that the answer is the last one."""
_QUARTER = 25


class JobPage(Page):
    """One job: its progress, then what came of it and the way back; who may see it is for its kind to say."""

    permission_required = SIGNED_IN
    template_name = "core/job.html"
    partials: ClassVar[Mapping[str, str]] = {"job": "progress"}

    def get(self, request: Any, job_id: UUID) -> HttpResponse:
        """The page, or what htmx asks for every second."""
        job = get_object_or_404(Job.objects.select_related("actor"), pk=job_id)
        kind = kind_of(job)
        if kind and kind.permission:
            require(request.user, kind.permission)
        self.title = job.title
        quarter = job.percent // _QUARTER * _QUARTER
        context = {
            "job": job,
            "kind": kind,
            "quarter": quarter,
            # Said once for each quarter, and at the end: not with every second that passes.
            "is_news": job.is_over or str(quarter) != request.GET.get("said", "0"),
        }
        return self.render(context, status=_STOP_ASKING if self.partial and job.is_over else 200)
