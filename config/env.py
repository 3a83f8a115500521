"""Typed readers of the process environment, which fail loudly and name the variable."""

import os
from collections.abc import Collection
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str | None = None) -> str:
    """The variable as text; without a default it must be set."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """The variable as yes or no: 1, true, yes, on against 0, false, no, off."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def integer(name: str, default: int, *, least: int = 0) -> int:
    """The variable as a whole number that is not too small."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    try:
        number = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None
    if number < least:
        raise ImproperlyConfigured(f"{name} must be {least} or more, not {raw!r}.")
    return number


def one_of(name: str, choices: Collection[str], default: str) -> str:
    """The variable as one of these words, in capitals, whatever its case."""
    value = text(name, default).strip().upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def words(name: str, default: list[str]) -> list[str]:
    """The variable as a list, separated by commas."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    return [word.strip() for word in raw.split(",") if word.strip()]


def database(name: str = "DATABASE_URL") -> dict[str, object]:
    """The variable as the connection part of a Django database setting.

    Reads `postgresql://user:password@host:port/name?host=/socket/folder&sslmode=...`.
    """
    advice = f"{name} must look like postgresql://user@host:5432/retainer."
    try:
        url = urlsplit(text(name))
        port = url.port
    except ValueError:  # A port that is no number, or a broken IPv6 address.
        raise ImproperlyConfigured(advice) from None
    if url.scheme not in {"postgres", "postgresql"} or not url.path.strip("/"):
        raise ImproperlyConfigured(advice)
    options = dict(parse_qsl(url.query))
    return {
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", url.hostname or ""),
        "PORT": options.pop("port", str(port or "")),
        "OPTIONS": options,
    }
