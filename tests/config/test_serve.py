"""`make run` from outside: one run that is stopped, one that is killed, one that finds what the killed one left."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys

import pytest

from config.processes import command_line
from config.running import ROOT

READY = re.compile(r"Retainer runs at (\S+)")
PATIENCE = 240


class Serving:
    """One `python -m config.serve` on a port and a data folder of its own."""

    def __init__(self, data, port):
        self.output = ""
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEBUG"}}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.serve"],
            env=kept | {"DATA_DIR": str(data), "PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
        )

    def until_ready(self):
        """Read what it says until it names its address."""
        for line in self.process.stdout:
            self.output += line
            if READY.search(line):
                return self
        pytest.fail(self.output)

    def end(self, number):
        """Send a signal and read the rest."""
        self.process.send_signal(number)
        if number != signal.SIGKILL:
            # The servers of a killed run keep its output open.
            # Not `communicate`, which knows nothing of lines that were read ahead with the address.
            self.output += self.process.stdout.read()
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serving(data, port):
    serving = Serving(data, port)
    yield serving.until_ready()
    if serving.process.poll() is None:
        serving.end(signal.SIGTERM)


def status_of(port, path):
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", path)
        return connection.getresponse().status


def processes_of(data):
    """What still runs out of this data folder."""
    listed = (int(name) for name in os.listdir("/proc") if name.isdigit())
    return [line for pid in listed if str(data) in " ".join(line := command_line(pid))]


def test_run_says_where_and_as_whom_to_sign_in_and_ctrl_c_ends_it_without_a_complaint(serving, data, port):
    assert READY.search(serving.output)[1] == f"http://localhost:{port}"
    assert status_of(port, "/account/login/") == 200
    assert serving.end(signal.SIGINT) == 0
    logins = re.findall(r"^  (\w[\w ]*?) {2,}\S+@retainer\.test", serving.output, re.MULTILINE)
    assert logins == ["Superuser", "Administrator", "Support agent", "Billing operator", "Viewer"]
    assert serving.output.splitlines()[-2:] == ["Stopping ...", "Stopped."]
    assert "Traceback" not in serving.output
    assert processes_of(data) == []


def test_second_run_of_a_checkout_is_refused_with_the_address_of_the_first(serving, data, port):
    second = Serving(data, port + 1)
    output = second.process.communicate(timeout=PATIENCE)[0]
    assert (second.process.returncode, output.strip()) == (
        1,
        f"Retainer runs already, at http://localhost:{port}: stop that one with Ctrl-C first.",
    )
    assert serving.end(signal.SIGTERM) == 0
    assert processes_of(data) == []


def test_run_after_a_killed_one_takes_over_its_port_and_its_data(serving, data, port):
    serving.end(signal.SIGKILL)
    again = Serving(data, port).until_ready()
    assert status_of(port, "/account/login/") == 200
    assert again.end(signal.SIGINT) == 0
    assert processes_of(data) == []
