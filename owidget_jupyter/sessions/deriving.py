"""Finding the sessions in a log, whatever is missing, repeated or out of order in it.

The vendor's page names five events and promises no order. What is seen goes to the session it
fits best; what does not fit stays visible as an anomaly. Each of the five events is in exactly
one session, or in one sentence of the anomalies that belong to none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from owidget_jupyter.events import OVERFLOW_ENTRY, OVERLAP_ENTRY, STATUS_ENTRY, Event, EventType
from owidget_jupyter.sessions.session import Session, Sessions
from owidget_jupyter.sessions.strands import Moment, Strand, strands

#: Seconds that a clock may seem to go back without being worth a word: pages differ a little.
TOLERANCE = 1.0


def find_sessions(
    events: Iterable[Event], *, dropped: int = 0, breaks: Sequence[int] = ()
) -> Sessions:
    """Return the sessions of a log; what is live and each replay are kept apart.

    Args:
        events: Entries of a log, in its order.
        dropped: How many entries before them are gone.
        breaks: Numbers of the entries that a section begins with, ascending.
    """
    found: list[Session] = []
    strays: list[str] = []
    if dropped:
        strays.append(f"the oldest entries were dropped from the log: {dropped}")
    for strand in strands(events, breaks):
        sessions, belonging_to_none = sessions_of(strand, dropped=dropped)
        found.extend(sessions)
        strays.extend(belonging_to_none)
    return Sessions(sorted(found, key=lambda session: session.seqs[0]), strays)


def sessions_of(strand: Strand, *, dropped: int = 0) -> tuple[list[Session], list[str]]:
    """Return the sessions of one strand, and the anomalies that belong to none of them."""
    finder = _Finder(strand, dropped)
    return [draft.finished(strand.replay) for draft in finder.drafts], finder.strays


@dataclass(slots=True)
class _Draft:
    """A session while its events are gathered."""

    in_open_window: bool  # the window was open before
    cut: bool  # entries before it were dropped
    opened: datetime | None = None
    created: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    closed: datetime | None = None
    stage_went: bool = False  # since the session was created
    superseded: bool = False  # another session began before the end was seen
    left: bool = False  # nobody queued, and the page went
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

    def finished(self, replay: bool) -> Session:
        missing = []
        if self.opened is None and not self.in_open_window:
            missing.append(f"no {EventType.WINDOW_OPEN} was seen")
        if self.queued and self.created is None:
            missing.append(f"no {EventType.SESSION_CREATED} was seen")
        if missing and self.cut:
            missing.append("it may have begun among the entries that were dropped")
        if self.superseded:
            missing.append(f"no {EventType.SESSION_ENDED} was seen before the next session")
        return Session(
            opened=self.opened,
            created=self.created,
            started=self.started,
            ended=self.ended,
            closed=self.closed,
            outcome=self._outcome(),
            anomalies=(*missing, *self.anomalies),
            seqs=tuple(self.seqs),
            replay=replay,
        )

    def _outcome(self) -> str:
        if not self.over:
            return "open"
        if not self.queued:
            return "window only"
        if self.started is not None:
            return "served"
        return "unknown" if self.created is None or self.ended is None else "abandoned"


class _Finder:
    """Goes through one strand, entry by entry; the last draft is the one that may go on."""

    def __init__(self, strand: Strand, dropped: int) -> None:
        self.drafts: list[_Draft] = []
        self.strays: list[str] = []
        self._dropped = dropped
        self._window: bool | None = None  # whether it is open; None where that is not known
        # Each takes an entry in, and returns where anomalies about it belong.
        take: dict[str, Callable[[Moment], list[str]]] = {
            EventType.WINDOW_OPEN.value: self._window_open,
            EventType.WINDOW_CLOSED.value: self._window_closed,
            EventType.SESSION_CREATED.value: self._created,
            EventType.SESSION_STARTED.value: self._started,
            EventType.SESSION_ENDED.value: self._ended,
            STATUS_ENTRY: self._status,
            OVERFLOW_ENTRY: self._overflow,
            OVERLAP_ENTRY: self._overlap,
        }
        for moment in strand.moments:
            if moment.fresh:
                self._stage_went()
            taker = take.get(moment.event.type)
            if taker is not None:
                anomalies = taker(moment)
                if moment.moved > TOLERANCE:
                    anomalies.append(
                        f"{_name(moment)} is dated {moment.moved:.1f} s before the one in front"
                    )

    @property
    def _last(self) -> _Draft | None:
        return self.drafts[-1] if self.drafts else None

    def _begin(self) -> _Draft:
        cut = self._dropped > 0 and not self.drafts
        self.drafts.append(_Draft(in_open_window=self._window is True, cut=cut))
        return self.drafts[-1]

    def _window_open(self, moment: Moment) -> list[str]:
        draft = self._last
        if draft is None or draft.over:
            if draft is not None and self._window:
                draft.anomalies.append(f"its window was still open at {_name(moment)}")
            draft = self._begin()
        elif self._window:
            draft.anomalies.append(_again(moment))
        draft.opened = draft.opened or moment.time
        draft.closed = None
        self._window = True
        return _taken(draft, moment)

    def _window_closed(self, moment: Moment) -> list[str]:
        draft = self._last
        again = self._window is False
        self._window = False
        if draft is None:
            return self._stray(moment)
        if again and draft.closed is not None:
            draft.anomalies.append(_again(moment))
        draft.closed = moment.time
        return _taken(draft, moment)

    def _created(self, moment: Moment) -> list[str]:
        draft = self._last
        if draft is None or draft.over:
            draft = self._begin()
        elif draft.created is not None and (draft.started is not None or draft.stage_went):
            draft.superseded = True  # its end got lost
            draft = self._begin()
        elif draft.created is not None:
            draft.anomalies.append(_again(moment))
        elif draft.started is not None:
            draft.anomalies.append(f"{_name(moment)} came after {EventType.SESSION_STARTED}")
        draft.created = draft.created or moment.time
        return _taken(draft, moment)

    def _started(self, moment: Moment) -> list[str]:
        draft = self._last
        if draft is not None and draft.ended and not draft.started and not draft.closed:
            draft.anomalies.append(f"{_name(moment)} came after {EventType.SESSION_ENDED}")
        elif draft is None or draft.over:
            draft = self._begin()
        elif draft.started is not None:
            draft.anomalies.append(_again(moment))
        draft.started = draft.started or moment.time
        return _taken(draft, moment)

    def _ended(self, moment: Moment) -> list[str]:
        draft = self._last
        if draft is None or (draft.over and not draft.queued):
            return self._stray(moment)
        if draft.ended is not None:
            draft.anomalies.append(_again(moment))
        draft.ended = draft.ended or moment.time
        return _taken(draft, moment)

    def _status(self, moment: Moment) -> list[str]:
        if moment.event.detail["code"] is None:
            self._stage_went()
        return self.strays

    def _overflow(self, moment: Moment) -> list[str]:
        return self._affects(f"events are missing ({moment.event.detail['dropped']})", moment)

    def _overlap(self, moment: Moment) -> list[str]:
        return self._affects("two stages were live at once", moment)

    def _affects(self, what: str, moment: Moment) -> list[str]:
        """Note what is wrong with the log itself, at the session that it may be part of."""
        draft = self._last
        anomalies = self.strays if draft is None or draft.over else draft.anomalies
        anomalies.append(f"{what}: {_name(moment)}")
        return anomalies

    def _stage_went(self) -> None:
        """Whether the window is open is not known now; a talk may be restored, a window is not."""
        self._window = None
        draft = self._last
        if draft is None:
            return
        if draft.queued:
            draft.stage_went = True
        elif draft.closed is None:
            draft.left = True

    def _stray(self, moment: Moment) -> list[str]:
        self.strays.append(f"{_name(moment)} belongs to no session")
        return self.strays


def _taken(draft: _Draft, moment: Moment) -> list[str]:
    draft.seqs.append(moment.event.seq)
    return draft.anomalies


def _name(moment: Moment) -> str:
    return f"{moment.event.type} (entry {moment.event.seq})"


def _again(moment: Moment) -> str:
    return f"{_name(moment)} came again"
