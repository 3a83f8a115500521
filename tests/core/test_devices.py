"""A browser in words."""

import pytest

from core.devices import describe, is_handheld

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", "Chrome on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/142.0.0.0", "Edge on Windows"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} OPR/120.0.0.0", "Opera on Linux"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME}", "Chrome on ChromeOS"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME}", "Chrome on Android"),
        (f"Mozilla/5.0 (Linux; Android 10; K) SamsungBrowser/28.0 {CHROME}", "Samsung Internet on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/26.1 Safari/605.1.15", "Safari on Mac"),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) {APPLE} Version/26.1 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            f"Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) {APPLE} CriOS/142.0 Mobile/15E148 Safari/604.1",
            "Chrome on iPad",
        ),
        ("SomeBrowser/1.0 (Windows)", "Browser on Windows"),
        ("Firefox/145.0", "Firefox"),
        ("curl/8.14.1", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_browser_is_called_what_people_call_it(user_agent, words):
    assert describe(user_agent) == words


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K)", True),
        ("Mozilla/5.0 (iPad; CPU OS 18_7)", True),
        ("Mozilla/5.0 (X11)", False),
    ],
)
def test_phones_and_tablets_are_told_from_desks(user_agent, expected):
    assert is_handheld(user_agent) == expected
