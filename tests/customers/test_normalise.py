"""N1 to N13: one spelling for every value, and never an error."""

import math
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from time import tzset
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customers import normalise
from customers.rules.fields import INSTANTS, ITEM_KEYS, READ_ONLY, WRITABLE

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)
TELLING_TEXT = st.sampled_from(
    [
        *("", " ", "\u200b", "Jane  Doe ", "e\u0301", "+47 22-86.44(00)", "(\u200b+47", "jane@BÜCHER.de", "a@b@c", "@"),
        *(
            "https://u:p@www.Acme.com:80/x?y#z",
            "www.www.com",
            "acme.com.",
            "xn--",
            "[::1]",
            "faß.de",
            "//",
            "mailto:a@b.org",
        ),
        *("zh_hant_tw", "-", "x", "no", "#ABC", "2026-01-01", "0001-01-01T00:00+14:00", "9999-12-31T23:00-02:00"),
        *("3F8D7F0A-6A52-4D5E-9A86-0A8F0C1D2E01", "12", "1e309", "null", "\x00", "\ud800"),
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.datetimes()
    | st.dates()
    | st.uuids()
    | st.binary(max_size=5)
    | ANY_TEXT
    | TELLING_TEXT
)
ITEM_NAMES = sorted(
    {key for keys in ITEM_KEYS.values() for key in keys} | {"polarity", "confidence", "regionStr", "renewalAt"}
)


def inputs(leaves: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    """Inputs with known and unknown fields, holding anything anywhere."""
    values = st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(ITEM_NAMES) | ANY_TEXT, inner, max_size=4)
        ),
        max_leaves=12,
    )
    return st.dictionaries(st.sampled_from(sorted(WRITABLE | READ_ONLY)) | ANY_TEXT, values, max_size=8)


INPUTS = inputs(LEAVES | st.decimals())
STORED_INPUTS = inputs(LEAVES)
"""Without the decimals that PostgreSQL would not give back (a signalling NaN cannot even be compared)."""

# Parts of an item that are no texts.
NO_TEXTS = ("verified", "latitude", "longitude")


def one(key: str, value: object) -> Any:
    """Normalise an input of one field."""
    return normalise.customer({key: value})[key]


@given(INPUTS)
@example({"phones": ["(\u200b+47"], "domains": ["www.www.acme.com", "www.com"], "emails": ["a@xn--"]})
def test_normalising_twice_changes_nothing(changes):
    once = normalise.customer(changes)
    # By their text, since a NaN is never equal to itself.
    assert repr(normalise.customer(once)) == repr(once)


@given(INPUTS, INPUTS)
def test_nothing_makes_normalising_fail(changes, stored):
    normalise.catalogue_entry(changes)
    normalise.kind(changes)
    list(normalise.claims(normalise.customer(changes)))
    normalise.completed(normalise.customer(changes), normalise.customer(stored))
    normalise.completed(normalise.customer(changes))


# N1


