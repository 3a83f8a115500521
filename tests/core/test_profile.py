"""The page about oneself."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone

from core.models import Actor
from core.time_zone import TimeZoneMiddleware
from core.views.profile import SecondSteps
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PROFILE = reverse("profile")
TYPED = {"name": "Noor Okafor", "theme": "dark", "time_zone": "Europe/Oslo"}


def test_person_without_any_group_sees_their_profile(client_of):
    assert client_of(UserFactory()).get(PROFILE).status_code == 200


def test_profile_is_stored_and_shown_again(client_of):
    person = UserFactory()
    response = client_of(person).post(PROFILE, TYPED)
    assert (response.status_code, response["Location"]) == (303, PROFILE)
    person.refresh_from_db()
    stored = (person.name, person.theme, person.time_zone, person.single_key_shortcuts)
    assert stored == ("Noor Okafor", "dark", "Europe/Oslo", False)


def test_new_name_is_told_in_what_the_person_did_before(client_of):
    person = UserFactory()
    actor = Actor.objects.of(person)
    client_of(person).post(PROFILE, TYPED)
    actor.refresh_from_db()
    assert actor.label == "Noor Okafor"


def test_address_and_rights_cannot_be_changed_by_oneself(client_of):
    person = UserFactory(email="noor@retainer.test")
    client_of(person).post(PROFILE, TYPED | {"email": "boss@retainer.test", "is_superuser": "on", "is_staff": "on"})
    person.refresh_from_db()
    assert (person.email, person.is_superuser, person.is_staff) == ("noor@retainer.test", False, False)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", " ", "Write your name, for example Noor Okafor."),
        ("time_zone", "Mars/Olympus", "Choose a time zone from the list, for example Europe, Oslo."),
    ],
)
def test_refused_value_says_how_to_mend_it(client_of, field, value, message):
    person = UserFactory(name="Noor")
    response = client_of(person).post(PROFILE, TYPED | {field: value})
    assert response.status_code == 422
    assert response.context["form"].errors == {field: [message]}
    assert response.context["user"].theme == "system"
    person.refresh_from_db()
    assert person.name == "Noor"


def test_password_alone_is_one_step(db):
    assert SecondSteps.of(UserFactory()) == SecondSteps(
        has_app=False, passkeys=0, is_passwordless=False, recovery_codes=0
    )


def test_app_and_codes_are_counted_in_one_query(db, django_assert_num_queries):
    person = UserFactory()
    TOTP.activate(person, generate_totp_secret())
    codes = RecoveryCodes.activate(person)
    codes.validate_code(codes.get_unused_codes()[0])
    with django_assert_num_queries(1):
        found = SecondSteps.of(person)
    assert found == SecondSteps(has_app=True, passkeys=0, is_passwordless=False, recovery_codes=9)
    assert found.is_on


@pytest.mark.parametrize(("zone", "expected"), [("Europe/Oslo", ZoneInfo("Europe/Oslo")), ("Mars/Olympus", UTC)])
def test_times_are_shown_in_the_zone_of_the_viewer(rf, zone, expected):
    request = rf.get("/")
    request.user = UserFactory(time_zone=zone)
    middleware = TimeZoneMiddleware(lambda request: None)
    middleware.process_view(request, lambda: None, (), {})
    assert timezone.get_current_timezone() == expected
    middleware(request)
    assert timezone.localtime(datetime(2026, 7, 1, tzinfo=UTC)).tzinfo == ZoneInfo("UTC")


def test_profile_costs_one_query_each_for_session_person_and_second_steps(client_of, django_assert_max_num_queries):
    client = client_of(UserFactory(viewer=True))
    # The fourth is for the permissions, once the menu has an entry that asks for one.
    with django_assert_max_num_queries(4):
        client.get(PROFILE)
