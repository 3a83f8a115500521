"""What the tests of signing in and of pages share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from core.models import User


@pytest.fixture
def client_of(db) -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def fresh_limits(db) -> None:
    """Nobody has tried anything yet."""
    cache.clear()
