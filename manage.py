#!/usr/bin/env python
"""Django's command line, with the embedded database at hand when `DATABASE_URL` names none."""

import os
import sys

from django.core.management import execute_from_command_line

from config import local
from config.failure import exit_status


def main() -> int:
    """Run the management command that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # The settings read DATABASE_URL, so the database must be known before Django loads them.
    local.provide_environment()
    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
