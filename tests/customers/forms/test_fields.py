"""Inputs read what was typed, exactly or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.forms.custom_attributes import _Number
from customers.forms.fields import (
    DecimalNumber,
    Line,
    Moment,
    Paragraph,
    Polarity,
    Tick,
    WholeNumber,
    Words,
    join_words,
    split_words,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1920000", 1920000),
        ("1,920,000", 1920000),
        ("1 920 000", 1920000),
        ("1\u00a0920\u00a0000", 1920000),
        (" 640 ", 640),
        ("0", 0),
        ("", None),
        ("   ", None),
        ("1.92M", "1.92M"),
        ("19,20", "19,20"),
        ("1,920 000", "1,920 000"),
        ("1.920.000", "1.920.000"),
        ("-5", "-5"),
        ("٣", "٣"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_whole_number_is_read_only_where_everybody_reads_it_the_same_way(typed: str, read: object) -> None:
    assert WholeNumber("Size").clean(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("59.9139", Decimal("59.9139")),
        ("-10.75", Decimal("-10.75")),
        ("0.1", Decimal("0.1")),
        ("59,91", "59,91"),
        ("1e999999999", "1e999999999"),
        ("NaN", "NaN"),
        ("1." + "0" * 100_000, "1." + "0" * 100_000),
    ],
)
def test_a_decimal_is_read_exactly_in_plain_notation_alone(typed: str, read: object) -> None:
    assert DecimalNumber("Latitude").clean(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("12", 12), ("12.0", 12), ("0.1", 0.1), ("1840.5", 1840.5), ("0.123456789012345", 0.123456789012345), ("x", "x")],
)
def test_a_number_for_json_is_one_that_comes_back_as_it_was_typed(typed: str, read: object) -> None:
    value = _Number("Seats").clean(typed)
    assert (value, type(value)) == (read, type(read))


def test_a_number_with_more_digits_than_json_keeps_is_passed_on_as_text() -> None:
    assert _Number("Seats").clean("123456789012345.123456789") == "123456789012345.123456789"


def test_line_breaks_are_read_as_browsers_send_them() -> None:
    assert (Line("Name").clean("a\nb"), Paragraph("Note").clean("a\r\nb\rc")) == ("ab", "a\nb\nc")


def test_what_is_no_choice_and_no_time_is_passed_on_for_the_rules() -> None:
    assert (Polarity("Mood").clean("2"), Polarity("Mood").clean("-1"), Moment("At").clean("soon")) == ("2", -1, "soon")


def test_a_checkbox_is_ticked_by_any_value() -> None:
    assert (Tick("Shared").clean(True), Tick("Shared").clean(False)) == (True, False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("a, b", ["a", "b"]),
        ("", []),
        (" , ,", []),
        ('a, "b, c"', ["a", "b, c"]),
        ('"say ""hi"", you"', ['say "hi", you']),
        ('5" pipe, x', ['5" pipe', "x"]),
        ('"open, x', ['"open', "x"]),
    ],
)
def test_words_stand_between_commas_and_quotes_hold_a_comma(typed: str, words: list[str]) -> None:
    assert Words("Tags").clean(typed) == words


@given(st.lists(st.text(st.characters(exclude_characters="\r\n"), min_size=1).filter(lambda word: word.strip())))
def test_any_words_are_read_back_as_they_were_written(words: list[str]) -> None:
    assert split_words(join_words(words)) == words


@given(st.text())
def test_any_text_can_be_read_as_words(text: str) -> None:
    assert all(word.strip() for word in split_words(text))
