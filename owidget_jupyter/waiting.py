"""Awaiting in a cell: where it works, and the futures that a delivery completes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    import asyncio

Seen = TypeVar("Seen")

_CALLBACKS = (
    "use callbacks instead: chat.on_event(), chat.on_status(), chat.observe(), "
    "or add_done_callback() of a call"
)


class WidgetError(RuntimeError):
    """The widget will not become what was waited for; the message says why."""


def kernel_loop() -> asyncio.AbstractEventLoop | None:
    """Return the event loop that runs this kernel's cells, or the running one, or None."""
    import asyncio  # not at the top: it would burden every import of the package

    ipykernel = sys.modules.get("ipykernel.kernelbase")
    if ipykernel is not None and in_jupyter_kernel():
        loop = getattr(ipykernel.Kernel.instance().io_loop, "asyncio_loop", None)
        if isinstance(loop, asyncio.AbstractEventLoop):
            return loop
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def in_jupyter_kernel() -> bool:
    """Tell whether this process is a Jupyter kernel."""
    ipykernel = sys.modules.get("ipykernel.kernelbase")
    return ipykernel is not None and ipykernel.Kernel.initialized()


def displaying_connection() -> str | None:
    """Return the id of the connection whose request runs at the moment, or None.

    It is the ``session`` in the header of Jupyter's messages: who runs a cell shows its output.
    """
    ipykernel = sys.modules.get("ipykernel.kernelbase")
    if ipykernel is None or not in_jupyter_kernel():
        return None
    session = ipykernel.Kernel.instance().get_parent().get("header", {}).get("session")
    return session if isinstance(session, str) and session else None


def in_marimo() -> bool:
    """Tell whether this is marimo's; its own word on it holds for the thread of its cells only."""
    marimo = sys.modules.get("marimo")
    return marimo is not None and (marimo.running_in_notebook() or not in_jupyter_kernel())


def obstacle(displayed: bool) -> str | None:
    """Return why awaiting news from the page cannot work here, or None when it can."""
    host = _host_without_awaiting()
    if host:
        return f"awaiting in a cell does not work {host}; {_CALLBACKS}"
    if not displayed:
        return f"nothing can arrive before the widget is displayed: display it, or {_CALLBACKS}"
    return None


def _host_without_awaiting() -> str | None:
    if in_marimo():
        return "in marimo"
    if os.environ.get("SERVER_SOFTWARE", "").lower().startswith("voila"):
        return "in Voilà, where cells run before the page is there"
    ipykernel = sys.modules.get("ipykernel")
    if ipykernel is None or not in_jupyter_kernel():
        return "outside a Jupyter kernel"
    if ipykernel.version_info[0] < 7:
        return f"under ipykernel {ipykernel.__version__}: it needs ipykernel 7 or newer"
    return None


class Ended(Exception):
    """Nothing will come any more; `Waiters` tell it to who waits."""


class Waiters(Generic[Seen]):
    """Futures that wait for the first thing that fits, whichever thread it is seen in."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ended = False
        self._waiting: list[
            tuple[Callable[[Seen], bool], asyncio.AbstractEventLoop, asyncio.Future[Seen]]
        ] = []

    async def wait(
        self, fits: Callable[[Seen], bool], timeout: float | None, now: Callable[[], Seen]
    ) -> Seen:
        """Return the first thing that fits: what is there now, or is offered from now on.

        Raises:
            Ended: when none did, and `end` was called.
            TimeoutError: after so many seconds, without a message of its own.
        """
        from asyncio import get_running_loop

        loop = get_running_loop()
        future: asyncio.Future[Seen] = loop.create_future()
        entry = (fits, loop, future)
        with self._lock:
            ended = self._ended
            self._waiting.append(entry)
        timer = None
        try:
            # Looked at only after the waiter is known: else a change in between would be missed.
            if fits(seen := now()):
                return seen
            if ended:
                raise Ended
            if timeout is not None:
                late = TimeoutError()
                timer = loop.call_later(timeout, _settle, future, future.set_exception, late)
            return await future
        finally:
            if timer is not None:
                timer.cancel()
            with self._lock:
                if entry in self._waiting:
                    self._waiting.remove(entry)

    def offer(self, seen: Seen) -> None:
        """Complete those that it fits."""
        with self._lock:
            fitting = [entry for entry in self._waiting if entry[0](seen)]
            self._waiting = [entry for entry in self._waiting if entry not in fitting]
        for _, loop, future in fitting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, future, future.set_result, seen)

    def end(self) -> None:
        """Fail all of them, and those to come: nothing will be offered any more."""
        with self._lock:
            self._ended = True
            waiting, self._waiting = self._waiting, []
        for _, loop, future in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, future, future.set_exception, Ended())


def _settle(future: asyncio.Future[Any], settle: Callable[[Any], None], outcome: Any) -> None:
    if not future.done():
        settle(outcome)
