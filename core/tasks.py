"""What the worker is asked to do."""

from __future__ import annotations

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app

from core import jobs

_STALLED = "core.retry_stalled_jobs"


@app.task(name=jobs.TASK)
def run_job(job_id: str) -> None:
    """Do the work of a job."""
    try:
        jobs.perform(job_id)
    finally:
        connection.close()  # The threads of a worker outlive their tasks; the pool is for all of them.


@app.periodic(cron="* * * * *")
@app.task(name=_STALLED, queueing_lock=_STALLED, pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Hand what a killed worker has left half-done to one that lives."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
