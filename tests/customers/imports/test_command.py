import csv
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from customers.models import Customer
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(path, **options):
    out = StringIO()
    call_command("import_customers", str(path), stdout=out, **options)
    return out.getvalue()


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_summary_counts_every_row_once(folder):
    (folder / "in.csv").write_text("name,domains,size\nA,a.com,1\nB,x.b.com,many\nC,a.com,2\nD,,\n")
    lines = run("in.csv").splitlines()
    assert lines[0].startswith("Read 4 rows of in.csv (comma, UTF-8) in ")
    assert lines[1:] == [
        "  created         2",
        "  refused         2",
        "    C19  not_apex_domain                              1 row",
        "    C29  invalid_size                                 1 row",
        "    C57  duplicate_row                                1 row",
        "The refused rows are in in.refused.csv: correct them there, then import that file.",
    ]


def test_refused_rows_come_back_with_line_column_rule_and_reason(folder):
    (folder / "in.csv").write_text("name;domains;size\nB;x.b.com;many\n=C;+d.com\n")
    run("in.csv", refused=folder / "out.csv")
    assert (folder / "out.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "name;domains;size;line;column;rule;reason",
        "B;x.b.com;many;2;domains;C19;Use the registered domain b.com instead of its part x.b.com.",
        ";;;2;size;C29;Enter a whole number, for example 250.",
        "'=C;'+d.com;;3;;C69;This row has 2 cells and the header has 3: add the missing separators.",
    ]


def test_corrected_file_of_refused_rows_can_be_imported(folder):
    (folder / "in.csv").write_text("name,domains,size\nB,x.b.com,many\n")
    run("in.csv")
    refused = folder / "in.refused.csv"
    refused.write_text(refused.read_text(encoding="utf-8-sig").replace("B,x.b.com,many", "B,b.com,7"))
    assert "created         1" in run(refused)
    assert Customer.objects.get().size == 7
    assert not (folder / "in.refused.refused.csv").exists()


def test_refused_rows_of_a_refused_file_have_one_set_of_reasons(folder):
    (folder / "in.csv").write_text("name,size\nB,many\n")
    run("in.csv")
    run("in.refused.csv")
    assert [len(row) for row in read(folder / "in.refused.refused.csv")] == [6, 6]


def test_wrong_header_is_told_in_sentences(folder):
    (folder / "in.csv").write_text("name,statuss\nA,x\n")
    with pytest.raises(CommandError) as refusal:
        run("in.csv")
    assert str(refusal.value) == (
        "Nothing was imported: the header of in.csv does not fit.\n"
        "  C69 There is no field statuss: did you mean status?"
    )


def test_unreadable_file_fails_with_its_sentence(folder):
    with pytest.raises(CommandError, match=r"^none\.csv cannot be read: no such file or directory\.$"):
        run("none.csv")


def test_refused_rows_never_overwrite_the_file_itself(folder):
    (folder / "in.csv").write_text("name\nA\n")
    with pytest.raises(CommandError, match="is the file to be imported"):
        run("in.csv", refused=folder / "in.csv")


def test_folder_that_does_not_exist_is_told_before_anything_is_stored(folder):
    (folder / "in.csv").write_text("name\nA\n")
    with pytest.raises(CommandError, match="cannot be written: no such file or directory"):
        run("in.csv", refused=folder / "none" / "out.csv")
    assert Customer.objects.count() == 0


def test_columns_that_retainer_keeps_are_told_as_passed_over(folder):
    (folder / "in.csv").write_text("name,rev,flags\nA,7,x\n")
    assert "Passed over, because Retainer keeps them by itself: rev, flags." in run("in.csv").splitlines()
    assert Customer.objects.get().rev == 1


def test_file_whose_name_is_no_text_is_imported(folder):
    path = folder / os.fsdecode(b"h\xe9.csv")
    path.write_text("name\nA\n")
    assert run(path, refused=folder / "out.csv").startswith("Read 1 rows of h?.csv ")


def test_person_imports_under_their_name(folder):
    person = UserFactory(email="agent@retainer.test", name="Tomás", support_agent=True)
    (folder / "in.csv").write_text("name\nA\n")
    run("in.csv", actor="Agent@retainer.test")
    assert Customer.objects.get().created_by.user == person


def test_person_who_may_not_import_is_refused(folder):
    UserFactory(email="viewer@retainer.test", name="Mads", viewer=True)
    (folder / "in.csv").write_text("name\nA\n")
    with pytest.raises(CommandError, match=r"^Mads may not import\."):
        run("in.csv", actor="viewer@retainer.test")


@pytest.mark.parametrize("active", [True, False])
def test_nobody_and_who_has_left_cannot_import(folder, active):
    UserFactory(email="left@retainer.test", is_active=active)
    (folder / "in.csv").write_text("name\nA\n")
    with pytest.raises(CommandError, match=r"^Nobody signs in as"):
        run("in.csv", actor="nobody@retainer.test" if active else "left@retainer.test")
