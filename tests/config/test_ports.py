"""Which port is asked for, and what is said when it cannot be had."""

import socket

import pytest

from config.failure import Failure
from config.ports import addresses, chosen_port


@pytest.fixture(params=[(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")], ids=["IPv4", "IPv6"])
def taken(request):
    """A port that another program listens on, under one of the two meanings of localhost."""
    family, host = request.param
    with socket.socket(family, socket.SOCK_STREAM) as other:
        other.bind((host, 0))
        other.listen()
        yield other.getsockname()[1]


def test_port_is_8000_unless_named(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    assert chosen_port() == 8000


def test_port_is_the_named_one(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    assert chosen_port() == 8123


@pytest.mark.parametrize("raw", ["http", "0", "65536", "-1", "80.5", "٨٠٠٠"])
def test_port_that_is_no_port_is_refused(monkeypatch, raw):
    monkeypatch.setenv("PORT", raw)
    with pytest.raises(
        Failure, match=r"^PORT must be a number from 1 to 65535, not .*: for example PORT=8001 make run\.$"
    ):
        chosen_port()


def test_port_of_another_program_is_refused_with_another_to_try(taken):
    with pytest.raises(Failure) as raised:
        addresses(taken)
    assert str(raised.value) == (
        f"Port {taken} is taken by another program: stop that one, or choose another port, for example "
        f"PORT={taken + 1} make run."
    )
