"""Status intervals of a log: from when to when the chat was offline, online or busy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from owidget_jupyter.events import STATUS_ENTRY, Event
from owidget_jupyter.reported import STATUS_NAMES
from owidget_jupyter.sessions.clocks import TOLERANCE
from owidget_jupyter.sessions.collecting import uncollected
from owidget_jupyter.sessions.listing import listing
from owidget_jupyter.sessions.strands import Moment, Strand, strands

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusInterval:
    """A time through which the status was the same, however often it was reported.

    Attributes:
        code: 0, 1 or 2; None where it was not known, because no stage was live.
        begin: From when, in UTC by the kernel's clock.
        end: Until when; None for the last one, which goes on where the log ends.
        uncertain: Whether its begin or end is known roughly at best, because clocks contradict
            each other.
        replay: Whether it was played back from a recorded log.
    """

    code: int | None
    begin: datetime
    end: datetime | None
    uncertain: bool = False
    replay: bool = False

    @property
    def name(self) -> str:
        """The status as a word, which is offline, online, busy or unknown."""
        return STATUS_NAMES[self.code]

    @property
    def duration(self) -> timedelta | None:
        """How long it was so; None for the last one, or where that is not known."""
        return None if self.end is None or self.uncertain else self.end - self.begin

    def __repr__(self) -> str:
        end = f"end={self.end.isoformat()!r}" if self.end else "end=None"
        end = end if self.duration is None else f"duration='{self.duration}'"
        replay = ", replay=True" if self.replay else ""
        return f"StatusInterval({self.name!r}, begin={self.begin.isoformat()!r}, {end}{replay})"


class StatusIntervals(tuple[StatusInterval, ...]):
    """The status intervals of a log, in order: a tuple with a little more."""

    def to_pandas(self) -> pandas.DataFrame:
        """Return a frame with a row for each interval.

        Its columns are ``code`` (a nullable integer), ``name`` (a category), ``begin``, ``end``
        (times in UTC), ``duration`` and ``replay``.

        Raises:
            ImportError: without pandas, which the extra ``owidget-jupyter[pandas]`` brings.
        """
        from owidget_jupyter.sessions.frames import frame_of_intervals

        return frame_of_intervals(self)

    def __repr__(self) -> str:
        last = f", now {self[-1].name}" if self and self[-1].end is None else ""
        return f"<StatusIntervals: {len(self)}{last}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show them line by line, in a cell's output."""
        printer.text(listing(repr(self), [repr(interval) for interval in self]))


@uncollected()
def find_intervals(events: Iterable[Event], *, breaks: Sequence[int] = ()) -> StatusIntervals:
    """Return the status intervals of a log; what is live and each replay are kept apart.

    Args:
        events: Entries of a log, in its order.
        breaks: Numbers of the entries that a section begins with, ascending. What the status
            was between two sections is not known.
    """
    found = []
    for strand in strands(events, breaks):
        found.extend(intervals_of(strand))
    return StatusIntervals(found)


def intervals_of(strand: Strand) -> list[StatusInterval]:
    """Return the status intervals of one strand."""
    changes: list[tuple[int | None, Moment]] = []
    last: Moment | None = None
    for moment in strand.moments:
        if moment.fresh and last is not None and changes:
            _change(changes, None, last)
        if moment.event.type == STATUS_ENTRY:
            _change(changes, moment.event.detail["code"], moment)
        last = moment
    ends: list[Moment | None] = [begin for _, begin in changes[1:]]
    return [
        StatusInterval(
            code=code,
            begin=begin.time,
            end=end and max(begin.time, end.time),
            uncertain=begin.uncertain or (end is not None and end.uncertain),
            replay=strand.replay,
        )
        for (code, begin), end in zip(changes, [*ends, None], strict=False)
        # Between two runs that overlap in time is no time that nothing is known of.
        if end is None or (begin.time - end.time).total_seconds() <= TOLERANCE
    ]


def _change(changes: list[tuple[int | None, Moment]], code: int | None, moment: Moment) -> None:
    if not changes or changes[-1][0] != code:
        changes.append((code, moment))
