"""A real Chromium on the pages of a real server; whatever it reports against a page fails the test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from config import browser

HERE = Path(__file__).parent
# Playwright keeps an event loop in the thread of the tests, in which Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run"),
    # Without these it looks for hosts outside at every start.
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and leave them out where `BROWSER=no` says so."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker("browser")
    if os.environ.get("BROWSER", "").lower() == "no":
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]


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


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """One language, zone and size, so that a page looks the same on every machine."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "UTC",
        "viewport": {"width": 1280, "height": 800},
    }


@pytest.fixture
def complaints(context: BrowserContext) -> Iterator[list[str]]:
    """What the pages of this test were reported for: breaches of the content security policy, errors of scripts."""
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            found.append(message.text)

    context.on("console", hear)
    context.on("weberror", lambda failure: found.append(str(failure.error)))
    yield found
    assert found == []


@pytest.fixture
def page(page: Page, complaints: list[str]) -> Page:
    """A page of which nothing may be reported."""
    return page
