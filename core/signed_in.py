"""Where a person is signed in: noted at the sign-in and, now and then, while the session is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from allauth.account.adapter import get_adapter
from django.contrib.auth import HASH_SESSION_KEY
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core import devices
from core.models import Session, User
from core.models.session import SessionStore

SEEN_EVERY = timedelta(minutes=5)
"""How long a session may be used before that is written down, and the session lasts from then on."""

THIS_SESSION = "this-session"
"""The URL name under which a page asks how long is left; asking is no use of the session."""

_NOTE = "signed_in"
_LONGEST_AGENT = 400
_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Place:
    """One browser in which a person is signed in. `handle` names it in forms, where its key must not stand."""

    handle: str
    device: str
    icon: str
    address: str
    since: datetime | None
    seen_at: datetime
    is_here: bool

    @classmethod
    def of(cls, session: Session, *, here: str | None) -> Self:
        """The place that a stored session stands for; `here` is the key of the one that asks."""
        note = session.get_decoded().get(_NOTE, {})
        agent = note.get("agent", "")
        return cls(
            handle=_handle(session.session_key),
            device=devices.describe(agent),
            icon="smartphone" if devices.is_handheld(agent) else "monitor",
            address=note.get("address", ""),
            since=datetime.fromisoformat(note["since"]) if "since" in note else None,
            seen_at=session.seen_at,
            is_here=session.session_key == here,
        )

    @property
    def is_in_use(self) -> bool:
        """Whether it may be in use right now: use is written down every few minutes alone."""
        return timezone.now() - self.seen_at < SEEN_EVERY


def places_of(person: User, here: SessionStore) -> list[Place]:
    """Where this person is signed in: here first, then what was used last."""
    places = [Place.of(session, here=here.session_key) for session in _alive(person)]
    return sorted(places, key=lambda place: not place.is_here)


def sign_out_of(handle: str, person: User, here: SessionStore) -> Place | None:
    """End another session of this person; None when there is no such session any more."""
    for session in _alive(person):
        place = Place.of(session, here=here.session_key)
        if place.handle == handle and not place.is_here:
            session.delete()
            return place
    return None


def sign_out_elsewhere(person: User, here: SessionStore) -> None:
    """End every session of this person but the one that asks."""
    Session.objects.filter(user=person).exclude(session_key=here.session_key).delete()


def note_sign_in(sender: object, request: HttpRequest, user: User, **more: object) -> None:
    """Write down from where somebody signs in, and clear away the sessions that are over."""
    request.session[_NOTE] = _note(request) | {"since": timezone.now().isoformat()}
    SessionStore.clear_expired()


class SignedInMiddleware:
    """Lets a session last from its latest use, and tells scripts how long that is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (request.htmx or _asks(request)) and request.user.is_authenticated:  # type: ignore[attr-defined]
            response["Session-Seconds"] = str(request.session.seconds_left)  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Before the view, when it is known that somebody is signed in."""
        if request.user.is_authenticated and _is_due(request.session.seen_at) and not _asks(request):  # type: ignore[attr-defined]
            use(request)


def use(request: HttpRequest) -> None:
    """Write down that the session is used, from where it is used, and let it last from now on."""
    request.session[_NOTE] = request.session.get(_NOTE, {}) | _note(request)
    request.session.prolong()  # type: ignore[attr-defined]


def _asks(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "GET" and match is not None and match.view_name == THIS_SESSION


def _is_due(seen_at: datetime | None) -> bool:
    return seen_at is not None and timezone.now() - seen_at >= SEEN_EVERY


def _note(request: HttpRequest) -> dict[str, str]:
    return {"address": _address_of(request), "agent": request.headers.get("User-Agent", "")[:_LONGEST_AGENT]}


def _address_of(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):  # No address, or fewer proxies in between than were announced.
        return ""


def _alive(person: User) -> Iterator[Session]:
    """The sessions that still open something: those of an earlier password do not."""
    proofs = {person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()}
    stored = Session.objects.filter(user=person, expire_date__gt=timezone.now()).order_by("-seen_at")
    return (session for session in stored[:_MOST_SHOWN] if session.get_decoded().get(HASH_SESSION_KEY) in proofs)


def _handle(session_key: str) -> str:
    return salted_hmac("core.signed_in", session_key, algorithm="sha256").hexdigest()
