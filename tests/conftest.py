"""What every test stands on: the settings, and a real PostgreSQL of its own."""

import os

import django
import pytest
from django.conf import settings

from config import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DEBUG", "1")
# Before Django reads its settings; pytest-xdist hands the address on to its workers.
_server = None if os.environ.get("DATABASE_URL") else embedded.TESTS
if _server:
    _server_was_running = _server.is_running()
    os.environ["DATABASE_URL"] = _server.start()
django.setup()
# A hash of a password is slow on purpose; the people of the tests have nothing to protect.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this run has started."""
    if _server and not _server_was_running:
        _server.stop()
