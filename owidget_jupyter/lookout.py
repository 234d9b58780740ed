"""Looking at something every few seconds, on the loop that runs the kernel's cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from owidget_jupyter.waiting import kernel_loop

if TYPE_CHECKING:
    import asyncio

#: Seconds between two looks.
INTERVAL = 5.0


class Lookout:
    """A repeated call that stands still while the kernel's loop does, by design.

    Without a loop, in a plain script, it never looks: no page can be there either.
    """

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._watch = 0  # grows whenever it starts or stops, so that an old timer ends

    def start(self) -> None:
        """Begin to look, or begin anew."""
        self._watch += 1
        loop = kernel_loop()
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._schedule, loop, self._watch)

    def stop(self) -> None:
        """Look no more."""
        self._watch += 1

    def _schedule(self, loop: asyncio.AbstractEventLoop, watch: int) -> None:
        if watch == self._watch:
            loop.call_later(INTERVAL, self._tick, loop, watch)

    def _tick(self, loop: asyncio.AbstractEventLoop, watch: int) -> None:
        if watch == self._watch:
            self._look()
            self._schedule(loop, watch)
