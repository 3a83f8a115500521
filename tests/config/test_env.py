"""The readers of the environment: what they accept, and the sentence that names the variable."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def test_text_that_is_missing_without_default_is_refused(monkeypatch):
    monkeypatch.delenv("SHOP", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"^Set SHOP in the environment\.$"):
        env.text("SHOP")


def test_text_falls_back_to_its_default(monkeypatch):
    monkeypatch.delenv("SHOP", raising=False)
    assert env.text("SHOP", "corner") == "corner"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        *[("1", True), ("true", True), ("Yes", True), (" on ", True)],
        *[("0", False), ("false", False), ("No", False), ("off", False), ("", False)],
    ],
)
def test_flag_reads_yes_and_no_in_any_spelling(monkeypatch, raw, value):
    monkeypatch.setenv("OPEN", raw)
    assert env.flag("OPEN", default=not value) is value


def test_flag_that_is_neither_yes_nor_no_is_refused(monkeypatch):
    monkeypatch.setenv("OPEN", "maybe")
    with pytest.raises(ImproperlyConfigured, match=r"^OPEN must be yes or no, not 'maybe'\.$"):
        env.flag("OPEN", default=False)


@pytest.mark.parametrize("default", [True, False])
def test_flag_that_is_missing_is_its_default(monkeypatch, default):
    monkeypatch.delenv("OPEN", raising=False)
    assert env.flag("OPEN", default=default) is default


def test_integer_reads_a_whole_number(monkeypatch):
    monkeypatch.setenv("SEATS", "12")
    assert env.integer("SEATS", 3) == 12


def test_integer_that_is_missing_is_its_default(monkeypatch):
    monkeypatch.delenv("SEATS", raising=False)
    assert env.integer("SEATS", 3) == 3


def test_integer_that_is_no_whole_number_is_refused(monkeypatch):
    monkeypatch.setenv("SEATS", "1.5")
    with pytest.raises(ImproperlyConfigured, match=r"^SEATS must be a whole number, not '1\.5'\.$"):
        env.integer("SEATS", 3)


def test_integer_that_is_too_small_is_refused(monkeypatch):
    monkeypatch.setenv("SEATS", "0")
    with pytest.raises(ImproperlyConfigured, match=r"^SEATS must be 1 or more, not '0'\.$"):
        env.integer("SEATS", 3, least=1)


def test_integer_below_zero_is_refused(monkeypatch):
    monkeypatch.setenv("SEATS", "-1")
    with pytest.raises(ImproperlyConfigured, match=r"^SEATS must be 0 or more, not '-1'\.$"):
        env.integer("SEATS", 3)


def test_one_of_reads_a_word_in_any_case(monkeypatch):
    monkeypatch.setenv("LOUDNESS", " low ")
    assert env.one_of("LOUDNESS", ("LOW", "HIGH"), "HIGH") == "LOW"


def test_one_of_that_is_missing_is_its_default(monkeypatch):
    monkeypatch.delenv("LOUDNESS", raising=False)
    assert env.one_of("LOUDNESS", ("LOW", "HIGH"), "HIGH") == "HIGH"


def test_one_of_that_is_another_word_is_refused(monkeypatch):
    monkeypatch.setenv("LOUDNESS", "medium")
    with pytest.raises(ImproperlyConfigured, match=r"^LOUDNESS must be one of LOW, HIGH, not 'MEDIUM'\.$"):
        env.one_of("LOUDNESS", ("LOW", "HIGH"), "HIGH")


def test_words_are_separated_by_commas_and_trimmed(monkeypatch):
    monkeypatch.setenv("HOSTS", "a.example, b.example ,,")
    assert env.words("HOSTS", []) == ["a.example", "b.example"]


def test_words_that_are_missing_are_their_default(monkeypatch):
    monkeypatch.delenv("HOSTS", raising=False)
    assert env.words("HOSTS", ["a.example"]) == ["a.example"]


def test_database_address_with_password_port_and_options_is_taken_apart(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:p%40ss@db.example:6432/re%20tainer?sslmode=require")
    assert env.database() == {
        "NAME": "re tainer",
        "USER": "ann",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_database_address_of_a_socket_names_its_folder_as_host(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres@/retainer?host=/data%20of/postgres")
    assert env.database() == {
        "NAME": "retainer",
        "USER": "postgres",
        "PASSWORD": "",
        "HOST": "/data of/postgres",
        "PORT": "",
        "OPTIONS": {},
    }


@pytest.mark.parametrize(
    "address",
    [
        "mysql://root@db/retainer",
        "postgresql://db.example",
        "retainer",
        "postgresql://db:port/retainer",
        "postgresql://[db/retainer",
    ],
)
def test_database_address_of_anything_else_is_refused(monkeypatch, address):
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL must look like postgresql://"):
        env.database()
