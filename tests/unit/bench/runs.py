"""Rows as the parts of a bench hand them back, and a run of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.bench import running
from tests.bench.result import Ratio, Row, Spread, times_less, times_more
from tests.bench.rig import Rig

OURS, RIVAL = Spread([1.0, 3.0, 2.0], "ms"), Spread([4.0, 6.0], "ms")
ROWS = [
    Row("reached", OURS, RIVAL, times_more(OURS, RIVAL, 0.4)),
    Row("missed", OURS, RIVAL, times_less(OURS, RIVAL, 2.6)),
    Row("no mark", OURS, RIVAL, times_less(OURS, RIVAL)),
    Row("a figure", Spread([1234.5], "bytes")),
    Row("words", "0 of 10, heard in 1 call", "1 of 10", Ratio("ours", 0, most=0)),
]


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have runs do without the work that shows the noise, and without asking programs."""
    monkeypatch.setattr("tests.bench.noise.STEPS", 10)
    monkeypatch.setattr(running, "versions", lambda: {"Python": "3.11.0", "Node": "20.0.0"})


def finding(rows: list[Row] | Exception) -> Callable[[], running.Measuring]:
    """Return what finds a part that hands back these rows, or raises."""

    def measure(rig: Rig) -> list[Row]:
        if isinstance(rows, Exception):
            raise rows
        return rows

    return lambda: measure


def record(parts: Mapping[str, list[Row]]) -> dict[str, Any]:
    """Return the record of a run of some parts."""
    with Rig() as rig:
        return running.take({name: finding(rows) for name, rows in parts.items()}, rig).to_json()
