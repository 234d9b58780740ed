"""Writing a widget's event log: what pages saw, and what the kernel itself concludes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Arrival:
    """How a batch came: from which page, when, and how far its clock is off."""

    frontend: str
    at: datetime
    skew: float


class Logbook:
    """Turns the entries of one widget's batches into events, and adds the kernel's own.

    Not locked: its owner guards it.
    """

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._status_known = False  # whether the last status in the log still holds

    def write(self, batch: wire.Message, entries: Sequence[wire.Message]) -> list[Sighted]:
        """Log what a batch brought that was new; each entry with the event that it became."""
        now = datetime.now(timezone.utc)
        skew = round(now.timestamp() - batch["sent"] / 1000, 3)
        arrival = _Arrival(batch["frontend"], now, skew)
        return [(entry, self._write(entry, arrival)) for entry in entries]

    def follow_status(self, entries: Sequence[wire.Message]) -> Event | None:
        """Follow what the live stage says of the status; return the entry that takes it back."""
        self._status_known |= any(entry["kind"] == "status" for entry in entries)
        states = [entry["state"] for entry in entries if entry["kind"] == "state"]
        return self.forget_status() if states[-1:] in (["failed"], ["unsupported"]) else None

    def forget_status(self, frontend: str = "") -> Event | None:
        """Log that the last status no longer holds, if it did: it must not seem to last."""
        if not self._status_known:
            return None
        self._status_known = False
        return self._write_own(STATUS_ENTRY, {"code": None}, frontend)

    def resume_status(self, code: int, frontend: str) -> Event:
        """Log the status that a page has which had fallen silent."""
        self._status_known = True
        return self._write_own(STATUS_ENTRY, {"code": code}, frontend)

    def note_overlap(self, seconds: float, frontend: str) -> Event:
        """Log that a replaced page's stage was live beside its successor's."""
        return self._write_own(OVERLAP_ENTRY, {"frontend": frontend, "seconds": seconds}, frontend)

    def _write(self, entry: wire.Message, arrival: _Arrival) -> Event | None:
        kind = entry["kind"]
        if kind == "event":
            type, detail = vendor_type(entry["type"]), entry["detail"]
        elif kind == "status" and entry["code"] in STATUS_CODES:
            type, detail = STATUS_ENTRY, {"code": entry["code"]}
        elif kind == "overflow":
            type, detail = OVERFLOW_ENTRY, {"dropped": entry["dropped"]}
        else:
            return None
        at = utc_from_ms(entry["at"])
        return self._receiver.log._append(
            type, at, arrival.at, arrival.skew, arrival.frontend, detail
        )

    def _write_own(self, type: str, detail: dict[str, Any], frontend: str) -> Event:
        """Log what the kernel concluded, by its own clock."""
        now = datetime.now(timezone.utc)
        return self._receiver.log._append(type, now, now, 0.0, frontend, detail)
