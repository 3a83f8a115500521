"""A real Chromium on the pages of a real server; whatever it reports against a page fails the test."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from config import browser
from core.models import User
from tests.browser import world
from tests.browser.snapshot import Snapshot
from tests.browser.watch import Watch

HERE = Path(__file__).parent
# Playwright keeps an event loop in the thread of the tests, in which Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run"),
    # Without these it looks for hosts outside at every start.
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
# A machine that does other things as well is slow, not wrong.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)

type Desk = Callable[..., Page]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and leave them out where `BROWSER=no` says so.

    They go first: they take longest, and they keep the rows of the migrations, which other tests may flush.
    """
    ours = [item for item in items if HERE in item.path.parents]
    others = [item for item in items if HERE not in item.path.parents]
    for item in ours:
        item.add_marker("browser")
    if os.environ.get("BROWSER", "").lower() == "no":
        config.hook.pytest_deselected(items=ours)
        ours = []
    items[:] = ours + others


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Start the Chromium of this machine, never a download of Playwright's own."""
    chromium = browser.installed()
    if chromium is None:
        pytest.fail('No Chromium is at hand: "make test" provides one, BROWSER=no leaves these tests out.')
    return {
        **browser_type_launch_args,
        "executable_path": chromium.program,
        "env": chromium.environment(),
        "args": FLAGS,
        "headless": True,
    }


@dataclass(frozen=True)
class Site:
    """The server, and the rows that its database holds before and after a test."""

    url: str
    migrated: Snapshot
    peopled: Snapshot


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker) -> Iterator[Site]:
    """One server for all tests of this process, in threads and with connections of its own."""
    with django_db_blocker.unblock():
        assert connection.settings_dict["NAME"].startswith("test_"), "These tests rewrite every table."
        migrated = Snapshot("as_migrated")
        world.build()
        peopled = Snapshot("as_peopled")
        migrated.put_back()
    server = LiveServer("localhost")
    yield Site(server.url, migrated, peopled)
    server.stop()


@pytest.fixture(autouse=True)
def db(site: Site, django_db_blocker) -> Iterator[None]:
    """The company of `world`, whatever the test before has done to it; nothing of it is left for other tests.

    It takes the place of pytest-django's fixture, which would keep everything in a transaction that the server cannot
    see; under another name no test database would be made where these tests run alone.
    """
    with django_db_blocker.unblock():
        site.peopled.put_back()
        yield
        site.migrated.put_back()
        # Beside the event loop of Playwright Django keeps another connection than without: nobody else would close it.
        connection.close()


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """Where paths such as "/customers/" lead."""
    return site.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """One language, zone and size, so that a page looks the same on every machine."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "UTC",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What the pages of this test were reported for, which must be nothing."""
    watch = Watch()
    yield watch
    assert watch.complaints == []


@pytest.fixture
def desk(db, watch: Watch, new_context) -> Desk:
    """Opens a browser of its own for somebody: `desk(AGENT)` is signed in, `desk()` is not yet."""

    def sit_down(email: str = "", **options: Any) -> Page:
        context: BrowserContext = new_context(**options)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        if email:
            sign_in(context, email)
        return context.new_page()

    return sit_down


@pytest.fixture
def page(desk: Desk) -> Page:
    """The browser of a support agent who is signed in."""
    return desk(world.AGENT)


def sign_in(context: BrowserContext, email: str) -> None:
    """Hand the browser the cookie of a session: filling in the form is what the tests of signing in are about."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"}
    context.add_cookies([cookie])
