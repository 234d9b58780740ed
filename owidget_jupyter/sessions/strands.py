"""Reading a log as what happened one after another, on one clock."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from owidget_jupyter.events import Event


class Moment(NamedTuple):
    """One entry of a log in its place.

    Attributes:
        place: Its index among the entries.
        event: The entry.
        time: When it happened, by the kernel's clock, never before the entry in front of it.
        moved: Seconds by which the time was put off so as not to lie before that entry.
        fresh: Whether a section begins with it: what was known before is no longer.
    """

    place: int
    event: Event
    time: datetime
    moved: float
    fresh: bool


class Strand(NamedTuple):
    """What belongs together in a log: all that was live, or one replay."""

    replay: bool
    moments: Sequence[Moment]


def strands(events: Iterable[Event], breaks: Sequence[int] = ()) -> list[Strand]:
    """Divide a log into what was live and each of its replays, in the order of their beginnings.

    The order is the log's, whatever the clocks say. Each page has a clock of its own: to ``at``
    the smallest ``skew`` of that page is added, because that one has the least time on the way
    in it. A clock that is still wrong then is held between the entry before and ``received``.

    Args:
        events: Entries of a log.
        breaks: Numbers of the entries that a section begins with, ascending: another run of a
            kernel, or a replay.
    """
    entries = list(events)
    offsets = _offsets(entries)
    found: dict[int, list[Moment]] = {}  # by the section of a replay; 0: live
    sections: dict[int, int] = {}  # the section that a strand's last entry was in
    for place, event in enumerate(entries):
        section = bisect_right(breaks, event.seq) if breaks else 0
        # Several replays may follow each other; of live entries there is one strand.
        key = section + 1 if event.replay else 0
        moments = found.get(key)
        if moments is None:
            moments = found[key] = []
        fresh = sections.get(key, section) != section
        sections[key] = section
        time = _time(event, offsets[event.frontend]) if event.skew else event.at
        moved = 0.0
        if moments and time < moments[-1].time:
            moved = (moments[-1].time - time).total_seconds()
            time = moments[-1].time
        moments.append(Moment(place, event, time, moved, fresh))
    return [Strand(key > 0, moments) for key, moments in found.items()]


def _time(event: Event, offset: timedelta) -> datetime:
    try:
        time = event.at + offset
        return time if time < event.received else event.received
    except OverflowError:  # a clock that is thousands of years off
        return event.received


def _offsets(entries: Iterable[Event]) -> dict[str, timedelta]:
    """Return what to add to each page's time; entries without a skew are the kernel's own."""
    least: dict[str, float] = {}
    for event in entries:
        if event.skew and event.skew < least.get(event.frontend, float("inf")):
            least[event.frontend] = event.skew
    return {frontend: timedelta(seconds=skew) for frontend, skew in least.items()}
