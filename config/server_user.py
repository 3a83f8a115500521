"""Whom the embedded PostgreSQL runs as, and what that user must be able to reach.

An ordinary user runs it as himself. PostgreSQL refuses root, so root runs it as the owner of the data folder, or as a
system user made for it.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import TypedDict

from config.failure import Failure

SYSTEM_USER = "embedded_postgres"


class Identity(TypedDict, total=False):
    """The arguments of `subprocess` that change the user."""

    user: int
    group: int
    extra_groups: list[int]


def server_user(folder: Path) -> pwd.struct_passwd:
    """The user who runs the server of `folder`."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid())
    owner = folder.stat().st_uid
    return pwd.getpwuid(owner) if owner else _system_user()


def identity(user: pwd.struct_passwd) -> Identity:
    """What to pass to `subprocess` so that the program runs as `user`."""
    if user.pw_uid == os.geteuid():
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def take_over(folder: Path, programs: Path) -> None:
    """Make the data folder the server user's own, and let that user reach it and PostgreSQL's programs.

    A folder that was copied by root, or with wider permissions than PostgreSQL accepts, is mended; a folder of another
    user is a Failure.
    """
    user = server_user(folder)
    if folder.stat().st_uid != user.pw_uid:
        if os.geteuid():
            raise Failure(
                f"{folder} belongs to {_name(folder.stat().st_uid)}, and PostgreSQL runs only for the owner: take it "
                f'over with "sudo chown -R {user.pw_name} {folder}", or run this as its owner.'
            )
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    folder.chmod(0o700)
    if user.pw_uid != os.geteuid():
        _open_the_way(folder)
        _open_the_way(programs)
        _make_readable(programs.parent)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    if not shutil.which("useradd"):
        raise Failure("PostgreSQL does not run as root, and no user can be made here: run this as an ordinary user.")
    # Its home is nowhere and nobody can sign in as it.
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", SYSTEM_USER]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        raise Failure(f"PostgreSQL does not run as root, and its user could not be made: {made.stderr.strip()}")
    return pwd.getpwnam(SYSTEM_USER)


def _open_the_way(path: Path) -> None:
    """Let the server user pass through the folders above, without letting anybody list them."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
            print(f"{folder} may now be passed through (chmod o+x): PostgreSQL does not run as root.", flush=True)


def _make_readable(folder: Path) -> None:
    """A strict umask leaves the installed programs to root alone."""
    if folder.stat().st_mode & stat.S_IXOTH and (folder / "bin" / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        runs = path.is_dir() or mode & stat.S_IXUSR
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if runs else 0))


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
