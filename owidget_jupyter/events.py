"""Events, and the log that keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from threading import Lock
from typing import Any, overload


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


class EventLog(Sequence[Event]):
    """What a widget saw, in order: bounded, append-only, safe to read from any thread.

    Indexing, slicing and iterating work on what is there at that moment; a slice is a list.
    Appending costs the same however long the log is.

    Attributes:
        dropped: How many of the oldest entries went to keep the log within its bound.
    """

    def __init__(self, max_events: int = 10_000) -> None:
        self._lock = Lock()
        self._entries: list[Event] = []
        self._first = 0  # where the log begins in _entries: what is before it is dropped
        self._max_events = max_events
        self.dropped = 0

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
        with self._lock:
            seq = self.dropped + len(self._entries) - self._first + 1
            event = Event(seq, type, at, received, skew, frontend, detail, replay)
            self._entries.append(event)
            self._trim()
            return event

    def _since(self, seq: int) -> tuple[list[Event], int]:
        """Return the entries behind a number, and how many of those are no longer there."""
        with self._lock:
            missing = max(0, self.dropped - seq)
            start = self._first + max(0, seq - self.dropped)
            return self._entries[start:], missing

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

    def __repr__(self) -> str:
        dropped = f", {self.dropped} dropped" if self.dropped else ""
        return f"<EventLog: {len(self)} events{dropped}>"


def line_of(event: Event) -> dict[str, object]:
    """Return what front ends are told of an event: never its detail."""
    code = event.detail["code"] if event.type == STATUS_ENTRY else None
    at = round(event.at.timestamp() * 1000)
    type = f"{event.type} (replay)" if event.replay else event.type
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
