"""`make bench`: the customer list beside the stock Django admin, on 100,000 customers (`CUSTOMERS` changes it)."""

import os
from importlib import import_module

import django

from config import embedded, env

if __name__ == "__main__":
    customers = env.integer("CUSTOMERS", 100_000)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "DATABASE_URL": embedded.start(f"bench_{customers}"),
        "SECRET_KEY": "of-a-server-that-lives-for-a-minute-" * 2,
        "ALLOWED_HOSTS": "localhost",
        "HTTPS": "no",
        "STATEMENT_TIMEOUT": "0",
    }
    django.setup()
    # Models can be imported from here on.
    import_module("tests.benchmarks.bench").main(customers, rounds=env.integer("ROUNDS", 60))
