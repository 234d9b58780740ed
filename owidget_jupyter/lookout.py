"""Looking at something every few seconds, on the loop that runs the kernel's cells."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING

from owidget_jupyter.waiting import kernel_loop

if TYPE_CHECKING:
    import asyncio

#: Seconds between two looks.
INTERVAL = 5.0


class Lookout:
    """A repeated call that stands still while the kernel's loop does, by design.

    Without a loop, in a plain script, it never looks: no page can be there either. The loop's
    timers know it weakly: a widget that was closed does not have to wait for the last of them.
    """

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._watch = 0  # grows whenever it starts or stops, so that an old timer ends

    def start(self) -> None:
        """Begin to look, or begin anew."""
        self._watch += 1
        loop = kernel_loop()
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(_schedule, weakref.ref(self), loop, self._watch)

    def stop(self) -> None:
        """Look no more."""
        self._watch += 1

    def _looking(self, watch: int) -> bool:
        return watch == self._watch


def _schedule(known: weakref.ref[Lookout], loop: asyncio.AbstractEventLoop, watch: int) -> None:
    lookout = known()
    if lookout is not None and lookout._looking(watch):
        loop.call_later(INTERVAL, _tick, known, loop, watch)


def _tick(known: weakref.ref[Lookout], loop: asyncio.AbstractEventLoop, watch: int) -> None:
    lookout = known()
    if lookout is not None and lookout._looking(watch):
        lookout._look()
        _schedule(known, loop, watch)
