"""The directives ``bench`` and ``bench-run``: what the last whole `make bench` measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from tests.bench.noise import spread_of
from tests.bench.parts import PARTS
from tests.bench.record import RECORD, read, rows_of
from tests.bench.result import HEADER, Row, summary

#: A word and a shape for each verdict, so that neither needs a colour.
VERDICTS = {"reached": "✓ reached", "MISSED": "✗ missed", "": ""}

#: A range with its unit, a mark and a verdict: what reads ill in two lines.
_PIECES = re.compile(r"(\([\d.,]+–[\d.,]+\)(?: \S+)?|[≤≥] \S+|[✓✗] \S+)")


class _Recorded(SphinxDirective):
    """A directive that shows something of the record, and is asked again when that has changed."""

    def record(self) -> dict[str, Any]:
        path = Path(self.config.bench_record)
        self.env.note_dependency(str(path))
        return read(path)


class Bench(_Recorded):
    """Shows the rows of a part: ``{bench} events``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a table, or a sentence where the part was not measured."""
        (part,) = self.arguments
        if part not in PARTS:
            raise self.error(f"no part {part!r}; there are {', '.join(PARTS)}")
        rows = rows_of(self.record(), part)
        if not rows:
            return [nodes.paragraph("", "Not measured in this run.")]
        header = (*HEADER[:-1], "verdict")
        return [table(header, [cells(row) for row in rows])]


class BenchRun(_Recorded):
    """Shows when, on what and in how quiet an hour was measured, and what came of it."""

    def run(self) -> list[nodes.Node]:
        """Return a table of two columns."""
        record = self.record()
        rows = [row for part in PARTS for row in rows_of(record, part)]
        facts = {"marks": summary(rows), **facts_of(record)}
        return [table(("what", "of this run"), list(facts.items()))]


def cells(row: Row) -> tuple[str, ...]:
    """Return a row's texts, its verdict as a word with a shape."""
    *texts, verdict = row.cells()
    return (*texts, VERDICTS[verdict])


def facts_of(record: dict[str, Any]) -> dict[str, str]:
    """Return what a record says of its run, in words."""
    machine, noise = record["machine"], record["noise"]
    speed = f", {machine['mhz']:,} MHz" if machine["mhz"] else ""
    load, times = noise["load"], spread_of(noise["calibration"]["times"])
    return {
        "measured": f"{datetime.fromisoformat(record['date']):%-d %B %Y, %H:%M} UTC",
        "processor": f"{machine['processor']}, {machine['cores']} cores{speed}",
        "memory": f"{machine['memory'] / 1e9:.1f} GB",
        "system": machine["system"],
        "versions": ", ".join(f"{name} {version}" for name, version in record["versions"].items()),
        "load": f"{load['before']} before, {load['after']} after, the run's own included",
        "noise": f"the same work, done {len(times.runs)} times before, between and after the "
        f"parts, took {times}",
    }


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> nodes.table:
    """Return a table whose first row and first column are headings, without empty columns."""
    used = [number for number in range(len(header)) if any(row[number] for row in rows)]
    columns = [nodes.colspec(colwidth=1, stub=int(number == 0)) for number in used]
    head, *body = ([texts[number] for number in used] for texts in (header, *rows))
    group = nodes.tgroup(
        "",
        *columns,
        nodes.thead("", _row(head)),
        nodes.tbody("", *map(_row, body)),
        cols=len(used),
    )
    return nodes.table("", group, classes=["colwidths-auto", "bench"])


def _row(texts: Iterable[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", _paragraph(text)) for text in texts))


def _paragraph(text: str) -> nodes.paragraph:
    """Return a text that is broken within no figure: at most in front of its brackets."""
    found = nodes.paragraph()
    for number, piece in enumerate(_PIECES.split(text)):
        kept = bool(number % 2)
        found += nodes.inline("", piece, classes=["kept"]) if kept else nodes.Text(piece)
    return found


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directives known, and where the record is."""
    app.add_config_value("bench_record", str(RECORD), "env", str)
    app.add_css_file("bench.css")
    app.add_directive("bench", Bench)
    app.add_directive("bench-run", BenchRun)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
