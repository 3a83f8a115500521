"""Paging by position: pages that meet without a gap, and tokens that open nothing else."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.paging import BadToken, Cursor, Page, cut, seal, unseal

PARAMETERS = {"filters": [["tier", ["gold"]]], "sort": "-created", "page_size": 50}


def page_of(rows: list[int], cursor: Cursor | None, size: int) -> Page[int]:
    """A page of sorted numbers, found as a list in the database finds it."""
    if cursor is None:
        found = rows
    elif cursor.is_backward:
        found = [row for row in reversed(rows) if row < cursor.position[0]]
    else:
        found = [row for row in rows if row > cursor.position[0]]
    return cut(found[: size + 1], cursor, size, lambda row: [row])


@given(rows=st.sets(st.integers(0, 60)).map(sorted), size=st.integers(1, 9))
def test_pages_forward_and_backward_hold_every_row_once_in_order(rows, size):
    forward, page = [], page_of(rows, None, size)
    assert page.previous is None
    forward.append(page)
    while page.next:
        page = page_of(rows, page.next, size)
        forward.append(page)
    backward = [page]
    while page.previous:
        page = page_of(rows, page.previous, size)
        backward.insert(0, page)
    assert [row for page in forward for row in page.rows] == rows
    assert [row for page in backward for row in page.rows] == rows


def test_empty_list_has_one_page_without_neighbours():
    assert page_of([], None, 5) == Page([], None, None)


def test_page_whose_rows_are_gone_leads_back_to_where_it_started():
    assert page_of([1, 2], Cursor((2,)), 5) == Page([], None, Cursor((2,), is_backward=True))


@given(
    position=st.lists(st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.text())).map(tuple),
    is_backward=st.booleans(),
)
def test_token_gives_back_the_cursor_it_was_made_of(position, is_backward):
    if any("\ud800" <= character <= "\udfff" for value in position for character in str(value)):
        return
    cursor = Cursor(position, is_backward)
    assert unseal(seal(cursor, PARAMETERS), PARAMETERS) == cursor


def test_moments_and_ids_become_text_that_keeps_every_digit():
    moment, id_ = datetime(2026, 1, 2, 3, 4, 5, 678901, UTC), UUID(int=7)
    page = cut([1, 2], None, 1, lambda row: [moment, id_])
    assert page.next == Cursor(("2026-01-02T03:04:05.678901+00:00", "00000000-0000-0000-0000-000000000007"))


def test_position_of_anything_else_is_refused():
    with pytest.raises(TypeError):
        cut([1, 2], None, 1, lambda row: [object()])


@pytest.mark.parametrize("other", [{"sort": "name"}, {"page_size": 25}, {"filters": []}, {"filters": None}])
def test_token_of_other_parameters_is_refused(other):
    token = seal(Cursor(("a",)), PARAMETERS)
    with pytest.raises(BadToken):
        unseal(token, PARAMETERS | other)


@given(st.text())
def test_made_up_token_is_refused(token):
    with pytest.raises(BadToken):
        unseal(token, PARAMETERS)


def test_token_with_one_letter_changed_is_refused():
    token = seal(Cursor((5,)), PARAMETERS)
    with pytest.raises(BadToken):
        unseal(("A" if token[0] != "A" else "B") + token[1:], PARAMETERS)
