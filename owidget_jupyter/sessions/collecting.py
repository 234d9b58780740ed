"""Keeping Python's garbage collector off while much is found of which nothing is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_LOCK = Lock()
_users = 0  # of several threads the first turns it off, and the last on
_was_on = False


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect nothing meanwhile.

    Whenever what is there has grown by a quarter, the collector looks through all of it, which
    made each of 100,000 events cost half as much again as each of 10,000. What nobody refers to
    any more still goes at once; only cycles have to wait.
    """
    global _users, _was_on
    with _LOCK:
        if _users == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _users += 1
    try:
        yield
    finally:
        with _LOCK:
            _users -= 1
            if _users == 0 and _was_on:
                gc.enable()
