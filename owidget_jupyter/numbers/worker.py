"""A thread that runs one function after the other, and keeps no process alive."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended.

    Attributes:
        value: What the function returned; None if it raised.
        raised: What it raised; None if it returned.
    """

    value: object = None
    raised: BaseException | None = None


_Call = tuple["Future[Outcome]", Callable[[Any], object], object]


class Worker:
    """Calls functions in a daemon thread of its own, which starts with the first of them.

    Not a ThreadPoolExecutor: the interpreter waits at its exit for the threads of those, and a
    person's function may never return.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._ended = False

    @property
    def waiting(self) -> int:
        """How many calls have not begun."""
        return self._calls.qsize()

    def do(self, function: Callable[[Any], object], argument: object) -> Future[Outcome] | None:
        """Call a function once those before it are done; what it raises is an outcome, too.

        Returns:
            A future of how the call ended; None once the worker was ended.
        """
        future: Future[Outcome] = Future()
        with self._lock:
            if self._ended:
                return None
            self._calls.put((future, function, argument))
            if self._thread is None:
                self._thread = Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
        return future

    def end(self) -> None:
        """Let the thread end once what was asked of it is done."""
        with self._lock:
            self._ended = True
            self._calls.put(None)

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            future, function, argument = call
            if future.set_running_or_notify_cancel():
                future.set_result(_outcome(function, argument))
            del call, future, function, argument  # kept, they would outlive their use in here


def _outcome(function: Callable[[Any], object], argument: object) -> Outcome:
    try:
        return Outcome(value=function(argument))
    except BaseException as raised:  # SystemExit, say, must not end the thread
        return Outcome(raised=raised)
