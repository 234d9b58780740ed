"""How fast and how small it is beside what one would otherwise write, rivals alternating.

Ratios of medians from one run are the result; the figures beside them, with the least and the
most of all runs, only say on what machine. How quiet that was is measured, too.

A run of all parts leaves docs/bench.json, which the documentation shows. A mark that is missed is
said to be, and is no failure: the exit status is 1 only if a part could not be measured; the other
parts are, but nothing is written then.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.bench.parts import PARTS, measuring
from tests.bench.record import RECORD, write
from tests.bench.result import summary, table
from tests.bench.rig import Rig
from tests.bench.running import Run, take


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the parts that the command line names, or all; print the table, and keep it."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; else all of them"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="where the run is written, also one of some parts"
    )
    given = parser.parse_args(arguments)
    unknown = [name for name in given.parts if name not in PARTS]
    if unknown:
        parser.error(f"no part {unknown[0]!r}; there are {', '.join(PARTS)}")

    chosen = [name for name in PARTS if name in given.parts or not given.parts]
    with Rig() as rig:
        run = take({name: partial(measuring, name) for name in chosen}, rig)
    print(report(run))
    if run.failed:
        return 1
    path = given.json or (RECORD if chosen == list(PARTS) else None)
    if path:
        write(run.to_json(), path)
        print(f"Written to {path}")
    return 0


def report(run: Run) -> str:
    """Return the table, how quiet it was, and in a line what came of it."""
    rows = [row for part in run.rows.values() for row in part]
    lines = [
        "\nMedians (least–most of the runs)\n",
        table(rows),
        f"\nNoise: load {run.noise.load} before and {run.load_after} after, its own included; "
        f"the same work before, between and after the parts took {run.noise.spread}",
        summary(rows),
    ]
    for name, error in run.failed.items():
        lines.append(f"NOT MEASURED: {name}, {type(error).__name__}: {error}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
