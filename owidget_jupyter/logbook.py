"""Writing a widget's event log: what pages saw, and what the kernel itself concludes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from owidget_jupyter import wire
from owidget_jupyter.events import (
    OVERFLOW_ENTRY,
    OVERLAP_ENTRY,
    STATUS_ENTRY,
    Event,
    utc_from_ms,
    vendor_type,
)
from owidget_jupyter.receiver import Receiver, Sighted

#: Vendor status codes, as the page reports them.
STATUS_CODES = (0, 1, 2)


class Logbook:
    """Turns the entries of one widget's batches into events, and adds the kernel's own.

    Not locked: its owner guards it.
    """

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._status: int | None = None  # what the live stage's status is known to be

    def write(self, batch: wire.Message, entries: Sequence[wire.Message]) -> list[Sighted]:
        """Log what a batch brought that was new; each entry with the event that it became."""
        now = datetime.now(timezone.utc)
        skew = round(now.timestamp() - batch["sent"] / 1000, 3)
        frontend = batch["frontend"]
        contents = [_content(entry) for entry in entries]
        rows = [
            (content[0], utc_from_ms(entry["at"]), now, skew, frontend, content[1], False)
            for entry, content in zip(entries, contents, strict=True)
            if content is not None
        ]
        events = iter(self._receiver.log._extend(rows))
        return [
            (entry, None if content is None else next(events))
            for entry, content in zip(entries, contents, strict=True)
        ]

    def follow_status(
        self, entries: Sequence[wire.Message], current: bool, holder: str
    ) -> Event | None:
        """Follow what is said of the status; return the entry that says what holds, if need be.

        What a page says of a stage that was replaced is old: it must not seem to last.
        """
        codes = [
            entry["code"]
            for entry in entries
            if entry["kind"] == "status" and entry["code"] in STATUS_CODES
        ]
        if not current:
            return self._write_status(holder) if codes else None
        if codes:
            self._status = codes[-1]
        states = [entry["state"] for entry in entries if entry["kind"] == "state"]
        return (
            self.set_status(None, holder) if states[-1:] in (["failed"], ["unsupported"]) else None
        )

    def set_status(self, code: int | None, holder: str) -> Event | None:
        """Log the status that holds from now on, unless it is the one that does."""
        if code == self._status:
            return None
        self._status = code
        return self._write_status(holder)

    def note_overlap(self, seconds: float, frontend: str) -> Event:
        """Log that a replaced page's stage was live beside its successor's."""
        return self._write_own(OVERLAP_ENTRY, {"frontend": frontend, "seconds": seconds}, frontend)

    def _write_status(self, holder: str) -> Event:
        return self._write_own(STATUS_ENTRY, {"code": self._status}, holder)

    def _write_own(self, type: str, detail: dict[str, Any], frontend: str) -> Event:
        """Log what the kernel concluded, by its own clock."""
        now = datetime.now(timezone.utc)
        return self._receiver.log._append(type, now, now, 0.0, frontend, detail)


def _content(entry: wire.Message) -> tuple[str, Any] | None:
    """Return type and detail of the event that an entry becomes, if it becomes one."""
    kind = entry["kind"]
    if kind == "event":
        return vendor_type(entry["type"]), entry["detail"]
    if kind == "status" and entry["code"] in STATUS_CODES:
        return STATUS_ENTRY, {"code": entry["code"]}
    if kind == "overflow":
        return OVERFLOW_ENTRY, {"dropped": entry["dropped"]}
    return None
