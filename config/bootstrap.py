"""Make `.venv` from requirements.lock, then go on in it. Standard library alone: nothing is installed yet.

`python -m config.bootstrap run` (or test, bench, lint, lock, shell) is what the Makefile calls.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

from config.failure import Failure, exit_status
from config.ports import addresses, chosen_port
from config.running import ROOT, Run

ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = ENVIRONMENT / "made-from"
FREE_BYTES = 1_000_000_000  # The environment takes about half of it, the demo database a fifth.

TARGETS = {
    "run": ["-m", "config.serve"],
    "test": ["-m", "config.proof"],
    "lint": ["-m", "config.proof", "--lint"],
    "bench": ["-m", "tests.benchmarks"],
    "shell": ["manage.py", "shell"],
    "lock": [
        *("-m", "uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal", "--python-version", "3.12"),
        *("--generate-hashes", "--no-header", "--quiet", "--output-file", "requirements.lock"),
    ],
}


def main(target: str) -> int:
    """Prepare, then become the program of `target`."""
    os.chdir(ROOT)
    if target == "run":
        # Asked first: nobody should wait for an installation to hear that the port is taken.
        Run().release()
        addresses(chosen_port())
    if not _is_current():
        _check_disk()
        _install()
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), *TARGETS[target]])


def _fingerprint() -> str:
    """What the environment depends on: the lock, the interpreter, and where the checkout is."""
    parts = (LOCK.read_bytes(), sys.version.encode(), os.fsencode(ROOT))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _is_current() -> bool:
    return STAMP.exists() and PYTHON.exists() and STAMP.read_text() == _fingerprint()


def _check_disk() -> None:
    if not os.access(ROOT, os.W_OK):
        raise Failure(f"{ROOT} cannot be written: give it to yourself, or clone Retainer where you may write.")
    free = shutil.disk_usage(ROOT).free
    if free < FREE_BYTES:
        raise Failure(
            f"The disk of {ROOT} has {free // 1_000_000} MB left, and Retainer needs {FREE_BYTES // 1_000_000} MB: "
            "free some space and run this again."
        )


def _install() -> None:
    print("Installing what requirements.lock names into .venv ...", flush=True)
    if not _is_same_interpreter():
        # Without the system's packages, and without what an older lock or interpreter left behind.
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        _call([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    STAMP.unlink(missing_ok=True)
    _install_uv()
    sync = [str(PYTHON), "-m", "uv", "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), str(LOCK)]
    # The system's certificates, as pip takes them; copies, so that no two checkouts share a file.
    environment = os.environ | {"UV_SYSTEM_CERTS": "1", "UV_LINK_MODE": "copy"}
    if subprocess.run(sync, env=environment, capture_output=True).returncode:
        # pip knows proxies and mirrors that a company may have configured for it alone.
        print("Trying again with pip, which takes longer ...", flush=True)
        _call([str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)])
    STAMP.write_text(_fingerprint())


def _is_same_interpreter() -> bool:
    if not PYTHON.exists():
        return False
    ask = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    return subprocess.run(ask, capture_output=True, text=True).stdout.strip() == sys.version.strip()


def _install_uv() -> None:
    """uv installs in seconds what takes pip half a minute; its own version and hashes come from the lock."""
    lines = LOCK.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("uv=="))
    end = next((number for number in range(start + 1, len(lines)) if not lines[number].startswith(" ")), len(lines))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as pins:
        pins.write("\n".join(lines[start:end]) + "\n")
        pins.flush()
        _call([*_pip("install"), "--quiet", "--require-hashes", "--no-deps", "-r", pins.name])


def _pip(*arguments: str) -> list[str]:
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments]


def _call(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode == 0:
        return
    if "No space left on device" in done.stdout:
        raise Failure(f"The disk of {ROOT} is full: free {FREE_BYTES // 1_000_000} MB and run this again.")
    reason = (done.stdout.strip().splitlines() or ["no reason given"])[-1]
    raise Failure(f'Nothing was started, because "{" ".join(command[1:5])} ..." failed: {reason}')


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"Name one of: {', '.join(TARGETS)}.")
    sys.exit(exit_status(lambda: main(sys.argv[1])))
