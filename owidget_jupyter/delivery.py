"""Running what follows from a message: one at a time, in order, in whichever thread is there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock, get_ident
from time import monotonic

#: Steps that took so long together hold up whoever waits for them; seconds.
LONG = 0.05

Step = Callable[[], None]


class _Runner:
    """One call of `run` that empties the queue; a second one of its thread is another."""

    def __init__(self, thread: int) -> None:
        self.thread = thread


class Delivery:
    """A queue of steps with no thread of its own.

    Message handlers may run in a kernel subshell's thread while a cell runs in the main one.
    Whoever posts a step when none is running runs the queue empty; anyone else's steps are run
    by that thread, after those before them. No lock is held while a step runs, so a step may
    call anything, this queue included.

    Attributes:
        took_long: Whether running the queue empty took long the last time.
    """

    def __init__(
        self, on_raise: Callable[[BaseException], None], on_empty: Step = lambda: None
    ) -> None:
        self._lock = Lock()
        self._steps: deque[Step] = deque()
        self._runner: _Runner | None = None
        self._on_raise = on_raise
        self._on_empty = on_empty
        self.took_long = False

    @property
    def running_here(self) -> bool:
        """Whether the calling thread is in the middle of a step."""
        return self._runner is not None and self._runner.thread == get_ident()

    def post(self, step: Step) -> None:
        """Run a step after all those posted before it."""
        self.put(step)
        self.run()

    def put(self, step: Step) -> None:
        """Queue a step for the next `run`: for who holds a lock that no step may run under."""
        self._steps.append(step)

    def run(self) -> None:
        """Run the queue empty, unless a thread is at it already.

        An interrupt ends the step that it hits and is passed on at the end. One that hits between
        two steps is passed on at once, and leaves the rest to the next run.
        """
        mine = _Runner(get_ident())
        interrupt: BaseException | None = None
        try:
            with self._lock:
                if self._runner is not None:
                    return
                self._runner = mine
            begun = monotonic()
            while self._more():
                try:
                    self._steps.popleft()()  # nobody else takes any
                except BaseException as raised:
                    self._on_raise(raised)
                    if not isinstance(raised, Exception):
                        interrupt = raised
            self.took_long = monotonic() - begun > LONG
        finally:
            if self._runner is mine:
                self._runner = None
        self._on_empty()
        if interrupt is not None:
            raise interrupt

    def _more(self) -> bool:
        """Tell whether there is a next step; without one the queue is free for another runner."""
        if self._steps:
            return True
        with self._lock:  # whoever puts a step after this look runs it
            if self._steps:
                return True
            self._runner = None
            return False
