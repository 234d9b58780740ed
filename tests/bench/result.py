"""What the parts hand back, and the one table that shows it."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADER = ("what", "ours", "rival", "ratio", "mark", "")


@dataclass(frozen=True)
class Spread:
    """One quantity as several runs had it.

    Attributes:
        runs: The quantity in each run.
        unit: What it counts; empty where it has none.
    """

    runs: Sequence[float]
    unit: str = ""

    @property
    def median(self) -> float:
        """The median of the runs."""
        return statistics.median(self.runs)

    def __str__(self) -> str:
        """Show the median, and the least and the most where they differ."""
        text, least, most = map(_number, (self.median, min(self.runs), max(self.runs)))
        if least != most:
            text += f" ({least}–{most})"
        return f"{text} {self.unit}".rstrip()


@dataclass(frozen=True)
class Ratio:
    """The number that a mark is about.

    Attributes:
        name: What it is, such as ``"rival/ours"``.
        value: The number.
        least: It is to be at least that; None where it may be small.
        most: It is to be at most that; None where it may be great.
    """

    name: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def mark(self) -> str:
        """What is wanted of it; empty where nothing is."""
        bounds = (("≥", self.least), ("≤", self.most))
        return " ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)

    @property
    def verdict(self) -> str:
        """Whether it is as wanted; empty where nothing is wanted."""
        if not self.mark:
            return ""
        low = self.least is not None and self.value < self.least
        high = self.most is not None and self.value > self.most
        return "MISSED" if low or high else "reached"

    def __str__(self) -> str:
        """Show its name and value."""
        return f"{self.name} {_number(self.value)}"


@dataclass(frozen=True)
class Row:
    """One measurement: what it is, how we did, how a rival did, and what was wanted."""

    what: str
    ours: Spread | str
    rival: Spread | str = ""
    ratio: Ratio | None = None

    def cells(self) -> tuple[str, ...]:
        """Return its texts, in the order of the table's header."""
        ratio = self.ratio
        texts = (str(ratio), ratio.mark, ratio.verdict) if ratio else ("", "", "")
        return (self.what, str(self.ours), str(self.rival), *texts)


def times_less(ours: Spread, rival: Spread, least: float | None = None) -> Ratio:
    """Return how many times the rival's median ours fits into, which should be at least so much."""
    return Ratio("rival/ours", rival.median / ours.median, least=least)


def times_more(ours: Spread, rival: Spread, most: float | None = None) -> Ratio:
    """Return how many times the rival's median ours is, which should be at most so much."""
    return Ratio("ours/rival", ours.median / rival.median, most=most)


def table(rows: Iterable[Row]) -> str:
    """Return the rows as text in columns."""
    lines = [HEADER, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def summary(rows: Sequence[Row]) -> str:
    """Return how many marks were reached, and which were not."""
    ratios = [(row.what, row.ratio) for row in rows if row.ratio and row.ratio.mark]
    missed = [(what, ratio) for what, ratio in ratios if ratio.verdict == "MISSED"]
    text = f"{len(ratios) - len(missed)} marks reached, {len(missed)} missed"
    named = "; ".join(f"{what} ({ratio}, mark {ratio.mark})" for what, ratio in missed)
    return f"{text}: {named}" if named else text


def _number(value: float) -> str:
    """Show three significant digits, and whole numbers from a hundred on."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
