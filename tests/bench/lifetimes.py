"""A thousand models in one kernel, each with a stage of its own: opened, closed, and gone."""

from __future__ import annotations

from tests.bench.appending import fitted_exponent
from tests.bench.kernel import Kernel
from tests.bench.result import Ratio, Row, Spread, times_more
from tests.bench.rig import Rig
from tests.browser.harness.chat import COMPANY

COUNTS = (125, 250, 500, 1_000)
ROUNDS = 5
#: Total cost as a power of the number of models: what is linear has 1.
LINEAR = 1.1

#: The page's part is played in the kernel: it asks for a stage, which opens a route.
_CELL = f"""
import gc, sys, threading, time, tracemalloc, weakref
import anywidget, comm, ipywidgets, psutil, traitlets
from owidget_jupyter import OWidget
from owidget_jupyter.stage.server import StageServer

WANT = {{
    "kind": "want",
    "frontend": "bench",
    "origin": "http://127.0.0.1:8888",
    "take": False,
    "replaces": None,
}}

class Bare(anywidget.AnyWidget):
    _esm = "export default {{ render() {{}} }}"

def ours():
    chat = OWidget({COMPANY!r}, isolation="origin")
    chat.on_event(lambda event: chat.state)
    chat.observe(lambda change: chat.status, names="status_code")
    chat._exchange.on_message(WANT)
    return chat

def lived(make, count):
    "Microseconds of this process's CPU for all of them, their messages sent; and who they were."
    gc.collect()
    begin = time.process_time()
    made = [make() for _ in range(count)]
    known = [weakref.ref(each) for each in made]
    if make is ours:
        (server,) = StageServer._running
        assert len(server._routes) == count
    for each in made:
        each.close()
    sys.stdout.flush()  # waits for the thread that sends
    return 1e6 * (time.process_time() - begin), known

def listening():
    connections = psutil.Process().net_connections("inet")
    return sorted(each.laddr for each in connections if each.status == psutil.CONN_LISTEN)

def there():
    "What could be left, by its name."
    return {{
        "threads": set(threading.enumerate()),
        "ports": set(listening()),
        "routes": {{route for server in StageServer._running for route in server._routes}},
        "registered": set(ipywidgets.widgets.widget._instances),
        "comms": set(comm.get_comm_manager().comms),
    }}

def left(make, count):
    "How many of each kind a thousand leave behind, and how many bytes each."
    lived(make, count)
    tracemalloc.start()
    gc.collect()
    before, bytes_before = there(), tracemalloc.get_traced_memory()[0]
    _, known = lived(make, count)
    gc.collect()
    found = {{name: len(now - before[name]) for name, now in there().items()}}
    found["alive"] = sum(each() is not None for each in known)
    del known
    gc.collect()
    bytes_left = tracemalloc.get_traced_memory()[0] - bytes_before
    tracemalloc.stop()
    return found, bytes_left / count

lived(ours, 10)
lived(Bare, 10)
"""


def measure(rig: Rig) -> list[Row]:
    """Open and close so many models at once, numbers interleaved, and look for what is left."""
    rig.say(f"Opening and closing up to {COUNTS[-1]:,} models in a kernel, {ROUNDS} rounds")
    taken: dict[int, list[float]] = {count: [] for count in COUNTS}
    with Kernel(rig.lab) as kernel:
        kernel.run(_CELL)
        for _ in range(ROUNDS):
            for count, costs in taken.items():
                costs.append(kernel.run(f"cost, _ = lived(ours, {count}); del _", "cost"))
        left, held = kernel.run(f"found = left(ours, {COUNTS[-1]})", "found")
        _, bare_held = kernel.run(f"found = left(Bare, {COUNTS[-1]})", "found")
    each = {count: Spread([cost / count for cost in costs], "µs") for count, costs in taken.items()}
    what = "a model with a stage, opened and closed, kernel CPU"
    rows = [Row(f"{what}, {count:,} at once", spread) for count, spread in each.items()]
    best = {count: min(costs) for count, costs in taken.items()}
    shown = f"{best[COUNTS[0]] / COUNTS[0]:,.0f} → {best[COUNTS[-1]] / COUNTS[-1]:,.0f} µs each"
    exponent = Ratio("exponent", fitted_exponent(best), most=LINEAR)
    rows.append(Row(f"{what}, best rounds", shown, ratio=exponent))
    counted = ", ".join(f"{number} {name}" for name, number in left.items())
    kept = Ratio("left", sum(left.values()), most=0)
    rows.append(Row(f"what {COUNTS[-1]:,} closed models leave", counted, ratio=kept))
    own, bare = Spread([held / 1000], "kB"), Spread([bare_held / 1000], "kB")
    what = "memory left of each closed model, beside a bare anywidget"
    return [*rows, Row(what, own, bare, times_more(own, bare, 1.0))]
