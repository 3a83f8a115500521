#!/usr/bin/env python
"""Django's command line, with the embedded database at hand when `DATABASE_URL` names none."""

import os
import sys


def main() -> None:
    """Run the management command that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # The settings read DATABASE_URL, so the database must be known before Django loads them.
    from config import embedded

    embedded.provide_database_url()

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
