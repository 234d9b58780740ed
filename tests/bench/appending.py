"""What appending to the event log costs, by how long the log is."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from datetime import datetime, timezone
from time import perf_counter

from owidget_jupyter import EventLog
from tests.bench.result import Ratio, Row, Spread
from tests.bench.rig import Rig

LENGTHS = (100, 1_000, 10_000, 100_000)
#: So many appends for each length in each round: several logs' worth where the log is short.
APPENDS = 100_000
ROUNDS = 9
#: Cost as a power of the length: what is flat has 0, what copies the log has 1.
MARK = 0.1

_AT = datetime(2026, 1, 1, tzinfo=timezone.utc)
_DETAIL = {"n": 1}


def measure(rig: Rig) -> list[Row]:
    """Time appends to a log without a bound and to one that is at it, lengths interleaved.

    The best round of each length counts: whatever else the machine does can only add to it. As
    many entries are appended as are there already, so that the rare costly steps (a list that
    outgrows its place, dropped entries that are swept out) are in it, and so is the collector.
    """
    rig.say(f"Appending to the log, {APPENDS:,} entries for each length, {ROUNDS} rounds")
    rows = []
    for what, bound in (("without a bound", lambda length: 10 * length), ("at its bound", int)):
        costs: dict[int, list[float]] = {length: [] for length in LENGTHS}
        for _ in range(ROUNDS):
            for length, taken in costs.items():
                taken.append(cost_of_append(length, bound))
        best = {length: min(taken) for length, taken in costs.items()}
        for length, taken in costs.items():
            rows.append(Row(f"append, {what}, {length:,} entries", Spread(taken, "µs")))
        exponent = Ratio("exponent", fitted_exponent(best), most=MARK)
        shortest, longest = best[LENGTHS[0]], best[LENGTHS[-1]]
        ours = f"{shortest:.2f} → {longest:.2f} µs"
        rows.append(Row(f"append, {what}, best rounds", ours, ratio=exponent))
    return rows


def cost_of_append(length: int, bound: Callable[[int], int]) -> float:
    """Return the microseconds of one append to a log that has `length` entries already."""
    taken = 0.0
    for _ in range(APPENDS // length):
        log = EventLog(bound(length))
        _append(log, length)
        begin = perf_counter()
        _append(log, length)
        taken += perf_counter() - begin
    return 1e6 * taken / APPENDS


def fitted_exponent(costs: dict[int, float]) -> float:
    """Return k of cost = c · lengthᵏ, fitted by least squares on both logarithms."""
    lengths = [math.log(length) for length in costs]
    taken = [math.log(cost) for cost in costs.values()]
    return statistics.linear_regression(lengths, taken).slope


def _append(log: EventLog, count: int) -> None:
    for _ in range(count):
        log._append("chatWindowOpen", _AT, _AT, 0.0, "page", _DETAIL)
