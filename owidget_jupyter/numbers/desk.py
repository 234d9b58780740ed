"""Answering the vendor's synchronous number request with a Python function."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from threading import Thread

from owidget_jupyter.callbacks import name_of
from owidget_jupyter.problems import ProblemLog

Normalizer = Callable[[str], "str | None"]

#: Seconds that a function has: the page stands still meanwhile.
LIMIT = 2.0
#: Longest text that is taken for a phone number, in bytes of UTF-8.
LONGEST = 256

_INTERNATIONAL = re.compile(r"\+[1-9][0-9 ().\-/]{3,40}")


class NumberDesk:
    """Asks a person's function, one number at a time, within a time limit.

    Numbers are personal data: none is kept, and no message of ours repeats one.
    """

    def __init__(self, problems: ProblemLog, limit: float = LIMIT) -> None:
        self.function: Normalizer | None = None
        self._problems = problems
        self._limit = limit
        self._turn = asyncio.Lock()
        self._overrun: asyncio.Future[str | None] | None = None

    async def answer(self, number: str) -> str | None:
        """Return what the function says, or None with a problem noted."""
        async with self._turn:
            function = self.function
            if function is None:
                self.note("a number was asked for, but no function is set")
                return None
            if self._overrun is not None and not self._overrun.done():
                self.note("suspended until the call that overran has returned")
                return None
            return await self._ask(function, number)

    async def _ask(self, function: Normalizer, number: str) -> str | None:
        future = _in_thread(function, number)
        try:
            result = await asyncio.wait_for(asyncio.shield(future), self._limit)
        except asyncio.TimeoutError:
            self._overrun = future
            future.add_done_callback(lambda done: done.exception())
            self.note(f"{name_of(function)} took longer than {self._limit:g} s")
            return None
        except Exception as raised:
            # An exception often quotes what it could not take.
            hide = number if len(number) > 3 else ""
            self._problems._note_exception(name_of(function), raised, hide)
            return None
        if result is None or (isinstance(result, str) and _INTERNATIONAL.fullmatch(result)):
            return result
        self.note(
            f"{name_of(function)} returned neither None nor a number in international format, "
            f"such as '+420 777 666 555', but something of type {type(result).__name__}"
        )
        return None

    def note(self, message: str) -> None:
        """Keep a problem of the number requests; it must not repeat a number."""
        self._problems._note("number normalisation", message)


def _in_thread(function: Normalizer, number: str) -> asyncio.Future[str | None]:
    """Run a function in a thread that does not keep the process alive."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[str | None] = loop.create_future()

    def tell(settle: Callable[..., None], outcome: object) -> None:
        def unless_done() -> None:
            if not future.done():
                settle(outcome)

        if not loop.is_closed():
            loop.call_soon_threadsafe(unless_done)

    def run() -> None:
        try:
            outcome = function(number)
        except Exception as raised:
            tell(future.set_exception, raised)
        except BaseException as raised:
            tell(future.set_exception, RuntimeError(f"the function ended with {raised!r}"))
        else:
            tell(future.set_result, outcome)

    Thread(target=run, name="owidget number", daemon=True).start()
    return future
