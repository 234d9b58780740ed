"""A log as JSON Lines: writing it, and reading what was written, be it in several runs."""

from __future__ import annotations

import contextlib
import json
import math
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from owidget_jupyter.events import OVERFLOW_ENTRY, OVERLAP_ENTRY, STATUS_ENTRY, Event, Snapshot
from owidget_jupyter.reported import STATUS_NAMES

FORMAT = "owidget-jupyter event log"
VERSION = 1

#: What each of our lines begins with.
_BEGINS = (b'{"format": ', b'{"seq": ')
_NUMBER = (int, float)
_MEMBERS: dict[str, type | tuple[type, ...]] = {
    "seq": int,
    "type": str,
    "at": str,
    "received": str,
    "skew": _NUMBER,
    "frontend": str,
    "detail": object,
    "replay": bool,
}
#: What readers rely on in the details of the log's own entries.
_OWN_MEMBERS: dict[str, tuple[str, tuple[type, ...]]] = {
    STATUS_ENTRY: ("code", (int, type(None))),
    OVERFLOW_ENTRY: ("dropped", (int,)),
    OVERLAP_ENTRY: ("seconds", _NUMBER),
}


def header(dropped: int = 0) -> str:
    """Return the line that a section begins with.

    Args:
        dropped: How many entries are missing in front of the next one.
    """
    return _line({"format": FORMAT, "version": VERSION, "dropped": dropped})


def line(event: Event) -> str:
    """Return an entry as a line."""
    return _line(
        {
            "seq": event.seq,
            "type": event.type,
            "at": event.at.isoformat(),
            "received": event.received.isoformat(),
            "skew": event.skew,
            "frontend": event.frontend,
            "detail": event.detail,
            "replay": event.replay,
        }
    )


def lines(snapshot: Snapshot) -> Iterator[str]:
    """Return a log as lines, each with its end."""
    yield header(snapshot.dropped)
    begins = set(snapshot.breaks)
    for index, event in enumerate(snapshot.entries):
        if index and event.seq in begins:
            yield header()
        yield line(event)


def check_own(type: str, detail: object) -> None:
    """Check an entry of one of the log's own types: readers of a log rely on its detail.

    Raises:
        ValueError: saying what it lacks.
    """
    if type not in _OWN_MEMBERS:
        return
    member, wanted = _OWN_MEMBERS[type]
    value = detail.get(member, ...) if isinstance(detail, dict) else ...
    if not _is_a(value, wanted) or (type == STATUS_ENTRY and value not in STATUS_NAMES):
        raise _Wrong(f"the detail of {type!r} has no {member!r} as it should be")


