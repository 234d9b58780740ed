"""Letting threads take turns quickly for a moment: a page stands still until they are done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

#: Seconds after which a busy thread lets another one run; Python's own default is 50 times that.
SHORT = 0.0001


class _Hurry:
    """How many are in a hurry, in the whole process as the interval is."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.count = 0
        self.usual = 0.0


_hurry = _Hurry()


@contextmanager
def hurry() -> Iterator[None]:
    """Have the interpreter's threads take turns every 0.1 ms until the block ends.

    An answer goes from thread to thread and back. Each of these turns takes 5 ms of the
    interpreter's switch interval (`sys.setswitchinterval`) while a cell computes.
    """
    with _hurry.lock:
        if _hurry.count == 0:
            _hurry.usual = sys.getswitchinterval()
            sys.setswitchinterval(min(SHORT, _hurry.usual))
        _hurry.count += 1
    try:
        yield
    finally:
        with _hurry.lock:
            _hurry.count -= 1
            if _hurry.count == 0:
                # Kept in whole microseconds, rounded down: without the half it would shrink.
                sys.setswitchinterval(_hurry.usual + 0.5e-6)
