"""The environment of a checkout that nobody has configured: the embedded database, and a secret of its own."""

import os
import secrets

from config import embedded
from config.failure import Failure
from config.running import DATA


def provide_environment() -> None:
    """Let the commands of a checkout work at once; an environment that names a database is left as it is.

    A production server names its database, so it never gets a secret or a host by accident; a name that came out
    empty is a fault of the environment, which the settings report.
    """
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = embedded.start()
        provide_settings()


def provide_settings() -> None:
    """What the settings insist on, for http://localhost and as strict as production otherwise."""
    os.environ.setdefault("SECRET_KEY", _secret_key())
    os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
    os.environ.setdefault("HTTPS", "no")


def _secret_key() -> str:
    """The secret of this checkout, made once: sessions survive a restart."""
    path = DATA / "secret_key"
    try:
        if not path.exists():
            DATA.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(64))
        return path.read_text()
    except PermissionError:
        raise Failure(f"{path} belongs to another user: give {DATA} to yourself, or run this as its owner.") from None
