"""C5 and C11: values of the wrong type, and types that do not exist."""

import pytest

from customers.rules.fields import ITEM_KEYS
from tests.customers.rules.judging import judge, on_create, on_update, path_of

WHOLE = {
    "emails": {"email": "a@x.org"},
    "shared_emails": {"email": "a@x.org"},
    "phones": {"phone": "+4722864400"},
    "shared_phones": {"phone": "+4722864400"},
    "socials": {"username": "acme"},
    "shared_socials": {"username": "acme"},
    "urls": {"url": "https://northpass.com"},
    "locations": {},
}


@pytest.mark.parametrize(
    ("key", "types"),
    [
        ("emails", "home work other"),
        ("shared_emails", "home work other"),
        ("phones", "home work other mobile fax"),
        ("shared_phones", "home work other mobile fax"),
        ("socials", "twitter facebook instagram linkedin pinterest"),
        ("shared_socials", "twitter facebook instagram linkedin pinterest"),
        ("urls", "website blog other"),
        ("locations", "home work other"),
    ],
)
def test_type_outside_its_list_is_refused(key, types):
    for known in types.split():
        assert on_create(**{key: [WHOLE[key] | {"type": known}]}) == []
    for unknown in ("pager", "WORK", 5, ["work"]):
        found = judge({"name": "Acme", key: [WHOLE[key] | {"type": unknown}]})
        assert [problem.code for problem in found] == ["C11"]
        assert path_of(found) == (key, 0, "type")


def test_social_profile_without_a_type_is_refused():
    assert on_create(socials=[{"username": "acme"}]) == ["C11"]


@pytest.mark.parametrize("kind", ["company", "PERSON", 5, ["person"]])
def test_unknown_kind_is_refused(kind):
    assert on_create(kind=kind) == ["C11"]


def test_kind_may_be_left_open_by_a_create_only():
    assert on_create(kind=None) == []
    assert on_update(kind=None) == ["C11"]
    assert on_update(kind="person") == []


@pytest.mark.parametrize("key", ["name", "short_name", "given_name", "family_name", "username", "managed_by"])
@pytest.mark.parametrize("value", [5, True, ["x"], {"x": "y"}, b"x", float("nan")])
def test_text_that_is_no_text_is_refused(key, value):
    assert on_create(**{key: value}) == ["C11"]


@pytest.mark.parametrize("key", [*ITEM_KEYS, "domains", "tags"])
@pytest.mark.parametrize("value", ["x", 5, {"email": "a@x.org"}, True])
def test_list_that_is_no_list_is_refused(key, value):
    found = judge({"name": "Acme", key: value})

    assert [problem.code for problem in found] == ["C11"]
    assert path_of(found) == (key,)


@pytest.mark.parametrize("key", [*ITEM_KEYS, "domains", "tags"])
def test_list_may_be_empty_or_cleared(key):
    assert on_create(**{key: []}) == []
    assert on_update(**{key: None}) == []


@pytest.mark.parametrize("key", ITEM_KEYS)
def test_item_that_is_no_object_is_refused(key):
    found = judge({"name": "Acme", key: [5]})

    assert [problem.code for problem in found] == ["C11"]
    assert path_of(found) == (key, 0)


@pytest.mark.parametrize("key", ["emails", "shared_phones", "shared_socials"])
def test_verified_that_is_no_boolean_is_refused(key):
    item = WHOLE[key] | {"type": "twitter"} if "socials" in key else WHOLE[key]

    assert on_create(**{key: [item | {"verified": "yes"}]}) == ["C11"]
    assert on_create(**{key: [item | {"verified": 1}]}) == ["C11"]
    assert on_create(**{key: [item | {"verified": True}]}) == []
    assert on_create(**{key: [item | {"verified": None}]}) == []


def test_verified_where_there_is_none_is_refused_once():
    assert on_create(urls=[{"url": "https://northpass.com", "verified": "yes"}]) == ["C69"]


@pytest.mark.parametrize("part", ["name", "address", "address3", "country_name", "city_name", "zip_code", "area_code"])
def test_text_of_a_place_is_a_text_of_255_characters(part):
    assert on_create(locations=[{part: 5}]) == ["C11"]
    assert on_create(locations=[{part: "x" * 256}]) == ["C5"]
    assert on_create(locations=[{part: "x" * 255}]) == []


def test_text_of_a_profile_is_a_text_of_255_characters():
    social = {"type": "twitter", "username": "acme"}
    facebook = {"page_id": "1", "user_id": "2"}

    assert on_create(socials=[social | {"username": "x" * 256}]) == ["C5"]
    assert on_create(socials=[social | {"userid": "x" * 256}]) == ["C5"]
    assert on_create(socials=[social | {"userid": 5}]) == ["C11"]
    assert on_create(shared_socials=[social | {"username": "x" * 256}]) == ["C5"]
    assert on_create(shared_socials=[social | {"userid": "x" * 256}]) == ["C5"]
    assert on_create(shared_socials=[social | {"userid": 5}]) == ["C11"]
    assert on_create(facebook_ids=[facebook | {"name": 5}]) == ["C11"]
    for part in ("page_id", "user_id", "name"):
        assert on_create(facebook_ids=[facebook | {part: "x" * 256}]) == ["C5"]
    assert on_create(socials=[social | {"userid": "x" * 255}], facebook_ids=[facebook]) == []
