"""Somebody at the Django admin."""

import pytest
from django.test import Client

from tests.factories import UserFactory


@pytest.fixture
def superuser():
    return UserFactory(superuser=True, name="Noor Aziz")


@pytest.fixture
def admin(superuser) -> Client:
    client = Client()
    client.force_login(superuser)
    return client