@pytest.mark.parametrize("space", [" ", "\t\n", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2060 "])
def test_invisible_edges_are_trimmed(space):
    assert normalise.text(f"{space}Acme{space}") == "Acme"


@pytest.mark.parametrize(
    "key",
    [
        *("name", "short_name", "given_name", "family_name", "username", "managed_by", "external_id", "main_source_id"),
        *("kind", "slack_channel_id", "tier_name", "support_status", "time_zone", "gender", "logo_url", "avatar_url"),
    ],
)
def test_every_text_is_trimmed(key):
    assert one(key, " \u00a0x\n") == "x"


@pytest.mark.parametrize(
    ("key", "part"), [(key, part) for key, parts in ITEM_KEYS.items() for part in parts if part not in NO_TEXTS]
)
def test_every_text_of_an_item_is_trimmed_and_empty_where_it_is_left_out(key, part):
    (item,) = one(key, [{part: " X "}])
    assert item[part].upper() == "X"
    assert {each: value for each, value in item.items() if each not in (part, "type", *NO_TEXTS)} == {
        each: "" for each in ITEM_KEYS[key] if each not in (part, "type", *NO_TEXTS)
    }


def test_characters_are_composed():
    assert normalise.text("Cafe\u0301") == "Café"


@pytest.mark.parametrize("key", ["name", "short_name", "given_name", "family_name", "tier_name"])
def test_inner_spaces_of_names_are_collapsed(key):
    assert one(key, " Northpass \u00a0 Air\n") == "Northpass Air"


def test_inner_spaces_of_other_texts_are_kept():
    assert one("username", " a  b ") == "a  b"


@pytest.mark.parametrize("key", ["short_name", "slack_channel_id", "language", "birthday", "company_id", "logo_url"])
def test_empty_text_means_no_value(key):
    assert one(key, "  ") is None


def test_right_to_left_and_emoji_are_kept():
    assert one("name", " שלום 🚀 ") == "שלום 🚀"


# N2


@pytest.mark.parametrize(
    ("typed", "value", "norm"),
    [
        (" Jane.Doe+x@ACME.com ", "Jane.Doe+x@acme.com", "jane.doe+x@acme.com"),
        ("Jane@BÜCHER.de", "Jane@xn--bcher-kva.de", "jane@xn--bcher-kva.de"),
        ("jane@faß.de", "jane@xn--fa-hia.de", "jane@xn--fa-hia.de"),
        ("Not-An-Address", "Not-An-Address", "not-an-address"),
        ("Jane@acme_.com", "Jane@acme_.com", "jane@acme_.com"),
        ("Jane@", "Jane@", "jane@"),
        ("", "", ""),
    ],
)
def test_email_domain_becomes_ascii_and_the_whole_is_compared_in_lower_case(typed, value, norm):
    assert normalise.email(typed) == (value, norm)


# N3


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("+49 (30) 726-21.9941", "+4930726219941"),
        ("+47\u00a022 86\t44 00", "+4722864400"),
        ("0049 30 1", "0049301"),
        ("030 726", "030726"),
        ("+47/22", "+47/22"),
    ],
)
def test_phone_loses_separators_and_nothing_else(typed, value):
    assert normalise.phone(typed) == value


# N4


@pytest.mark.parametrize(
    "typed",
    [
        "acme.com",
        " ACME.com. ",
        "acme。com",
        "ａｃｍｅ.com",
        "www.acme.com",
        "www.www.acme.com",
        "http://acme.com",
        "HTTPS://www.Acme.com:8443/path?query=a@b.org#part",
        "https://user:p@ss@acme.com/",
        "//acme.com/x",
        "acme.com/path",
        "acme.com:80",
        "acme.com:",
        "jane@acme.com",
        "mailto:jane@acme.com?subject=x",
        "http://acme.com\\@evil.org",
    ],
)
def test_domain_is_found_in_url_email_and_host(typed):
    assert normalise.domain(typed) == ("acme.com", "acme.com")


@pytest.mark.parametrize(
    ("typed", "ascii_form", "unicode_form"),
    [
        ("faß.de", "xn--fa-hia.de", "faß.de"),
        ("FASS.de", "fass.de", "fass.de"),
        ("BÜCHER.de", "xn--bcher-kva.de", "bücher.de"),
        ("xn--bcher-kva.de", "xn--bcher-kva.de", "bücher.de"),
        ("www.com", "www.com", "www.com"),
        ("localhost", "localhost", "localhost"),
        ("example.рф", "example.xn--p1ai", "example.рф"),
    ],
)
def test_domain_has_an_ascii_and_a_unicode_form(typed, ascii_form, unicode_form):
    assert normalise.domain(typed) == (ascii_form, unicode_form)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "...", "acme..com", ".acme.com", "acme.com..", "a b.com", "acme_.com", "-acme.com", "xn--.com"),
        *("[::1]", "http://[2001:db8::1]:80/", "2001:db8::1", "acme.com:port", "https://", "☃.net", "\ud800.com"),
        *("a" * 64 + ".com", "a." * 5000 + "com", "\x00.com"),
    ],
)
def test_what_dns_could_not_hold_is_no_domain(typed):
    assert normalise.domain(typed) is None
    assert one("domains", [typed]) == [normalise.text(typed)]


# N5


def test_first_of_equal_domains_is_kept():
    assert one("domains", ["acme.io", "https://www.acme.com/x", "ACME.com", "acme.io"]) == ["acme.io", "acme.com"]


def test_first_spelling_of_a_tag_is_kept():
    assert one("tags", ["VIP", " vip ", "Renewal  2026", 5, 5]) == ["VIP", "Renewal 2026", 5, 5]


def test_equal_emails_are_left_for_the_rule_that_names_them():
    assert len(one("emails", ["a@x.org", "a@x.org"])) == 2


