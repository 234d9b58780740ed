"""How quiet the machine is: its load, and how evenly it gets through the same work."""

from __future__ import annotations

import os
from collections.abc import Iterable
from time import perf_counter

from tests.bench.result import Spread

#: Of the same work, each time that it is asked for.
REPEATS = 5
#: Steps of the work: some 50 ms of one core, without a single allocation that lasts.
STEPS = 1_000_000


class Noise:
    """The machine's load before, and the milliseconds of some fixed work, taken again and again.

    Nothing is measured meanwhile: whatever makes these times differ was done by others, or by the
    machine itself.

    Attributes:
        load: The average number of processes that ran or wanted to, in the minute before.
        times: How long the work took, a list for each moment.
    """

    def __init__(self) -> None:
        self.load = load()
        self.times: list[list[float]] = []

    def take(self) -> None:
        """Do the work now."""
        self.times.append([_work() for _ in range(REPEATS)])

    @property
    def spread(self) -> Spread:
        """All of its times."""
        return spread_of(self.times)


def spread_of(times: Iterable[Iterable[float]]) -> Spread:
    """Return the times of all moments."""
    return Spread([taken for moment in times for taken in moment], "ms")


def load() -> float:
    """Return the machine's load, averaged over the last minute."""
    return round(os.getloadavg()[0], 2)


def _work() -> float:
    total = 0
    begin = perf_counter()
    for step in range(STEPS):
        total += step % 7
    return 1e3 * (perf_counter() - begin)
