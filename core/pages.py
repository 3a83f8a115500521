"""What every page shares: who may open it, and whether htmx gets a part of it or the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, overload

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django.views import View
from django_htmx.middleware import HtmxDetails

from core.models import User
from core.models.session import SessionStore
from core.permissions import require

# What decides whether a page or a part of it is sent; a cache must keep those answers apart.
_FRAGMENT_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request", "HX-Target")


class Request(HttpRequest):
    """A request as pages get it: somebody is signed in, and htmx says what it wants."""

    user: User
    session: SessionStore
    htmx: HtmxDetails


class Page(View):
    """One page: its permission, its template, and the parts of the template that htmx may ask for.

    Hooks: `permission_required` (or `core.permissions.SIGNED_IN`), `template_name`, `title`, and `partials`, which maps
    the id of an htmx target to the partial that fills it: `{"results": "results"}`. Templates ask the page what the
    person may do (`page.can_edit`, an `Allowed`) and never name a permission.
    """

    permission_required: ClassVar[str]
    template_name: ClassVar[str]
    title: str = ""
    partials: ClassVar[Mapping[str, str]] = {}

    request: Request

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """The view for the URLconf; a page that does not say who may open it stops the start."""
        if not getattr(cls, "permission_required", ""):
            raise ImproperlyConfigured(f"{cls.__qualname__} must say who may open it: set permission_required.")
        return super().as_view(**initkwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, if this person may be here; else 403 says who may."""
        require(request.user, self.permission_required)
        response = super().dispatch(request, *args, **kwargs)
        patch_vary_headers(response, _FRAGMENT_HEADERS if self.partials else _FRAGMENT_HEADERS[:1])
        return response

    @property
    def is_htmx(self) -> bool:
        """Whether a part of a page that is on screen asks; a boosted link and the back button want whole pages."""
        htmx = self.request.htmx
        return bool(htmx) and not htmx.boosted and not htmx.history_restore_request

    @property
    def partial(self) -> str | None:
        """The part of the template that is wanted; None for the whole page."""
        return self.partials.get(self.request.htmx.target or "") if self.is_htmx else None

    def render(self, context: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
        """The page, or the part of the same template that htmx asked for."""
        template = f"{self.template_name}#{self.partial}" if self.partial else self.template_name
        return render(self.request, template, {"page": self, **(context or {})}, status=status)

    def redirect(self, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Leave after a write: 303, or for htmx 204 and the address, because it would swap a redirect's target in."""
        url = resolve_url(to, *args, **kwargs)
        if self.is_htmx:
            return HttpResponse(status=204, headers={"HX-Redirect": url})
        return HttpResponseRedirect(url, status=303)


class Allowed:
    """A claim that templates read: `can_edit = Allowed("customers.change_customer")`."""

    def __init__(self, permission: str) -> None:
        self.permission = permission

    @overload
    def __get__(self, page: None, owner: type) -> Self: ...
    @overload
    def __get__(self, page: Page, owner: type) -> bool: ...
    def __get__(self, page: Page | None, owner: type) -> Self | bool:
        return self if page is None else page.request.user.has_perm(self.permission)
