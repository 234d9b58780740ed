"""Events, and the log that keeps them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, overload

if TYPE_CHECKING:
    import pandas

    from owidget_jupyter.sessions.intervals import StatusIntervals
    from owidget_jupyter.sessions.session import Sessions
    from owidget_jupyter.sessions.timeline import Timeline


class EventType(str, Enum):
    """The five event types on the vendor's page; a member equals its name as text.

    Example:
        >>> EventType.SESSION_STARTED == "chatSessionStarted"
        True
    """

    WINDOW_OPEN = "chatWindowOpen"
    """The chat window was opened."""
    WINDOW_CLOSED = "chatWindowClosed"
    """The chat window was closed."""
    SESSION_CREATED = "chatSessionCreated"
    """The visitor entered the queue and waits for an operator."""
    SESSION_STARTED = "chatSessionStarted"
    """An operator took the visitor on."""
    SESSION_ENDED = "chatSessionEnded"
    """The session is over, whoever ended it."""

    __str__ = str.__str__


#: Entries of the log that are no vendor events: a status code, events that found no room, and
#: two stages that were live at once.
STATUS_ENTRY = "status"
OVERFLOW_ENTRY = "overflow"
OVERLAP_ENTRY = "overlap"
OWN_ENTRIES = (STATUS_ENTRY, OVERFLOW_ENTRY, OVERLAP_ENTRY)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the event log.

    Attributes:
        seq: Number in this log, from 1, without gaps.
        type: One of `EventType` as text, or whatever else the vendor's script named it; or one of
            the log's own: ``"status"`` for a status code, ``"overflow"`` where the page had to
            drop events, ``"overlap"`` where a page that had slept ran its stage beside the one
            that replaced it. A vendor's event of such a name is ``"event:status"`` and so on.
        at: When the page saw it, by the browser's clock, in UTC.
        received: When the kernel heard of it, by the kernel's clock, in UTC.
        skew: Seconds that the kernel's clock was ahead of the page's when the entry came, the
            time on the way included: ``at`` plus ``skew`` is the kernel's time, at the latest.
        frontend: Id of the notebook page that saw it.
        detail: The event's other members as JSON; ``{"code": 1}`` for a status, with None where
            it became unknown because the stage went, ``{"dropped": 7}`` for an overflow,
            ``{"frontend": "…", "seconds": 20.5}`` for an overlap, at most so long. May hold
            personal data: it is kept in Python only, never in synced state, and left out of
            the ``repr``.
        replay: Whether it was played back from a recorded log.
    """

    seq: int
    type: str
    at: datetime
    received: datetime
    skew: float
    frontend: str
    detail: Any
    replay: bool = False

    def __repr__(self) -> str:
        replay = ", replay=True" if self.replay else ""
        return f"Event(seq={self.seq}, type={self.type!r}, at={self.at.isoformat()!r}{replay})"


def vendor_type(type: str) -> str:
    """Return the type of a vendor's event in the log, told from the log's own entries."""
    return f"event:{type}" if type in OWN_ENTRIES else type


