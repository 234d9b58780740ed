"""What it costs to import the package, beside anywidget, which it is built on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import owidget_jupyter
from tests.bench.result import Row, Spread, times_more
from tests.bench.rig import Rig

ROUNDS = 33
#: Most times what importing anywidget takes.
MARK = 1.15

RIVAL = "import anywidget"
#: The package, and what people write: a name that is only looked up later would not be a gain.
OURS = ("import owidget_jupyter", "from owidget_jupyter import OWidget")

#: Takes the time of a statement alone; the interpreter's own beginning would hide it.
_TIMED = """
from time import perf_counter
begin = perf_counter()
{}
print(perf_counter() - begin)
"""


def measure(rig: Rig) -> list[Row]:
    """Import in fresh interpreters, in turn, with all files compiled before."""
    rig.say(f"Importing in fresh interpreters, {ROUNDS} rounds")
    taken: dict[str, list[float]] = {statement: [] for statement in (RIVAL, *OURS)}
    alone = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1 + ROUNDS):
            first = number % len(taken)  # in turn, for each finds the machine as another left it
            for statement in [*taken, *taken][first : first + len(taken)]:
                cost = 1e3 * float(run(_TIMED.format(statement), Path(folder)))
                if number:  # the first round compiles what all others find compiled
                    taken[statement].append(cost)
            begin = perf_counter()
            run("", Path(folder))
            alone.append(1e3 * (perf_counter() - begin))
    rival = Spread(taken[RIVAL], "ms")
    rows = []
    for statement in OURS:
        ours = Spread(taken[statement], "ms")
        rows.append(Row(f"{statement}: beside {RIVAL}", ours, rival, times_more(ours, rival, MARK)))
    return [*rows, Row("the interpreter alone, not in the above", Spread(alone[1:], "ms"))]


def run(code: str, folder: Path) -> str:
    """Run code in a fresh interpreter, and return what it prints."""
    home = Path(owidget_jupyter.__file__).parents[1]
    paths = filter(None, [str(home), os.environ.get("PYTHONPATH")])
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,  # no package is found sooner for lying there
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout
