"""Who hosts the stage: at most one front end at any time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Lease:
    """The right to run the one live stage of a model.

    Not locked: its owner guards it.

    Attributes:
        holder: Id of the front end that has it, or None.
        origin: Origin of the holder's page, as the page reported it.
        number: Grows with every grant; what comes under an older number is out of date.
        silent: The holder no longer answers; others are offered to replace it.
    """

    holder: str | None = None
    origin: str = ""
    number: int = 0
    silent: bool = False

    def grant(self, frontend: str, origin: str) -> None:
        """Give it to a front end, or give the same one a fresh one."""
        self.holder, self.origin = frontend, origin
        self.number += 1
        self.silent = False

    def free(self) -> None:
        """Take it back; a number is never used twice."""
        self.holder = None
        self.silent = False
        self.number += 1

    def is_current(self, frontend: str, number: int) -> bool:
        """Tell whether a front end speaks under the lease that is in force."""
        return self.holder == frontend and self.number == number


class Silence:
    """Notices a holder that no longer reports.

    Counts looks instead of seconds: a kernel that is busy neither looks nor listens, and must
    not take its own silence for the page's.
    """

    #: Looks without a report until a page counts as silent: three, five seconds apart.
    VISIBLE = 3
    #: The same for a page in the background, whose timers a browser lets run once a minute.
    HIDDEN = 30

    def __init__(self) -> None:
        self._looks = 0
        self._limit = self.VISIBLE

    def heard(self, hidden: bool | None = None) -> None:
        """Take note of a report from the holder, which may say whether its page is hidden."""
        self._looks = 0
        if hidden is not None:
            self._limit = self.HIDDEN if hidden else self.VISIBLE

    def look(self) -> bool:
        """Look once; True when the holder has just become silent."""
        self._looks += 1
        return self._looks == self._limit + 1