def write(path: str | os.PathLike[str], lines: Iterable[str]) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: if it cannot be written; what was there before stays.
    """
    target = Path(path).expanduser().resolve()
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with open(draft, "x", encoding="ascii", newline="\n") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
        raise


def read(source: str | bytes, name: str) -> tuple[Snapshot, list[str]]:
    """Return what was written, and what is to be said of it; see `EventLog.from_jsonl`.

    Args:
        source: What was written.
        name: What it is called in messages.

    Raises:
        ValueError: naming the line and what is wrong there.
    """
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    texts = data.split(b"\n")
    reader = _Reader(name)
    for number, text in enumerate(texts, 1):
        if text.strip():
            reader.take(number, text)
    # The end of the last line is missing if something stands behind the last "\n".
    return reader.end(bool(texts[-1].strip())), reader.warnings


class _Reader:
    """Takes line by line.

    Lines may break off where a writer was killed or the disk was full: before the end, or before
    the header that the next writer began with.
    """

    def __init__(self, name: str) -> None:
        self.warnings: list[str] = []
        self._name = name
        self._snapshot: Snapshot | None = None  # None before the first header
        self._broken: list[tuple[int, ValueError]] = []  # lines that seem to break off
        self._begins = False  # whether a section begins with the next entry
        self._missing = 0  # entries in front of the next one, of a later section

    def take(self, number: int, text: bytes) -> None:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            broken = self._error(number, f"it is no JSON: {error}")
            if not any(text.startswith(begin) or begin.startswith(text) for begin in _BEGINS):
                raise broken from None
            self._broken.append((number, broken))
            return
        try:
            if isinstance(value, dict) and "format" in value:
                self._take_header(value)
            else:
                self._refuse_broken()
                self._take_entry(value)
        except _Wrong as wrong:
            raise self._error(number, str(wrong)) from None

    def end(self, unended: bool) -> Snapshot:
        """Return what was read; the last line may break off if its end is missing."""
        if not unended:
            self._refuse_broken()
        if self._snapshot is None:
            raise ValueError(f"{self._name} has no header: it is no event log")
        self._excuse_broken()
        if self._missing:
            self.warnings.append(f"{self._name}: {self._missing} entries are missing at the end")
        return self._snapshot

    def _take_header(self, value: dict[str, Any]) -> None:
        version: Any = value.get("version")
        dropped: Any = value.get("dropped")
        if value["format"] != FORMAT:
            raise _Wrong(f"its format is {value['format']!r}, not {FORMAT!r}")
        if not _is_a(version, int) or version < 1:
            raise _Wrong(f"{version!r} is no version of the format")
        if version > VERSION:
            raise _Wrong(
                f"it was written in version {version} of the format, and this package reads "
                f"version {VERSION}: install a newer one"
            )
        if not _is_a(dropped, int) or dropped < 0:
            raise _Wrong(f"its 'dropped' is {dropped!r}, not a number of entries")
        self._excuse_broken()
        if self._snapshot is None:
            self._snapshot = Snapshot([], dropped, [])
        else:
            self._begins = True
            self._missing += dropped

    def _take_entry(self, value: object) -> None:
        if self._snapshot is None:
            raise _Wrong("it should be a header, and is not")
        event = _event(value)
        if self._missing:
            detail = {"dropped": self._missing}
            self._add(replace(event, type=OVERFLOW_ENTRY, detail=detail))
            self._missing = 0
        self._add(event)

    def _add(self, event: Event) -> None:
        assert self._snapshot is not None, "a header comes first"
        entries, dropped, breaks = self._snapshot
        seq = dropped + len(entries) + 1
        if self._begins:
            self._begins = False
            if entries:
                breaks.append(seq)
        entries.append(replace(event, seq=seq) if event.seq != seq else event)

    def _refuse_broken(self) -> None:
        if self._broken:
            raise self._broken[0][1]

    def _excuse_broken(self) -> None:
        for number, _ in self._broken:
            self.warnings.append(f"{self._name}, line {number} breaks off, and is left out")
        self._broken.clear()

    def _error(self, number: int, what: str) -> ValueError:
        return ValueError(f"{self._name}, line {number}: {what}")


class _Wrong(ValueError):
    """What is wrong with a line."""


def _event(value: object) -> Event:
    if not isinstance(value, dict):
        raise _Wrong("it is no entry: an object is expected")
    if value.keys() != _MEMBERS.keys():
        missing = sorted(_MEMBERS.keys() - value.keys())
        unknown = sorted(value.keys() - _MEMBERS.keys())
        raise _Wrong(f"an entry lacks {missing}" if missing else f"an entry has no {unknown}")
    for member, wanted in _MEMBERS.items():
        if not _is_a(value[member], wanted):
            raise _Wrong(f"its {member!r} cannot be {value[member]!r}")
    if value["seq"] < 1:
        raise _Wrong(f"its 'seq' is {value['seq']}, and numbers begin with 1")
    if not math.isfinite(value["skew"]):
        raise _Wrong(f"its 'skew' cannot be {value['skew']!r}")
    check_own(value["type"], value["detail"])
    times = {member: _time(member, value[member]) for member in ("at", "received")}
    return Event(**{**value, **times})


def _is_a(value: object, wanted: type | tuple[type, ...]) -> bool:
    """Tell whether a value has a type; True and False are no numbers."""
    if isinstance(value, bool):
        return wanted in (bool, object)
    return isinstance(value, wanted)


def _time(member: str, text: str) -> datetime:
    iso = f"{text[:-1]}+00:00" if text.endswith("Z") else text  # Python 3.10 knows no Z
    try:
        time = datetime.fromisoformat(iso)
        if time.tzinfo is not None:
            return time.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise _Wrong(f"its {member!r} is {text!r}, not a time in ISO 8601") from None
    raise _Wrong(f"its {member!r} is {text!r}, a time without a zone")


def _line(value: dict[str, object]) -> str:
    # Pure ASCII: no character of it can be taken for the end of a line, and half a surrogate
    # pair, which scripts can make, survives.
    return json.dumps(value) + "\n"
