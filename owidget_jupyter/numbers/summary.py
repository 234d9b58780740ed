"""How many numbers were accepted, and why the others were not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from owidget_jupyter.numbers.explanation import sentence
from owidget_jupyter.numbers.kinds import NumberReason

if TYPE_CHECKING:
    from owidget_jupyter.numbers.policy import NumberPolicy

#: Notebooks align the cells of tables on the right.
_LEFT = ' style="text-align: left"'


class NumberSummary(Mapping[NumberReason, int]):
    """How many numbers had which reason: the most frequent first, and none that did not occur.

    It holds no number. In a notebook it is shown as a table.

    Example:
        >>> _, summary = NumberPolicy("CZ").normalize_many(numbers, return_summary=True)
        >>> summary
        <NumberSummary: 1000 numbers (940 ok, 52 too_short, 8 characters)>
        >>> summary["ok"] / summary.total
        0.94
    """

    __slots__ = ("_rows",)

    def __init__(self, counts: Mapping[NumberReason, int], policy: NumberPolicy) -> None:
        ranked = sorted(
            counts.items(), key=lambda item: (-item[1], list(NumberReason).index(item[0]))
        )
        self._rows = {reason: (count, sentence(reason, policy)) for reason, count in ranked}

    @classmethod
    def of(cls, reasons: Iterable[NumberReason], policy: NumberPolicy) -> NumberSummary:
        """Return the summary of what was found under a policy."""
        return cls(Counter(reasons), policy)

    @property
    def total(self) -> int:
        """How many numbers there were, the missing ones included."""
        return sum(self.values())

    @property
    def listed(self) -> str:
        """The counts in one line, such as ``"940 ok, 52 too_short"``."""
        return ", ".join(f"{count} {reason}" for reason, count in self.items())

    def __getitem__(self, reason: NumberReason) -> int:
        return self._rows[reason][0]

    def __iter__(self) -> Iterator[NumberReason]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        total = self.total
        numbers = f"{total} number" if total == 1 else f"{total} numbers"
        return (
            f"<NumberSummary: {numbers} ({self.listed})>" if total else "<NumberSummary: 0 numbers>"
        )

    def _repr_html_(self) -> str:
        """Return a table that takes its colours from the page."""
        head = "".join(f"<th>{name}</th>" for name in ("reason", "count", "share"))
        head += f"<th{_LEFT}>meaning</th>"
        total = self.total
        rows = "".join(
            f"<tr><td>{escape(reason)}</td><td>{count:,}</td><td>{count / total:.1%}</td>"
            f"<td{_LEFT}>{escape(said)}</td></tr>"
            for reason, (count, said) in self._rows.items()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
