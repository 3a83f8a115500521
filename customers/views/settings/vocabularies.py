"""The lists of flags, tags and custom attributes; whoever may not change them reads."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import reswap, retarget

from core.pages import Allowed, Page
from core.paging import BadToken, Cursor, seal, unseal
from customers.access import CustomerAccess
from customers.models import CustomAttribute, Flag, Tag
from customers.operations.catalogue_attributes import change_attribute, create_attribute
from customers.operations.catalogue_flags import change_flag, create_flag
from customers.operations.catalogue_tags import change_tag, create_tag
from customers.presenting.vocabularies import attribute_rows, flag_rows, tag_rows


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One of the three: its entries, what they are called, where they are listed, and how they are written."""

    model: type[Any]
    key: str
    create: Callable[..., Any]
    change: Callable[..., Any]

    @property
    def list_id(self) -> str:
        """The id of its list on the page."""
        return f"{self.key}-list"


FLAGS = Vocabulary(Flag, "flag", create_flag, change_flag)
TAGS = Vocabulary(Tag, "tag", create_tag, change_tag)
ATTRIBUTES = Vocabulary(CustomAttribute, "attribute", create_attribute, change_attribute)


class VocabularyList(CustomerAccess, Page, ABC):
    """A page with lists of words, each of which htmx may ask for alone."""

    permission_required = "customers.view_customer"
    route: ClassVar[str]

    can_add_flags = Allowed("customers.add_flag")
    can_keep_flags = Allowed("customers.change_flag")
    can_delete_flags = Allowed("customers.delete_flag")
    can_add_tags = Allowed("customers.add_tag")
    can_keep_tags = Allowed("customers.change_tag")
    can_delete_tags = Allowed("customers.delete_tag")
    can_add_attributes = Allowed("customers.add_customattribute")
    can_keep_attributes = Allowed("customers.change_customattribute")

    @property
    def is_turned(self) -> bool:
        """Whether the person has turned the page and goes on reading at its top."""
        return self.is_htmx and self.request.htmx.trigger in {"previous", "next"}

    def get(self, request: Any) -> HttpResponse:
        """The lists."""
        wanted = {request.htmx.target} if self.partial else set(self.partials)
        return self.render(self.lists(wanted, request.GET))

    @abstractmethod
    def lists(self, wanted: set[str], asked: QueryDict) -> dict[str, Any]:
        """What these lists show; `asked` are the parameters of the address."""

    def behind_the_dialog(self, request: Any, list_id: str, said: str, *, focus: str) -> HttpResponse:
        """What closes a dialog after its write: the list that it stood over, as it is now."""
        self.setup(request)
        asked = _behind(request.htmx.current_url or "")
        context = {"page": self, **self.lists({list_id}, asked), "said": said, "focus": focus, "closes_dialog": True}
        response = render(request, f"{self.template_name}#{self.partials[list_id]}", context)
        return retarget(reswap(response, "outerHTML"), f"#{list_id}")


class FlagsAndTags(VocabularyList):
    """Flags, which change how customers are handled, and tags, which they are found by."""

    template_name = "customers/settings/flags_and_tags.html"
    title = "Flags and tags"
    route = "customers:settings-flags"
    partials: ClassVar[Mapping[str, str]] = {FLAGS.list_id: "flags", TAGS.list_id: "tags"}

    def lists(self, wanted: set[str], asked: QueryDict) -> dict[str, Any]:
        """Both, or one of them."""
        flags = {"flags": flag_rows()} if FLAGS.list_id in wanted else {}
        return flags | (self._tags(asked) if TAGS.list_id in wanted else {})

    def _tags(self, asked: QueryDict) -> dict[str, Any]:
        typed = " ".join(asked.get("q", "").replace("\x00", "").split())
        bound = {"page": "tags", "q": typed.casefold()}
        token, cursor, is_bad = asked.get("page_token", "").strip(), None, False
        try:
            cursor = unseal(token, bound) if token else None
        except BadToken:
            is_bad = True
        page = tag_rows(typed, cursor)

        def address(to: Cursor | None) -> str:
            parameters = {"q": typed} if typed else {}
            return f"{reverse(self.route)}?{urlencode(parameters | {'page_token': seal(to, bound)})}" if to else ""

        return {
            "q": typed,
            "tags": page.rows,
            "is_bad_token": is_bad,
            "is_past_the_end": cursor is not None and not page.rows,
            "next": address(page.next),
            "previous": address(page.previous),
        }


class Attributes(VocabularyList):
    """The fields that a company has added to its customers."""

    template_name = "customers/settings/attributes.html"
    title = "Custom attributes"
    route = "customers:settings-attributes"
    partials: ClassVar[Mapping[str, str]] = {ATTRIBUTES.list_id: "attributes"}

    def lists(self, wanted: set[str], asked: QueryDict) -> dict[str, Any]:
        """Those in use, and those in the archive."""
        attributes, archived = attribute_rows()
        return {"attributes": attributes, "archived": archived}


def _behind(address: str) -> QueryDict:
    """The parameters of the page that a dialog stands over; none for what is no address."""
    try:
        return QueryDict(urlsplit(address).query)
    except ValueError:
        return QueryDict()


def list_of(vocabulary: Vocabulary) -> type[VocabularyList]:
    """The page that lists a vocabulary."""
    return Attributes if vocabulary is ATTRIBUTES else FlagsAndTags