# N6


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("zh_hant_tw", "zh-Hant-TW"),
        ("IW", "iw"),
        ("EN-gb", "en-GB"),
        ("es-419", "es-419"),
        ("sl-ROZAJ-biske", "sl-rozaj-biske"),
        ("en-ca-x-ca-gb", "en-CA-x-ca-gb"),
        ("de-de-u-co-phonebk", "de-DE-u-co-phonebk"),
        ("i-klingon", "i-klingon"),
    ],
)
def test_language_tag_gets_its_canonical_case_alone(typed, tag):
    assert normalise.language(typed) == tag
    assert one("language", typed) == tag
    assert one("locale", typed) == tag


# N7, N8


def test_country_code_is_upper_case():
    assert one("locations", [{"country_code": " no "}])[0]["country_code"] == "NO"


@pytest.mark.parametrize(
    ("typed", "color"), [("#aBc", "#aabbcc"), ("#2F6F4E", "#2f6f4e"), ("red", "red"), ("#ab", "#ab")]
)
def test_short_color_is_written_out(typed, color):
    assert normalise.catalogue_entry({"color": typed}) == {"color": color}


# N9


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-11-19T09:41:00Z", datetime(2026, 11, 19, 9, 41, tzinfo=UTC)),
        ("2026-11-19T09:41:00+02:00", datetime(2026, 11, 19, 7, 41, tzinfo=UTC)),
        ("2026-11-19 09:41", datetime(2026, 11, 19, 9, 41, tzinfo=UTC)),
        (" 2026-11-19 ", datetime(2026, 11, 19, tzinfo=UTC)),
        (date(2026, 11, 19), datetime(2026, 11, 19, tzinfo=UTC)),
        (datetime(2026, 11, 19, 9), datetime(2026, 11, 19, 9, tzinfo=UTC)),
        (datetime(2026, 11, 19, 9, tzinfo=timezone(timedelta(hours=-5))), datetime(2026, 11, 19, 14, tzinfo=UTC)),
    ],
)
def test_instants_are_in_utc(value, moment):
    for key in (*INSTANTS, "snoozed_until"):
        found = one(key, value)
        assert found == moment
        assert found.tzinfo is UTC


def test_instant_without_a_zone_is_in_utc_wherever_the_server_stands(monkeypatch):
    with monkeypatch.context() as far_away:
        far_away.setenv("TZ", "Asia/Tokyo")
        tzset()
        found = one("created_at", "2026-11-19 09:41")
    tzset()

    assert found == datetime(2026, 11, 19, 9, 41, tzinfo=UTC)


@pytest.mark.parametrize("value", ["yesterday", "2026-13-01", 5, True, "0001-01-01T00:00+14:00", ["2026-01-01"]])
def test_what_is_no_instant_stays_as_it_is(value):
    assert one("created_at", value) == value


def test_instants_of_custom_attributes_are_text_in_utc():
    custom = {"renewalAt": "2026-10-02T17:04:05+02:00", "regionStr": " EMEA ", "seatsNum": 5}

    assert one("custom", custom) == {"renewalAt": "2026-10-02T15:04:05Z", "regionStr": "EMEA", "seatsNum": 5}


@pytest.mark.parametrize(
    ("value", "number"),
    [
        *((Decimal("12"), 12), (Decimal("12.0"), 12), (Decimal("0.1"), 0.1), (Decimal("1E+17"), 10**17), (5, 5)),
        *((Decimal("1E+1000000"), math.inf), (Decimal("1E-1000000"), 0.0)),
    ],
)
def test_numbers_of_custom_attributes_are_those_of_json(value, number):
    found = one("custom", {"seatsNum": value})["seatsNum"]

    assert (found, type(found)) == (number, type(number))


def test_coordinates_and_confidence_are_the_decimals_they_were_written_as():
    (location,) = one("locations", [{"latitude": 59.91, "longitude": 10}])
    sentiment = one("sentiment", {"polarity": 1, "confidence": 0.8})

    assert (location["latitude"], location["longitude"]) == (Decimal("59.91"), 10)
    assert sentiment == {"polarity": 1, "confidence": Decimal("0.8")}


@pytest.mark.parametrize(
    "value", ["1984-05-17", " 1984-05-17T00:00:00Z ", date(1984, 5, 17), datetime(1984, 5, 17, tzinfo=UTC)]
)
def test_birthday_is_read_from_a_date_or_a_midnight(value):
    assert one("birthday", value) == date(1984, 5, 17)


