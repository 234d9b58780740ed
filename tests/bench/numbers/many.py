"""Many numbers at once, beside a loop over the library."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.numbers import loop
from tests.bench.numbers.texts import HOME, column
from tests.bench.result import Ratio, Row, Spread, times_less
from tests.bench.rig import Rig

COUNT = 100_000
#: Shares of the column that are copies: such as a firm's address book may have, and none at all.
REPEATED = (0.2, 0.0)
ROUNDS = 3
#: Least times that the plain loop takes what `normalize_many` does.
MARK = 4.0

OURS = loop.normalize_many.__name__
#: Each rival by its name, and its mark.
RIVALS = {loop.plain_loop.__name__: MARK, loop.plain_loop_with_pattern_cache.__name__: None}

_NO_DIGIT = re.compile("[^0-9]+")


@dataclass(frozen=True)
class Run:
    """What one contender made of a column.

    Attributes:
        cost: Microseconds of CPU a number: of a first use, whose patterns are still to compile.
        digits: Those of each number that was accepted, and None for each that was not.
    """

    cost: float
    digits: list[str | None]


def measure(rig: Rig) -> list[Row]:
    """Have each contender normalise each column in turn, each time in a fresh process."""
    return [row for repeated in REPEATED for row in _compare(rig, repeated)]


def _compare(rig: Rig, repeated: float) -> list[Row]:
    share = f"{repeated:.0%} of them repeated"
    rig.say(f"Normalising {COUNT:,} numbers of all regions, {share}, {ROUNDS} rounds")
    texts = json.dumps(column(COUNT, repeated))
    runs: dict[str, list[Run]] = {name: [] for name in (OURS, *RIVALS)}
    for number in range(1, ROUNDS + 1):
        for name, taken in runs.items():
            taken.append(_take(name, texts))
            rig.say(f"  {number}/{ROUNDS}  {name:<31}{taken[-1].cost:6.1f} µs a number")
    what, ours = f"{COUNT:,} numbers, {share}", _costs(runs[OURS])
    rows = []
    for name, least in RIVALS.items():
        rival = _costs(runs[name])
        ratio = times_less(ours, rival, least)
        rows.append(Row(f"{what}: {name.replace('_', ' ')}, CPU a number", ours, rival, ratio))
    here, there = runs[OURS][0].digits, runs[loop.plain_loop.__name__][0].digits
    unlike = sum(one != other for one, other in zip(here, there, strict=True))
    ratio = Ratio("unlike", unlike, most=0)
    return [*rows, Row(f"{what}: results", _accepted(here), _accepted(there), ratio)]


def _take(name: str, texts: str) -> Run:
    done = subprocess.run(
        [sys.executable, loop.__file__, name, HOME],
        input=texts,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    digits = [each and _NO_DIGIT.sub("", each) for each in told["results"]]
    return Run(1e6 * told["taken"] / COUNT, digits)


def _costs(runs: Sequence[Run]) -> Spread:
    return Spread([run.cost for run in runs], "µs")


def _accepted(digits: list[str | None]) -> str:
    return f"{sum(each is not None for each in digits):,} accepted"
