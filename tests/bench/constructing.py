"""What a model costs the kernel, in time and memory, beside a bare anywidget."""

from __future__ import annotations

from tests.bench.kernel import Kernel
from tests.bench.result import Row, Spread, times_more
from tests.bench.rig import Rig
from tests.browser.harness.chat import COMPANY

ROUNDS = 15
#: Models in each block: rivals in turn, block by block.
MODELS = 50
#: Models whose memory is looked at, and how often.
HELD, LOOKS = 200, 3
#: Most times what a bare anywidget takes.
MARK = 1.5

#: The bare one has as many synced traits, of the kind that costs traitlets least; one is set.
_CELL = f"""
import gc, sys, time, tracemalloc
import anywidget, traitlets
from owidget_jupyter import OWidget

def traits(count):
    return {{f"t{{number}}": traitlets.Unicode("").tag(sync=True) for number in range(count)}}

def bare(count):
    own = {{"_esm": "export default {{ render() {{}} }}", "_css": "", **traits(count)}}
    return type("Bare", (anywidget.AnyWidget,), own)

def ours():
    return OWidget({COMPANY!r})

def simulated():
    return OWidget.simulated()

chat = ours()
Bare = bare(1 + len(chat.keys) - len(bare(1)(t0="").keys))

def rival():
    return Bare(t0={COMPANY!r})

widget = rival()
assert len(widget.keys) == len(chat.keys), (widget.keys, chat.keys)
traits_each = len(chat.keys)
chat.close()
widget.close()

def spent(make, count):
    "Microseconds of this process's CPU for each, its messages sent."
    gc.collect()
    begin = time.process_time()
    made = [make() for _ in range(count)]
    sys.stdout.flush()  # waits for the thread that sends
    taken = time.process_time() - begin
    for each in made:
        each.close()
    return 1e6 * taken / count

def held(make, count):
    "Bytes of each while it is open, and after it was closed."
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    made = [make() for _ in range(count)]
    sys.stdout.flush()
    gc.collect()
    opened = tracemalloc.get_traced_memory()[0] - before
    for each in made:
        each.close()
    del made, each
    sys.stdout.flush()
    gc.collect()
    left = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return opened / count, left / count
"""


def measure(rig: Rig) -> list[Row]:
    """Construct models in a kernel, block by block, and then look at what they hold."""
    rig.say(f"Constructing models in a kernel, {ROUNDS} rounds of {MODELS} each")
    makers = ("ours", "rival", "simulated")
    times: dict[str, list[float]] = {make: [] for make in makers}
    opened: dict[str, list[float]] = {make: [] for make in makers}
    left: dict[str, list[float]] = {make: [] for make in makers}
    with Kernel(rig.lab) as kernel:
        traits = kernel.run(_CELL, "traits_each")
        for number in range(1 + ROUNDS):
            for make, taken in times.items():
                cost = kernel.run(f"cost = spent({make}, {MODELS})", "cost")
                if number:
                    taken.append(cost)
        for number in range(1 + LOOKS):
            for make in makers:
                here, after = kernel.run(f"found = held({make}, {HELD})", "found")
                if number:
                    opened[make].append(here / 1000)
                    left[make].append(after / 1000)
    beside = f"beside a bare anywidget of {traits} synced traits"

    def row(
        what: str, costs: dict[str, list[float]], unit: str, make: str, most: float | None
    ) -> Row:
        own, other = Spread(costs[make], unit), Spread(costs["rival"], unit)
        return Row(f"{what} {beside}", own, other, times_more(own, other, most))

    return [
        row("constructing a model, kernel CPU,", times, "µs", "ours", MARK),
        row("constructing a model, memory,", opened, "kB", "ours", MARK),
        row("constructing a simulated one, kernel CPU,", times, "µs", "simulated", MARK),
        row("constructing a simulated one, memory,", opened, "kB", "simulated", MARK),
        Row(
            "a model, memory left after close",
            Spread(left["ours"], "kB"),
            Spread(left["rival"], "kB"),
        ),
    ]
