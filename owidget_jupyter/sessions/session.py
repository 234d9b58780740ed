"""Sessions of a log: what one is, and the sequence of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from owidget_jupyter.sessions.listing import listing

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One visit: a window that was opened, and the talk that came of it, if any.

    Times are in UTC by the kernel's clock, and None where the event was not seen.

    Attributes:
        opened: When the chat window was opened for it. None, too, for a further talk in a window
            that was open already.
        created: When the visitor entered the queue.
        started: When an operator took the visitor on.
        ended: When the session was over.
        closed: When the window was closed for the last time; None while it is open.
        outcome: ``"served"``: an operator was there. ``"abandoned"``: it ended in the queue.
            ``"window only"``: nobody queued. ``"open"``: it goes on where the log ends.
            ``"unknown"``: too much is missing to tell.
        anomalies: What was not as it should be, a sentence each.
        seqs: Numbers of its events in the log.
        uncertain: Which of the times are known roughly at best, because clocks contradict each
            other: ``("started",)``. No duration is told that touches one.
        replay: Whether it was played back from a recorded log.
    """

    opened: datetime | None
    created: datetime | None
    started: datetime | None
    ended: datetime | None
    closed: datetime | None
    outcome: str
    anomalies: tuple[str, ...]
    seqs: tuple[int, ...]
    uncertain: tuple[str, ...] = ()
    replay: bool = False

    @property
    def waiting(self) -> timedelta | None:
        """How long the visitor was in the queue, be it in vain; None while not over, or unknown."""
        if self.started is None and self.outcome == "unknown":
            return None  # the start may be what is missing
        return self._between("created", "started" if self.started else "ended")

    @property
    def talking(self) -> timedelta | None:
        """How long an operator was there; None while not over, or unknown."""
        return self._between("started", "ended")

    @property
    def total(self) -> timedelta | None:
        """How long it took from the queue to the end; None while not over, or unknown."""
        return self._between("created", "ended")

    @property
    def begin(self) -> datetime:
        """When the first of its events happened."""
        times = (self.opened, self.created, self.started, self.ended, self.closed)
        return min(time for time in times if time is not None)

    def _between(self, begin: str, end: str) -> timedelta | None:
        """Return the time between two events, or None: one is missing, or they changed places."""
        since: datetime | None = getattr(self, begin)
        until: datetime | None = getattr(self, end)
        if since is None or until is None or since > until:
            return None
        known = begin not in self.uncertain and end not in self.uncertain
        return until - since if known else None

    def __repr__(self) -> str:
        parts = [repr(self.outcome), f"begin={self.begin.isoformat()!r}"]
        for name, duration in (("waiting", self.waiting), ("talking", self.talking)):
            if duration is not None:
                parts.append(f"{name}='{duration}'")
        if self.anomalies:
            parts.append(f"anomalies={len(self.anomalies)}")
        if self.replay:
            parts.append("replay=True")
        return f"Session({', '.join(parts)})"


class Sessions(tuple[Session, ...]):
    """The sessions of a log, in the order of their beginnings: a tuple with a little more.

    Attributes:
        anomalies: What was not as it should be and belongs to no session, a sentence each.
    """

    anomalies: tuple[str, ...]

    def __new__(cls, sessions: Iterable[Session] = (), anomalies: Iterable[str] = ()) -> Sessions:
        """Make a tuple, and keep what belongs to none of its members."""
        self = super().__new__(cls, sessions)
        self.anomalies = tuple(anomalies)
        return self

    def to_pandas(self) -> pandas.DataFrame:
        """Return a frame with a row for each session.

        Its columns are ``opened``, ``created``, ``started``, ``ended`` and ``closed`` (times in
        UTC), ``waiting``, ``talking`` and ``total`` (durations), ``outcome`` (a category),
        ``events`` (how many), ``anomalies`` (the sentences as one text) and ``replay``.

        Raises:
            ImportError: without pandas, which the extra ``owidget-jupyter[pandas]`` brings.
        """
        from owidget_jupyter.sessions.frames import frame_of_sessions

        return frame_of_sessions(self)

    def __repr__(self) -> str:
        counts = Counter(session.outcome for session in self)
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
        anomalies = len(self.anomalies) + sum(len(session.anomalies) for session in self)
        parts = [f"{len(self)}" + (f" ({outcomes})" if outcomes else "")]
        if anomalies:
            parts.append(f"{anomalies} anomalies" if anomalies > 1 else "1 anomaly")
        return f"<Sessions: {', '.join(parts)}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the sessions and their anomalies line by line, in a cell's output."""
        rows = ["\n    ".join((repr(session), *session.anomalies)) for session in self]
        printer.text(listing(repr(self), rows, self.anomalies))
