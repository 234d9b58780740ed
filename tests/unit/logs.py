"""Logs that belong to no widget, written down shortly."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from owidget_jupyter import EventLog, Sessions

from .driver import NOON

OPEN, CREATED, STARTED, ENDED, CLOSED = FIVE = (
    "chatWindowOpen",
    "chatSessionCreated",
    "chatSessionStarted",
    "chatSessionEnded",
    "chatWindowClosed",
)


def at(seconds: float) -> datetime:
    """Return a time after noon."""
    return NOON + timedelta(seconds=seconds)


def add(
    log: EventLog,
    seconds: float,
    type: str,
    detail: Any = None,
    *,
    page: str = "page",
    skew: float = 0.0,
    received: float | None = None,
    replay: bool = False,
) -> None:
    """Append an entry, dated so many seconds after noon by its page's clock."""
    arrived = at(seconds + skew if received is None else received)
    log._append(type, at(seconds), arrived, skew, page, {} if detail is None else detail, replay)


def log_of(*entries: tuple[Any, ...], **more: Any) -> EventLog:
    """Return a log of ``(seconds, type)`` or ``(seconds, type, detail)``."""
    log = EventLog(max(len(entries), 1))
    for entry in entries:
        add(log, *entry, **more)
    return log


def status(seconds: float, code: int | None) -> tuple[float, str, dict[str, int | None]]:
    """Return an entry for `log_of`."""
    return seconds, "status", {"code": code}


def talk(begin: float = 0) -> list[tuple[float, str]]:
    """Return the entries of a whole visit: 10 s in the queue, 60 s of talk."""
    return list(zip((begin, begin + 5, begin + 15, begin + 75, begin + 80), FIVE, strict=True))


def seconds(value: float) -> timedelta:
    """Return a duration."""
    return timedelta(seconds=value)


def of(*types: str) -> Sessions:
    """Return the sessions of events that follow each other by a second."""
    return log_of(*enumerate(types)).sessions()


def outcomes(sessions: Sessions) -> list[str]:
    """Return the outcome of each."""
    return [session.outcome for session in sessions]


def anomalies(sessions: Sessions) -> list[str]:
    """Return all sentences, of the sessions and of none."""
    return [*(sentence for each in sessions for sentence in each.anomalies), *sessions.anomalies]
