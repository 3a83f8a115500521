"""Numbers, money, dates and names as people read them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core.formatting import ago, ago_within, day, initials, moment, moment_utc, money, number, percent, phone

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (999, "999"), (1920000, "1,920,000"), (-1940, "−1,940"), (Decimal("1234.50"), "1,234.50")],
)
def test_number_has_separators_and_a_real_minus(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Decimal("70000"), "USD", "$70,000.00"),
        (Decimal("-1940.5"), "USD", "−$1,940.50"),
        (91300, "EUR", "€91,300.00"),
        (5000, "JPY", "¥5,000"),
        (12, "credits", "credits 12.00"),
        (Decimal("0E-6"), "USD", "$0.00"),
        (Decimal("1E+6"), "USD", "$1,000,000.00"),
    ],
)
def test_money_has_symbol_first_and_the_decimals_of_its_currency(amount, currency, text):
    assert money(amount, currency) == text


def test_money_finer_than_a_cent_is_never_rounded():
    assert money(Decimal("0.125")) == "$0.125"


def test_money_of_fifteen_digits_is_exact():
    assert money(Decimal("1234567890123.45")) == "$1,234,567,890,123.45"


def test_money_without_cents_is_rounded_half_up():
    assert money(Decimal("959999.50"), cents=False) == "$960,000"


def test_money_that_rounds_to_nothing_has_no_sign():
    assert money(Decimal("-0.4"), cents=False) == "$0"


def test_money_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="never NaN"):
        money(Decimal("NaN"))


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (0.87, "87%"), (Decimal("0.004"), "<1%"), (1, "100%"), (Decimal("0.995"), "100%")]
)
def test_percent_is_whole_and_small_shares_are_said_to_be_small(share, text):
    assert percent(share) == text


def test_day_of_a_date():
    assert day(date(2026, 12, 31)) == "31 Dec 2026"


def test_day_of_a_moment_is_the_viewers():
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert day(datetime(2026, 12, 31, 20, tzinfo=UTC)) == "1 Jan 2027"


@pytest.mark.parametrize(
    ("zone", "value", "text"),
    [
        ("America/New_York", datetime(1, 1, 1, tzinfo=UTC), "1 Jan 1, 00:00"),
        ("Asia/Tokyo", datetime(9999, 12, 31, 23, tzinfo=UTC), "31 Dec 9999, 23:00"),
    ],
)
def test_a_moment_that_the_viewers_calendar_does_not_have_is_shown_in_utc(zone, value, text):
    with timezone.override(ZoneInfo(zone)):
        assert moment(value) == text


def test_moment_is_the_viewers_and_its_title_is_utc():
    value = datetime(2026, 11, 19, 8, 41, tzinfo=UTC)
    with timezone.override(ZoneInfo("Europe/Oslo")):
        assert (moment(value), moment_utc(value)) == ("19 Nov 2026, 09:41", "19 Nov 2026, 08:41 UTC")


@pytest.mark.parametrize(
    ("passed", "text"),
    [
        (timedelta(seconds=59), "Just now"),
        (timedelta(seconds=-30), "Just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(hours=24), "Yesterday"),
        (timedelta(hours=38, minutes=30), "Yesterday"),
        (timedelta(hours=38, minutes=31), "20 Nov"),
        (timedelta(days=400), "18 Oct 2025"),
        (timedelta(hours=-2), "22 Nov"),
    ],
)
def test_ago_goes_from_minutes_to_hours_to_dates(passed, text):
    assert ago(NOW - passed, NOW) == text


@pytest.mark.parametrize(
    ("passed", "text"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(hours=24), "yesterday"),
        (timedelta(hours=38, minutes=31), "on 20 Nov"),
        (timedelta(days=400), "on 18 Oct 2025"),
    ],
)
def test_ago_reads_on_within_a_sentence(passed, text):
    assert ago_within(NOW - passed, NOW) == text


def test_ago_takes_yesterday_from_the_viewers_calendar():
    with timezone.override(ZoneInfo("Asia/Tokyo")):  # there it is 23:30 already
        assert ago(NOW - timedelta(hours=24), NOW) == "Yesterday"
        assert ago(NOW - timedelta(hours=47, minutes=31), NOW) == "20 Nov"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Priya Raman", "PR"),
        ("Ana María de la Cruz", "AC"),
        ("Halden", "H"),
        ("éva", "É"),
        ("(Acme) & Sons", "AS"),
        ("ßen", "S"),
        ("李 小龙", "李小"),
        ("🙂", "?"),
        ("", "?"),
    ],
)
def test_initials_are_of_the_first_and_last_word_with_a_letter(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("stored", "text"),
    [("+4722864400", "+47 22 86 44 00"), ("+3225558851", "+32 2 555 88 51"), ("+14155550123", "+1 415-555-0123")],
)
def test_phone_number_has_the_groups_of_its_country(stored, text):
    assert phone(stored) == text


@pytest.mark.parametrize("stored", ["+999123", "+1", "+4", "", "no number"])
def test_phone_number_of_no_country_stands_as_it_is(stored):
    assert phone(stored) == stored


@pytest.mark.parametrize("stored", ["+390236618300", "+5491123456789", "+5215512345678", "+441", "+4400000000000"])
def test_phone_number_is_never_another_one_when_grouped(stored):
    assert phone(stored).translate(str.maketrans("", "", " -().")) == stored
