"""The report of a diagnosis: findings, each with a grade and, where it is not fine, advice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Literal, overload

Grade = Literal["ok", "notice", "problem"]

#: A shape of its own for each grade, so that nothing depends on colour.
SHAPES: dict[Grade, str] = {"ok": "✓", "notice": "!", "problem": "✕"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a diagnosis found out.

    Attributes:
        topic: What it belongs to: ``"stage"``, ``"kernel"`` and so on.
        what: What was looked at.
        value: What was found, as text.
        grade: ``"ok"``, ``"notice"`` or ``"problem"``.
        advice: What to try, or what it means, in a line; ``""`` where it is fine.
    """

    topic: str
    what: str
    value: str
    grade: Grade = "ok"
    advice: str = ""


class Diagnosis(Sequence[Finding]):
    """What `OWidget.diagnose` found out, as a sequence of findings, grouped by topic.

    Shown as a table in a notebook, and as text by ``print``. It is made to be pasted into a
    ticket: host and company id are in it, as configuration, and nothing personal.

    Attributes:
        at: When it was made, in UTC.

    Example:
        >>> diagnosis = await chat.diagnose()
        >>> print(diagnosis)
        >>> [finding.advice for finding in diagnosis if finding.grade == "problem"]
    """

    __slots__ = ("_findings", "at")

    def __init__(self, at: datetime, findings: Iterable[Finding]) -> None:
        self.at = at
        self._findings = tuple(findings)

    @property
    def title(self) -> str:
        """When it was made, and how many findings are not fine."""
        at = self.at.strftime("%Y-%m-%d %H:%M:%S UTC")
        return f"Diagnosis of {at}: {self._summary}"

    @property
    def _summary(self) -> str:
        counts = Counter(finding.grade for finding in self._findings)
        parts = [
            f"{counts[grade]} {grade}" + ("" if counts[grade] == 1 else "s")
            for grade in ("problem", "notice")
            if counts[grade]
        ]
        return ", ".join(parts) or "nothing to complain about"

    @property
    def topics(self) -> list[tuple[str, list[Finding]]]:
        """The findings by topic."""
        return [
            (topic, list(found))
            for topic, found in groupby(self._findings, key=lambda finding: finding.topic)
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return the same as what JSON can hold."""
        found = [asdict(finding) for finding in self._findings]
        return {"at": self.at.isoformat(), "findings": found}

    def to_json(self) -> str:
        """Return the same as JSON, indented for people."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> list[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | list[Finding]:
        return list(self._findings)[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __len__(self) -> int:
        return len(self._findings)

    def __repr__(self) -> str:
        return f"<Diagnosis: {self._summary}>"

    def __str__(self) -> str:
        """Return all of it as text, a line for each finding and one more for its advice."""
        width = max((len(finding.what) for finding in self._findings), default=0)
        lines = [self.title]
        for topic, found in self.topics:
            lines += ["", topic]
            for finding in found:
                sign = f"{SHAPES[finding.grade]} {finding.grade}"
                lines.append(f"  {sign:<9}  {finding.what:<{width}}  {finding.value}")
                if finding.advice:
                    lines.append(f"  {'':<9}  {'':<{width}}  -> {finding.advice}")
        return "\n".join(lines)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self) if cycle else str(self))

    def _repr_html_(self) -> str:
        """Return the table that notebooks show."""
        from owidget_jupyter.diagnosis.display import html

        return html(self)
