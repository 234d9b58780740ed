"""Telling front ends of the log: what it grew by, and what need not be sent again."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from threading import Lock

from owidget_jupyter import wire
from owidget_jupyter.events import Event, lines_of
from owidget_jupyter.receiver import Receiver

#: Lines of the event log that a view lists, and is told of at most.
LISTED = 200


class Telling:
    """What one widget's front ends are told of its log, in the log's order.

    A message takes as long to send as everything else that becomes of an event: whoever wants
    callbacks to hear of it first owes it, and tells afterwards.
    """

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._lock = Lock()
        self._owed: deque[tuple[list[dict[str, object]], str, int]] = deque()

    def owe(self, events: Sequence[Event], load: str = "", upto: int = 0) -> None:
        """Have these entries told with the next ones; all of the load is here up to a number."""
        self._owed.append((lines_of(events[-LISTED:]), load, upto))

    def tell(self) -> None:
        """Tell all that is owed."""
        while self._owed:
            with self._lock:
                if self._owed:  # another thread may have told it meanwhile
                    self._tell_next()

    def tell_of(self, events: Sequence[Event]) -> None:
        """Tell these entries at once, behind what is owed."""
        self.owe(events)
        self.tell()

    def _tell_next(self) -> None:
        lines, load, upto = self._owed.popleft()
        total = self._receiver.log.total
        told = wire.message("accepted", load=load, upto=upto, lines=lines, total=total)
        self._receiver.send(told)
