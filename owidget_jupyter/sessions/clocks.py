"""Putting what pages saw on the kernel's clock, whatever was done to their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from owidget_jupyter.events import Event

#: Seconds that clocks may differ by without being worth a word: pages are not that exact.
TOLERANCE = 1.0
#: Seconds by which ``skew`` changes from batch to batch though nothing was done to a clock.
JITTER = 5.0
#: Seconds for which a message is believed to have waited for a busy kernel on its own evidence.
BUSY = 600.0
#: Seconds beyond which no date is left.
FARTHEST = 1e12


@dataclass(slots=True)
class Batch:
    """Entries of a page that came at once.

    Attributes:
        skew: Seconds that the kernel's clock was ahead, the time on the way included.
        first: When it was sent, by the page's clock, in seconds since the epoch; of a replay, for
            which that is not known, when its first entry was seen.
        last: The same, but of a replay when its last entry was seen.
        received: When it came; None for a replay.
    """

    skew: float
    first: float
    last: float
    received: datetime | None


class Run:
    """Batches of a page that follow each other and say nearly the same of its clock.

    Keeps the first and the last of them only: there may be as many as entries, and what a log
    keeps for each of these, Python's collector looks through again and again.

    Attributes:
        first: The first of them.
        last: The last one.
        level: The least skew: the one with the least time on the way in it.
        offset: What to add to the page's time for the kernel's.
        doubt: Seconds by which the offset may be wrong.
    """

    __slots__ = ("_most", "doubt", "first", "last", "level", "offset")

    def __init__(self, batch: Batch) -> None:
        self.first = self.last = batch
        self.level = self._most = batch.skew
        self.offset = timedelta()
        self.doubt = 0.0

    def take(self, batch: Batch) -> bool:
        """Take a batch in, if it says nearly the same."""
        skew = batch.skew
        level = skew if skew < self.level else self.level
        most = skew if skew > self._most else self._most
        if most - level > JITTER:
            return False
        self.last = batch
        self.level, self._most = level, most
        return True

    @property
    def confirmed(self) -> bool:
        """Whether they came apart: messages that wait for a busy kernel all come at once."""
        first, last = self.first, self.last
        return last.last + last.skew - first.first - first.skew > TOLERANCE

    def settle(self, level: float, doubt: float = 0.0) -> None:
        """Take a skew for how far the clocks are apart."""
        self.offset = timedelta(seconds=max(-FARTHEST, min(level, FARTHEST)))
        self.doubt = doubt


@dataclass(slots=True)
class _Page:
    """What is known of a page's clock. A stretch is from one setting back of it to the next."""

    stretches: list[list[Run]] = field(default_factory=lambda: [[]])
    last: Batch | None = None

    def add(self, batch: Batch) -> Run:
        """Take a batch in, and return the run that it belongs to."""
        before, self.last = self.last, batch
        went_back = (
            before is not None
            and batch.first < before.last - TOLERANCE
            and batch.skew > before.skew + JITTER
        )
        if went_back:
            self.stretches.append([])
        runs = self.stretches[-1]
        if not runs or not runs[-1].take(batch):
            runs.append(Run(batch))
        return runs[-1]


def runs_of(events: Iterable[Event], *, replay: bool) -> list[Run | None]:
    """Return the run that each entry came with; None for the kernel's own, which have no skew.

    A skew is how far the clocks are apart, and how long the batch was on the way. Both change:
    a busy kernel lets messages wait, and clocks are set. What tells them apart is that messages
    which waited come at once, or once in a while, while a clock that was set stays so.
    """
    pages: dict[str, _Page] = {}
    runs: list[Run | None] = []
    for event in events:
        skew = event.skew
        if not skew:
            runs.append(None)
            continue
        page = pages.get(event.frontend)
        if page is None:
            page = pages[event.frontend] = _Page()
        batch = page.last
        received = None if replay else event.received
        if batch is None or batch.skew != skew or batch.received != received:
            sent = event.at.timestamp() if replay else event.received.timestamp() - skew
            batch = Batch(skew, sent, sent, received)
            run = page.add(batch)
        else:
            run = page.stretches[-1][-1]
            if replay:
                batch.last = event.at.timestamp()
        runs.append(run)
    for page in pages.values():
        _settle(page.stretches)
    return runs


def _settle(stretches: Iterable[Sequence[Run]]) -> None:
    """Find a page's offsets: runs that are not confirmed have waited, if that may be."""
    before = float("-inf")  # when the run in front was sent, by the kernel's clock
    for runs in stretches:
        levels = [run.level for run in runs if run.confirmed]
        behind = 0  # how many of those are behind us
        if not levels:
            levels = [min((run.level for run in runs), default=0.0)]
        for run in runs:
            first, last = run.first, run.last
            level = run.level
            if run.confirmed:
                behind += 1
            else:
                near = levels[max(behind - 1, 0) : behind + 1]
                possible = [
                    each
                    for each in near
                    if each <= level + JITTER and first.first + each >= before - TOLERANCE
                ]
                level = min(max(possible, default=level), level)
            waited = run.level - level
            if waited <= BUSY:
                run.settle(level)
            else:  # or the clock was set in between: nobody can tell
                level = run.level
                run.settle(level, waited)
            before = last.last + level
