"""Reading a log as what happened one after another, on one clock."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from operator import attrgetter
from typing import NamedTuple

from owidget_jupyter.events import Event
from owidget_jupyter.sessions.clocks import TOLERANCE, Run, runs_of


class Moment(NamedTuple):
    """One entry of a log in its place.

    Attributes:
        place: Its index among the entries.
        event: The entry.
        time: When it happened, by the kernel's clock, never before the moment in front of it in
            its section.
        doubt: Seconds by which the time may be wrong, because clocks contradict each other.
        fresh: Whether a section begins with it: what was known before is no longer.
    """

    place: int
    event: Event
    time: datetime
    doubt: float
    fresh: bool

    @property
    def uncertain(self) -> bool:
        """Whether durations from it, or up to it, would be false."""
        return self.doubt > TOLERANCE


class Strand(NamedTuple):
    """What belongs together in a log: all that was live, or one replay."""

    replay: bool
    moments: Sequence[Moment]


class _Entries(NamedTuple):
    """Entries of one strand: columns, since a tuple for each would be one more to be collected.

    Attributes:
        places: Their places among all entries.
        events: What is there.
        fresh: Whether a section begins with it.
    """

    places: list[int]
    events: list[Event]
    fresh: list[bool]


def strands(events: Iterable[Event], breaks: Sequence[int] = ()) -> list[Strand]:
    """Divide a log into what was live and each of its replays, in the order of their beginnings.

    Moments are in the order of their times, which is the log's but for what came late: a page
    that slept, or lost its connection, tells afterwards what it saw meanwhile. Where the clocks
    contradict each other, the log's order holds, and the moment has a doubt.

    Args:
        events: Entries of a log.
        breaks: Numbers of the entries that a section begins with, ascending: another run of a
            kernel, or a replay. Nothing changes places with what is in another section.
    """
    found: dict[int, _Entries] = {}  # by the section of a replay; 0: live
    sections: dict[int, int] = {}  # the section that a strand's last entry was in
    for place, event in enumerate(events):
        section = bisect_right(breaks, event.seq) if breaks else 0
        # Several replays may follow each other; of live entries there is one strand.
        key = section + 1 if event.replay else 0
        entries = found.get(key)
        if entries is None:
            entries = found[key] = _Entries([], [], [])
        entries.places.append(place)
        entries.events.append(event)
        entries.fresh.append(sections.get(key, section) != section)
        sections[key] = section
    return [Strand(key > 0, _moments(entries, key > 0)) for key, entries in found.items()]


def _moments(entries: _Entries, replay: bool) -> list[Moment]:
    """Return the entries of one strand with their times, in the order of those."""
    moments: list[Moment] = []
    order = _Order()
    runs = runs_of(entries.events, replay=replay)
    for place, event, fresh, run in zip(*entries, runs, strict=True):
        if fresh:
            order.close(moments)
        time, doubt = order.dated(event, run)
        moments.append(Moment(place, event, time, doubt, fresh))
    order.close(moments)
    return moments


_TIME = attrgetter("time")
#: Before anything that a log can tell of.
_EVER = datetime.min.replace(tzinfo=timezone.utc)


class _Order:
    """Keeps times from contradicting what is known of the order."""

    def __init__(self) -> None:
        self._begin = 0  # where the section begins
        self._late = False  # whether one of its entries came late
        self._latest = _EVER
        self._floor = _EVER  # nothing more can have been before
        self._received = _EVER  # the latest time of the kernel's clock
        self._kernel = _EVER  # the time of the kernel's last own entry
        self._pages: dict[str, tuple[datetime, datetime]] = {}  # their last: by page, by kernel

    def dated(self, event: Event, run: Run | None) -> tuple[datetime, float]:
        """Return when an entry happened, and the seconds by which that may be wrong."""
        time, doubt = (event.at, 0.0) if run is None else _time(event, run)
        if event.received >= self._received:
            self._received = event.received
        elif not event.replay and (self._received - event.received).total_seconds() > TOLERANCE:
            # The kernel's clock was set back: its times say nothing of the order for a while.
            self._floor = self._latest
        if time >= self._latest:
            self._latest = time
        else:
            earliest = self._earliest(event, run)
            if time < earliest:
                doubt = max(doubt, (earliest - time).total_seconds())
                time = earliest
            self._late |= time < self._latest
        if run is None:
            self._kernel = time
        else:
            self._pages[event.frontend] = (event.at, time)
        return time, doubt

    def close(self, moments: list[Moment]) -> None:
        """End a section: put what came late where it belongs."""
        if self._late:
            fresh = moments[self._begin].fresh
            section = sorted(moments[self._begin :], key=_TIME)
            moments[self._begin :] = [each._replace(fresh=False) for each in section]
            moments[self._begin] = moments[self._begin]._replace(fresh=fresh)
        self._begin, self._late = len(moments), False
        # Runs may overlap in time, two widgets on one journal say: each has an order of its own.
        self._floor = self._latest = self._received = self._kernel = _EVER
        self._pages.clear()

    def _earliest(self, event: Event, run: Run | None) -> datetime:
        """Return the time before which an entry cannot have been."""
        if run is None:  # the kernel logs in order what it concludes itself
            return max(self._floor, self._kernel)
        seen, time = self._pages.get(event.frontend, (event.at, _EVER))
        # What a page saw before its last entry, by its own clock, is only late.
        return max(self._floor, time) if event.at >= seen else self._floor


def _time(event: Event, run: Run) -> tuple[datetime, float]:
    try:
        time = event.at + run.offset
    except OverflowError:  # a clock that is thousands of years off
        return event.received, 0.0
    if time <= event.received:
        return time, run.doubt
    # The kernel had heard of it by then: the clock was set between seeing and sending.
    return event.received, max(run.doubt, (time - event.received).total_seconds())
