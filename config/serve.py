"""`make run`: database, migrations, demo data, web and worker; Ctrl-C stops them all in order."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from types import FrameType

from django.utils.module_loading import import_string

from config import embedded, local
from config.failure import Failure, exit_status
from config.ports import addresses, chosen_port
from config.processes import end_group
from config.running import DATA, ROOT, Run

PYTHON = str(ROOT / ".venv" / "bin" / "python")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ANSWER_SECONDS = 60
STOP_SECONDS = 15

Children = dict[str, subprocess.Popen[bytes]]


class Stop(BaseException):
    """Somebody asked for the end: Ctrl-C, a closed terminal, or `kill`."""


def main() -> int:
    """Serve until somebody stops it."""
    for number in SIGNALS:
        # Under nohup the terminal may close.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        _serve()
    except Stop:
        print("Stopped.", flush=True)
    return 0


def _serve() -> None:
    port = chosen_port()
    run = Run()
    os.environ["BIND"] = ",".join(addresses(port))
    address = f"http://localhost:{port}"
    with _database(run, address) as is_embedded:
        local.provide_settings()
        _manage("migrate", "--no-input", "--verbosity=0")
        _collect_static_files()
        if is_embedded:
            _load_demo_data()
        with _children(run, address) as children:
            _wait_until_web_answers(port, children["web"])
            _greet(address, with_logins=is_embedded)
            _watch(children)


@contextlib.contextmanager
def _database(run: Run, address: str) -> Iterator[bool]:
    """The embedded server, unless the environment names another; stopped again by the run that started it."""
    if os.environ.get("DATABASE_URL"):
        yield False
        return
    run.owns_database |= not embedded.LASTING.is_running()
    run.note(address)
    try:
        print("Starting the database ...", flush=True)
        os.environ["DATABASE_URL"] = embedded.start()
        yield True
    finally:
        _ignore_signals()
        if run.owns_database:
            embedded.LASTING.stop()
        run.finish()


@contextlib.contextmanager
def _children(run: Run, address: str) -> Iterator[Children]:
    """Web and worker, each in a session of its own, so that Ctrl-C reaches this process alone."""
    commands = {
        "web": ["-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"],
        "worker": ["manage.py", "procrastinate", "worker"],
    }
    children: Children = {}
    try:
        for name, command in commands.items():
            children[name] = subprocess.Popen([PYTHON, *command], stdin=subprocess.DEVNULL, start_new_session=True)
            run.note(address, children=[child.pid for child in children.values()])
        yield children
    finally:
        _ignore_signals()
        print("\nStopping ...", flush=True)
        for child in children.values():
            child.terminate()
        for child in children.values():
            end_group(child.pid, seconds=STOP_SECONDS)


def _collect_static_files() -> None:
    """Collect them unless nothing has changed since: it takes as long as all the rest of a second start."""
    sources = [ROOT / ".venv" / "made-from", ROOT / "static", *(ROOT / "static").rglob("*")]
    collected = ROOT / "staticfiles" / "staticfiles.json"
    newest = max(source.stat().st_mtime for source in sources if source.exists())
    if not collected.exists() or collected.stat().st_mtime < newest:
        _manage("collectstatic", "--no-input", "--clear", "--verbosity=0")


def _load_demo_data() -> None:
    """Ask for the demo data once for each database: whoever deletes it all does not get it back."""
    mark = DATA / "demo_loaded"
    identifier = embedded.LASTING.identifier()
    if mark.exists() and mark.read_text() == identifier:
        return
    print("Loading the demo data, this once ...", flush=True)
    _manage("seed_demo")
    mark.write_text(identifier)


def _manage(*arguments: str) -> None:
    """Run a management command; what it says goes to the screen only when it fails."""
    done = subprocess.run(
        [PYTHON, "manage.py", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    if done.returncode:
        log = DATA / "failed-command.log"
        log.write_text(done.stdout + done.stderr)
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        # A CommandError says it first, a traceback last.
        reason = lines[-1] if "Traceback" in done.stderr else lines[0]
        raise Failure(f'"manage.py {" ".join(arguments)}" failed ({log} has it all): {reason}')


def _wait_until_web_answers(port: int, web: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + ANSWER_SECONDS
    while web.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            connection.request("GET", "/")
            status = connection.getresponse().status
            if status >= 500:
                raise Failure(f"The first page answers with an error ({status}): the messages above say why.")
            return
        time.sleep(0.05)
    raise Failure("The web server does not answer: the messages above say why.")


def _greet(address: str, *, with_logins: bool) -> None:
    lines = [f"\nRetainer runs at {address}  (Ctrl-C stops it)\n"]
    if with_logins:
        people = import_string("core.demo_logins.DEMO_LOGINS")
        lines += ["Sign in as one of these:"]
        lines += [f"  {group:<18} {email:<24} {password}" for group, email, password in people]
        lines += [""]
    # In one piece: whoever waits for the address reads the logins with it.
    print("\n".join(lines), flush=True)


def _watch(children: Children) -> None:
    """Sleep until a process of ours ends, which none does by itself."""
    names = {child.pid: name for name, child in children.items()}
    pid, status = os.wait()
    name = names.get(pid, "database")
    raise Failure(f"The {name} process has ended with status {os.waitstatus_to_exitcode(status)}: see above.")


def _stop(number: int, frame: FrameType | None) -> None:
    _ignore_signals()
    raise Stop


def _ignore_signals() -> None:
    """Whoever is impatient does not interrupt the stopping."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(exit_status(main))
