"""`make bench`: how fast it is beside what one would otherwise write, rivals alternating.

`python -m tests.bench events append` runs these parts only. Ratios of medians from one run are
the result; the figures beside them, with the least and the most of all runs, only say on what
machine, and how quiet it was.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable

from tests.bench import appending, crowd, display, events, numbers, opening
from tests.bench.result import Row, table
from tests.bench.rig import Rig

#: What there is to measure, in the order of a whole run.
PARTS: dict[str, Callable[[Rig], list[Row]]] = {
    "append": appending.measure,
    "crowd": crowd.measure,
    "display": display.measure,
    "events": events.measure,
    "numbers": numbers.measure,
    "opening": opening.measure,
}


def main() -> None:
    """Measure the parts that the command line names, or all, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    named = parser.parse_args().parts
    unknown = [name for name in named if name not in PARTS]
    if unknown:
        parser.error(f"no part {unknown[0]!r}; there are {', '.join(PARTS)}")

    before = load()
    rows: list[Row] = []
    with Rig() as rig:
        for name in named or PARTS:
            rows.extend(PARTS[name](rig))
    print(
        f"\nPython {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores; load {before} before, {load()} after (its own included)\n"
        "Medians (least–most of the runs)\n"
    )
    print(table(rows))


def load() -> str:
    """Return the machine's load, averaged over the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
