"""The addresses of flags, tags and custom attributes, each with the permission that its catalogue asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path

from customers.views.settings.vocabularies import ATTRIBUTES, FLAGS, TAGS, Attributes, FlagsAndTags, Vocabulary
from customers.views.settings.vocabulary_entries import AddToVocabulary, ChangeInVocabulary, VocabularyPage
from customers.views.settings.vocabulary_questions import (
    ArchiveAttribute,
    DeleteFlag,
    DeleteTag,
    MergeTag,
    SwitchFlag,
)

_QUESTIONS: tuple[tuple[Vocabulary, str, str, type[VocabularyPage]], ...] = (
    (FLAGS, "switch", "change", SwitchFlag),
    (FLAGS, "delete", "delete", DeleteFlag),
    (TAGS, "merge", "delete", MergeTag),
    (TAGS, "delete", "delete", DeleteTag),
    (ATTRIBUTES, "archive", "change", ArchiveAttribute),
)


def vocabulary_addresses() -> Iterator[URLPattern]:
    """The two pages of lists, and under them whatever is done with one entry."""
    yield path("settings/flags-and-tags/", FlagsAndTags.as_view(), name="settings-flags")
    yield path("settings/attributes/", Attributes.as_view(), name="settings-attributes")
    for vocabulary in (FLAGS, TAGS, ATTRIBUTES):
        base, name = _base(vocabulary), f"settings-{vocabulary.key}"
        yield path(f"{base}add/", _kept(AddToVocabulary, vocabulary, "add"), name=f"{name}-add")
        yield path(f"{base}<uuid:entry_id>/", _kept(ChangeInVocabulary, vocabulary, "change"), name=name)
    for vocabulary, verb, permission, page in _QUESTIONS:
        address = f"{_base(vocabulary)}<uuid:entry_id>/{verb}/"
        yield path(address, _kept(page, vocabulary, permission), name=f"settings-{vocabulary.key}-{verb}")


def _base(vocabulary: Vocabulary) -> str:
    """Below the page that lists it, which the menu marks then."""
    return "settings/attributes/" if vocabulary is ATTRIBUTES else f"settings/flags-and-tags/{vocabulary.key}s/"


def _kept(page: type[VocabularyPage], vocabulary: Vocabulary, verb: str) -> Any:
    permission = f"customers.{verb}_{vocabulary.model._meta.model_name}"
    view: Any = page.as_view(vocabulary=vocabulary, permission_required=permission)
    view.permission_required = permission
    return view