@pytest.mark.parametrize("value", ["17.5.1984", "1984-05-17T10:00:00", 1984, datetime(1984, 5, 17, 10)])
def test_what_is_no_birthday_stays_as_it_is(value):
    assert one("birthday", value) == value


# N10


@pytest.mark.parametrize(
    ("value", "size"),
    [
        *((None, 50), ("", 50), (1, 1), (1000, 1000), (1001, 1000), ("25", 25), ("9" * 5000, 1000), (10**400, 1000)),
        *((0, 0), ("-5", -5), ("many", "many"), (True, True), (1.5, 1.5), ("١٠", "١٠"), (["5"], ["5"])),
    ],
)
def test_page_size_is_capped_and_has_a_default(value, size):
    assert normalise.page_size(value) == size


# Items of lists


def test_items_come_out_whole():
    assert one("emails", ["a@x.org"]) == [{"email": "a@x.org", "type": "work", "verified": None}]
    assert one("phones", [{"phone": "+47 1", "type": "fax"}]) == [{"phone": "+471", "type": "fax", "verified": None}]
    assert one("shared_external_ids", [" x "]) == [{"external_id": "x", "verified": None}]
    assert one("urls", [{"url": "x", "type": None}]) == [{"type": "website", "url": "x"}]
    assert one("socials", [{"username": "x"}]) == [
        {"type": "", "username": "x", "userid": "", "url": "", "verified": None}
    ]
    assert one("facebook_ids", [{"page_id": "1", "user_id": "2"}]) == [{"page_id": "1", "user_id": "2", "name": ""}]


def test_empty_location_has_every_key():
    (location,) = one("locations", [{}])

    assert tuple(location) == ITEM_KEYS["locations"]
    assert {key: value for key, value in location.items() if value != ""} == {
        "type": "work",
        "latitude": None,
        "longitude": None,
    }


def test_unknown_keys_and_wrong_types_are_left_for_the_rules():
    assert one("emails", [{"email": 5, "colour": "red"}, 7]) == [
        {"email": 5, "type": "work", "verified": None, "colour": "red"},
        7,
    ]
    assert one("emails", "a@x.org") == "a@x.org"
    assert normalise.customer({"nonsense": " x "}) == {"nonsense": " x "}


def test_ids_are_lower_case_text():
    value = uuid.UUID("3f8d7f0a-6a52-4d5e-9a86-0a8f0c1d2e01")

    for key in ("id", "tier_id", "status_id", "owner_id", "assignee_id", "company_id"):
        assert one(key, value) == str(value)
        assert one(key, f" {str(value).upper()} ") == str(value)
    assert one("company_id", "ABC") == "ABC"


# N11


def test_name_of_a_new_person_is_derived():
    assert normalise.completed({"given_name": "Jane", "family_name": "Doe"})["name"] == "Jane Doe"
    assert normalise.completed({"given_name": "", "family_name": "Meyer"})["name"] == "Meyer"
    assert normalise.completed({"name": "JD", "given_name": "Jane"})["name"] == "JD"


JANE: dict[str, object] = {"kind": "person", "name": "Jane Doe", "given_name": "Jane", "family_name": "Doe"}


def test_name_follows_its_parts_while_it_is_the_derived_one():
    assert normalise.completed({"family_name": "Roe"}, JANE) == {"family_name": "Roe", "name": "Jane Roe"}


def test_name_chosen_by_a_person_is_not_derived_again():
    assert normalise.completed({"family_name": "Roe"}, JANE | {"name": "JD"}) == {"family_name": "Roe"}


def test_name_given_with_its_parts_wins():
    assert normalise.completed({"family_name": "Roe", "name": "J"}, JANE)["name"] == "J"


def test_short_name_is_never_derived():
    assert "short_name" not in normalise.completed({"given_name": "Jane"})


def test_name_never_becomes_empty_by_its_parts():
    assert "name" not in normalise.completed({"given_name": "", "family_name": ""}, JANE | {"kind": "organization"})


# N12


@pytest.mark.parametrize(
    "field", [{"domains": ["acme.com"]}, {"slack_channel_id": "C0ACME0001"}, {"size": 0}, {"revenue": 5}]
)
def test_what_only_organisations_have_makes_one(field):
    assert normalise.completed({"name": "Acme"} | field)["kind"] == "organization"


