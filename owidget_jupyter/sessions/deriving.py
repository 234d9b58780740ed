"""Finding the sessions in a log, whatever is missing, repeated or out of order in it.

The vendor's page names five events and promises no order. What is seen goes to the session it
fits best; what does not fit stays visible as an anomaly. Each of the five events is in exactly
one session, or in one sentence of the anomalies that belong to none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import accumulate

from owidget_jupyter.events import OVERFLOW_ENTRY, OVERLAP_ENTRY, STATUS_ENTRY, Event, EventType
from owidget_jupyter.sessions.collecting import uncollected
from owidget_jupyter.sessions.draft import Draft
from owidget_jupyter.sessions.session import Session, Sessions
from owidget_jupyter.sessions.strands import Moment, Strand, strands

#: Seconds within which a script that restores a talk has said so; a person takes longer to queue.
AT_ONCE = 5.0


@uncollected()
def find_sessions(
    events: Iterable[Event], *, dropped: int = 0, breaks: Sequence[int] = ()
) -> Sessions:
    """Return the sessions of a log; what is live and each replay are kept apart.

    Args:
        events: Entries of a log, in its order.
        dropped: How many entries before them are gone.
        breaks: Numbers of the entries that a section begins with, ascending.
    """
    found: list[tuple[int, Session]] = []  # and the place that it takes
    strays: list[str] = []
    if dropped:
        strays.append(f"the oldest entries were dropped from the log: {dropped}")
    for strand in strands(events, breaks):
        sessions, belonging_to_none = sessions_of(strand, dropped=dropped)
        # Within a strand the order is that of time: what was late has greater numbers.
        places = accumulate((session.seqs[0] for session in sessions), max)
        found.extend(zip(places, sessions, strict=True))
        strays.extend(belonging_to_none)
    in_order = sorted(found, key=lambda placed: placed[0])
    return Sessions([session for _, session in in_order], strays)


def sessions_of(strand: Strand, *, dropped: int = 0) -> tuple[list[Session], list[str]]:
    """Return the sessions of one strand, and the anomalies that belong to none of them."""
    finder = _Finder(strand, dropped)
    return [draft.finished(strand.replay) for draft in finder.drafts], finder.strays


class _Finder:
    """Goes through one strand, entry by entry; the last draft is the one that may go on."""

    def __init__(self, strand: Strand, dropped: int) -> None:
        self.drafts: list[Draft] = []
        self.strays: list[str] = []
        self._dropped = dropped
        self._window: bool | None = None  # whether it is open; None where that is not known
        self._live_since: datetime | None = None  # when this stage was heard of first
        self._interrupted: int | None = None  # place of a draft that may be restored just now
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
            if self._live_since is None:
                self._live_since = moment.time
            taker = take.get(moment.event.type)
            if taker is not None:
                anomalies = taker(moment)
                if moment.uncertain:
                    anomalies.append(f"{_name(moment)} is uncertain by {moment.doubt:.1f} s")
        self._end()

    @property
    def _last(self) -> Draft | None:
        return self.drafts[-1] if self.drafts else None

    def _begin(self) -> Draft:
        cut = self._dropped > 0 and not self.drafts
        self.drafts.append(Draft(in_open_window=self._window is True, cut=cut))
        return self.drafts[-1]

    def _window_open(self, moment: Moment) -> list[str]:
        draft = self._last
        if draft is None or draft.over:
            if draft is not None and self._window:
                draft.anomalies.append(f"its window was still open at {_name(moment)}")
            draft = self._begin()
        elif self._window:
            draft = draft.front
            draft.anomalies.append(_again(moment))
        elif draft.window_may_be_anothers:
            draft.windows.append(Draft())
            draft = draft.front
        draft.opened = draft.opened or moment
        draft.closed = None
        self._window = True
        return _taken(draft, moment)

    def _window_closed(self, moment: Moment) -> list[str]:
        draft = self._last
        again = self._window is False
        self._window = False
        if draft is None:
            return self._stray(moment)
        draft = draft.front
        if again and draft.closed is not None:
            draft.anomalies.append(_again(moment))
        draft.closed = moment
        return _taken(draft, moment)

    def _created(self, moment: Moment) -> list[str]:
        draft = self._last
        if draft is not None and draft.seems_left(moment):
            draft.left = False
        if draft is None or draft.over:
            draft = self._begin()
        elif draft.windows or (draft.created and (draft.started or draft.stage_went)):
            if draft.started and draft.stage_went and self._at_once(moment):
                self._interrupted = len(self.drafts) - 1
            draft = self._next_after(draft)
        elif draft.created is not None:
            draft.anomalies.append(_again(moment))
        elif draft.started is not None:
            draft.anomalies.append(f"{_name(moment)} came after {EventType.SESSION_STARTED}")
        if draft.created is None:
            draft.created = moment
            draft.gap = False  # what was missing came before the queue
        return _taken(draft, moment)

    def _started(self, moment: Moment) -> list[str]:
        draft = self._last
        if self._interrupted is not None and self._at_once(moment):
            draft = self._restored(self._interrupted)
            draft.anomalies.append(_again(moment))
        elif draft is not None and draft.ended and not draft.started and not draft.stage_went:
            draft.anomalies.append(f"{_name(moment)} came after {EventType.SESSION_ENDED}")
        elif draft is None or draft.over:
            draft = self._begin()
        else:
            if draft.started is not None:
                draft.anomalies.append(_again(moment))
            draft.goes_on()
        draft.started = draft.started or moment
        return _taken(draft, moment)

    def _ended(self, moment: Moment) -> list[str]:
        draft = self._last
        self._interrupted = None
        if draft is None or (draft.over and not draft.queued):
            return self._stray(moment)
        if draft.ended is not None:
            draft.anomalies.append(_again(moment))
        else:
            draft.goes_on()
        draft.ended = draft.ended or moment
        return _taken(draft, moment)

    def _status(self, moment: Moment) -> list[str]:
        if moment.event.detail["code"] is None:
            self._stage_went()
        return self.strays

    def _overflow(self, moment: Moment) -> list[str]:
        draft = self._last
        if draft is not None and not draft.over:
            draft.gap = draft.front.gap = True
        return self._affects(f"events are missing ({moment.event.detail['dropped']})", moment)

    def _overlap(self, moment: Moment) -> list[str]:
        return self._affects("two stages were live at once", moment)

    def _affects(self, what: str, moment: Moment) -> list[str]:
        """Note what is wrong with the log itself, at the session that it may be part of."""
        draft = self._last
        anomalies = self.strays if draft is None or draft.over else draft.front.anomalies
        anomalies.append(f"{what}: {_name(moment)}")
        return anomalies

    def _stage_went(self) -> None:
        """Whether the window is open is not known now; a talk may be restored, a window is not."""
        self._window = self._live_since = self._interrupted = None
        draft = self._last
        if draft is None:
            return
        if draft.queued:
            draft.stage_went = True
        if not draft.front.queued and draft.front.closed is None:
            draft.front.left = True

    def _at_once(self, moment: Moment) -> bool:
        """Whether it follows so closely on the stage's first entry that no person did it."""
        since = self._live_since
        return since is not None and (moment.time - since).total_seconds() <= AT_ONCE

    def _next_after(self, draft: Draft) -> Draft:
        """Let another session begin, though the end of this one was not seen."""
        self._supersede(draft)
        last = self.drafts[-1]
        return self._begin() if last.over else last

    def _supersede(self, draft: Draft) -> None:
        draft.superseded = True
        self.drafts += draft.windows
        draft.windows = []

    def _restored(self, place: int) -> Draft:
        """Return the draft of a talk that a fresh stage took up by telling of it once more."""
        draft = self.drafts[place]
        for repeated in self.drafts[place + 1 :]:
            if repeated.created is not None:
                draft.anomalies.append(_again(repeated.created))
            draft.take_up(repeated)
        del self.drafts[place + 1 :]
        draft.superseded = draft.stage_went = False
        self._interrupted = None
        return draft

    def _end(self) -> None:
        """Decide what the last windows were, as nothing more is heard of them."""
        draft = self._last
        if draft is None or not draft.windows:
            return
        if draft.nobody_came_back:
            self._supersede(draft)
            return
        if draft.stage_went:
            opened = [each.opened for each in draft.windows if each.opened is not None]
            draft.anomalies += [f"{_name(each)} may be another visit" for each in opened]
        draft.goes_on()

    def _stray(self, moment: Moment) -> list[str]:
        self.strays.append(f"{_name(moment)} belongs to no session")
        return self.strays


def _taken(draft: Draft, moment: Moment) -> list[str]:
    draft.seqs.append(moment.event.seq)
    return draft.anomalies


def _name(moment: Moment) -> str:
    return f"{moment.event.type} (entry {moment.event.seq})"


def _again(moment: Moment) -> str:
    return f"{_name(moment)} came again"
