"""One entry of a log: as a line, from a line, and what any entry has to be.

What is wrong with an entry is said without quoting it: it may hold personal data, and errors are
saved with a notebook.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from owidget_jupyter.events import OVERFLOW_ENTRY, OVERLAP_ENTRY, STATUS_ENTRY, Event
from owidget_jupyter.kinds import is_a
from owidget_jupyter.reported import STATUS_NAMES

#: The times that a log can hold, the latter not included. What is read from it, moved by a skew
#: and drawn with a margin, is then a time as well.
EARLIEST, LATEST = (datetime(year, 1, 1, tzinfo=timezone.utc) for year in (1970, 2970))
#: Seconds that two clocks can be apart.
MOST_SKEW = (LATEST - EARLIEST).total_seconds()
#: Whole numbers up to here are whole numbers everywhere.
MOST = 2**53

_NUMBER = (int, float)
_MEMBERS: dict[str, type | tuple[type, ...]] = {
    "seq": int,
    "type": str,
    "at": datetime,
    "received": datetime,
    "skew": _NUMBER,
    "frontend": str,
    "detail": object,
    "replay": bool,
}
_TIMES = ("at", "received")
#: What readers rely on in the details of the log's own entries: a member, and what it may be.
_OWN_MEMBERS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    STATUS_ENTRY: ("code", lambda it: is_a(it, (int, type(None))) and it in STATUS_NAMES),
    OVERFLOW_ENTRY: ("dropped", lambda it: is_a(it, int) and 1 <= it <= MOST),
    OVERLAP_ENTRY: ("seconds", lambda it: is_a(it, _NUMBER) and 0 <= it <= MOST_SKEW),
}
_ENCODER = json.JSONEncoder(allow_nan=False)


class Wrong(ValueError):
    """What is wrong with an entry, or with a line."""


def check(event: Event) -> None:
    """Check that a log could hold an entry, but for whether its detail has a JSON.

    Raises:
        Wrong: saying what is wrong.
    """
    for member, wanted in _MEMBERS.items():
        value = getattr(event, member)
        if not is_a(value, wanted):
            raise Wrong(f"its {member!r} cannot be of the type {type(value).__name__}")
    if not 1 <= event.seq <= MOST:
        raise Wrong("its 'seq' is no number of an entry: they begin with 1, and end with 2**53")
    for member in _TIMES:
        time: datetime = getattr(event, member)
        if time.utcoffset() is None:
            raise Wrong(f"its {member!r} is a time without a zone")
        if not EARLIEST <= time < LATEST:
            raise Wrong(f"its {member!r} is not in the years {EARLIEST.year} to {LATEST.year - 1}")
    if not -MOST_SKEW <= event.skew <= MOST_SKEW:
        raise Wrong("its 'skew' is no number of seconds within a thousand years")
    if event.type in _OWN_MEMBERS:
        member, fits = _OWN_MEMBERS[event.type]
        detail = event.detail
        if not isinstance(detail, dict) or member not in detail or not fits(detail[member]):
            raise Wrong(f"the detail of {event.type!r} has no {member!r} as it should be")


def encode(value: object) -> str:
    """Return a value as JSON.

    In pure ASCII: no character of it can be taken for the end of a line, and half a surrogate
    pair, which scripts can make, survives.

    Raises:
        TypeError: for what has no JSON.
        ValueError: for what none can hold, such as NaN.
    """
    try:
        return _ENCODER.encode(value)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def line(event: Event) -> str:
    """Return an entry as a line.

    Raises:
        TypeError: for a detail without a JSON.
        ValueError: for one that no JSON can hold, such as NaN.
    """
    members = {
        "seq": event.seq,
        "type": event.type,
        "at": event.at.isoformat(),
        "received": event.received.isoformat(),
        "skew": event.skew,
        "frontend": event.frontend,
        "detail": event.detail,
        "replay": event.replay,
    }
    try:
        return encode(members) + "\n"
    except TypeError as error:
        raise TypeError(f"entry {event.seq} has no JSON: {error}") from None
    except ValueError as error:
        raise ValueError(f"entry {event.seq} has no JSON: {error}") from None


def parse(value: object) -> Event:
    """Return the entry that a line holds.

    Raises:
        Wrong: if it is none.
    """
    if not isinstance(value, dict):
        raise Wrong("it is no entry: an object is expected")
    missing = sorted(_MEMBERS.keys() - value.keys())
    if missing:
        raise Wrong(f"an entry lacks {missing}")
    if len(value) > len(_MEMBERS):
        raise Wrong(f"an entry has no members but {[*_MEMBERS]}")
    event = Event(**{**value, **{member: _time(member, value[member]) for member in _TIMES}})
    check(event)
    return event


def _time(member: str, text: object) -> datetime:
    if not isinstance(text, str):
        raise Wrong(f"its {member!r} cannot be of the type {type(text).__name__}")
    iso = f"{text[:-1]}+00:00" if text.endswith("Z") else text  # Python 3.10 knows no Z
    try:
        time = datetime.fromisoformat(iso)
        return time if time.tzinfo is None else time.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise Wrong(f"its {member!r} is no time in ISO 8601") from None
