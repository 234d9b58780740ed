"""The outcome of a call: not imported with the package, as few widgets are called."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import Future
from typing import Any


class CallError(RuntimeError):
    """A method of the live object failed, or its stage went before it answered."""


class CallFuture(Future[Any]):
    """The outcome of a call: await it, or give it a callback.

    `result` never blocks, because the answer could not arrive meanwhile. An error that nobody
    awaits goes to ``chat.errors``.
    """

    def __init__(self, what: str, obstacle: Callable[[], str | None]) -> None:
        super().__init__()
        self.what = what
        self._obstacle = obstacle
        self._heeded = False

    def __await__(self) -> Generator[Any, None, Any]:
        """Wait for the outcome.

        Raises:
            RuntimeError: at once, where awaiting in a cell cannot work.
            CallError: when the call failed.
        """
        obstacle = None if self.done() else self._obstacle()
        if obstacle:
            raise RuntimeError(obstacle)
        from asyncio import wrap_future  # only now: whoever awaits has it already

        self._heeded = True
        return wrap_future(self).__await__()

    def add_done_callback(self, fn: Callable[[Future[Any]], object]) -> None:
        """Have a function called with this future once it is done."""
        self._heeded = True
        super().add_done_callback(fn)

    def result(self, timeout: float | None = None) -> Any:
        """Return the outcome of a finished call.

        Raises:
            RuntimeError: when it is not there yet.
            CallError: when the call failed.
        """
        if not self.done():
            raise RuntimeError(f"{self.what} has not answered yet: await it, or add a callback")
        return super().result(timeout)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """Return what a finished call failed with, or None.

        Raises:
            RuntimeError: when it is not finished.
        """
        if not self.done():
            raise RuntimeError(f"{self.what} has not answered yet: await it, or add a callback")
        return super().exception(timeout)

    def __repr__(self) -> str:
        return f"<CallFuture {self.what}: {'done' if self.done() else 'pending'}>"
