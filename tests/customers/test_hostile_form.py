"""Whatever a client sends to the form of a customer, the answer is a page."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.text import unstorable
from customers import normalise
from customers.models import Customer, CustomerTag, Tag
from customers.rows import state_of
from customers.rules.attempt import is_blank
from tests.customers.editing import ATTRIBUTES, NEW, Editor, catalogue, edit_url
from tests.customers.forms.filling import errors_at, filled
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db

C71 = "Type this again: it holds a character that cannot be stored."
ROWS = {
    "emails": "type email verified shared",
    "phones": "type phone verified shared",
    "external_ids": "external_id verified shared",
    "socials": "type username userid url verified shared",
    "facebook_ids": "page_id user_id name",
    "urls": "type url",
    "locations": "type name address address2 address3 zip_code city_name region_code region_name country_code "
    "country_name area_code latitude longitude",
}
TEXTS = {
    "emails": "email",
    "phones": "phone",
    "external_ids": "external_id",
    "socials": "username",
    "facebook_ids": "page_id",
    "urls": "url",
    "locations": "name",
}
SINGLE = (
    *("kind", "name", "short_name", "given_name", "family_name", "username", "domains", "slack_channel_id"),
    *("company_id", "revenue", "size", "status_id", "tier_id", "owner_id", "assignee_id", "support_status"),
    *("snoozed_until", "tags", "birthday", "gender", "language", "locale", "time_zone", "logo_url", "avatar_url"),
    *("sentiment-polarity", "sentiment-confidence"),
)
EXTRA = (
    *("company_id-id", "company_id-label", "owner_id-id", "owner_id-label", "rev", "opened", "add", "pick", "search"),
    *("keep", "choice-name", "emails-primary", "external_ids-primary", "emails-0-remove", "flag-custom_terms"),
)
TICKS = ("verified", "shared")
INPUTS = (
    *SINGLE,
    *(f"custom-{key}" for key in ATTRIBUTES),
    *(f"{kind}-0-{name}" for kind, names in ROWS.items() for name in names.split()),
)
HOSTILE = {
    "huge": "x" * 20_000,
    "emoji": "🦊👩‍👩‍👧‍👦",
    "right-to-left": "\u202eשלום مرحبا\u202c",
    "combining": "Z" + "\u0351" * 500,
    "invisible": "\u200b\u2060\ufeff",
    "markup": "\"><script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}",
    "sql": "'; DROP TABLE customers_customer; --",
    "number": "1e999999999",
    "infinity": "-Infinity",
    "not a character": "\ufffe\uffff\U0010ffff",
    "control": "\x01\x1f\x7f\x85",
    "digits": "9" * 10_000,
    "commas": ",".join('"' * 2_000),
}


@pytest.fixture
def agent() -> Editor:
    return Editor()


def test_every_input_of_the_page_is_swept(agent) -> None:
    catalogue()
    form = agent.open(NEW, with_script=False)
    named = {name for name in form if name.split("-")[0] not in ROWS}
    assert named - {"key", "csrfmiddlewaretoken", *EXTRA, "assignee_id-id", "assignee_id-label"} == {
        name for name in INPUTS if name.split("-")[0] not in ROWS
    }
    in_rows = {name.replace("-s1-", "-0-") for name in form if "-s1-" in name}
    assert in_rows == {name for name in INPUTS if name.split("-")[0] in ROWS and name.split("-")[2] not in TICKS}


@pytest.mark.parametrize("name", [name for name in INPUTS if name.split("-")[-1] not in TICKS])
def test_a_nul_in_any_input_is_refused_there_with_our_own_words(agent, name) -> None:
    catalogue()
    customer = CustomerFactory()
    kind = name.split("-")[0]
    # A row is there only when its own text is.
    company = {f"{kind}-0-{TEXTS[kind]}": "x"} if kind in ROWS else {}
    form = agent.open(edit_url(customer)) | company | {name: "a\x00b"}
    response = agent.send(edit_url(customer), form)
    errors = errors_at(response.content.decode())
    words = f"a\x00b: {C71}" if name in ("domains", "tags") else C71
    assert (response.status_code, {place: text.replace("\ufffd", "\x00") for place, text in errors.items()}) == (
        422,
        {name: words},
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_every_input_at_once_is_answered(agent, text) -> None:
    catalogue()
    customer = CustomerFactory()
    form = agent.open(edit_url(customer))
    everywhere = form | dict.fromkeys(INPUTS, text)
    assert agent.send(edit_url(customer), everywhere).status_code in (303, 422)
    assert agent.send(NEW, everywhere | {"key": text}).status_code in (303, 422)


@pytest.mark.parametrize("text", [*HOSTILE.values(), "\x00", ""], ids=[*HOSTILE, "NUL", "blank"])
def test_hostile_text_in_what_people_do_not_type_is_answered(agent, text) -> None:
    catalogue()
    customer = CustomerFactory(emails=["a@northpass.com"])
    form = agent.open(edit_url(customer)) | {"name": "Renamed"}
    assert agent.send(edit_url(customer), form | dict.fromkeys(EXTRA, text)).status_code == 409
    beside_the_start = [name for name in EXTRA if name not in ("rev", "opened")]
    assert agent.send(edit_url(customer), form | dict.fromkeys(beside_the_start, text)).status_code == 303


def test_a_form_that_is_too_large_is_answered_before_it_is_read(agent) -> None:
    assert agent.client.post(NEW, {"name": "x" * 6_000_000}).status_code == 400


def test_bytes_that_are_no_text_are_answered(agent) -> None:
    catalogue()
    customer = CustomerFactory()
    form = agent.open(edit_url(customer))
    for odd in ("%ED%A0%80", "%FF%FE", "%C0%80", "%F5%80%80%80"):
        body = urlencode(form) + "".join(f"&{quote(name)}={odd}" for name in INPUTS)
        for url in (edit_url(customer), NEW):
            response = agent.client.post(url, body, content_type="application/x-www-form-urlencoded")
            assert response.status_code in (303, 422)


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "no-such-charset", "utf-7"])
def test_a_form_in_another_encoding_is_answered(agent, charset) -> None:
    customer = CustomerFactory()
    content_type = f"application/x-www-form-urlencoded; charset={charset}"
    response = agent.client.generic("POST", edit_url(customer), b"name=%00%D8\xff&rev=1", content_type=content_type)
    # Django itself reads UTF-8 whatever an unknown name says.
    assert response.status_code == (422 if charset == "no-such-charset" else 400)


@pytest.mark.parametrize(
    "rows",
    [
        {"emails-0-email": ["a@northpass.com", "b@northpass.com"]},
        {"emails-7-email": "a@northpass.com", "emails-007-email": "b@northpass.com"},
        {"emails-999999999999-email": "a@northpass.com"},
        {"emails--1-email": "a@northpass.com"},
        {"emails-²-email": "a@northpass.com"},
        {"emails-0-": "x", "emails--email": "x", "emails-0": "x", "emails": "x", "-0-email": "x"},
        {"emails-TOTAL_FORMS": "1000000000", "emails-INITIAL_FORMS": "x"},
        {"emails-0-no_such_input": "x"},
        {"emails-0-type": "work", "emails-0-verified": "on"},
        {"emails-primary": "9" * 4000, "emails-0-email": "a@northpass.com"},
        {"emails-s0-email": "a@northpass.com", "emails-s9-email": "b@northpass.com"},
        {"custom-": "x", "custom-noSuchStr": "x", "flag-": "on", "flag-no_such": "on"},
        {"sentiment-": "x", "choice-": "theirs", "choice-no_such": "theirs"},
    ],
    ids=str,
)
def test_rows_with_odd_numbers_and_names_are_answered(agent, rows) -> None:
    customer = CustomerFactory()
    form = agent.open(edit_url(customer))
    assert agent.client.post(edit_url(customer), form | rows).status_code in (303, 422)


def test_a_form_without_anything_in_it_is_answered(agent) -> None:
    customer = CustomerFactory()
    assert [agent.client.post(url, {}).status_code for url in (NEW, edit_url(customer))] == [422, 409]


def test_more_rows_than_a_form_holds_are_refused_with_a_sentence(agent) -> None:
    customer = CustomerFactory()
    form = agent.open(edit_url(customer)) | {f"urls-{n}-url": f"https://northpass.com/{n}" for n in range(101)}
    response = agent.send(edit_url(customer), form)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Web addresses: Keep at most 100 here, and use an import for more: there are 101." in html
    assert len([name for name in filled(html) if name.endswith("-url")]) == 101


def test_a_customer_that_has_more_rows_already_can_still_be_saved(agent) -> None:
    customer = CustomerFactory(urls=[{"url": f"https://northpass.com/{n}"} for n in range(101)])
    assert agent.save(edit_url(customer), name="Renamed").status_code == 303
    assert len(state_of(Customer.objects.get())["urls"]) == 101


def test_ten_thousand_rows_are_refused_before_they_are_read(agent) -> None:
    body = "&".join(f"emails-{number}-email=a{number}@northpass.com" for number in range(10_000))
    response = agent.client.post(NEW, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400


STORED_AS_TYPED = ("short_name", "username", "given_name")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@pytest.mark.parametrize("name", STORED_AS_TYPED)
def test_any_text_is_stored_and_shown_again_or_refused_at_its_input(db, name, text) -> None:
    agent = Editor()
    customer = CustomerFactory()
    response = agent.save(edit_url(customer), **{name: text})
    if response.status_code == 422:
        assert (list(errors_at(response.content.decode())), unstorable(text) is not None) == ([name], True)
        return
    line = text.replace("\r", "").replace("\n", "")
    expected = normalise.customer({name: line})[name] or ""
    stored = getattr(Customer.objects.get(pk=customer.pk), name)
    assert stored == expected
    shown = agent.open(edit_url(customer))[name]
    assert shown.replace("\r", "").replace("\n", "") == stored


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tags=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), max_size=5))
def test_any_tags_come_back_from_the_form_as_they_are_stored(db, tags) -> None:
    # An earlier example may have left a tag that is the same word in other letters: "ß" is "SS".
    CustomerTag.objects.all().delete()
    Tag.objects.all().delete()
    agent = Editor()
    wanted = [tag for tag in normalise.customer({"tags": tags})["tags"] if not is_blank(tag)]
    customer = CustomerFactory(tags=wanted)
    assert agent.save(edit_url(customer)).status_code == 303
    assert (Customer.objects.get(pk=customer.pk).rev, state_of(customer)["tags"]) == (1, wanted)
