"""C7, C8, C10, C12, C14, C16, C31."""

import pytest

from tests.customers.rules.judging import judge, on_create, on_update, path_of

LISTS = ("emails", "shared_emails")


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize(
    "email",
    [
        *("", " ", "jane", "jane@", "@acme.com", "jane@acme", "jane@localhost", "jane doe@acme.com", "a..b@acme.com"),
        *("Jane <jane@acme.com>", '"jane doe"@acme.com', "jane@[127.0.0.1]", "jane@1.2.3.4", "jane@acme.com."),
        *("jane@acme.test", "jane@acme.local", "jane@acme.invalid", "jane@acme_.com", "a@b@acme.com", "jane@-acme.com"),
        *("jane\n@acme.com", None, 5, True, ["jane@acme.com"], {}, b"jane@acme.com"),
    ],
)
def test_malformed_email_is_refused(key, email):
    found = judge({"name": "Acme", key: [{"email": email}]})

    assert [problem.code for problem in found] == ["C7"]
    assert path_of(found) == (key, 0, "email")


@pytest.mark.parametrize(
    "email",
    [
        "a@b.org",
        "Jane.O'Neil+x@acme.co.uk",
        "jörg@bücher.de",
        "jane@faß.de",
        "用户@例え.jp",
        "a" * 64 + "@x.org",
        "a@gmail.com",
    ],
)
def test_wellformed_email_is_fine(email):
    assert on_create(emails=[email]) == []


def test_email_over_250_characters_is_refused_for_that_alone():
    label = "d" * 60

    assert on_create(emails=["a" * 62 + f"@{label}.{label}.{label}.com"]) == []
    assert on_create(emails=["a" * 64 + f"@{label}.{label}.{label}.com"]) == ["C8"]
    assert on_create(shared_emails=["a" * 100_000 + "@x.org"]) == ["C8"]


@pytest.mark.parametrize("key", LISTS)
def test_long_email_is_told_at_its_entry(key):
    assert path_of(judge({"name": "Acme", key: ["a" * 251]})) == (key, 0, "email")
    assert on_create(**{key: ["a" * 250]}) == ["C7"]


@pytest.mark.parametrize("key", ["phones", "shared_phones"])
@pytest.mark.parametrize(
    "phone",
    [
        *("", "+", "+1", "+0306219941", "030 726219941", "004930726", "abc+4930726219941", "+4930726219941x"),
        *(
            "+1234567890123456",
            "+47 22 86 44 00 ext 5",
            "+٤٧٢٢٨٦",
            "＋4722864400",
            "+47\n22\n86x",
            None,
            4722864400,
            ["+4722"],
        ),
    ],
)
def test_phone_that_is_not_international_is_refused(key, phone):
    found = judge({"name": "Acme", key: [{"phone": phone}]})

    assert [problem.code for problem in found] == ["C12"]
    assert path_of(found) == (key, 0, "phone")
    assert found[0].message == "Start with + and a country code, for example +47 22 86 44 00."


@pytest.mark.parametrize("phone", ["+12", "+123456789012345", "+47 22 86 44 00", "+49 (30) 726-21.9941"])
def test_international_phone_is_fine(phone):
    assert on_create(phones=[phone]) == []


@pytest.mark.parametrize("value", ["", " ", "x" * 256, 1042, True, {}])
def test_empty_or_long_external_id_is_refused(value):
    found = judge({"name": "Acme", "external_ids": [{"external_id": value}]})
    assert [problem.code for problem in found] == ["C14"]
    assert path_of(found) == ("external_ids", 0, "external_id")

    assert on_create(shared_external_ids=[{"external_id": value}]) == ["C14"]
    assert on_create(external_id=value) == ["C14"]
    assert on_create(main_source_id=value) == ["C14"]


def test_external_id_of_255_characters_is_fine():
    assert on_create(external_ids=["x" * 255], shared_external_ids=["y"]) == []
    assert on_create(external_id="x" * 255) == []
    assert on_update(external_id=None, main_source_id=None) == []


@pytest.mark.parametrize("key", ["external_id", "main_source_id"])
def test_main_external_id_outside_the_list_is_refused(key):
    found = judge({"name": "Acme", key: "a", "external_ids": ["b"]})
    assert [problem.code for problem in found] == ["C16"]
    assert path_of(found) == (key,)

    assert on_update({"external_ids": ["a"]}, **{key: "a", "external_ids": []}) == ["C16"]
    assert on_update({"external_ids": ["a"]}, **{key: "a", "external_ids": None}) == ["C16"]


