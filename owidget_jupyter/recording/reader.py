"""Reading a log from JSON Lines, be it of several runs that wrote one after another or in turns."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from owidget_jupyter.events import OVERFLOW_ENTRY, Event, Snapshot
from owidget_jupyter.kinds import is_a
from owidget_jupyter.recording.entries import MOST, Wrong, parse
from owidget_jupyter.recording.jsonl import FORMAT, VERSION

#: What each of our lines begins with.
_BEGINS = (b'{"format": ', b'{"seq": ')
_BOM = b"\xef\xbb\xbf"  # which editors may have put in front
#: Most entries that a header may tell of: the numbers of those behind it stay whole numbers.
_MOST_MISSING = MOST // 2


def read(source: str | bytes, name: str) -> tuple[Snapshot, list[str]]:
    """Return what was written, and what is to be said of it; see `EventLog.from_jsonl`.

    Args:
        source: What was written.
        name: What it is called in messages.

    Raises:
        ValueError: naming the line and what is wrong there.
    """
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    texts = data.removeprefix(_BOM).split(b"\n")
    reader = _Reader(name)
    for number, text in enumerate(texts, 1):
        if text.strip():
            reader.take(number, text)
    # The end of the last line is missing if something stands behind the last "\n".
    return reader.end(bool(texts[-1].strip())), reader.warnings


@dataclass(slots=True)
class _Section:
    """What stands behind one header; or behind all headers of one run, wherever they are."""

    entries: list[Event] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)  # places in front of which some are missing
    count: int = 0  # how many entries it had, those that are missing included
    missing: int = 0  # entries in front of the next one

    def add(self, event: Event) -> None:
        if self.missing:
            self.gaps.append(len(self.entries))
            detail = {"dropped": self.missing}
            self.entries.append(replace(event, type=OVERFLOW_ENTRY, detail=detail))
            self.count += self.missing
            self.missing = 0
        self.entries.append(event)
        self.count += 1

    def begins(self) -> Iterator[int]:
        """Return the places of the entries before which what was known is known no more."""
        if self.entries:
            yield 0
        yield from (place for place in self.gaps if place)


class _Reader:
    """Takes line by line.

    Lines may break off where a writer was killed or the disk was full: before the end, or before
    the header that the next writer began with.
    """

    def __init__(self, name: str) -> None:
        self.warnings: list[str] = []
        self._name = name
        self._dropped = 0  # entries that are missing before the first one
        self._sections: list[_Section] = []
        self._runs: dict[str, _Section] = {}
        self._section: _Section | None = None  # whose lines these are; None before a header
        self._broken: list[tuple[int, ValueError]] = []  # lines that seem to break off

    def take(self, number: int, text: bytes) -> None:
        try:
            self._take(number, text)
        except Wrong as wrong:
            raise self._error(number, str(wrong)) from None

    def _take(self, number: int, text: bytes) -> None:
        try:
            value = _DECODER.decode(text.decode("utf-8", "surrogatepass"))
        except Wrong:
            raise
        except (ValueError, RecursionError) as error:
            broken = self._error(number, f"it is no JSON: {error}")
            if not any(text.startswith(begin) or begin.startswith(text) for begin in _BEGINS):
                raise broken from None
            self._broken.append((number, broken))
            return
        if isinstance(value, dict) and "format" in value:
            self._take_header(value)
            return
        self._refuse_broken()
        if self._section is None:
            raise Wrong("it should be a header, and is not")
        self._section.add(parse(value))

    def end(self, unended: bool) -> Snapshot:
        """Return what was read; the last line may break off if its end is missing."""
        if not unended:
            self._refuse_broken()
        if self._section is None:
            raise ValueError(f"{self._name} has no header: it is no event log")
        self._excuse_broken()
        entries: list[Event] = []
        breaks: list[int] = []
        for section in self._sections:
            if section.missing:
                missing = f"{section.missing} entries are missing at the end of a section"
                self.warnings.append(f"{self._name}: {missing}")
            first = self._dropped + len(entries) + 1
            breaks += [first + place for place in section.begins() if entries or place]
            entries += section.entries
        numbered = enumerate(entries, self._dropped + 1)
        return Snapshot(
            [event if event.seq == seq else replace(event, seq=seq) for seq, event in numbered],
            self._dropped,
            breaks,
        )

    def _take_header(self, value: dict[str, Any]) -> None:
        version: Any = value.get("version")
        if value["format"] != FORMAT:
            raise Wrong(f"its format is not {FORMAT!r}")
        if not is_a(version, int) or not 1 <= version <= MOST:
            raise Wrong("its 'version' is no version of the format")
        if version > VERSION:
            raise Wrong(
                f"it was written in version {version} of the format, and this package reads "
                f"version {VERSION}: install a newer one"
            )
        if "run" in value:
            section = self._run(value["run"], _number(value, "after"))
            missing = value["after"] - section.count
        else:
            section, missing = self._new_section(), _number(value, "dropped")
        self._excuse_broken()
        if self._section is None:
            self._dropped = section.count = missing
        else:
            section.missing = missing
        self._section = section

    def _run(self, run: object, after: int) -> _Section:
        """Return the section of a run that goes on after so many entries."""
        if not isinstance(run, str):
            raise Wrong("its 'run' is no id of a run")
        section = self._runs.get(run)
        if section is None or after < section.count:  # the file holds the same lines once more
            section = self._runs[run] = self._new_section()
        return section

    def _new_section(self) -> _Section:
        section = _Section()
        self._sections.append(section)
        return section

    def _refuse_broken(self) -> None:
        if self._broken:
            raise self._broken[0][1]

    def _excuse_broken(self) -> None:
        for number, _ in self._broken:
            self.warnings.append(f"{self._name}, line {number} breaks off, and is left out")
        self._broken.clear()

    def _error(self, number: int, what: str) -> ValueError:
        return ValueError(f"{self._name}, line {number}: {what}")


def _number(value: dict[str, Any], member: str) -> int:
    number: Any = value.get(member)
    if not is_a(number, int) or not 0 <= number <= _MOST_MISSING:
        raise Wrong(f"its {member!r} is no number of entries")
    return int(number)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Wrong("an object in it has the same member twice")
    return made


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise Wrong("a number in it is too large")
    return number


def _constant(name: str) -> None:
    raise Wrong(f"{name} is no JSON")


# What the format has no place for is refused here: it could not be written again.
_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_float, parse_constant=_constant)
