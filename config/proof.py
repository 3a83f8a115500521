"""`make test` and `make lint`: style, types, migrations, then every test in a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

from config import browser, embedded
from config.failure import exit_status
from config.running import ROOT

PROGRAMS = Path(sys.executable).parent
TEMPLATES = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))]
LINTS = {
    "ruff check": ["ruff", "check", "--output-format=concise", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "djade": ["djade", "--check", "--target-version", "6.1", *TEMPLATES],
    "mypy": ["mypy"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
}
TESTS = ["pytest", "--numprocesses=2", "--quiet"]


def main() -> int:
    """Run them all, even after a failure, and name those that failed."""
    with_tests = "--lint" not in sys.argv
    _provide_environment(with_browser=with_tests and os.environ.get("BROWSER", "").lower() != "no")
    started = None
    if not os.environ.get("DATABASE_URL"):
        started = None if embedded.TESTS.is_running() else embedded.TESTS
        os.environ["DATABASE_URL"] = embedded.TESTS.start()
    try:
        steps = LINTS | ({"tests": TESTS} if with_tests else {})
        failed = [name for name, command in steps.items() if not _passes(name, command)]
    except KeyboardInterrupt:
        failed = ["what was interrupted"]
    finally:
        if started:
            started.stop()
    if failed:
        print(f"\nNot in order: {', '.join(failed)}.", file=sys.stderr, flush=True)
    return 1 if failed else 0


def _provide_environment(*, with_browser: bool) -> None:
    os.environ["DEBUG"] = "1"
    if with_browser:
        chromium = browser.provide()
        os.environ["CHROMIUM"] = chromium.program
        os.environ["CHROMIUM_LIBRARY_PATH"] = chromium.libraries


def _passes(name: str, command: list[str]) -> bool:
    print(f"--- {name}", flush=True)
    return subprocess.run([PROGRAMS / command[0], *command[1:]], stdin=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
