from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import csv_cells
from customers.imports.cells import (
    Said,
    read_boolean,
    read_cell,
    read_decimal,
    read_items,
    read_json_number,
    read_whole_number,
)


def said(cell: str) -> str:
    found = read_cell(cell)
    return found if isinstance(found, str) else ""


TEXT = st.text(st.characters(codec="utf-8"))


@pytest.mark.parametrize("cell", ["", " ", "\t", "\u00a0", "\n"])
def test_blank_cell_says_nothing(cell):
    assert read_cell(cell) is Said.NOTHING


@pytest.mark.parametrize("cell", ["<clear>", "<CLEAR>", "<Clear>"])
def test_clear_token_clears_in_any_case(cell):
    assert read_cell(cell) is Said.CLEAR


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("\\<clear>", "<clear>"),
        ("\\\\<Clear>", "\\<Clear>"),
        (" <clear>", " <clear>"),
        ("<clear> it", "<clear> it"),
        ("\\n", "\\n"),
        ("'+47 22", "+47 22"),
        ("'=1+1", "=1+1"),
        ("''tis", "'tis"),
        ("'tis", "'tis"),
        ("'\t", "\t"),
        ("+47", "+47"),
    ],
)
def test_escapes_come_off_once(cell, value):
    assert read_cell(cell) == value


@given(TEXT.filter(lambda text: not text.isspace() and text))
def test_any_exported_text_is_read_as_it_was(text):
    assert read_cell(csv_cells.cell(text)) == text


@given(st.lists(st.lists(TEXT.filter(lambda text: text == text.strip() and text), min_size=1, max_size=4), max_size=4))
def test_any_exported_list_is_read_as_it_was(items):
    assert read_items(said(csv_cells.list_cell(items))) == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a@x.com|home|yes;b@x.com", [["a@x.com", "home", "yes"], ["b@x.com"]]),
        ("a.com; b.com;", [["a.com"], [" b.com"]]),
        (";;", []),
        ('"a;b" ;"c""d"|e', [["a;b"], ['c"d', "e"]]),
        ('24" screen;x', [['24" screen'], ["x"]]),
        ('"open;x', [['"open'], ["x"]]),
        ("a||c", [["a", "", "c"]]),
    ],
)
def test_list_cell_is_split_into_items_and_parts(text, items):
    assert read_items(text) == items


@given(TEXT)
def test_no_cell_breaks_the_readers(text):
    for read in (read_cell, read_items, read_boolean, read_whole_number, read_decimal, read_json_number):
        read(text)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_boolean, "Yes", True),
        (read_boolean, "0", False),
        (read_boolean, "maybe", "maybe"),
        (read_whole_number, " 12 ", 12),
        (read_whole_number, "12.0", "12.0"),
        (read_whole_number, "1,000", "1,000"),
        (read_whole_number, "٣", "٣"),
        (read_whole_number, "9" * 5000, "9" * 5000),
        (read_decimal, "59.91", Decimal("59.91")),
        (read_decimal, "NaN", "NaN"),
        (read_json_number, "1840.5", 1840.5),
        (read_json_number, "7", 7),
        (read_json_number, "seven", "seven"),
    ],
)
def test_value_that_cannot_be_read_stays_text(read, text, value):
    found = read(text)
    assert (found, type(found)) == (value, type(value))
