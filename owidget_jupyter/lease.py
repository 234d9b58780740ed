"""Who hosts the stage: at most one front end at any time."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Literal

from owidget_jupyter.wire import OF_CONNECTION

#: Looks, five seconds apart, that a replaced page may take to let go before its stage counts as
#: a second live one. Looks and not seconds: a busy kernel hears late of what was done in time.
OVERLAP_LOOKS = 2
#: Replaced holders that are remembered; one that slept through more does not come back.
REPLACED_REMEMBERED = 20


class _Replaced:
    def __init__(self, since: float, looks: int) -> None:
        self.since = since
        self.looks = looks


class Lease:
    """The right to run the one live stage of a model.

    Not locked: its owner guards it.

    Attributes:
        holder: Id of the front end that has it, or None.
        origin: Origin of the holder's page, as the page reported it.
        number: Grows with every grant; what comes under an older number is out of date.
        silent: The holder no longer answers; others are offered to replace it.
        taken: The holder is a front end that has spoken under it; else it is only the connection
            of the page that is about to show the widget, and whoever asks may have the lease.
    """

    def __init__(self) -> None:
        self.holder: str | None = None
        self.origin = ""
        self.number = 0
        self.silent = False
        self.taken = False
        self._replaced: OrderedDict[tuple[str, int], _Replaced] = OrderedDict()

    def grant(self, frontend: str, origin: str) -> None:
        """Give it to a front end, or give the same holder a fresh one."""
        if self.taken and self.holder not in (None, frontend):
            since = time.monotonic()
            looks = OVERLAP_LOOKS if self.silent else 0
            self._replaced[self.holder, self.number] = _Replaced(since, looks)
            while len(self._replaced) > REPLACED_REMEMBERED:
                self._replaced.popitem(last=False)
        self.taken = self.taken or frontend != self.holder
        self.holder, self.origin = frontend, origin
        self.number += 1
        self.silent = False

    def offer(self, connection: str) -> None:
        """Give it to whichever front end of a connection is the first to speak under it."""
        self.grant(connection, "")
        self.taken = False

    def take(self, frontend: str, number: int) -> bool:
        """Make a front end that speaks the holder, if it was offered the lease; tell whether."""
        if self.taken or self.holder is None or self.number != number:
            return False
        if not frontend.startswith(self.holder + OF_CONNECTION):
            return False
        self.holder, self.taken = frontend, True
        return True

    def free(self) -> None:
        """Take it back; a number is never used twice."""
        self.holder = None
        self.silent = False
        self.taken = False
        self.number += 1

    def look(self) -> None:
        """Look once, with the holder's silence, at those that have not yet let go."""
        for replaced in self._replaced.values():
            replaced.looks += 1

    def overlap(self, frontend: str, number: int) -> float | None:
        """Return for how many seconds, at most, a holder that lets go only now was a second one.

        None where it was not one: it never held that lease, or it let go as soon as it was told.
        """
        replaced = self._replaced.pop((frontend, number), None)
        if replaced is None or replaced.looks < OVERLAP_LOOKS:
            return None
        return round(time.monotonic() - replaced.since, 1)

    def is_current(self, frontend: str, number: int) -> bool:
        """Tell whether a front end speaks under the lease that is in force."""
        return self.taken and self.holder == frontend and self.number == number


class Silence:
    """Notices a holder that no longer reports.

    Counts looks instead of seconds: a kernel that is busy neither looks nor listens, and must
    not take its own silence for the page's.
    """

    #: Looks without a report, five seconds apart, after which the page is asked: a browser lets a
    #: page in the background report once a minute only, but what it is asked it answers at once.
    ASKED = 2
    #: Looks without a report or an answer until the page counts as silent.
    LIMIT = 3

    def __init__(self) -> None:
        self._looks = 0

    def heard(self) -> None:
        """Take note of a report from the holder."""
        self._looks = 0

    def look(self) -> Literal["ask", "silent"] | None:
        """Look once; say what is to be done when it has just become due."""
        self._looks += 1
        if self._looks == self.ASKED:
            return "ask"
        return "silent" if self._looks == self.LIMIT + 1 else None
