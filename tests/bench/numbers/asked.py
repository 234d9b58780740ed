"""How long a page stands still until a Python function has answered for a number."""

from __future__ import annotations

import math
import statistics
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.bench.result import Row, Spread, times_more
from tests.bench.rig import Rig
from tests.browser.harness import Notebook, Vendor, recorder
from tests.browser.harness.busy import busy_cell
from tests.browser.harness.chat import COMPANY

#: Blocks of each rival, in turn. Call by call, one would find the way warm from the other.
BLOCKS = 20
CALLS = 100
#: Most times what an empty request takes.
MARK = 1.5

_CELL = """
from owidget_jupyter import OWidget

chat = OWidget("{company}", host="{host}", isolation="origin")
chat.set_custom_number_normalization(lambda number: "+420 " + number)
chat
"""
#: What a cell computes meanwhile: 0.1 s or so at a time, between two looks for its end.
_COMPUTING = "x = sum(i * i for i in range(1_000_000))"

#: What the vendor's script does, from its call to the answer that it goes on with.
_OURS = """const number = "777 666 555", wanted = "+420 777 666 555";
  const ask = () => vendorTest.normalize(number) === wanted;"""
#: The least that this server answers, and reads: one word, to a request without a body.
_EMPTY = """const ask = () => {
    const request = new XMLHttpRequest();
    request.open("GET", probe, false);
    request.send();
    return request.status === 200 && request.responseText !== "";
  };"""
_BLOCK = """([probe, count]) => {
  %s
  const times = [];
  for (let n = 0; n < count; n++) {
    const begin = performance.now();
    const answered = ask();
    times.push(performance.now() - begin);
    if (!answered) throw new Error("not the answer that is to be had");
  }
  return times;
}"""


@dataclass(frozen=True)
class Waits:
    """Milliseconds of each call, by blocks, rivals alternating."""

    ours: list[list[float]]
    empty: list[list[float]]


def measure(rig: Rig) -> list[Row]:
    """Ask from a stage under origin isolation in JupyterLab, idle and while a cell computes.

    The rival is a synchronous GET of the server's probe from the same stage: the same server,
    thread and connection, and nobody who would have to be asked.
    """
    rig.say(f"A number asked for, {BLOCKS} blocks of {CALLS} each, idle and while a cell computes")
    with ExitStack() as stack:
        vendor = stack.enter_context(Vendor())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        vendor.script = recorder(on_connect="status(1);")
        context = rig.pool.new_context()
        stack.callback(rig.lab.shutdown_all)
        stack.callback(context.close)
        cell = _CELL.format(company=COMPANY, host=vendor.host)
        path = rig.lab.write("asked.ipynb", [cell])
        nb = Notebook(rig.lab, context.new_page(), path.name).open()
        nb.run_all()
        nb.until("(chat.state, chat.active_isolation) == ('connected', 'origin')")
        idle = wait(nb)
        with busy_cell(nb, folder, meanwhile=_COMPUTING):
            busy = wait(nb)
        assert nb.py("len(chat.errors)") == 0, "the function did not answer each time"
    return [*compare("idle", idle), *compare("a cell computes", busy)]


def wait(nb: Notebook) -> Waits:
    """Have the stage ask, and wait, block by block."""
    stage = nb.stage()
    waits = Waits([], [])
    for block in range(1 + BLOCKS):
        for rival, taken in ((_OURS, waits.ours), (_EMPTY, waits.empty)):
            times = stage.evaluate(_BLOCK % rival, ["probe", CALLS])
            if block:  # the first warms up
                taken.append(times)
    return waits


def compare(when: str, waits: Waits) -> list[Row]:
    """Return a row for each percentile: that of each block, with the median of these."""
    rows = []
    for name, percentile in (("p50", statistics.median), ("p95", _p95)):
        ours, empty = (
            Spread([percentile(block) for block in blocks], "ms")
            for blocks in (waits.ours, waits.empty)
        )
        what = f"number asked for, {when}: {name}, beside an empty request"
        rows.append(Row(what, ours, empty, times_more(ours, empty, MARK)))
    return rows


def _p95(times: list[float]) -> float:
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]
