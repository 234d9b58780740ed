"""What studying a log costs: its sessions, its status intervals, and frames of all three."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from time import perf_counter

from owidget_jupyter import EventLog
from tests.bench.appending import fitted_exponent
from tests.bench.result import Ratio, Row, Spread
from tests.bench.rig import Rig

LENGTHS = (12_500, 25_000, 50_000, 100_000)
ROUNDS = 9
#: Most microseconds an event in the longest log.
MARK = 10.0
#: Total cost as a power of the length: what is linear has 1.
LINEAR = 1.1

_TYPES = (
    "chatWindowOpen",
    "chatSessionCreated",
    "chatSessionStarted",
    "chatSessionEnded",
    "chatWindowClosed",
)
_BEGIN = datetime(2026, 1, 1, tzinfo=timezone.utc)

Study = Callable[[EventLog], Callable[[], object]]

#: What people call, by what it is called on; frames are made of what is there already.
STUDIES: dict[str, Study] = {
    "sessions()": lambda log: log.sessions,
    "status_intervals()": lambda log: log.status_intervals,
    "to_pandas()": lambda log: log.to_pandas,
    "sessions().to_pandas(), the frame alone": lambda log: log.sessions().to_pandas,
    "status_intervals().to_pandas(), the frame alone": lambda log: log.status_intervals().to_pandas,
}


def measure(rig: Rig) -> list[Row]:
    """Study logs of several lengths in turn.

    Medians are what an event costs in the longest; the exponent is fitted to the best rounds, for
    whatever else the machine does can only add to a round.
    """
    rig.say(f"Studying logs of up to {LENGTHS[-1]:,} events, {ROUNDS} rounds")
    logs = {length: visits(length) for length in LENGTHS}
    rows = [row for what in STUDIES for row in _study(what, STUDIES[what], logs)]
    del logs  # or the collector would look through it meanwhile
    logs = {length: visits(length, late=True) for length in LENGTHS}
    what = "sessions() of what pages told late"
    return [*rows, *_study(what, STUDIES["sessions()"], logs)]


def _study(what: str, study: Study, logs: dict[int, EventLog]) -> list[Row]:
    studies = {length: study(log) for length, log in logs.items()}
    taken: dict[int, list[float]] = {length: [] for length in logs}
    for _ in range(ROUNDS):
        for length, costs in taken.items():
            begin = perf_counter()
            studies[length]()
            costs.append(1e6 * (perf_counter() - begin))
    each = {
        length: Spread([cost / length for cost in costs], "µs") for length, costs in taken.items()
    }
    longest = each[LENGTHS[-1]]
    most = Ratio("µs an event", longest.median, most=MARK)
    shown = " → ".join(f"{spread.median:.3g}" for spread in each.values())
    best = {length: min(costs) for length, costs in taken.items()}
    exponent = Ratio("exponent", fitted_exponent(best), most=LINEAR)
    return [
        Row(f"{what}, {LENGTHS[-1]:,} events: each", longest, ratio=most),
        Row(f"{what}, {LENGTHS[0]:,} … events: each", f"{shown} µs", ratio=exponent),
    ]


def visits(count: int, *, late: bool = False) -> EventLog:
    """Return a log of visitors one after another, each event a batch.

    Three pages see them, in turns of a thousand events; or it is nine pages in no order, each of
    which tells up to some minutes afterwards what it saw.
    """
    chance = random.Random(1)
    rows = []
    at = _BEGIN
    for number in range(count):
        at += timedelta(seconds=10 * chance.random())
        skew = round(0.01 + 0.05 * chance.random(), 3)
        page = f"page-{chance.randrange(9) if late else number // 1_000 % 3}"
        status = number % 7 == 0
        type = "status" if status else _TYPES[(number - number // 7 - 1) % len(_TYPES)]
        detail = {"code": number // 7 % 3} if status else {"n": number}
        seen = at - timedelta(seconds=300 * chance.random() if late else 0)
        rows.append((type, seen, at + timedelta(seconds=skew), skew, page, detail, False))
    log = EventLog(count)
    log._extend(rows)
    return log
