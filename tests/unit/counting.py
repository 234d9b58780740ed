"""What something costs, counted: the same on every machine, and however busy it is."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls_of(function: Callable[[], object]) -> int:
    """Return how many functions a call calls, Python's and those in C, in this thread.

    Nothing is collected meanwhile: what others left behind may call something as it goes.
    """
    count = 0

    def profile(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    before = sys.getprofile()
    gc.collect()
    collected = gc.isenabled()
    gc.disable()
    sys.setprofile(profile)
    try:
        function()
    finally:
        sys.setprofile(before)
        if collected:
            gc.enable()
    return count


def most_bytes_of(function: Callable[[], object]) -> int:
    """Return how many bytes a call holds at its worst, beyond what was held before it."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        function()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return most - before


def assert_linear(cost: Callable[[int], int], size: int) -> None:
    """Assert that twice, and four times, as much costs at most as many times what it did."""
    once, *more = (cost(times * size) for times in (1, 2, 4))
    for times, taken in zip((2, 4), more, strict=True):
        assert taken <= 1.05 * times * once, f"{times} times as much costs {taken / once:.2f} times"
