"""Sessions: a row knows whose it is, when it was last used and when it ends. Django's own table knows the end alone."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from core import planned_once
from core.models.user import User

_FIND = "SELECT session_data, expire_date, seen_at FROM core_session WHERE session_key = %s AND expire_date > %s"


class Session(AbstractBaseSession):
    """One browser that has a session: without its row it is signed out. `user` is empty before somebody signs in."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """What reads and writes these rows."""
        return SessionStore


class SessionStore(db.SessionStore):
    """Django's sessions in this table; `seen_at` and `ends_at` are those of the stored row."""

    seen_at: datetime | None = None
    ends_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing when it is over."""
        # Every page starts with this, so the server remembers how to answer it.
        key, found = self.session_key or "", None
        if "\x00" not in key:  # A cookie may hold what no text in the database can.
            with planned_once.cursor() as opened:
                opened.execute(_FIND, [key, timezone.now()])
                found = opened.fetchone()
        if found is None:
            self._session_key = None
            return {}
        data, self.ends_at, self.seen_at = found
        return self.decode(data)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row as it will be stored, which makes the session last from now on."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.user_id = data.get(SESSION_KEY)
        self.seen_at, self.ends_at = row.seen_at, row.expire_date
        return row

    @property
    def seconds_left(self) -> int | None:
        """How long the session lasts if it is not used again, never less; None for one that is not stored."""
        return None if self.ends_at is None else max(ceil((self.ends_at - timezone.now()).total_seconds()), 0)

    def prolong(self) -> None:
        """Let it last from now on; stored with the response."""
        self.seen_at, self.ends_at = timezone.now(), self.get_expiry_date()
        self.modified = True
