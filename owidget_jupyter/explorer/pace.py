"""How often something is drawn that changes in bursts."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock, RLock, Timer
from typing import Protocol

#: Least seconds between two drawings.
INTERVAL = 0.25


class Alarm(Protocol):
    """What `threading.Timer` makes."""

    daemon: bool

    def start(self) -> None:
        """Begin to wait."""

    def cancel(self) -> None:
        """Wait no more."""


class Pace:
    """Draws at once when asked to; within a burst a few times a second, the last time at its end.

    Asked from any thread, it draws in that one or in a timer's, never in two at once.

    Args:
        draw: What is to be done; it sees all that was there when it was last asked for.
        clock: Seconds from anywhere.
        alarm: Makes what calls a function after so many seconds.
    """

    def __init__(
        self,
        draw: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        alarm: Callable[[float, Callable[[], None]], Alarm] = Timer,
    ) -> None:
        self._draw = draw
        self._clock = clock
        self._new_alarm = alarm
        self._lock = Lock()
        self._drawing = RLock()  # again: what is drawn may ask for more
        self._alarm: Alarm | None = None
        self._earliest = clock()
        self._ended = False

    def ask(self) -> None:
        """Have it drawn: now, or as soon as the interval has passed."""
        with self._lock:
            if self._ended or self._alarm is not None:
                return
            late = self._earliest - self._clock()
            if late > 0:
                # No loop: that of the kernel stands still while a cell runs, and events come in.
                self._alarm = self._new_alarm(late, self.now)
                self._alarm.daemon = True
                self._alarm.start()
                return
            self._earliest = self._clock() + INTERVAL
        with self._drawing:
            self._draw()

    def now(self) -> None:
        """Draw at once."""
        with self._lock:
            if self._ended:
                return
            self._drop_alarm()
            self._earliest = self._clock() + INTERVAL
        with self._drawing:
            self._draw()

    def end(self) -> None:
        """Draw no more."""
        with self._lock:
            self._ended = True
            self._drop_alarm()

    def _drop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