@pytest.mark.parametrize(
    "field", [{}, {"domains": []}, {"domains": None}, {"size": None}, {"size": ""}, {"emails": []}]
)
def test_everybody_else_is_a_person(field):
    assert normalise.kind({"name": "Acme"} | field) == "person"


def test_kind_that_is_given_wins():
    assert normalise.kind({"kind": "person", "size": 5}) == "person"


def test_kind_stays_on_update():
    assert "kind" not in normalise.completed({"size": 5}, JANE)


# N13


STORED = normalise.customer(
    {
        "name": "Jane",
        "emails": [{"email": "Jane@acme.com", "verified": True}],
        "shared_phones": [{"phone": "+4722864400", "verified": True}],
    }
)


def verified(changes: dict[str, object], stored: dict[str, object] | None = None) -> list[bool]:
    full = normalise.completed(normalise.customer(changes), stored)
    return [item["verified"] for key in changes for item in full[key]]  # type: ignore[attr-defined]


def test_new_contact_point_is_not_verified():
    assert verified({"emails": ["a@x.org"], "socials": [{"type": "twitter", "username": "a"}]}) == [False, False]


def test_stored_contact_point_stays_verified():
    assert verified({"emails": ["new@acme.com", "jane@ACME.com"]}, STORED) == [False, True]


def test_contact_point_stays_verified_when_it_is_no_longer_shared():
    assert verified({"phones": ["+47 22 86 44 00"]}, STORED) == [True]


def test_verified_that_is_given_wins():
    assert verified({"emails": [{"email": "jane@acme.com", "verified": False}]}, STORED) == [False]
    assert verified({"emails": [{"email": "new@acme.com", "verified": True}]}, STORED) == [True]


def test_main_source_id_is_the_external_id():
    assert normalise.completed({"main_source_id": "a"}, JANE) == {"external_id": "a"}


# What is compared


@pytest.mark.parametrize(
    ("kind", "item", "key"),
    [
        ("email", {"email": "Jane@ACME.com"}, "jane@acme.com"),
        ("phone", {"phone": "+47 22"}, "+4722"),
        ("external_id", {"external_id": "Cus-1"}, "Cus-1"),
        ("social", {"type": "twitter", "username": "Acme"}, "twitter:acme"),
        ("social", {"type": "", "username": "Acme"}, ""),
        ("facebook_id", {"page_id": "P", "user_id": "U"}, "P:U"),
        ("facebook_id", {"page_id": "P", "user_id": 5}, ""),
        ("email", "jane@acme.com", ""),
        ("email", {"email": 5}, ""),
    ],
)
def test_contact_points_are_compared_by_their_key(kind, item, key):
    assert normalise.contact_key(kind, item) == key


def test_claims_name_every_value_that_must_be_unique_and_where_it_stands():
    changes = normalise.customer(
        {
            "emails": ["A@x.org"],
            "shared_emails": ["b@x.org"],
            "phones": ["+47 22"],
            "external_ids": ["x"],
            "external_id": "x",
            "main_source_id": "y",
            "socials": [{"type": "twitter", "username": "T"}],
            "facebook_ids": [{"page_id": "1", "user_id": "2"}],
            "slack_channel_id": "C0ACME0001",
            "domains": ["BÜCHER.de", "..."],
        }
    )

    assert list(normalise.claims(changes)) == [
        (("emails", 0, "email"), "email", "a@x.org"),
        (("phones", 0, "phone"), "phone", "+4722"),
        (("external_ids", 0, "external_id"), "external_id", "x"),
        (("socials", 0, "username"), "social", "twitter:t"),
        (("facebook_ids", 0, "user_id"), "facebook_id", "1:2"),
        (("external_id",), "external_id", "x"),
        (("main_source_id",), "external_id", "y"),
        (("slack_channel_id",), "slack_channel", "C0ACME0001"),
        (("domains", 0), "domain", "xn--bcher-kva.de"),
    ]
    assert list(normalise.unique_keys({"slack_channel_id": "C0"})) == [("slack_channel", "C0")]


def test_facebook_ids_are_not_verified_at_all():
    facebook = {"page_id": "1", "user_id": "2", "name": ""}

    assert normalise.completed({"name": "Jane", "facebook_ids": [facebook]})["facebook_ids"] == [facebook]


@pytest.mark.parametrize("key", ["name", "display_name", "description", "external_id"])
def test_every_text_of_a_catalogue_entry_is_trimmed(key):
    assert normalise.catalogue_entry({key: " Gold\n"}) == {key: "Gold"}