@pytest.mark.parametrize("key", ["external_id", "main_source_id"])
def test_main_external_id_in_the_list_or_alone_is_fine(key):
    assert on_create(**{key: " a ", "external_ids": ["b", "a"]}) == []
    assert on_update({"external_ids": ["b"]}, **{key: "a"}) == []
    assert on_update({"external_ids": ["b"]}, **{key: None, "external_ids": ["c"]}) == []


def test_two_different_main_external_ids_are_refused():
    assert on_create(external_id="a", main_source_id="b") == ["C16"]
    assert on_create(external_id="a", main_source_id="a") == []


TWICE = [
    ("emails", "shared_emails", "jane@acme.com", "JANE@Acme.com "),
    ("phones", "shared_phones", "+4722864400", "+47 22 86-44.00"),
    ("external_ids", "shared_external_ids", "cus-1", " cus-1"),
    ("socials", "shared_socials", {"type": "twitter", "username": "acme"}, {"type": "twitter", "username": "ACME"}),
]


@pytest.mark.parametrize(("own", "shared", "first", "second"), TWICE)
def test_contact_point_listed_twice_is_refused(own, shared, first, second):
    assert on_create(**{own: [first, second]}) == ["C10"]
    assert on_create(**{shared: [first, second]}) == ["C10"]


@pytest.mark.parametrize(("own", "shared", "first", "second"), TWICE)
def test_contact_point_that_is_own_and_shared_is_refused(own, shared, first, second):
    assert on_create(**{own: [first], shared: [second]}) == ["C10"]
    assert on_update({shared: [first]}, **{own: [second]}) == ["C10"]

    found = judge({shared: [second]}, stored={"name": "Acme", own: [first]})
    assert [problem.code for problem in found] == ["C10"]
    part = {"emails": "email", "phones": "phone", "external_ids": "external_id", "socials": "username"}[own]
    assert path_of(found) == (shared, 0, part)


@pytest.mark.parametrize(("own", "shared", "first", "second"), TWICE)
def test_contact_point_moving_between_its_lists_is_fine(own, shared, first, second):
    assert on_update({own: [first]}, **{own: [second]}) == []
    assert on_update({own: [first]}, **{own: [], shared: [second]}) == []


def test_entries_without_a_value_are_not_the_same_one():
    assert on_create(emails=["", ""]) == ["C7", "C7"]
    assert on_create(external_id="", shared_external_ids=[""]) == ["C14", "C14"]


def test_facebook_id_listed_twice_is_refused():
    facebook = {"page_id": "1", "user_id": "2"}

    assert on_create(facebook_ids=[facebook, facebook]) == ["C10"]
    assert on_create(facebook_ids=[facebook, facebook | {"user_id": "3"}]) == []


def test_external_ids_in_another_case_are_two():
    assert on_create(external_ids=["cus-1", "CUS-1"]) == []


def test_same_user_name_on_two_networks_is_fine():
    assert on_create(socials=[{"type": kind, "username": "acme"} for kind in ("twitter", "linkedin")]) == []


@pytest.mark.parametrize("key", ["external_id", "main_source_id"])
def test_main_external_id_that_is_shared_is_refused(key):
    assert on_update({"shared_external_ids": ["a"]}, **{key: "a"}) == ["C10"]
    assert on_create(**{key: "a", "shared_external_ids": ["a"]}) == ["C10"]
    assert on_update({"external_ids": ["a"]}, **{key: "a"}) == []
    assert on_create(**{key: "a", "external_ids": ["a"], "shared_external_ids": ["a"]}) == ["C10"]


def test_main_external_id_that_is_no_text_is_refused_once():
    assert on_create(external_id=5, external_ids=["a"]) == ["C14"]


@pytest.mark.parametrize("value", [None, "", " ", 5, ["acme"]])
def test_social_profile_without_user_name_is_refused(value):
    found = judge({"name": "Acme", "socials": [{"type": "twitter", "username": value}]})

    assert [(problem.code, problem.kind.value) for problem in found] == [("C31", "required")]
    assert path_of(found) == ("socials", 0, "username")
    assert on_create(shared_socials=[{"type": "twitter"}]) == ["C31"]


@pytest.mark.parametrize(("given", "missing"), [("user_id", "page_id"), ("page_id", "user_id")])
def test_facebook_id_without_page_or_user_is_refused_at_what_is_missing(given, missing):
    found = judge({"name": "Acme", "facebook_ids": [{given: "2"}]})

    assert [problem.code for problem in found] == ["C31"]
    assert path_of(found) == ("facebook_ids", 0, missing)


def test_facebook_id_needs_both_page_and_user():
    assert on_create(facebook_ids=[{}]) == ["C31", "C31"]
    assert on_create(facebook_ids=[{"page_id": "1", "user_id": "2"}]) == []
