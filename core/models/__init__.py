"""Who works with Retainer, who is named as the author of a change, what was exported, what takes its time."""

from core.models.actor import Actor, ActorKind
from core.models.audit import AuditLine
from core.models.job import Job
from core.models.session import Session
from core.models.user import User

__all__ = ["Actor", "ActorKind", "AuditLine", "Job", "Session", "User"]
