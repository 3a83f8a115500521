"""What the settings insist on in production, seen from outside: each case is a process of its own."""

import os
import subprocess
import sys

PRODUCTION = {
    "PATH": os.environ["PATH"],
    "DATABASE_URL": os.environ["DATABASE_URL"],
    "SECRET_KEY": "a-secret-of-this-installation-alone-3f9d2c7be14a86055d71",
    "ALLOWED_HOSTS": "retainer.example",
    "MAIL_HOST": "mail.example",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "manage.py", *arguments], env=environment, capture_output=True, text=True)


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in PRODUCTION.items() if key != name}


def test_production_passes_the_deployment_check():
    checked = manage("check", "--deploy", "--fail-level=INFO", **PRODUCTION)
    assert (checked.returncode, checked.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_default_secret_outside_of_development_is_refused():
    refused = manage("check", **without("SECRET_KEY"))
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith(
        "Set SECRET_KEY in the environment: the default one is for DEBUG=1 alone."
    )


def test_production_without_a_host_name_is_refused():
    refused = manage("check", **without("ALLOWED_HOSTS"))
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith(
        "Set ALLOWED_HOSTS in the environment: without it, no request is answered."
    )


def test_database_address_that_came_out_empty_is_refused():
    refused = manage("check", **(PRODUCTION | {"DATABASE_URL": ""}))
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith("DATABASE_URL must look like postgresql://user@host:5432/retainer.")


def test_flag_with_a_typing_mistake_stops_the_start_and_is_named():
    refused = manage("check", **PRODUCTION, HTTPS="ja")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith("HTTPS must be yes or no, not 'ja'.")
