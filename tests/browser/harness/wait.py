"""The one way in which tests wait: look again until it is so, or until a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

#: Seconds between two looks.
_INTERVAL = 0.05

_pumps: list[Callable[[], None]] = []


class NotYet(AssertionError):
    """A condition did not come true before its deadline."""


def add_pump(pump: Callable[[], None]) -> None:
    """Call `pump` between two looks.

    Playwright's synchronous API hands over page events (console messages, new pages) only while
    one of its calls is being made. Without a pump, a condition over such events alone would
    never come true.
    """
    _pumps.append(pump)


def remove_pump(pump: Callable[[], None]) -> None:
    """Undo `add_pump`."""
    _pumps.remove(pump)


def eventually(
    fn: Callable[[], T],
    timeout: float = 20.0,
    message: str | Callable[[], str] = "",
) -> T:
    """Call `fn` until it returns something truthy, and return that.

    An AssertionError out of `fn` counts as "not yet"; any other exception passes through. At the
    deadline `fn` is asked one last time, and then NotYet says what was last seen. `message` may
    be a function when it is costly to make.
    """
    deadline = time.monotonic() + timeout
    while True:
        late = time.monotonic() >= deadline
        problem: AssertionError | None = None
        value: T | None = None
        try:
            value = fn()
            if value:
                return value
        except AssertionError as error:
            problem = error
        if late:
            text = message() if callable(message) else message
            last = str(problem) if problem is not None else f"last value: {value!r}"
            raise NotYet(
                f"not within {timeout:g} s: {text or 'the condition'}; {last}"
            ) from problem
        # What is waited for happens in the browser, the server, the kernel. None of them can wake
        # this process: all it can do is look again, and leave them the processor in between.
        time.sleep(_INTERVAL)
        for pump in _pumps:
            pump()
