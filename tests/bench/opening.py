"""What goes over the websocket until widgets are shown, and again when their page is reloaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.bench.result import Ratio, Row
from tests.bench.rig import Rig
from tests.bench.wire import Wire
from tests.browser.harness import Notebook, eventually

#: Most bytes of each widget beyond what a bare one takes: its own code and looks, mostly.
MARK = 30_000
#: The parts that a page fetches once, however many chats it has.
ONCE = 1
#: Longer than anything that a page puts off, or repeats.
QUIET_S = 1.5

#: A bare counter, and the widget; and what the kernel is asked for of the parts of its front end.
SETUP = '''
import anywidget, ipywidgets, traitlets
from owidget_jupyter import OWidget
from owidget_jupyter.stage import document

class Bare(anywidget.AnyWidget):
    _esm = """
    function render({ model, el }) {
      const button = document.createElement("button");
      const show = () => { button.textContent = `count is ${model.get("value")}`; };
      button.className = "bench-bare";
      button.addEventListener("click", () => {
        model.set("value", model.get("value") + 1);
        model.save_changes();
      });
      model.on("change:value", show);
      show();
      el.append(button);
    }
    export default { render };
    """
    value = traitlets.Int(0).tag(sync=True)

fetched = []
asset = document.asset

def note(name):
    fetched.append(name)
    return asset(name)

document.asset = note
'''
#: Several at once, all of them shown: a cell shows no more than 50 outputs unasked.
CELL = "made = [{make} for _ in range({count})]\nipywidgets.VBox(made)"


@dataclass(frozen=True)
class Contender:
    """A widget: how one is made, and what of it is on the page once it is shown."""

    make: str
    shown: str


BARE = Contender("Bare()", '.bench-bare:has-text("count is 0")')
#: Nobody to talk to is named yet: it is shown, and connects to nothing.
CHAT = Contender("OWidget()", '.owidget-now:has-text("idle")')
CONNECTED = Contender("OWidget.simulated()", '.owidget-now:has-text("connected")')


@dataclass(frozen=True)
class Taken:
    """Bytes in both directions: for the first display, and for a reload with all of them."""

    opened: int
    reloaded: int


def measure(rig: Rig) -> list[Row]:
    """Count for one widget and for 100, beside bare ones, each on a fresh page and kernel."""
    rig.say("Bytes to open one widget, 100, and to reload their page")
    rows = []
    for count in (1, 100):
        ours, bare = take(rig, CHAT, count), take(rig, BARE, count)
        for what in ("opened", "reloaded"):
            taken, rival = getattr(ours, what), getattr(bare, what)
            rows.append(compare(f"{count} {what}", count, taken, rival))
    return [*rows, *measure_connected(rig)]


def measure_connected(rig: Rig) -> list[Row]:
    """Count for a chat that connects, on the simulator, and for a second one on its page."""
    nb, wire = open_page(rig)
    first = run_and_count(nb, wire, CONNECTED, 1)
    parts = Counter(nb.py("fetched"))
    second = run_and_count(nb, wire, CONNECTED, 1, before=1)
    most = max(Counter(nb.py("fetched")).values())
    close_page(rig, nb)
    names = ", ".join(sorted(parts))
    once = Ratio("times each", most, most=ONCE)
    return [
        Row("bytes to connect a chat, and a second one", _bytes(first), _bytes(second)),
        Row(f"heavy parts, two chats on a page: {names}", f"{sum(parts.values())}", "", once),
    ]


def compare(what: str, count: int, ours: int, bare: int) -> Row:
    """Return a row of what each widget takes beyond a bare one."""
    beyond = Ratio("beyond, each", (ours - bare) / count, most=MARK)
    return Row(what, _bytes(ours), _bytes(bare), beyond)


def take(rig: Rig, contender: Contender, count: int) -> Taken:
    """Open so many on a fresh page, and reload it."""
    nb, wire = open_page(rig)
    opened = run_and_count(nb, wire, contender, count)
    reloaded = reload_and_count(nb, wire, contender, count)
    close_page(rig, nb)
    return Taken(opened, reloaded)


def open_page(rig: Rig) -> tuple[Notebook, Wire]:
    """Open a notebook in which the contenders are defined, and count from there."""
    path = rig.lab.write("opening.ipynb", [SETUP])
    page = rig.pool.new_context().new_page()
    wire = Wire(page)
    nb = Notebook(rig.lab, page, path.name).open()
    nb.run_cell(0)
    return nb, wire


def close_page(rig: Rig, nb: Notebook) -> None:
    """End page and kernel."""
    nb.page.context.close()
    rig.lab.shutdown_all()


def run_and_count(
    nb: Notebook, wire: Wire, contender: Contender, count: int, *, before: int = 0
) -> int:
    """Return the bytes from running the cell until so many more are shown, and all is quiet."""
    _until_quiet(wire)
    wire.reset()
    nb.add_and_run(CELL.format(make=contender.make, count=count))
    return _count(nb, wire, contender, before + count)


def reload_and_count(nb: Notebook, wire: Wire, contender: Contender, count: int) -> int:
    """Return the bytes from reloading the saved page until so many are shown again."""
    nb.save()
    _until_quiet(wire)
    wire.reset()
    nb.reload()
    return _count(nb, wire, contender, count)


def _count(nb: Notebook, wire: Wire, contender: Contender, count: int) -> int:
    shown = nb.page.locator(contender.shown)
    eventually(lambda: shown.count() == count, 60, lambda: f"{count} shown, not {shown.count()}")
    _until_quiet(wire)
    return wire.sent + wire.received


def _until_quiet(wire: Wire) -> None:
    eventually(lambda: wire.quiet_for(QUIET_S), 60, "nothing more on the wire")


def _bytes(count: int) -> str:
    return f"{count:,} bytes"
