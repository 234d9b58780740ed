"""Why a chat does or does not work here: the public side of `owidget_jupyter.diagnosis`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from numbers import Real
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from comm import DummyComm

from owidget_jupyter.callbacks import check_callable, name_of
from owidget_jupyter.part import Part

if TYPE_CHECKING:
    from concurrent.futures import Future

    from owidget_jupyter.diagnosis.examination import Examination, Heard
    from owidget_jupyter.diagnosis.future import DiagnosisFuture
    from owidget_jupyter.diagnosis.report import Diagnosis

#: Most seconds that a diagnosis may take.
_LONGEST = 60.0
_FIRST = Lock()


class Diagnosing(Part):
    """A model that says what may keep its chat from working."""

    def diagnose(
        self, on_done: Callable[[Diagnosis], object] | None = None, *, timeout: float = 5.0
    ) -> DiagnosisFuture:
        """Find out how things stand: in the kernel, in every page with the widget, in the stage.

        All pages are asked at once, also where nothing is displayed, a chat has failed or is
        waited for; what did not answer in time is said to have not. Nothing is contacted for
        it. The report holds versions, settings such as host and company id, and what browsers
        tell of themselves; no event's detail, nothing typed, no path and no text of an error.

        Args:
            on_done: Called with the `Diagnosis`, such as ``print`` or ``display``, in a thread
                of its own, whose output appears below the cell. What it raises is kept in `errors`.
            timeout: Seconds that pages have to answer, above 0 and up to 60.

        Returns:
            A future of the `Diagnosis`, to be awaited in a cell of a kernel that can. In a
            notebook it is itself shown as the report, once that is there. It never fails.

        Raises:
            TypeError: for what is no plain function, and a timeout that is no number.
            ValueError: for a timeout that is not above 0, or above 60.

        Example:
            >>> await chat.diagnose()
            >>> chat.diagnose(print)  # wherever awaiting does not work
        """
        from contextvars import copy_context

        from owidget_jupyter.diagnosis.examination import NOTHING_HEARD, Examination, Examinations
        from owidget_jupyter.diagnosis.future import DiagnosisFuture

        _check_timeout(timeout)
        future = DiagnosisFuture()
        if on_done is not None:
            check_callable("diagnose", on_done)
            future.add_done_callback(partial(self._hand_over, on_done))
        if self.comm is None or isinstance(self.comm, DummyComm):  # no page can have it
            self._settle(future, NOTHING_HEARD)
            return future
        with _FIRST:  # two threads may both make the first one
            if self._applier.examinations is None:
                self._applier.examinations = Examinations()
        examination = Examination(self.send, self._exchange.held)
        self._applier.examinations.add(examination)
        examination.begin()
        # A thread: the limit holds also where the kernel's loop and its handlers are stuck. In
        # the cell's context, what `on_done` prints or displays appears below that cell.
        Thread(
            target=copy_context().run,
            args=(self._examine, examination, future, float(timeout)),
            name="owidget_jupyter.diagnose",
            daemon=True,
        ).start()
        return future

    def _examine(self, examination: Examination, future: DiagnosisFuture, timeout: float) -> None:
        heard = examination.wait(timeout)
        assert self._applier.examinations is not None, "it was added to them"
        self._applier.examinations.remove(examination)
        self._settle(future, heard)

    def _settle(self, future: DiagnosisFuture, heard: Heard) -> None:
        from owidget_jupyter.diagnosis.composing import compose
        from owidget_jupyter.diagnosis.environment import look_around
        from owidget_jupyter.diagnosis.facts import facts_of

        if not future.set_running_or_notify_cancel():
            return
        try:
            diagnosis = compose(facts_of(self), heard, look_around())
        except Exception as raised:  # a mistake of ours: who waits must hear of it
            self._errors._note_exception("diagnose", raised)
            future.set_exception(raised)
        else:
            future.set_result(diagnosis)

    def _hand_over(self, on_done: Callable[[Diagnosis], object], future: Future[Any]) -> None:
        if future.cancelled() or future.exception() is not None:
            return
        try:
            on_done(future.result())
        except Exception as raised:
            self._errors._note_exception(name_of(on_done), raised)


def _check_timeout(timeout: object) -> None:
    if isinstance(timeout, bool) or not isinstance(timeout, Real):
        raise TypeError(f"timeout is a number of seconds, not {timeout!r}")
    if not 0 < float(timeout) <= _LONGEST:
        raise ValueError(f"timeout is above 0 s and at most {_LONGEST:g} s, not {timeout!r}")
