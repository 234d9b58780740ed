"""Asking all pages of a widget at once, and waiting for their answers no longer than agreed."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from owidget_jupyter import wire
from owidget_jupyter.diagnosis.answers import Answer, StageFindings, read_page, read_stage
from owidget_jupyter.waiting import in_marimo, kernel_loop

#: Pings that each page is sent, one after the other.
PINGS = 5
#: Seconds that pages have to answer when the one that runs the chat was quick: a second tab was
#: asked at the same time, and how many there are is not known.
GATHER = 1.0
#: Pages whose answers are taken; whoever has more tabs open learns nothing by them.
MOST_PAGES = 20

_ids = itertools.count(1)


@dataclass(frozen=True)
class Heard:
    """What an examination brought.

    Attributes:
        answers: A page's each, the one that runs the chat first.
        seconds: How long it took.
        complete: Whether all was heard that was expected; else time ran out.
        asked: Whether there is a way to any page.
        main_thread: Whether messages were handled in the kernel's main thread, which is busy
            while a cell runs; None without any.
        loop_ran: Whether the kernel's main loop had a moment for us; None where there is none.
    """

    answers: tuple[Answer, ...]
    seconds: float
    complete: bool
    asked: bool
    main_thread: bool | None
    loop_ran: bool | None

    @property
    def main(self) -> Answer | None:
        """The answer of the page that runs the chat, else of the first one; None without any."""
        return self.answers[0] if self.answers else None


#: Where nobody could be asked.
NOTHING_HEARD = Heard((), 0.0, complete=False, asked=False, main_thread=None, loop_ran=None)


class Examination:
    """One question to all pages. `heard` is called in any thread, `wait` in one of its own."""

    def __init__(self, send: Callable[[dict[str, object]], None], holder_expected: bool) -> None:
        self.id = next(_ids)
        self._send = send
        self._holder_expected = holder_expected
        self._news = threading.Condition()
        self._answers: dict[str, Answer] = {}
        self._pinged: dict[str, tuple[int, float, float]] = {}
        self._ended = False
        self._main_thread: bool | None = None
        self._loop_ran: bool | None = None

    def begin(self) -> None:
        """Ask all pages."""
        loop = kernel_loop()
        if loop is not None and not loop.is_closed():
            self._loop_ran = False
            loop.call_soon_threadsafe(self._note_loop)
        self._send(wire.message("examine", frontend=None, id=self.id, ping=0))

    def heard(self, message: wire.Message) -> None:
        """Take what a page answered.

        Raises:
            wire.MalformedMessage: if it is no answer.
        """
        now, clock = time.monotonic(), time.time()
        frontend = message["frontend"]
        with self._news:
            if self._ended:
                return  # the report is being made already
            # A marimo app has a whole kernel, cells and all, in a thread that is not the main one.
            in_main = threading.current_thread() is threading.main_thread()
            self._main_thread = in_main or in_marimo()
            answer = self._answers.get(frontend)
            if message["ping"] == 0:
                if answer is None and len(self._answers) < MOST_PAGES:
                    self._answers[frontend] = answer = _answer(message)
                    self._ping(answer)
            elif answer is not None:
                self._note_trip(answer, message, now, clock)
            self._news.notify_all()

    def end(self) -> None:
        """Wait no longer: nobody will answer any more."""
        with self._news:
            self._ended = True
            self._news.notify_all()

    def wait(self, timeout: float) -> Heard:
        """Return what was heard, at the latest after so many seconds."""
        begun = time.monotonic()
        with self._news:
            while not self._ended:
                complete = self._complete()
                limit = min(GATHER, timeout) if complete else timeout
                left = begun + limit - time.monotonic()
                if left <= 0:
                    break
                self._news.wait(left)
            self._ended = True
            answers = sorted(self._answers.values(), key=lambda answer: not answer.runs_chat)
            return Heard(
                answers=tuple(answers),
                seconds=time.monotonic() - begun,
                complete=self._complete(),
                asked=True,
                main_thread=self._main_thread,
                loop_ran=self._loop_ran,
            )

    def _complete(self) -> bool:
        answers = self._answers.values()
        if not answers or any(len(answer.trips) < PINGS for answer in answers):
            return False
        return not self._holder_expected or any(answer.runs_chat for answer in answers)

    def _ping(self, answer: Answer) -> None:
        ping = len(answer.trips) + 1
        message = wire.message("examine", frontend=answer.frontend, id=self.id, ping=ping)
        self._pinged[answer.frontend] = (ping, time.monotonic(), time.time())
        self._send(message)

    def _note_trip(self, answer: Answer, message: wire.Message, now: float, clock: float) -> None:
        ping, sent, sent_clock = self._pinged[answer.frontend]
        if message["ping"] != ping or len(answer.trips) >= ping:
            return  # an answer that came twice
        answer.trips.append(now - sent)
        # The page looked at its clock in the middle of the trip, or near it.
        answer.skews.append((sent_clock + clock) / 2 - message["at"] / 1000)
        if ping < PINGS:
            self._ping(answer)

    def _note_loop(self) -> None:
        self._loop_ran = True


def _answer(message: wire.Message) -> Answer:
    page = None if message["page"] is None else read_page(message["page"])
    return Answer(message["frontend"], page, _stage(message))


def _stage(message: wire.Message) -> StageFindings | None:
    """Return the stage's part; a script that meddles with it must not cost the page's."""
    try:
        return None if message["stage"] is None else read_stage(message["stage"])
    except wire.MalformedMessage:
        return None


class Examinations:
    """Those of one widget that are under way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[int, Examination] = {}
        self._ended = False

    def add(self, examination: Examination) -> None:
        """Take one up; ends it at once where the widget is closed."""
        with self._lock:
            self._under_way[examination.id] = examination
            ended = self._ended
        if ended:
            examination.end()

    def remove(self, examination: Examination) -> None:
        """Forget one."""
        with self._lock:
            del self._under_way[examination.id]

    def heard(self, message: wire.Message) -> None:
        """Pass an answer on; one that is too late is nobody's."""
        with self._lock:
            examination = self._under_way.get(message["id"])
        if examination is not None:
            examination.heard(message)

    def end(self) -> None:
        """End all of them, and those to come: the widget is closed."""
        with self._lock:
            self._ended = True
            under_way = list(self._under_way.values())
        for examination in under_way:
            examination.end()
