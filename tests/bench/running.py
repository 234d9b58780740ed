"""A run: some parts, one after the other, on a machine whose noise is measured in between."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from tests.bench.machine import machine, versions
from tests.bench.noise import Noise, load
from tests.bench.record import row_to_json
from tests.bench.result import Row
from tests.bench.rig import Rig

Measuring = Callable[[Rig], list[Row]]


@dataclass(frozen=True)
class Run:
    """What came of it.

    Attributes:
        began: When it began.
        rows: The rows of each part that was measured.
        failed: What each part raised that was not.
        noise: How quiet the machine was.
        load_after: Its load at the end, the run's own included.
    """

    began: datetime
    rows: Mapping[str, Sequence[Row]]
    failed: Mapping[str, Exception]
    noise: Noise
    load_after: float

    def to_json(self) -> dict[str, Any]:
        """Return all of it, with the machine and the versions, as JSON has it."""
        return {
            "date": self.began.isoformat(timespec="seconds"),
            "parts": list(self.rows),
            "machine": machine(),
            "versions": versions(),
            "noise": {
                "load": {"before": self.noise.load, "after": self.load_after},
                "calibration": {
                    "unit": "ms",
                    "median": round(self.noise.spread.median, 3),
                    "times": [[round(taken, 3) for taken in each] for each in self.noise.times],
                },
            },
            "rows": [row_to_json(part, row) for part, rows in self.rows.items() for row in rows],
        }


def take(parts: Mapping[str, Callable[[], Measuring]], rig: Rig) -> Run:
    """Measure parts; one that raises is told of, and does not keep the others from it.

    Args:
        parts: For each, by its name, what returns what measures it.
        rig: To measure on; what a part that raised has left there is ended.
    """
    began = datetime.now(timezone.utc)
    rows: dict[str, Sequence[Row]] = {}
    failed: dict[str, Exception] = {}
    noise = Noise()
    noise.take()
    for number, (name, find) in enumerate(parts.items(), 1):
        rig.say(f"Part {number} of {len(parts)}: {name}")
        try:
            rows[name] = find()(rig)
        except Exception as error:
            rig.say("".join(traceback.format_exception(error)))
            failed[name] = error
            rig.end()
        noise.take()
    return Run(began, rows, failed, noise, load())
