"""Accepting what front ends send: each entry once, in its order."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from owidget_jupyter import wire

#: Document loads whose numbering is remembered; older ones have long been acknowledged.
LOADS_REMEMBERED = 1_000


class Inbox:
    """Keeps, for each document load, the number up to which everything was accepted.

    Entries come numbered from 1 by the load that saw them and may come again; one that is
    already here is passed over, and one that follows a gap waits to be sent again.
    """

    def __init__(self) -> None:
        self._upto: OrderedDict[str, int] = OrderedDict()

    def accept(self, load: str, entries: Iterable[object]) -> list[wire.Message]:
        """Return the entries that are new, in order.

        Raises:
            wire.MalformedMessage: if one of them is not an entry; nothing is accepted then.
        """
        checked = sorted((wire.check_entry(entry) for entry in entries), key=lambda e: e["n"])
        upto = self._upto.pop(load, 0)
        accepted = []
        for entry in checked:
            if entry["n"] <= upto:
                continue
            if entry["n"] != upto + 1:
                break
            # An overflow stands for all the numbers that it swallowed.
            upto += entry["dropped"] if entry["kind"] == "overflow" else 1
            accepted.append(entry)
        self._upto[load] = upto
        while len(self._upto) > LOADS_REMEMBERED:
            self._upto.popitem(last=False)
        return accepted

    def upto(self, load: str) -> int:
        """Return the number up to which a load's entries are here."""
        return self._upto.get(load, 0)
