"""Fill a database, serve it, measure both sides, print a table."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command

from core.models import User
from core.models.session import SessionStore
from customers.models import Customer
from tests.benchmarks.measuring import Measured, Timings, Visitor, measure, rows_on
from tests.benchmarks.scenarios import scenarios

_ROOT = Path(__file__).resolve().parent.parent.parent
_START_SECONDS = 30


def main(customers: int, *, rounds: int) -> None:
    """The whole benchmark."""
    _fill(customers)
    person, session = _signed_in()
    planned = scenarios(person.pk)
    with _server() as port:
        visitor = Visitor(port, session)
        for each in planned:
            ours, stock = (rows_on(visitor.get(address)) for address in (each.ours, each.stock))
            if ours != stock:
                print(f"Note: {each.name} shows other rows here ({len(ours)}) than there ({len(stock)}).")
        measured, floor = measure(visitor, planned, rounds)
    print(f"\n{customers:,} customers, {rounds} rounds, milliseconds over HTTP on one connection\n")
    _print(measured, floor)


def _fill(customers: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Customer.objects.exists():
        print(f"Filling a database with {customers:,} customers, once ...", flush=True)
        call_command("seed_demo", customers=customers)


def _signed_in() -> tuple[User, str]:
    """A superuser, whom the stock admin demands, and the session that both sides are visited with."""
    email = "bench@retainer.test"
    person = User.objects.filter(email=email).first() or User.objects.create_superuser(email, name="Bench")
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "core.accounts.Backend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return person, str(session.session_key)


@contextmanager
def _server() -> Iterator[int]:
    """The web server of production with one worker; yields its port."""
    port = _free_port()
    environment = os.environ | {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1"}
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    server = subprocess.Popen(command, cwd=_ROOT, env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The measured server did not start.")


def _print(measured: Sequence[Measured], floor: Timings) -> None:
    print(f"{'':36}{'Retainer':>18}{'Django admin':>20}")
    print(f"{'':36}{'p50':>9}{'p95':>9}{'p50':>11}{'p95':>9}{'ratio':>9}")
    for each in measured:
        ours, stock = ((side.percentile(0.5), side.percentile(0.95)) for side in (each.ours, each.stock))
        print(f"{each.scenario.name:36}{ours[0]:9.1f}{ours[1]:9.1f}{stock[0]:11.1f}{stock[1]:9.1f}{each.ratio:8.1f}x")
    share = measured[0].ours.percentile(0.5) / floor.percentile(0.5)
    print(
        f"\nAn empty page in the same frame takes {floor.percentile(0.5):.1f}; the first page {share:.1f} times that."
    )
