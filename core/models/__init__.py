"""Who works with Retainer, who is named as the author of a change, and what was exported."""

from core.models.actor import Actor, ActorKind
from core.models.audit import AuditLine
from core.models.user import User

__all__ = ["Actor", "ActorKind", "AuditLine", "User"]
