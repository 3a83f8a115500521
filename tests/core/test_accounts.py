"""Accounts: nobody signs up, one address is one person, a reset tells strangers nothing."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core import mail
from django.urls import reverse

from core.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

SIGNUP = {"email": "eve@example.com", "password1": "long-enough-secret", "password2": "long-enough-secret"}
NEW_PASSWORD = "violet-umbrella-92"


@pytest.mark.parametrize("path", ["/account/signup/", "/account/signup/?next=/admin/"])
def test_signing_up_makes_no_account(client, path):
    assert client.get(path).status_code == 200
    assert client.post(path, SIGNUP).status_code == 200
    assert User.objects.count() == 0


def test_signing_up_with_a_passkey_has_no_address(client):
    assert client.post("/account/2fa/webauthn/signup/", {"credential": "{}"}).status_code == 404
    assert client.post("/account/signup/passkey/", SIGNUP).status_code == 404


@pytest.mark.parametrize("email", ["noor@retainer.test", "Noor@Retainer.TEST", " noor@retainer.test "])
def test_address_signs_in_whatever_its_case(email):
    person = UserFactory(email="noor@retainer.test")
    assert authenticate(None, email=email, password=PASSWORD) == person


def test_wrong_password_does_not_sign_in():
    UserFactory(email="noor@retainer.test")
    assert authenticate(None, email="noor@retainer.test", password="guess") is None


def test_inactive_person_does_not_sign_in():
    UserFactory(email="noor@retainer.test", is_active=False)
    assert authenticate(None, email="noor@retainer.test", password=PASSWORD) is None


def test_address_that_an_administrator_replaced_does_not_sign_in_any_more():
    person = UserFactory(email="new@retainer.test")
    EmailAddress.objects.create(user=person, email="old@retainer.test", verified=True, primary=True)
    assert authenticate(None, email="old@retainer.test", password=PASSWORD) is None
    assert authenticate(None, email="new@retainer.test", password=PASSWORD) == person


def test_no_page_claims_that_a_mail_to_verify_an_address_was_sent(client_of):
    response = client_of(UserFactory()).get("/account/confirm-email/")
    assert (response.status_code, response["Location"]) == (302, reverse("profile"))


def test_page_for_several_addresses_leads_to_the_profile(client_of):
    person = UserFactory()
    client = client_of(person)
    response = client.post("/account/email/", {"action_add": "", "email": "second@example.com"})
    assert (response.status_code, response["Location"]) == (302, reverse("profile"))
    assert not EmailAddress.objects.exists()


def ask_for_reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def choose_new_password(client) -> str:
    """Follow the link of the mail, and say which link it was."""
    [link] = re.findall(r"http://testserver(\S+)", mail.outbox[0].body)
    [(form, _)] = client.get(link, follow=True).redirect_chain
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    return link


def test_reset_answers_the_same_for_known_and_unknown_addresses(client):
    UserFactory(email="noor@retainer.test")
    known = ask_for_reset(client, "noor@retainer.test")
    unknown = ask_for_reset(client, "eve@example.com")
    assert known.redirect_chain == unknown.redirect_chain
    assert _without_tokens(known) == _without_tokens(unknown)
    assert [message.to for message in mail.outbox] == [["noor@retainer.test"]]


def test_reset_mail_lets_the_person_choose_a_new_password(client):
    person = UserFactory(email="noor@retainer.test")
    ask_for_reset(client, "NOOR@retainer.test")
    assert [message.subject for message in mail.outbox] == ["Retainer: Choose a new password"]
    choose_new_password(client)
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)


def test_reset_link_works_once(client):
    UserFactory(email="noor@retainer.test")
    ask_for_reset(client, "noor@retainer.test")
    link = choose_new_password(client)
    again = client.get(link, follow=True)
    assert again.redirect_chain == []
    assert again.context["token_fail"]


def test_reset_keeps_no_second_list_of_addresses(client):
    UserFactory(email="noor@retainer.test")
    ask_for_reset(client, "noor@retainer.test")
    assert not EmailAddress.objects.exists()


def test_person_who_reset_the_password_signs_in_though_the_tries_were_used_up(client):
    UserFactory(email="noor@retainer.test")
    login = reverse("account_login")
    for _ in range(5):
        client.post(login, {"login": "noor@retainer.test", "password": "forgotten"})
    ask_for_reset(client, "noor@retainer.test")
    choose_new_password(client)
    response = client.post(login, {"login": "noor@retainer.test", "password": NEW_PASSWORD})
    assert response.status_code == 302


def test_broken_mail_server_does_not_tell_which_addresses_are_known(client, settings):
    UserFactory(email="noor@retainer.test")
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1},
        }
    }
    known = ask_for_reset(client, "noor@retainer.test")
    unknown = ask_for_reset(client, "eve@example.com")
    assert known.status_code == 200
    assert known.redirect_chain == unknown.redirect_chain


@pytest.mark.parametrize(
    ("password", "advice"),
    [
        ("short", ["Use at least 10 characters, for example a few words: orchard lantern 42."]),
        (
            "noor@retainer.test",
            ["This is too close to your name or email. Take a few words that say nothing of you."],
        ),
        (
            "1234567890",
            [
                "This is among the first that anybody tries. Take a few words that nobody puts together.",
                "Add letters: digits alone are tried out in seconds.",
            ],
        ),
    ],
)
def test_weak_password_is_refused_with_advice(client_of, password, advice):
    person = UserFactory(email="noor@retainer.test")
    typed = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    response = client_of(person).post(reverse("account_change_password"), typed)
    assert response.context["form"].errors["password1"] == advice
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_changed_password_leads_back_to_the_profile_and_ends_other_sessions(client_of):
    person = UserFactory()
    here, elsewhere = client_of(person), client_of(person)
    typed = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert here.post(reverse("account_change_password"), typed)["Location"] == reverse("profile")
    assert here.get(reverse("profile")).status_code == 200
    assert elsewhere.get(reverse("profile")).status_code == 302


def _without_tokens(response) -> str:
    return re.sub(r'value="\w{64}"|X-CSRFToken[^}]*|[0-9a-f]{32}', "", response.content.decode())