def utc_from_ms(milliseconds: float) -> datetime:
    """Return a browser's milliseconds since the epoch as a time in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, tz=timezone.utc)


class Snapshot(NamedTuple):
    """A log as it was at one moment.

    Attributes:
        entries: What was there.
        dropped: How many entries before them had gone.
        breaks: Numbers of the entries that a section begins with, ascending: a replay, or in a
            log that was read, another run of a kernel.
    """

    entries: list[Event]
    dropped: int
    breaks: list[int]


class EventLog(Sequence[Event]):
    """What a widget saw, in order: bounded, append-only, safe to read from any thread.

    Indexing, slicing and iterating work on what is there at that moment; a slice is a list.
    Appending costs the same however long the log is.

    Example:
        >>> chat.event_log.sessions().to_pandas()
        >>> chat.event_log.to_jsonl("chat.jsonl")
        >>> EventLog.from_jsonl("chat.jsonl").timeline()

    Attributes:
        dropped: How many of the oldest entries went to keep the log within its bound.
    """

    def __init__(self, max_events: int = 10_000) -> None:
        self._lock = Lock()
        self._entries: list[Event] = []
        self._first = 0  # where the log begins in _entries: what is before it is dropped
        self._max_events = max_events
        self._breaks: list[int] = []
        self.dropped = 0

    @classmethod
    def from_jsonl(
        cls, path: str | os.PathLike[str] | None = None, *, text: str | None = None
    ) -> EventLog:
        """Return the log that `to_jsonl` or a journal wrote.

        Where it is read from is told by the keyword and never guessed: a path looks like a text,
        and a text may look like a path.

        Each run that wrote into a journal is a section of the log, also where runs wrote in
        turns: run after run, in the order in which they began, and numbered on. Where some are
        missing because it could not be written, an ``"overflow"`` says how many, and begins a
        section as well.

        Args:
            path: The file to read, or
            text: what is in it.

        Raises:
            TypeError: unless exactly one of the two is given, and is a path or a text.
            ValueError: naming the line and what is wrong there, without quoting it; also for a
                newer format, and for a path that seems to be a log itself.
            OSError: if the file cannot be read.

        Warns:
            UserWarning: where a line breaks off, because its writer was killed; it is left out.
        """
        from owidget_jupyter.recording.jsonl import checked_path
        from owidget_jupyter.recording.reader import read

        if (path is None) == (text is None):
            raise TypeError("from_jsonl takes a path, or text=..., and exactly one of the two")
        if path is None:
            if not isinstance(text, str):
                raise TypeError(f"text is a text, and not {type(text).__name__}")
            snapshot, said = read(text, "the text")
        else:
            file = checked_path(path)
            snapshot, said = read(file.read_bytes(), str(file))
        for warning in said:
            warnings.warn(warning, stacklevel=2)
        return cls._of(snapshot)

    @classmethod
    def _of(cls, snapshot: Snapshot) -> EventLog:
        log = cls(max(len(snapshot.entries), 1))
        log._entries, log.dropped, log._breaks = snapshot
        return log

    @property
    def total(self) -> int:
        """How many entries there ever were, the dropped ones included."""
        with self._lock:
            return self.dropped + len(self._entries) - self._first

    def _append(
        self,
        type: str,
        at: datetime,
        received: datetime,
        skew: float,
        frontend: str,
        detail: object,
        replay: bool = False,
    ) -> Event:
        row = (type, at, received, skew, frontend, detail, replay)
        return self._extend([row])[0]

    def _extend(self, rows: Sequence[tuple[Any, ...]]) -> list[Event]:
        """Append entries, all or none of them: an interrupt finds no half of a batch here."""
        with self._lock:
            after = self.dropped + len(self._entries) - self._first + 1
            events = [Event(after + place, *row) for place, row in enumerate(rows)]
            self._entries += events
            self._trim()
            return events

    def _since(self, seq: int) -> tuple[list[Event], int]:
        """Return the entries behind a number, and how many of those are no longer there."""
        with self._lock:
            missing = max(0, self.dropped - seq)
            start = self._first + max(0, seq - self.dropped)
            return self._entries[start:], missing

    def _begin_section(self) -> None:
        """Let a section begin with the next entry: what was known before, it takes up not."""
        with self._lock:
            after = self.dropped + len(self._entries) - self._first + 1
            self._breaks = [seq for seq in self._breaks if self.dropped < seq < after]
            self._breaks.append(after)

    def _snapshot(self) -> Snapshot:
        with self._lock:
            return Snapshot(self._entries[self._first :], self.dropped, list(self._breaks))

    def _bound(self, max_events: int) -> None:
        with self._lock:
            self._max_events = max_events
            self._trim()

    def _trim(self) -> None:
        surplus = len(self._entries) - self._first - self._max_events
        if surplus > 0:
            self._first += surplus
            self.dropped += surplus
        # Cutting the front off costs as much as what stays: wait until it is worth it.
        if self._first > max(64, len(self._entries) // 2):
            del self._entries[: self._first]
            self._first = 0

    def __len__(self) -> int:
        with self._lock:
            return len(self._entries) - self._first

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> list[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | list[Event]:
        with self._lock:
            size = len(self._entries) - self._first
            if isinstance(index, slice):
                return [self._entries[self._first + i] for i in range(*index.indices(size))]
            if not -size <= index < size:
                raise IndexError(f"the log has {size} entries, not one at {index}")
            return self._entries[self._first + index % size]

    def __iter__(self) -> Iterator[Event]:
        return iter(self[:])

    def __reversed__(self) -> Iterator[Event]:
        return iter(self[::-1])

    def sessions(self) -> Sessions:
        """Return the sessions that the events tell of, put together from what is there now."""
        from owidget_jupyter.sessions.deriving import find_sessions

        entries, dropped, breaks = self._snapshot()
        return find_sessions(entries, dropped=dropped, breaks=breaks)

    def status_intervals(self) -> StatusIntervals:
        """Return from when to when the chat was offline, online, busy or not known."""
        from owidget_jupyter.sessions.intervals import find_intervals

        entries, _, breaks = self._snapshot()
        return find_intervals(entries, breaks=breaks)

    def to_pandas(self, *, details: bool = False) -> pandas.DataFrame:
        """Return a frame with a row for each entry.

        Its columns are ``seq``, ``type`` (a category), ``at`` and ``received`` (times in UTC),
        ``skew`` (seconds), ``frontend`` (text), ``code`` (a nullable integer: the code of
        a status) and ``replay``.

        Args:
            details: Whether ``detail`` is a column, too. It may hold personal data, and a frame
                that is shown in a notebook is saved with it.

        Raises:
            ImportError: without pandas, which the extra ``owidget-jupyter[pandas]`` brings.
        """
        from owidget_jupyter.sessions.frames import frame_of_events

        return frame_of_events(self[:], details=details)

    def timeline(
        self, *, title: str | None = None, width: float = 10.0, replay: bool | None = None
    ) -> Timeline:
        """Return a picture: status, window, queue and talk as bars over time, events as marks.

        Args:
            title: What stands above it; None says how many entries and sessions it shows.
            width: Width in inches, 4 to 40.
            replay: What to show: True the last replay, False what was live; None what was live,
                if anything was, else the last replay.

        Raises:
            ImportError: without matplotlib, which the extra ``owidget-jupyter[plot]`` brings.
            ValueError: for a width that is not accepted.
        """
        from owidget_jupyter.sessions.timeline import draw_timeline

        return draw_timeline(self._snapshot(), title=title, width=width, replay=replay)

    @overload
    def to_jsonl(self, path: None = None) -> str: ...
    @overload
    def to_jsonl(self, path: str | os.PathLike[str]) -> None: ...
    def to_jsonl(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """Write the log as JSON Lines, or return it as such where no path is given.

        A line each, in ASCII. First a header, ``{"format": "owidget-jupyter event log",
        "version": 1, "dropped": 0}``: ``dropped`` is how many entries are missing before the
        next one. Then an entry a line, with the members of `Event`; times are ISO 8601 in UTC::

            {"seq": 1, "type": "chatWindowOpen", "at": "2024-05-01T12:00:00.123000+00:00",
             "received": "2024-05-01T12:00:00.150000+00:00", "skew": 0.012, "frontend": "5d…",
             "detail": {"channel": "chat"}, "replay": false}

        Where a section begins, such as a replay, stands a further header. Those of a journal
        name the run that wrote, instead, and how many entries it had before the next one:
        ``"run": "9f…", "after": 12``. Details are written, too: they may hold personal data.

        Args:
            path: File to write, whole or not at all: it replaces one that is there, whose mode
                it keeps; a new one only its owner may read.

        Raises:
            TypeError: for a detail without a JSON, which only a log of your own making has.
            ValueError: for a detail that no JSON can hold, such as NaN, and for a path that seems
                to be a log itself.
            OSError: if the file cannot be written.
        """
        from owidget_jupyter.recording.jsonl import lines, write

        if path is None:
            return "".join(lines(self._snapshot()))
        write(path, lines(self._snapshot()))
        return None

    def __repr__(self) -> str:
        dropped = f", {self.dropped} dropped" if self.dropped else ""
        return f"<EventLog: {len(self)} events{dropped}>"


def line_of(event: Event) -> dict[str, object]:
    """Return what front ends are told of an event: never its detail."""
    code = event.detail["code"] if event.type == STATUS_ENTRY else None
    at = round(event.at.timestamp() * 1000)
    # A log from elsewhere may hold half a surrogate pair, which would break the message.
    type = event.type.encode("utf-8", "replace").decode("utf-8")
    type = f"{type} (replay)" if event.replay else type
    return {"seq": event.seq, "type": type, "at": at, "code": code}


def lines_of(events: Iterable[Event]) -> list[dict[str, object]]:
    """Return `line_of` for each."""
    return [line_of(event) for event in events]


def known_type(name: str | EventType) -> str:
    """Return the name of one of the five event types as text.

    Raises:
        ValueError: if the vendor's page names no such type.
    """
    try:
        return EventType(name).value
    except ValueError:
        names = ", ".join(member.value for member in EventType)
        raise ValueError(f"no event type {name!r}; the vendor's page names {names}") from None
