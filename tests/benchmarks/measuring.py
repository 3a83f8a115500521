"""Timing requests over one connection, in rounds that take turns, so that a busy moment hits both sides."""

from __future__ import annotations

import http.client
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.benchmarks.scenarios import FLOOR, Scenario

_ROW = re.compile(rb"/customers/(?:customer/)?([0-9a-f]{8}-[0-9a-f-]{27})/")
_MILLISECONDS = 1_000


@dataclass(slots=True)
class Timings:
    """How long a request took, in milliseconds, once for each round."""

    values: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """The time that this share of the requests stayed below."""
        ordered = sorted(self.values)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


@dataclass(frozen=True, slots=True)
class Measured:
    """The timings of both sides of a scenario."""

    scenario: Scenario
    ours: Timings
    stock: Timings

    @property
    def ratio(self) -> float:
        """How many times as fast Retainer was, by the middle request."""
        return self.stock.percentile(0.5) / self.ours.percentile(0.5)


class Visitor:
    """A signed-in person with one open connection."""

    def __init__(self, port: int, session: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"Cookie": f"sessionid={session}", "Host": f"localhost:{port}"}

    def get(self, address: str) -> bytes:
        """The page at an address, read to its end."""
        self._connection.request("GET", address, headers=self._headers)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != http.client.OK:
            raise RuntimeError(f"{address} answered {response.status}: {body[:500]!r}")
        return body


def rows_on(page: bytes) -> list[bytes]:
    """The ids of the customers that a page shows, in order."""
    return list(dict.fromkeys(_ROW.findall(page)))


def measure(visitor: Visitor, scenarios: Sequence[Scenario], rounds: int) -> tuple[list[Measured], Timings]:
    """Both sides of every scenario, and the floor, in every round, in an order drawn anew for each round."""
    measured = [Measured(scenario, Timings(), Timings()) for scenario in scenarios]
    floor = Timings()
    jobs = [(FLOOR, floor)]
    jobs += [(each.scenario.ours, each.ours) for each in measured]
    jobs += [(each.scenario.stock, each.stock) for each in measured]
    for address, _ in jobs:
        visitor.get(address)  # plans, caches and pools are warm on both sides
    for _ in range(rounds):
        random.shuffle(jobs)
        for address, timings in jobs:
            started = time.perf_counter()
            visitor.get(address)
            timings.values.append((time.perf_counter() - started) * _MILLISECONDS)
    return measured, floor
