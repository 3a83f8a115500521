import csv

import pytest

from customers.imports import reading
from customers.imports.reading import Row, Unreadable, open_table


@pytest.fixture
def table_of(tmp_path):
    def write(content, encoding=""):
        path = tmp_path / "customers.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return open_table(path, encoding)

    return write


def test_lines_are_counted_as_an_editor_counts_them(table_of):
    table = table_of('name,domains\r\n"Two\r\nlines",a.com\r\n\r\n , \r\nLast,b.com\r\n')
    assert list(table.rows()) == [Row(2, ["Two\r\nlines", "a.com"]), Row(6, ["Last", "b.com"])]
    assert table.row_count == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_says_the_encoding(table_of, encoding):
    table = table_of("name\nŽižkov\n".encode(encoding))
    assert (table.header, list(table.rows())) == (["name"], [Row(2, ["Žižkov"])])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separator_that_makes_the_most_columns_is_taken(table_of, separator):
    table = table_of(separator.join(["name", '"a,b;c"', "city"]) + "\n")
    assert (table.separator, table.header) == (separator, ["name", "a,b;c", "city"])


def test_header_of_one_column_is_read_with_commas(table_of):
    assert table_of("name\nAcme\n").separator == ","


def test_lines_that_end_in_a_carriage_return_alone_are_lines(table_of):
    assert list(table_of("name\rAcme\r").rows()) == [Row(2, ["Acme"])]


def test_cell_of_a_megabyte_is_read_and_the_limit_of_others_stays(table_of):
    limit = csv.field_size_limit()
    (row,) = table_of(f"name\n{'x' * 1_000_000}\n").rows()
    assert (len(row.cells[0]), csv.field_size_limit()) == (1_000_000, limit)


def test_nul_in_a_cell_is_left_for_the_rules(table_of):
    assert list(table_of("name\na\0b\n").rows()) == [Row(2, ["a\0b"])]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "customers.csv is empty: it needs a header line, for example name,domains."),
        (b" \n\n", "customers.csv is empty: it needs a header line, for example name,domains."),
        (
            b"name\nab\nh\xe9\n",
            "Line 3 of customers.csv is not UTF-8: save the file as CSV UTF-8, or name its encoding, "
            'for example "--encoding cp1252".',
        ),
        (
            "name\nAcme\n".encode("utf-16-le"),
            "The header holds NUL characters, as a UTF-16 file without its mark does: save the file as CSV UTF-8, "
            'or name its encoding, for example "--encoding utf-16-le".',
        ),
        (b'name\nAcme\n"Open\nx\n', "The row on line 3 cannot be read: it opens a quote that is never closed."),
        (
            b'name\n"Ac"me\n',
            "The row on line 2 cannot be read: a quoted cell goes on after its closing quote: "
            'write a quote inside a quoted cell twice ("").',
        ),
    ],
)
def test_file_that_is_no_table_is_refused_in_a_sentence(table_of, content, sentence):
    with pytest.raises(Unreadable) as refusal:
        table_of(content)
    assert str(refusal.value) == sentence


def test_bad_byte_behind_the_first_chunk_is_found_on_its_line(table_of, monkeypatch):
    monkeypatch.setattr(reading, "_CHUNK", 4)
    with pytest.raises(Unreadable, match=r"^Line 4 of"):
        table_of(b"name\nab\ncd\nh\xe9\n")


def test_character_cut_off_at_the_end_is_refused(table_of):
    with pytest.raises(Unreadable, match=r"^Line 2 of"):
        table_of("name\né".encode()[:-1])


def test_encoding_can_be_named(table_of):
    assert list(table_of(b"name\nh\xe9\n", "cp1252").rows()) == [Row(2, ["hé"])]


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex", "a\0b"])
def test_encoding_that_is_none_is_refused(table_of, encoding):
    with pytest.raises(Unreadable, match=r"^There is no encoding"):
        table_of("name\n", encoding)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"none\.csv cannot be read: no such file or directory\.$"):
        open_table(tmp_path / "none.csv")
