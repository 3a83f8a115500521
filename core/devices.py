"""A browser in words, from what it calls itself."""

from __future__ import annotations

import re

# The first that fits: most browsers also name those whose pages they want to get.
_BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|OPX/|Opera", "Opera"),
    (r"Vivaldi/", "Vivaldi"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Version/\S+.* Safari/", "Safari"),
)
_SYSTEMS = (
    (r"iPhone|iPod", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"CrOS", "ChromeOS"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X", "Mac"),
    (r"Linux|X11", "Linux"),
)
_HANDHELD = re.compile("iPhone|iPod|iPad|Android|Mobile")


def describe(user_agent: str) -> str:
    """A browser as people call it: `Firefox on Windows`."""
    browser, system = _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)
    if not browser and not system:
        return "Unknown browser"
    return f"{browser or 'Browser'} on {system}" if system else browser


def is_handheld(user_agent: str) -> bool:
    """Whether it is a phone or tablet."""
    return bool(_HANDHELD.search(user_agent))


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, user_agent)), "")
