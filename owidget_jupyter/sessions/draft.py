"""A session while its events are gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from owidget_jupyter.events import EventType
from owidget_jupyter.sessions.session import Session
from owidget_jupyter.sessions.strands import Moment

#: The times of a session, as its attributes are called.
_TIMES = ("opened", "created", "started", "ended", "closed")


@dataclass(slots=True)
class Draft:
    """What is known of a session so far.

    Attributes:
        in_open_window: Whether the window was open before.
        cut: Whether entries before it were dropped from the log.
        opened, created, started, ended, closed: Its events; of a repeated one the first, but of
            the closing the last.
        stage_went: Whether the stage went since the session was created, and nothing since then
            has shown that it goes on.
        superseded: Whether another session began before the end was seen.
        left: Whether nobody queued, and the page went.
        gap: Whether events are missing from it.
        windows: What was opened since, of which it is not known yet whether it is this visitor's.
        anomalies: What was not as it should be, a sentence each.
        seqs: Numbers of its events.
    """

    in_open_window: bool = False
    cut: bool = False
    opened: Moment | None = None
    created: Moment | None = None
    started: Moment | None = None
    ended: Moment | None = None
    closed: Moment | None = None
    stage_went: bool = False
    superseded: bool = False
    left: bool = False
    gap: bool = False
    windows: list[Draft] = field(default_factory=list)
    anomalies: list[str] = field(default_factory=list)
    seqs: list[int] = field(default_factory=list)

    @property
    def queued(self) -> bool:
        """Whether it is more than a window."""
        return self.created is not None or self.started is not None or self.ended is not None

    @property
    def over(self) -> bool:
        """Whether what begins now is another one."""
        if self.queued:
            return self.ended is not None or self.superseded
        return self.closed is not None or self.left

    @property
    def front(self) -> Draft:
        """What the window that was opened last belongs to for the time being."""
        return self.windows[-1] if self.windows else self

    @property
    def window_may_be_anothers(self) -> bool:
        """Whether the next window that is opened need not be this visitor's."""
        return self.queued and (self.stage_went or self.closed is not None)

    @property
    def nobody_came_back(self) -> bool:
        """Whether those windows were another visit: opened and closed, and nothing came of it.

        In a talk whose stage lives on a window is closed and opened as often as one likes.
        """
        looked_in = any(window.closed is not None for window in self.windows)
        return looked_in and (self.stage_went or self.started is None)

    def seems_left(self, moment: Moment) -> bool:
        """Whether its page only fell silent: it tells afterwards what came of the window."""
        same = self.opened is not None and self.opened.event.frontend == moment.event.frontend
        return self.left and same

    def goes_on(self) -> None:
        """Take up the windows that were opened since: they were this visitor's."""
        for window in self.windows:
            self.take_up(window)
        self.windows = []
        self.stage_went = False

    def take_up(self, other: Draft) -> None:
        """Take up what seemed to be a session of its own."""
        self.opened = self.opened or other.opened
        self.created = self.created or other.created
        if other.opened is not None or other.closed is not None:
            self.closed = other.closed
        self.gap |= other.gap
        self.anomalies += other.anomalies
        self.seqs += other.seqs

    def finished(self, replay: bool) -> Session:
        """Return the session that became of it."""
        times = [(name, getattr(self, name)) for name in _TIMES]
        return Session(
            **{name: moment and moment.time for name, moment in times},
            outcome=self._outcome(),
            anomalies=(*self._missing(), *self.anomalies),
            seqs=tuple(sorted(self.seqs)),
            uncertain=tuple(name for name, moment in times if moment and moment.uncertain),
            replay=replay,
        )

    def _missing(self) -> list[str]:
        missing = []
        if self.opened is None and not self.in_open_window:
            missing.append(f"no {EventType.WINDOW_OPEN} was seen")
        if self.queued and self.created is None:
            missing.append(f"no {EventType.SESSION_CREATED} was seen")
        if missing and self.cut:
            missing.append("it may have begun among the entries that were dropped")
        if self.superseded:
            missing.append(f"no {EventType.SESSION_ENDED} was seen before the next session")
        return missing

    def _outcome(self) -> str:
        if not self.over:
            return "open"
        if self.started is not None:
            return "served"
        if self.gap:
            return "unknown"
        if not self.queued:
            return "window only"
        return "unknown" if self.created is None or self.ended is None else "abandoned"
