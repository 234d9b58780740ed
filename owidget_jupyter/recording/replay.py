"""Playing a recorded log back through the observers that hear of live events."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from functools import partial
from itertools import accumulate, pairwise
from threading import Lock
from time import monotonic, sleep

from owidget_jupyter.applying import Applier
from owidget_jupyter.events import Event, EventLog
from owidget_jupyter.exchange import Exchange
from owidget_jupyter.recording.entries import check, encode
from owidget_jupyter.sessions.strands import strands
from owidget_jupyter.telling import LISTED

#: Most entries that are played, and told to observers of the log, at once.
BATCH = 200
#: Seconds between two batches that follow each other in time, and between two updates of the
#: pages, two messages each: Jupyter drops messages beyond some hundreds a second.
TICK = 0.05


class Player:
    """Plays logs back in one widget, one at a time."""

    def __init__(self, exchange: Exchange, applier: Applier) -> None:
        self._exchange = exchange
        self._applier = applier
        self._playing = Lock()
        self._untold: list[Event] = []  # what pages have not been told of yet
        self._told = -math.inf  # when they were told last

    def play(self, log: Iterable[Event], speed: float | None) -> int:
        """Play a log back and return how many entries that were; see `OWidget.replay`."""
        pace = _checked_speed(speed)
        events, due = _schedule(log, pace)
        if self._exchange.delivery.running_here:
            raise RuntimeError("a callback cannot replay into its own widget: use another widget")
        if not self._playing.acquire(blocking=False):
            raise RuntimeError("a replay is playing here already")
        try:
            with self._exchange.without_stage():
                self._applier.log._begin_section()
            try:
                self._play(events, due)
            finally:
                self._end()
        finally:
            self._playing.release()
        return len(events)

    def _play(self, events: Sequence[Event], due: Sequence[float]) -> None:
        begin = monotonic()
        played = 0
        while played < len(events):
            now = monotonic() - begin
            upto = bisect_right(due, now, played, min(played + BATCH, len(events)))
            if upto == played:
                sleep(max(due[played] - now, TICK))
            else:
                self._play_batch(events[played:upto])
                played = upto

    def _play_batch(self, events: Sequence[Event]) -> None:
        now = datetime.now(timezone.utc)
        log, delivery = self._applier.log, self._exchange.delivery
        with self._exchange.without_stage():
            copies = [
                log._append(e.type, e.at, now, e.skew, e.frontend, e.detail, replay=True)
                for e in events
            ]
            # A step each, as for live events: one that is interrupted loses no other.
            for copy in copies:
                delivery.put(partial(self._applier.replay, copy))
            delivery.put(partial(self._applier.replayed, copies))
        self._untold = [*self._untold, *copies][-LISTED:]
        if monotonic() - self._told >= TICK:
            self._tell()

    def _tell(self) -> None:
        """Bring the pages up to date: at most two messages."""
        self._exchange.delivery.post(self._applier.sync)
        self._exchange.telling.tell_of(self._untold)
        self._untold = []
        self._told = monotonic()

    def _end(self) -> None:
        if self._untold:
            self._tell()
        self._exchange.delivery.post(self._forget_status)

    def _forget_status(self) -> None:
        if not self._exchange.held:  # else a live stage says what the status is
            self._applier.replay_ended()


def _checked_speed(speed: object) -> float:
    """Return a speed; None is without end."""
    if speed is None:
        return math.inf
    if not isinstance(speed, (int, float)) or isinstance(speed, bool):
        raise TypeError(f"speed is a number above 0, or None, and not {_kind(speed)}")
    if not (0 < speed < math.inf):
        raise ValueError(f"speed is a number above 0, or None for all at once, and not {speed!r}")
    return float(speed)


def _schedule(log: Iterable[Event], speed: float) -> tuple[list[Event], list[float]]:
    """Return the entries of a log, and the seconds from the beginning after which each is due."""
    events, breaks = _recorded(log)
    waits = [0.0] * len(events)
    for strand in strands(events, breaks):
        for before, moment in pairwise(strand.moments):
            if not moment.fresh:  # what lies between two sections was not recorded
                waits[moment.place] = (moment.time - before.time).total_seconds() / speed
    return events, list(accumulate(waits))


def _recorded(log: object) -> tuple[list[Event], list[int]]:
    if isinstance(log, EventLog):
        events, _, breaks = log._snapshot()
        return events, breaks
    if isinstance(log, str) or not isinstance(log, Iterable):
        raise TypeError(f"replay takes an EventLog, or events, and not {_kind(log)}")
    events = list(log)
    for place, event in enumerate(events, 1):
        if not isinstance(event, Event):
            raise TypeError(f"replay takes events, and not {_kind(event)}")
        try:
            check(event)
            encode(event.detail)
        except (TypeError, ValueError) as error:
            raise ValueError(f"no log could hold event {place} of these: {error}") from None
    return events, []


def _kind(value: object) -> str:
    """Return what to call a value that is not to be quoted: it may be personal."""
    return type(value).__name__
