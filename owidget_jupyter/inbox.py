"""Accepting what front ends send: each entry once, in its order."""

from __future__ import annotations

import operator
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable

from owidget_jupyter import wire

#: Document loads whose numbering is remembered; older ones have long been acknowledged.
LOADS_REMEMBERED = 1_000


class Inbox:
    """Keeps, for each document load, the number up to which everything was accepted.

    Entries come numbered from 1 by the load that saw them and may come again; one that is
    already here is passed over, and one that follows a gap waits to be sent again.
    """

    def __init__(self, on_malformed: Callable[[wire.MalformedMessage], None]) -> None:
        self._on_malformed = on_malformed
        self._upto: OrderedDict[str, int] = OrderedDict()

    def fresh(self, load: str, entries: Iterable[object]) -> tuple[list[wire.Message], int]:
        """Return the entries that are new, in order, and the number that they reach up to.

        One that is malformed becomes an overflow of one, if it has a number: the page would send
        it again for ever, and all behind it would wait. They count as accepted once `advance` is
        told so: what an interrupt keeps from being logged comes again.

        Raises:
            wire.MalformedMessage: for one without a number; nothing is accepted then.
        """
        problems: list[wire.MalformedMessage] = []
        checked = [_checked(entry, problems) for entry in entries]
        upto = self.upto(load)
        fresh = []
        for entry in sorted(checked, key=_number):
            if entry["n"] <= upto:
                continue
            if entry["n"] != upto + 1:
                break
            # An overflow stands for all the numbers that it swallowed.
            upto += entry["dropped"] if entry["kind"] == "overflow" else 1
            fresh.append(entry)
        for problem in problems:
            self._on_malformed(problem)
        return fresh, upto

    def advance(self, load: str, upto: int) -> None:
        """Take note that all of a load's entries are here up to a number."""
        self._upto[load] = upto
        self._upto.move_to_end(load)
        while len(self._upto) > LOADS_REMEMBERED:
            self._upto.popitem(last=False)

    def upto(self, load: str) -> int:
        """Return the number up to which a load's entries are here."""
        return self._upto.get(load, 0)


_number = operator.itemgetter("n")


def _checked(entry: object, problems: list[wire.MalformedMessage]) -> wire.Message:
    try:
        return wire.check_entry(entry)
    except wire.MalformedMessage as problem:
        number = entry.get("n") if isinstance(entry, dict) else None
        lost = {"kind": "overflow", "n": number, "at": time.time() * 1000, "dropped": 1}
        try:
            checked = wire.check_entry(lost)
        except wire.MalformedMessage:
            raise problem from None
        problems.append(problem)
        return checked
