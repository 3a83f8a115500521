"""Where a person is signed in: what is listed, what is ended, and how long a session lasts."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone

from core.models import Session
from core.signed_in import SEEN_EVERY
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

SESSIONS, PROFILE, LOGIN = reverse("sessions"), reverse("profile"), reverse("account_login")
THIS_SESSION = reverse("this-session")
HTMX = {"HX-Request": "true"}
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) Version/26.1 Mobile/15E148 Safari/604.1"


@pytest.fixture
def noor():
    return UserFactory(email="noor@retainer.test")


def browser(agent: str = FIREFOX, address: str = "192.0.2.7", *, person: str = "noor@retainer.test", **typed) -> Client:
    """A browser in which somebody has signed in by the form."""
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    client.post(LOGIN, {"login": person, "password": PASSWORD, **typed})
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(PROFILE).status_code == 200


def places(client: Client):
    return client.get(SESSIONS).context["places"]


def row_of(client: Client) -> Session:
    return Session.objects.get(session_key=client.session.session_key)


def rest(client: Client, **time) -> None:
    """Let the session be unused for a while."""
    pause = timedelta(**time)
    Session.objects.filter(session_key=client.session.session_key).update(
        seen_at=F("seen_at") - pause, expire_date=F("expire_date") - pause
    )


def test_browsers_are_listed_with_this_one_first(noor):
    here, phone = browser(), browser(SAFARI, "2001:db8::1")
    told = [(place.device, place.icon, place.address, place.is_here, place.is_in_use) for place in places(here)]
    assert told == [
        ("Firefox on Windows", "monitor", "192.0.2.7", True, True),
        ("Safari on iPhone", "smartphone", "2001:db8::1", False, True),
    ]
    assert [place.is_here for place in places(phone)] == [True, False]


def test_moment_of_the_sign_in_stays_while_the_session_is_used(noor):
    client = browser()
    since = places(client)[0].since
    assert timezone.now() - since < timedelta(minutes=1)
    rest(client, hours=1)
    assert places(client)[0].since == since


def test_address_is_the_one_that_the_proxy_tells(noor, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.4"})
    client.post(LOGIN, {"login": noor.email, "password": PASSWORD})
    assert places(client)[0].address == "198.51.100.4"


def test_key_of_a_session_never_stands_on_the_page(noor):
    here, there = browser(), browser(SAFARI)
    page = here.get(SESSIONS).content.decode()
    assert [key in page for key in (here.session.session_key, there.session.session_key)] == [False, False]


def test_signing_out_of_one_ends_it_and_leaves_the_rest(noor):
    here, phone, tablet = browser(), browser(SAFARI), browser()
    handle = next(place.handle for place in places(here) if place.device == "Safari on iPhone")
    response = here.post(SESSIONS, {"session": handle}, follow=True)
    assert [str(told) for told in response.context["messages"]] == ["Signed out of Safari on iPhone"]
    assert [is_signed_in(client) for client in (here, phone, tablet)] == [True, False, True]


def test_signing_out_everywhere_else_leaves_this_one_alone(noor):
    UserFactory(email="tomas@retainer.test")
    here, phone, colleague = browser(), browser(SAFARI), browser(person="tomas@retainer.test")
    response = here.post(SESSIONS, {"elsewhere": ""}, follow=True)
    assert [str(told) for told in response.context["messages"]] == ["Signed out everywhere else"]
    assert [is_signed_in(client) for client in (here, phone, colleague)] == [True, False, True]


def test_session_of_somebody_else_is_neither_listed_nor_ended(noor):
    UserFactory(email="tomas@retainer.test")
    here, colleague = browser(), browser(person="tomas@retainer.test")
    handle = places(colleague)[0].handle
    assert handle not in [place.handle for place in places(here)]
    response = here.post(SESSIONS, {"session": handle}, follow=True)
    assert [str(told) for told in response.context["messages"]] == ["That session was over already"]
    assert is_signed_in(colleague)


@pytest.mark.parametrize("handle", ["", "x", None])
def test_signing_out_of_what_is_not_there_ends_nothing(noor, handle):
    here, phone = browser(), browser(SAFARI)
    # None: of the session that asks, which has a button of its own on the profile page.
    here.post(SESSIONS, {"session": places(here)[0].handle if handle is None else handle})
    assert [is_signed_in(client) for client in (here, phone)] == [True, True]


def test_new_password_ends_the_sessions_of_the_old_one(noor):
    here, phone = browser(), browser(SAFARI)
    new = "violet-umbrella-92"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post(reverse("account_change_password"), typed)
    assert [place.is_here for place in places(here)] == [True]
    assert [is_signed_in(client) for client in (here, phone)] == [True, False]


def test_session_that_is_over_is_not_listed_and_is_cleared_away_at_the_next_sign_in(noor):
    here, old = browser(), browser(SAFARI)
    rest(old, days=15)
    assert [place.is_here for place in places(here)] == [True]
    browser()
    assert Session.objects.filter(expire_date__lt=timezone.now()).count() == 0
    assert Session.objects.filter(user=noor).count() == 2


def test_list_costs_the_same_for_one_session_and_for_three(noor, django_assert_num_queries):
    here = browser()
    for _ in range(2):
        # Session, person, the list; nobody here has a group, and the menu asks for permissions.
        with django_assert_num_queries(4):
            here.get(SESSIONS)
        browser(SAFARI)
        browser(SAFARI)


def test_session_in_use_is_written_down_once_in_five_minutes(noor, django_assert_num_queries):
    client = browser()
    rest(client, seconds=SEEN_EVERY.total_seconds() - 10)
    seen_at = row_of(client).seen_at
    with django_assert_num_queries(4):
        client.get(PROFILE)
    assert row_of(client).seen_at == seen_at
    rest(client, seconds=20)
    client.get(PROFILE)
    assert timezone.now() - row_of(client).seen_at < timedelta(minutes=1)


def test_session_lasts_from_its_latest_use(noor, settings):
    client = browser(remember="on")
    lasts = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rest(client, seconds=settings.SESSION_COOKIE_AGE - 60)
    response = client.get(PROFILE)
    assert lasts - (row_of(client).expire_date - timezone.now()) < timedelta(minutes=1)
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == settings.SESSION_COOKIE_AGE


def test_session_that_was_not_used_for_long_enough_is_over(noor, settings):
    client = browser()
    rest(client, seconds=settings.SESSION_COOKIE_AGE)
    assert not is_signed_in(client)


def test_address_and_browser_of_the_latest_use_are_listed(noor):
    client = browser()
    rest(client, minutes=6)
    client.get(PROFILE, headers={"User-Agent": SAFARI}, REMOTE_ADDR="203.0.113.9")
    assert [(place.device, place.address) for place in places(client)] == [("Safari on iPhone", "203.0.113.9")]


def test_deleting_a_person_ends_their_sessions(noor):
    browser()
    noor.delete()
    assert Session.objects.exclude(user=None).count() == 0


def test_answers_to_scripts_say_how_long_the_session_lasts(noor, settings):
    client = browser()
    rest(client, minutes=2)
    assert "Session-Seconds" not in client.get(PROFILE)
    for answer in (client.get(THIS_SESSION), client.get(PROFILE, headers=HTMX)):
        assert settings.SESSION_COOKIE_AGE - 180 < int(answer["Session-Seconds"]) <= settings.SESSION_COOKIE_AGE - 120


def test_page_says_how_long_the_session_lasts(noor, settings):
    page = browser().get(PROFILE).content.decode()
    (seconds,) = re.findall(r'<body[^>]* data-session-seconds="(\d+)"', page)
    assert settings.SESSION_COOKIE_AGE - 60 < int(seconds) <= settings.SESSION_COOKIE_AGE


def test_asking_how_long_is_left_does_not_prolong_the_session(noor, settings):
    client = browser()
    rest(client, seconds=settings.SESSION_COOKIE_AGE - 60)
    ends_at = row_of(client).expire_date
    answer = client.get(THIS_SESSION)
    assert (answer.status_code, int(answer["Session-Seconds"]) <= 60) == (204, True)
    assert answer["Session-Person"] == str(noor.pk)
    assert row_of(client).expire_date == ends_at


def test_staying_signed_in_prolongs_the_session(noor, settings):
    client = browser()
    rest(client, seconds=settings.SESSION_COOKIE_AGE - 60)
    answer = client.post(THIS_SESSION, headers=HTMX)
    assert (answer.status_code, int(answer["Session-Seconds"])) == (204, settings.SESSION_COOKIE_AGE)
    assert row_of(client).expire_date > timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE - 60)


def test_staying_signed_in_leads_to_a_page_without_htmx(noor):
    assert browser().post(THIS_SESSION)["Location"] == SESSIONS


def test_session_that_is_over_is_not_prolonged(noor, settings):
    client = browser()
    rest(client, seconds=settings.SESSION_COOKIE_AGE)
    answer = client.post(THIS_SESSION, headers=HTMX)
    assert (answer.status_code, "Session-Seconds" in answer) == (401, False)


@pytest.mark.parametrize(("headers", "status"), [({}, 302), (HTMX, 401)])
def test_session_that_is_ended_while_a_page_is_made_leads_to_the_sign_in(noor, headers, status):
    client = browser()
    rest(client, minutes=6)

    def end_it(**signal):
        Session.objects.all().delete()

    template_rendered.connect(end_it)
    try:
        assert client.get(PROFILE, headers=headers).status_code == status
    finally:
        template_rendered.disconnect(end_it)


def test_cookie_that_names_no_session_is_nobody(db):
    client = Client()
    for value in ('"' + "a" * 32 + '"', '"\\000\\000\\000\\000\\000\\000\\000\\000\\000"', "é" * 40, "x" * 5000):
        client.cookies["sessionid"] = "x"
        client.cookies["sessionid"].set("sessionid", value, value)
        assert client.get("/customers/").status_code == 302
