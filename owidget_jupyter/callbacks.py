"""The functions that a person registers: who hears what, and what happens when one raises."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from owidget_jupyter.events import Event
from owidget_jupyter.problems import ProblemLog

EventCallback = Callable[[Event], Any]
StatusCallback = Callable[[int], Any]
MessageCallback = Callable[[str], Any]
Function = TypeVar("Function", bound=Callable[..., Any])


def check_callable(what: str, function: object) -> None:
    """Raise TypeError for what cannot be called, or would return before it has begun."""
    if not callable(function):
        raise TypeError(f"{what} takes a function, not {function!r}")
    if inspect.iscoroutinefunction(function):
        raise TypeError(
            f"{what} takes a plain function, and {name_of(function)} is async: nobody would "
            "await it; start a task in a plain function instead"
        )


def name_of(function: Callable[..., Any]) -> str:
    """Return how a function is called in messages to the person."""
    return getattr(function, "__qualname__", None) or repr(function)


class Callbacks:
    """All registered functions of one widget, safe to change from any thread."""

    def __init__(self, problems: ProblemLog) -> None:
        self._problems = problems
        self._lock = Lock()
        self._events: list[tuple[EventCallback, str | None]] = []
        self._statuses: list[StatusCallback] = []
        self._messages: list[MessageCallback] = []  # those at a simulated operator's desk
        # The vendor's setters hold one function each.
        self.app_event: EventCallback | None = None
        self.status_update: StatusCallback | None = None

    def add_event(self, function: EventCallback, type: str | None) -> None:
        """Register for one type of event, or for all with None."""
        with self._lock:
            self._events = [
                (known, filter)
                for known, filter in self._events
                if filter != type or not _same(known, function)
            ]
            self._events.append((function, type))

    def add_status(self, function: StatusCallback) -> None:
        """Register for every status code."""
        with self._lock:
            self._statuses = _added(self._statuses, function)

    def add_message(self, function: MessageCallback) -> None:
        """Register for every message of a simulated chat's visitor."""
        with self._lock:
            self._messages = _added(self._messages, function)

    def remove_message(self, function: Callable[..., Any]) -> None:
        """Unregister from messages.

        Raises:
            ValueError: if it is not registered for them.
        """
        with self._lock:
            if function not in self._messages:
                raise ValueError(f"{name_of(function)} is not registered")
            self._messages = [known for known in self._messages if known != function]

    def remove(self, function: Callable[..., Any]) -> None:
        """Unregister from all events and status codes.

        Raises:
            ValueError: if it is registered nowhere.
        """
        with self._lock:
            events = [pair for pair in self._events if pair[0] != function]
            statuses = [known for known in self._statuses if known != function]
            if len(events) == len(self._events) and len(statuses) == len(self._statuses):
                raise ValueError(f"{name_of(function)} is not registered")
            self._events, self._statuses = events, statuses

    def clear(self) -> None:
        """Unregister everything."""
        with self._lock:
            self._events, self._statuses, self._messages = [], [], []
            self.app_event = self.status_update = None

    def tell_event(self, event: Event) -> None:
        """Call whoever wants to hear of this event."""
        with self._lock:
            functions = [f for f, type in self._events if type in (None, event.type)]
            if self.app_event is not None:
                functions.insert(0, self.app_event)
        for function in functions:
            self.run(function, event)

    def tell_status(self, code: int) -> None:
        """Call whoever wants to hear of this status code."""
        with self._lock:
            functions = list(self._statuses)
            if self.status_update is not None:
                functions.insert(0, self.status_update)
        for function in functions:
            self.run(function, code)

    def tell_message(self, text: str) -> None:
        """Call whoever wants to hear what a simulated chat's visitor wrote."""
        with self._lock:
            functions = list(self._messages)
        for function in functions:
            self.run(function, text)

    def run(self, function: Callable[..., Any], *args: object) -> None:
        """Call one function; what it raises is kept as a problem and stops nothing else."""
        try:
            function(*args)
        except KeyboardInterrupt:
            raise
        except BaseException as raised:  # sys.exit() in a callback must not end the others
            self._problems._note_exception(name_of(function), raised)


def _added(functions: list[Function], function: Function) -> list[Function]:
    return [*(known for known in functions if not _same(known, function)), function]


def _same(known: Callable[..., Any], function: Callable[..., Any]) -> bool:
    """Whether registering a function again replaces the known one.

    A re-run notebook cell defines its functions anew: without this, each run would add one more
    copy and everything would happen twice.
    """
    if known == function:
        return True
    name = getattr(function, "__qualname__", "<")
    return (
        "<" not in name  # lambdas and local functions all look alike
        and name == getattr(known, "__qualname__", None)
        and getattr(function, "__module__", "") == getattr(known, "__module__", None) == "__main__"
        and not hasattr(function, "__self__")
    )


class Guarded:
    """A trait observer that stops nothing when it raises in the middle of a delivery.

    Equal to the function it wraps, so that ``unobserve`` finds it.
    """

    def __init__(
        self, function: Callable[..., Any], delivering: Callable[[], bool], callbacks: Callbacks
    ) -> None:
        self._function = function
        self._delivering = delivering
        self._callbacks = callbacks

    def __call__(self, change: object) -> None:
        """Call the function."""
        if self._delivering():
            self._callbacks.run(self._function, change)
        else:  # an assignment in the person's own cell: they see the exception there
            self._function(change)

    def __eq__(self, other: object) -> bool:
        function = other._function if isinstance(other, Guarded) else other
        return bool(self._function == function)

    def __hash__(self) -> int:
        return hash(self._function)
