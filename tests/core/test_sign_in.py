"""Signing in: the way back, limits on tries, the second step, the admin, a session that is over."""

import json
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse
from fido2.utils import websafe_encode

from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

LOGIN = reverse("account_login")
# Well formed, of nobody.
FOREIGN_PASSKEY = json.dumps(
    {
        "id": "AAAA",
        "rawId": "AAAA",
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(
                b'{"type": "webauthn.get", "challenge": "AA", "origin": "http://testserver"}'
            ),
            "authenticatorData": websafe_encode(bytes(37)),
            "signature": "AA",
            "userHandle": "AA",
        },
    }
)


@pytest.fixture
def noor():
    return UserFactory(email="noor@retainer.test", name="Noor Okafor", viewer=True)


def sign_in(client, password=PASSWORD, email="noor@retainer.test", **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def code_of(secret: str, *, steps_later: int = 0) -> str:
    """What an authenticator app shows for this key."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_later))


def test_person_signs_in_and_comes_to_the_front_page(client, noor):
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_page_that_asked_for_sign_in_comes_next(client, noor):
    asked = client.get("/profile/?from=mail")
    assert asked["Location"] == "/account/login/?next=/profile/%3Ffrom%3Dmail"
    assert sign_in(client, next="/profile/?from=mail")["Location"] == "/profile/?from=mail"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_way_back_never_leaves_the_house(client, noor, target):
    assert sign_in(client, next=target)["Location"] == "/"


def test_session_ends_with_the_browser_unless_asked_to_stay(client, noor):
    sign_in(client)
    assert client.session.get_expire_at_browser_close()


def test_session_stays_when_asked_to(client, noor, settings):
    sign_in(client, remember="on")
    assert not client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_unknown_address_and_wrong_password_are_told_alike(client, noor):
    wrong = sign_in(client, "guess")
    unknown = sign_in(client, "guess", email="nobody@retainer.test")
    message = ["That email and password do not match. Check both, then try again."]
    assert wrong.context["form"].non_field_errors() == message
    assert unknown.context["form"].non_field_errors() == message


def test_sixth_try_is_refused_even_with_the_right_password(client, noor):
    for _ in range(5):
        sign_in(client, "guess")
    response = sign_in(client)
    message = ["Too many tries with this email. Wait five minutes, then try again."]
    assert response.context["form"].non_field_errors() == message
    assert not is_signed_in(client)


def test_tries_with_one_address_do_not_lock_out_another(client, noor):
    UserFactory(email="tomas@retainer.test")
    for _ in range(5):
        sign_in(client, "guess")
    assert sign_in(client, email="tomas@retainer.test").status_code == 302


def test_many_addresses_cannot_be_tried_from_one_network(client, noor):
    for number in range(20):
        sign_in(client, "guess", email=f"guess{number}@retainer.test")
    sign_in(client)
    assert not is_signed_in(client)


def test_too_many_requests_get_a_page_that_says_what_to_do(client):
    for _ in range(30):
        sign_in(client, "")
    response = sign_in(client, "")
    assert response.status_code == 429
    assert b"Too many tries" in response.content


def test_right_password_does_not_use_up_tries(client, noor):
    for _ in range(6):
        sign_in(client)
        client.logout()
    sign_in(client)
    assert is_signed_in(client)


def test_signing_out_needs_a_press_and_ends_the_session(client, noor):
    client.force_login(noor)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    assert client.post(reverse("account_logout"))["Location"] == LOGIN
    assert not is_signed_in(client)


def test_session_over_on_an_htmx_request_leads_the_whole_page_to_sign_in(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/customers/?q=ada"}
    response = client.get("/profile/", headers=headers)
    assert response.status_code == 401
    assert response["HX-Redirect"] == "/account/login/?next=/customers/%3Fq%3Dada"
    assert response.content == b""


@pytest.mark.parametrize("current", ["https://evil.example/customers/", ""])
def test_session_over_never_leads_back_to_another_site(client, current):
    response = client.get("/profile/", headers={"HX-Request": "true", "HX-Current-URL": current})
    assert response["HX-Redirect"] == "/account/login/?next=/"


def test_session_over_while_saving_leads_back_to_the_form(client):
    headers = {"Referer": "http://testserver/profile/?step=2"}
    response = client.post("/", {"name": "Noor"}, headers=headers)
    assert response["Location"] == "/account/login/?next=/profile/%3Fstep%3D2"


def test_session_over_while_saving_from_another_site_leads_to_the_front_page(client):
    response = client.post("/profile/", headers={"Referer": "https://evil.example/form"})
    assert response["Location"] == "/account/login/?next=/"


@pytest.mark.parametrize("path", ["/admin/core/user/", "/admin/login/"])
def test_admin_asks_for_the_same_sign_in(client, path):
    assert client.get(path)["Location"] == f"/account/login/?next={path}"


def test_admin_has_no_way_in_of_its_own(client):
    boss = UserFactory(superuser=True)
    client.post("/admin/login/", {"username": boss.email, "password": PASSWORD, "next": "/admin/"})
    assert not is_signed_in(client)


def test_admin_opens_for_a_superuser(client_of):
    client = client_of(UserFactory(superuser=True))
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/")["Location"] == "/admin/"


@pytest.mark.parametrize("path", ["/admin/", "/admin/core/user/"])
def test_admin_refuses_a_person_who_is_no_superuser_and_says_who_may(client_of, path):
    client = client_of(UserFactory(administrator=True))
    response = client.get(path, follow=True)
    assert response.status_code == 403
    assert b"Only superusers may open the Django admin. Ask one of them." in response.content


def test_second_step_from_setting_it_up_to_a_recovery_code(client, noor):
    sign_in(client)
    activate = reverse("mfa_activate_totp")
    reauthenticate = client.get(activate)["Location"]
    assert client.post(reauthenticate, {"password": PASSWORD})["Location"] == activate

    secret = client.get(activate).context["form"].secret
    assert client.post(activate, {"code": "000000"}).status_code == 200
    shown = client.post(activate, {"code": code_of(secret)}, follow=True)
    codes = re.findall(r"\b\d{8}\b", shown.content.decode())
    assert len(codes) == 10

    client.logout()
    assert sign_in(client, next="/profile/")["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "123"})
    assert wrong.context["form"].errors["code"] == [
        "That code does not match. Type the six digits that your app shows now, for example 492 039."
    ]
    # A code is good for one sign-in: the one that switched the second step on is used up.
    response = client.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps_later=1)})
    assert response["Location"] == "/profile/"
    assert is_signed_in(client)

    client.logout()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_signed_in(client)
    client.logout()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert not is_signed_in(client)


def test_passkey_is_offered_for_this_host_in_the_name_of_the_product(client):
    response = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert response.json()["request_options"]["publicKey"]["rpId"] == "testserver"


@pytest.mark.parametrize(
    ("credential", "message"),
    [
        ("", "Your browser sent no passkey. Try again, or choose another way."),
        ("{", "Your browser sent no passkey. Try again, or choose another way."),
        ("[]", "Your browser sent no passkey. Try again, or choose another way."),
        ('{"id": "x"}', "Your browser sent no passkey. Try again, or choose another way."),
        (FOREIGN_PASSKEY, "This passkey opened no account. Try another one, or choose another way."),
    ],
)
def test_passkey_that_opens_nothing_leads_back_and_says_what_to_do(client, credential, message):
    response = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
    assert [str(told) for told in response.context["messages"]] == [message]
    assert response.redirect_chain == [(LOGIN, 302)]


def test_second_step_offers_no_passkey_to_who_has_none(client, noor):
    TOTP.activate(noor, generate_totp_secret())
    sign_in(client)
    assert b"data-passkey" not in client.get(reverse("mfa_authenticate")).content
