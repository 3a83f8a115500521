"""`manage.py seed_demo`: a believable company to try Retainer with, or a database full of customers to measure it."""

from __future__ import annotations

import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand

from customers.demo.benchmark import fill, settle
from customers.demo.loading import load_demo
from customers.models import Customer


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ArgumentTypeError("ask for one customer or more")
    return number


class Command(BaseCommand):
    """Loads the demo data into a database without customers; where there are some, it changes nothing."""

    help = "Load the demo data: about 2,400 customers with two years of history. Does nothing where customers exist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many, when it is to be measured and not looked at."""
        parser.add_argument(
            "--customers", type=_at_least_one, metavar="N", help="fill a benchmark database with N customers instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many there are."""
        there = Customer.objects.count()
        if there:
            self.stdout.write(f"There are {there:,} customers already: nothing was changed.")
            return
        started = time.monotonic()
        count = options["customers"]
        if count is None:
            count = load_demo()
        else:
            fill(count, say=lambda stage: self._say(stage, started))
            self._say("tidying up", started)
            settle()
        self.stdout.write(f"Loaded {count:,} customers in {time.monotonic() - started:.1f} s.")

    def _say(self, stage: str, started: float) -> None:
        self.stdout.write(f"{time.monotonic() - started:6.1f} s  {stage}")
        self.stdout.flush()
