import pytest

from core.problems import Refused
from customers.exports import all_columns
from customers.imports.columns import match_header
from tests.factories import CustomAttributeFactory


def names(header, attributes=()):
    return [column and column.name for column in match_header(header, attributes)]


def sentences(header, attributes=()):
    with pytest.raises(Refused) as refusal:
        match_header(header, attributes)
    return [(found.code, found.message) for found in refusal.value.problems]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("NAME", "name"),
        ("External ID", "external_id"),
        ("externalId", "external_id"),
        ("e-mail", "emails"),
        ("phone_number", "phones"),
        ("Language_Code", "language"),
        ("account manager", "owner"),
        ("custom.SEATSNUM", "custom.seatsNum"),
    ],
)
def test_header_is_found_in_any_case_and_by_its_other_names(header, name):
    assert names([header], ["seatsNum"]) == [name]


def test_unknown_headers_are_refused_together_with_what_may_be_meant():
    assert sentences(["name", "statuss", "zzz", "custom.seats", ""], ["seatsNum"]) == [
        ("C69", "There is no field statuss: did you mean status?"),
        ("C69", "There is no field zzz: rename the column or take it out."),
        ("C69", "There is no field custom.seats: did you mean custom.seatsNum?"),
        ("C69", "Name column 5 in the header, or take it out."),
    ]


def test_columns_that_retainer_keeps_are_passed_over():
    assert names(["id", "name", "updated_at", "Rev", "flags"]) == ["id", "name", None, None, None]


def test_header_of_an_export_is_understood(db):
    CustomAttributeFactory(key="seatsNum")
    header = [column.name for column in all_columns()]
    passed_over = [name for name, column in zip(header, match_header(header, ["seatsNum"]), strict=True) if not column]
    assert passed_over == header[header.index("slug") :]


def test_same_field_twice_is_refused():
    assert sentences(["email", "name", "E-Mails"]) == [
        ("C69", "Keep one of the columns email and E-Mails: they are the same.")
    ]


def test_columns_of_a_file_of_refused_rows_are_passed_over():
    assert names(["name", "line", "column", "rule", "reason"]) == ["name", None, None, None, None]
    assert [code for code, _ in sentences(["name", "line"])] == ["C69"]
