"""Folding, and finding what cannot be stored."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.text import fold, unstorable

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(ANY_TEXT, inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Wrocław", "wroclaw"),
        ("  Ångström \t &\n Söhne ", "angstrom & sohne"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Москва", "moskva"),
        ("e\u0301clair", "eclair"),
        ("ＡＣＭＥ", "acme"),
        ("\x00\x1b\u200b", ""),
        ("", ""),
    ],
)
def test_folded_text_is_what_people_type(text, folded):
    assert fold(text) == folded


@given(ANY_TEXT)
@example("\ud800")
@example("\u1112\u1161\u11ab")
def test_folded_text_is_printable_ascii_with_single_spaces(text):
    folded = fold(text)

    assert folded.isascii()
    assert folded.isprintable()
    assert folded == " ".join(folded.split())


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_composed_and_decomposed_text_fold_to_the_same():
    assert fold("한국") == fold("\u1112\u1161\u11ab\u1100\u116e\u11a8")


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("a\x00b", ()),
        ("\ud83d", ()),
        ("a\udc00b", ()),
        ({"name": "ok", "emails": [{"email": "ok"}, {"email": "a\x00"}]}, ("emails", 1, "email")),
        ({"custom": {"a\x00Str": 1}}, ("custom",)),
        (["ok", ("ok", "\x00")], (1, 1)),
        ({"first": "\x00", "second": "\x00"}, ("first",)),
    ],
)
def test_text_that_cannot_be_stored_is_found_where_it_is(value, path):
    assert unstorable(value) == path


@pytest.mark.parametrize("value", ["", "Ørsted 🚀", None, 5, b"\x00", {"a": [1.5, True, {"b": "\ufffd"}]}])
def test_storable_values_have_no_such_place(value):
    assert unstorable(value) is None


def test_depth_of_nesting_does_not_matter():
    nested: object = "\x00"
    for _ in range(5_000):
        nested = [nested]

    assert len(unstorable(nested)) == 5_000


@given(NESTED)
def test_nothing_makes_the_search_fail(value):
    path = unstorable(value)

    assert path is None or isinstance(path, tuple)
