"""C35 to C39."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from customers.rules.person import time_zones
from tests.customers.rules.judging import NOW, judge, on_create, on_update, path_of


@pytest.mark.parametrize("key", ["language", "locale"])
@pytest.mark.parametrize(
    "tag",
    [
        *(
            "xx",
            "english",
            "gb",
            "latn",
            "e",
            "12",
            "root",
            "en--GB",
            "en-",
            "-en",
            "en GB",
            "en-US-US",
            "en-x",
            "x-klingon",
            "zzz",
            "é",
        ),
        *("en-a-b", "en-" + "abcdefgh-" * 40, "ｅｎ", 5, True, ["en"], {}),
    ],
)
def test_unknown_language_is_refused(key, tag):
    found = judge({"name": "Acme", key: tag})

    assert [problem.code for problem in found] == ["C35"]
    assert path_of(found) == (key,)


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "EN_gb",
        "iw",
        "zh-hant-tw",
        "nb-NO",
        "es-419",
        "de-1996",
        "tlh",
        "mis",
        "qab",
        "i-klingon",
        "sgn-BE-FR",
        "",
        None,
    ],
)
def test_registered_language_is_fine(tag):
    assert on_update(language=tag, locale=tag) == []


def test_language_of_more_than_255_characters_is_refused():
    private = "-".join(["a" * 8] * 27)

    assert on_create(language=f"en-x-{private}-{'b' * 7}") == []
    assert on_create(language=f"en-x-{private}-{'b' * 8}") == ["C35"]


@pytest.mark.parametrize(
    "zone", ["Oslo", "europe/oslo", "Europe/Atlantis", "GMT+25", "../etc/passwd", "Europe/", 5, True, []]
)
def test_unknown_time_zone_is_refused(zone):
    assert on_create(time_zone=zone) == ["C36"]


@pytest.mark.parametrize("zone", ["Europe/Oslo", "UTC", "America/Argentina/Ushuaia", "Asia/Calcutta", None])
def test_named_time_zone_is_fine(zone):
    assert on_update(time_zone=zone) == []


def test_time_zones_come_from_the_pinned_package():
    assert {"Europe/Kyiv", "Etc/GMT+5"} < time_zones()


@pytest.mark.parametrize(
    "birthday", ["17.5.1984", "1984-02-30", "1984-05-17T10:00", datetime(1984, 5, 17, 10), 1984, True, [], {}, 1e309]
)
def test_birthday_that_is_no_date_is_refused(birthday):
    assert on_create(birthday=birthday) == ["C37"]


@pytest.mark.parametrize("birthday", [date(1899, 12, 31), NOW.date() + timedelta(days=1), "0001-01-01", "9999-12-31"])
def test_impossible_birthday_is_refused(birthday):
    assert on_create(birthday=birthday) == ["C37"]


@pytest.mark.parametrize("birthday", ["1900-01-01", NOW.date(), "1984-05-17", datetime(1984, 5, 17), None, ""])
def test_possible_birthday_is_fine(birthday):
    assert on_update(birthday=birthday) == []


@pytest.mark.parametrize("gender", ["x", "M", "male", 5, True, ["m"]])
def test_unknown_gender_is_refused(gender):
    assert on_create(gender=gender) == ["C38"]


@pytest.mark.parametrize("gender", ["m", "f", None, ""])
def test_known_gender_is_fine(gender):
    assert on_update(gender=gender) == []


@pytest.mark.parametrize("polarity", [-2, 2, 0.5, 1.0, True, "1", None, [], 10**400])
def test_polarity_out_of_range_is_refused(polarity):
    found = judge({"name": "Acme", "sentiment": {"polarity": polarity, "confidence": 0.5}})

    assert [problem.code for problem in found] == ["C39"]
    assert path_of(found) == ("sentiment", "polarity")


@pytest.mark.parametrize(
    "confidence",
    [Decimal("1e-20000"), -0.1, 1.1, True, "0.5", None, [], float("nan"), float("inf"), Decimal("sNaN"), 10**400],
)
def test_confidence_out_of_range_is_refused(confidence):
    found = judge({"name": "Acme", "sentiment": {"polarity": 1, "confidence": confidence}})

    assert [problem.code for problem in found] == ["C39"]
    assert path_of(found) == ("sentiment", "confidence")


@pytest.mark.parametrize("sentiment", [{"polarity": 1}, {"confidence": 1}, "good", 5, True, []])
def test_incomplete_sentiment_is_refused(sentiment):
    assert on_create(sentiment=sentiment) == ["C39"]


@pytest.mark.parametrize("confidence", [0, 1, 0.5, Decimal("0.5")])
@pytest.mark.parametrize("polarity", [-1, 0, 1])
def test_complete_sentiment_is_fine(polarity, confidence):
    assert on_create(sentiment={"polarity": polarity, "confidence": confidence}) == []
    assert on_update(sentiment=None) == []
