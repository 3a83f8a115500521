"""A second step is set up, used and taken away; each of its pages reads well on the way."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import Page, expect

from tests.browser.looks import shortcomings
from tests.browser.test_sign_in import fill_in
from tests.browser.world import AGENT
from tests.factories import PASSWORD


def code_of(secret: str, *, steps_later: int = 0) -> str:
    """What an authenticator app shows for this key; one step later is accepted as well."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_later))


def reads_well(page: Page) -> bool:
    assert shortcomings(page) == []
    return True


def confirm(page: Page) -> None:
    """What guards the account asks for the password again."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def test_authenticator_app_is_set_up_used_and_turned_off(page):
    page.goto("/profile/")
    page.get_by_role("link", name="Set up app").click()
    confirm(page)
    secret = page.get_by_label("Or type this key into the app").input_value()
    assert reads_well(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_label("Code")).to_have_attribute("aria-invalid", "true")
    assert reads_well(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert reads_well(page)

    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    fill_in(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    expect(page.get_by_role("button")).to_have_text(["Sign in", "Back to sign in"])
    assert reads_well(page)
    page.get_by_label("Code").fill(code_of(secret, steps_later=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url("/customers/")

    page.goto("/account/2fa/")
    assert reads_well(page)
    page.get_by_role("link", name="Turn off").click()
    confirm(page)
    assert reads_well(page)
    page.get_by_role("button", name="Turn off").click()
    expect(page.locator("#toasts")).to_contain_text("Authenticator app turned off")


class Finger:
    """What a device asks for before it hands out a passkey; it agrees at once, unless it `refuses`."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        made = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self._id = made["authenticatorId"]

    def refuses(self, refuses: bool) -> None:
        self._session.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": not refuses})


@pytest.fixture
def finger(page: Page) -> Finger:
    return Finger(page)


def add_passkey(page: Page) -> None:
    page.goto("/profile/")
    page.get_by_role("link", name="Add passkey").click()
    confirm(page)
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_passkey_signs_in_without_a_password_and_leads_where_the_person_wanted(page, finger):
    add_passkey(page)
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("link", name="Remove Work laptop")).to_be_visible()
    assert reads_well(page)
    sign_out(page)
    page.goto("/profile/?from=mail")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url("/profile/?from=mail")
    expect(page.get_by_text("1 passkey. You can sign in without your password.")).to_be_visible()


def test_passkey_is_a_second_step_after_the_password(page, finger):
    add_passkey(page)
    sign_out(page)
    fill_in(page)
    button = page.get_by_role("button", name="Use a passkey or security key")
    expect(button).to_be_visible()
    assert reads_well(page)
    button.click()
    expect(page).to_have_url("/customers/")


def test_prompt_for_a_passkey_that_was_closed_is_told_and_can_be_tried_again(page, finger):
    finger.refuses(True)
    page.goto("/profile/")
    page.get_by_role("link", name="Add passkey").click()
    confirm(page)
    page.get_by_role("button", name="Add passkey").click()
    toasts = page.locator("#toasts")
    expect(toasts).to_have_text("Your device gave no passkey. Try again, or choose another way.")
    assert reads_well(page)
    finger.refuses(False)
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_passkey_that_was_removed_opens_nothing_and_says_what_to_do(page, finger):
    add_passkey(page)
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Remove Work laptop").click()
    page.get_by_role("button", name="Remove passkey").click()
    expect(page.locator("#toasts")).to_contain_text("Passkey removed")
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    said = "This passkey opened no account. Try another one, or choose another way."
    expect(page.locator("#toasts")).to_have_text(said)
    fill_in(page)
    expect(page).to_have_url("/customers/")


def test_passkeys_are_offered_only_where_they_can_be_used(desk):
    page = desk(java_script_enabled=False)
    page.goto("/account/login/")
    expect(page.get_by_role("button")).to_have_text(["Sign in"])


def test_settings_that_guard_the_account_ask_for_the_password_again(page):
    page.goto("/account/2fa/totp/activate/")
    expect(page).to_have_url(re.compile("^.*/account/reauthenticate/"))
    assert reads_well(page)
    confirm(page)
    expect(page.get_by_role("heading", name="Set up the authenticator app")).to_be_visible()


def test_forgotten_password_is_replaced_through_a_mailed_link(desk):
    page = desk()
    page.goto("/account/login/")
    page.get_by_role("link", name="Reset your password").click()
    page.get_by_label("Work email").fill(AGENT)
    page.get_by_role("button").click()
    expect(page).to_have_url("/account/password/reset/done/")
    link = re.search(r"http://\S+", mail.outbox[-1].body)[0]
    page.goto(link)
    assert reads_well(page)
    page.get_by_label("New password", exact=True).fill("another-long-word-9")
    page.get_by_label("New password again").fill("another-long-word-9")
    page.get_by_role("button", name="Set password").click()
    page.goto("/account/login/")
    fill_in(page, password="another-long-word-9")
    expect(page).to_have_url("/customers/")
    page.goto(link)
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()
