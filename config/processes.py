"""What a process is and how it ends. Standard library alone."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def command_line(pid: int) -> list[str]:
    """What the process runs; empty when there is none."""
    if Path("/proc/self/cmdline").exists():
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
        return []
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return shown.stdout.split()


def is_alive(pid: int) -> bool:
    """Whether the number is in use, be it by a process that has ended and was not collected yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid > 0


def processes_in(folder: Path, program: str) -> list[int]:
    """The processes of that name that work in the folder; none where the system does not tell."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        # A process may end while it is looked at, and others' are not to be seen.
        with contextlib.suppress(OSError):
            if (process / "comm").read_text().strip() == program and (process / "cwd").resolve() == folder:
                found.append(int(process.name))
    return found


def end_group(pid: int, *, seconds: float) -> None:
    """End the process and all it has started: kindly first, by force after `seconds`. It must lead its own group."""
    deadline = time.monotonic() + seconds
    with contextlib.suppress(ProcessLookupError):
        # The leader alone: it stops what it has started in its own order.
        os.kill(pid, signal.SIGTERM)
        while time.monotonic() < deadline:
            # A child of ours has to be collected before its group counts as gone.
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            os.killpg(pid, 0)
            time.sleep(0.02)
        os.killpg(pid, signal.SIGKILL)
