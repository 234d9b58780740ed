"""Phone numbers: many at once, in the page, asked of a function, and what a page fetches."""

from __future__ import annotations

from tests.bench.numbers import asked, many, page, sizes
from tests.bench.result import Row
from tests.bench.rig import Rig


def measure(rig: Rig) -> list[Row]:
    """Measure all of it."""
    return [row for part in (many, page, asked, sizes) for row in part.measure(rig)]
