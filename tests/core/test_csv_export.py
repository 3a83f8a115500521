"""CSV files: cells that no spreadsheet takes for a formula and that read back equal, and streams that give back."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import QueryCanceled, UndefinedTable

from core import csv_export
from core.clauses import Clause
from core.csv_cells import cell, cell_sql, item_sql, list_cell, part, part_sql
from core.csv_export import MOST_AT_ONCE, CsvStream
from customers.imports.cells import read_cell, read_items

# What PostgreSQL can keep, with the characters that mean something in a cell more often than chance has it.
TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",), exclude_characters="\x00"),
        st.sampled_from("'=+-@\t\r\n\\;|\",<>clear"),
    )
)
LITERALS = st.builds(
    lambda slashes, clear: "\\" * slashes + clear, st.integers(0, 3), st.sampled_from(["<clear>", "<CLEAR>"])
)
ANY = st.one_of(TEXT, LITERALS, st.sampled_from(["'", "''=", "=1+1", "'=x", "\\", "<clear> "]))
WRITTEN = ANY.filter(lambda text: text.strip())


@given(WRITTEN)
def test_cell_reads_back_as_the_text_it_was_made_of(text):
    assert read_cell(cell(text)) == text


@given(ANY)
def test_cell_never_starts_like_a_formula(text):
    assert cell(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+4930726219941", "'+4930726219941"),
        ("'quoted", "''quoted"),
        ("<clear>", "\\<clear>"),
        ("\\<Clear>", "\\\\<Clear>"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_cell_of_a_known_text(text, expected):
    assert cell(text) == expected


@given(st.lists(st.lists(WRITTEN.map(str.strip).filter(bool), min_size=1, max_size=4), min_size=1, max_size=4))
def test_list_cell_reads_back_as_the_items_it_was_made_of(items):
    said = read_cell(list_cell(items))
    assert read_items(said) == items


def test_parts_are_quoted_only_where_they_hold_a_separator_or_a_quote():
    assert list_cell([["a@x.com", "work"], ['He said "hi"; then|left', "home"]]) == (
        'a@x.com|work;"He said ""hi""; then|left"|home'
    )


@pytest.mark.django_db
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ANY, ANY)
def test_sql_writes_the_same_cells_as_python(first, second):
    with connection.cursor() as cursor:
        query = f"SELECT {cell_sql('a')}, {part_sql('a')}, {item_sql([part_sql('a'), part_sql('b')])}"
        cursor.execute(f"{query} FROM (SELECT %s::text AS a, %s::text AS b) AS texts", [first, second])
        assert cursor.fetchone() == (cell(first), part(first), f"{part(first)}|{part(second)}")


def numbers(count: int) -> Clause:
    return Clause("SELECT n::text AS number, repeat('x', 100) AS text FROM generate_series(1, %s) AS n", (count,))


@pytest.mark.django_db
def test_stream_is_the_whole_file_with_its_header():
    finished = []
    body = b"".join(CsvStream(numbers(20_000), seconds=30, finished=finished.append))
    rows = list(csv.reader(io.StringIO(body.decode())))
    assert rows[0] == ["number", "text"]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 20_001)]
    assert finished == [20_000]


@pytest.mark.django_db
def test_first_piece_comes_before_the_rest_is_read():
    stream = CsvStream(numbers(10_000_000), seconds=30)
    assert next(stream) == b"number,text\n"
    stream.close()


@pytest.mark.django_db
def test_stream_that_is_left_ends_its_query_and_frees_its_place():
    for _ in range(MOST_AT_ONCE + 1):
        stream = CsvStream(numbers(10_000_000), seconds=30, finished=pytest.fail)
        next(stream)
        stream.close()
        stream.close()
    assert csv_export._slots.acquire(blocking=False)
    csv_export._slots.release()


@pytest.mark.django_db
def test_stream_past_the_cap_is_refused_until_one_ends(monkeypatch):
    monkeypatch.setattr(csv_export, "WAIT_SECONDS", 0.01)
    running = [CsvStream(numbers(10_000_000), seconds=30) for _ in range(MOST_AT_ONCE)]
    with pytest.raises(OperationalError, match="Too many exports"):
        CsvStream(numbers(1), seconds=30)
    running[0].close()
    assert b"".join(CsvStream(numbers(0), seconds=30)) == b"number,text\n"
    for stream in running:
        stream.close()


@pytest.mark.django_db
def test_mistake_in_the_query_frees_the_place_and_the_connection():
    for _ in range(MOST_AT_ONCE + 1):
        with pytest.raises(UndefinedTable):
            CsvStream(Clause("SELECT * FROM nowhere"), seconds=30)
    assert b"".join(CsvStream(numbers(0), seconds=30)) == b"number,text\n"


@pytest.mark.django_db
def test_query_that_takes_too_long_is_ended():
    with pytest.raises(QueryCanceled):
        b"".join(CsvStream(Clause("SELECT pg_sleep(20)::text AS slept"), seconds=1))
    assert b"".join(CsvStream(numbers(0), seconds=30)) == b"number,text\n"


@pytest.mark.django_db
def test_stream_that_breaks_frees_its_place_while_its_error_is_still_told():
    with pytest.raises(QueryCanceled) as broken:
        b"".join(CsvStream(Clause("SELECT pg_sleep(20)::text AS slept"), seconds=1))
    free = [csv_export._slots.acquire(blocking=False) for _ in range(MOST_AT_ONCE)]
    csv_export._slots.release(sum(free))
    assert (broken.value is not None, free) == (True, [True] * MOST_AT_ONCE)


@pytest.mark.django_db
def test_settings_hold_for_the_stream_alone():
    stream = CsvStream(Clause("SELECT current_setting('enable_sort') AS s"), seconds=9, settings={"enable_sort": "off"})
    assert b"".join(stream) == b"s\noff\n"
    assert b"".join(CsvStream(Clause("SELECT current_setting('enable_sort') AS s"), seconds=9)) == b"s\non\n"


@pytest.mark.django_db
def test_streams_of_several_threads_do_not_meet():
    def read(count: int) -> int:
        return b"".join(CsvStream(numbers(count), seconds=30)).count(b"\n") - 1

    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        assert list(pool.map(read, [10, 2_000, 300])) == [10, 2_000, 300]
