"""Answering the vendor's number request with a person's Python function."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Thread

from owidget_jupyter.callbacks import name_of
from owidget_jupyter.numbers.hiding import hide_number
from owidget_jupyter.numbers.worker import Outcome, Worker
from owidget_jupyter.problems import ProblemLog

Normalizer = Callable[[str], "str | None"]

#: Seconds that a function has where nothing else is said: the page stands still meanwhile.
LIMIT = 2.0
#: Longest text that is taken for a phone number, in bytes of UTF-8.
LONGEST = 256
#: Most numbers that wait for a function; a page asks for one at a time.
MOST_WAITING = 8

#: "+" and 4 to 19 digits: the longest numbers of a region have as many.
_INTERNATIONAL = re.compile(r"\+[1-9](?:[ ().\-/]{0,3}[0-9]){3,18}")
_WHERE = "number normalisation"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a function says of one number.

    Attributes:
        given: Whether it answered at all; else who set it is told why, and a policy answers.
        number: The number in international format; None for an invalid one.
        version: Which of a widget's functions, one after the other, it was.
    """

    given: bool
    number: str | None
    version: int


class Crowded(Exception):
    """So many numbers wait already that one more is not taken."""


class NumberDesk:
    """Asks a person's function, one number at a time, within a time limit.

    Numbers are personal data: none is kept, and no message of ours repeats one.
    """

    def __init__(self, problems: ProblemLog) -> None:
        self._problems = problems
        self._duty = _Duty(0, None, LIMIT, problems)
        self._answering: set[asyncio.Task[None]] = set()  # loops keep weak references only

    @property
    def version(self) -> int:
        """Grows with every function: an older one's answers are out of date."""
        return self._duty.version

    def employ(self, function: Normalizer | None, limit: float | None = None) -> None:
        """Have another function answer from now on, whatever the one before is busy with."""
        before = self._duty
        seconds = LIMIT if limit is None else limit
        self._duty = _Duty(before.version + 1, function, seconds, self._problems)
        before.end()

    def close(self) -> None:
        """End the thread that functions run in, and let go of the function and what it knows."""
        self.employ(None)

    async def answer(self, number: str, *, submitted: bool = True) -> Answer:
        """Return what the function says of a number, with a problem noted where it fails.

        Args:
            number: As the visitor wrote it.
            submitted: Whether the visitor is done; half a number may well trouble a function.

        Raises:
            Crowded: when too many wait already.
        """
        return await self._duty.answer(number, submitted)

    def answer_soon(self, number: str, submitted: bool, reply: Callable[[Answer], None]) -> None:
        """Have a number answered, and the answer told in the thread that this was called in.

        So a kernel that hears a page in a thread of its own goes on doing so. Where no loop runs
        in this thread, the answer is told in another one.
        """

        async def tell() -> None:
            try:
                answer = await self.answer(number, submitted=submitted)
            except Crowded:
                answer = Answer(False, None, self.version)
            reply(answer)

        try:
            task = asyncio.get_running_loop().create_task(tell())
        except RuntimeError:
            Thread(target=lambda: asyncio.run(tell()), name="owidget answer", daemon=True).start()
        else:
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    def note(self, message: str) -> None:
        """Keep a problem of the number requests; it must not repeat a number."""
        self._problems._note(_WHERE, message)


class _Duty:
    """One function's time at the desk."""

    def __init__(
        self, version: int, function: Normalizer | None, limit: float, problems: ProblemLog
    ) -> None:
        self.version = version
        self._function = function
        self._limit = limit
        self._problems = problems
        self._worker = Worker("owidget numbers")
        self._overrun: Future[Outcome] | None = None

    def end(self) -> None:
        self._worker.end()

    async def answer(self, number: str, submitted: bool) -> Answer:
        none = Answer(False, None, self.version)
        if self._function is None:
            if submitted:  # a question ahead may have been under way as its function was replaced
                self._note("a number was asked for, but no function is set")
            return none
        if self._overrun is not None and not self._overrun.done():
            if submitted:
                self._note(f"{name_of(self._function)} is suspended until its call has returned")
            return none
        outcome = await self._ask(self._function, number, submitted)
        if outcome is None:
            return none
        wrong = self._wrong(self._function, outcome, number)
        if wrong is None:
            assert outcome.value is None or isinstance(outcome.value, str)
            return Answer(True, outcome.value, self.version)
        if submitted:
            wrong()
        return none

    async def _ask(self, function: Normalizer, number: str, submitted: bool) -> Outcome | None:
        if self._worker.waiting >= MOST_WAITING:
            raise Crowded
        future = self._worker.do(function, number)
        if future is None:
            return None
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._limit)
        except asyncio.TimeoutError:
            if not future.cancelled():  # it had begun
                self._overrun = future
                self._note(
                    f"{name_of(function)} took longer than {self._limit:g} s, and is suspended "
                    "until its call has returned"
                )
            elif submitted:
                self._note(f"{name_of(function)} was busy with other numbers for {self._limit:g} s")
        return None

    def _wrong(
        self, function: Normalizer, outcome: Outcome, number: str
    ) -> Callable[[], None] | None:
        """Return what notes the problem with an outcome, or None where it can be passed on."""
        if outcome.raised is not None:
            raised = outcome.raised
            return lambda: self._problems._note_exception(
                name_of(function), raised, lambda text: hide_number(text, number)
            )
        value = outcome.value
        if value is None or (isinstance(value, str) and _INTERNATIONAL.fullmatch(value)):
            return None
        return lambda: self._note(
            f"{name_of(function)} returned neither None nor a number in international format, "
            f"such as '+420 777 666 555', but something of type {type(value).__name__}"
        )

    def _note(self, message: str) -> None:
        self._problems._note(_WHERE, message)
