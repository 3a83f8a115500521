"""The kinds of job there are: apps register theirs while Django starts."""

from __future__ import annotations

from dataclasses import dataclass

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class JobKind:
    """What a kind of job does.

    `run` is the dotted name of a function that takes the job, does its work and answers with a sentence about what came
    of it; after the worker was killed half-way it is called again. `permission` is what somebody needs to look at the
    job; `page` is the URL name of the page it belongs to, `page_title` what that is called.
    """

    key: str
    run: str
    permission: str
    page: str
    page_title: str
    order: int = 100


job_kinds: Registry[JobKind] = Registry()
