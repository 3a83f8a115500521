"""Who most tests of the directory are: a support agent, who is signed in."""

import pytest
from django.test import Client

from core.models import Actor, User
from tests.factories import UserFactory


@pytest.fixture
def agent(db) -> User:
    return UserFactory(name="Priya Raman", support_agent=True)


@pytest.fixture
def actor(agent) -> Actor:
    return Actor.objects.of(agent)


@pytest.fixture
def client(agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def administrator(db) -> Client:
    """Who keeps the catalogues, deletes and restores."""
    client = Client()
    client.force_login(UserFactory(name="Noor Okafor", administrator=True))
    return client


@pytest.fixture
def reader(db) -> Client:
    """Who sees everything and changes nothing."""
    client = Client()
    client.force_login(UserFactory(name="Mads Holm", viewer=True, time_zone="Europe/Oslo"))
    return client
