"""From running the display cell to what the person waits for."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.result import Row, Spread, times_more
from tests.bench.rig import Rig
from tests.browser.harness import BrowserPool, Lab, Notebook

FIRST_RUNS = 7
LATER_RUNS = 15
#: Most times what a bare counter takes, for the chat to be connected.
MARK = 2.0

#: A bare anywidget: a button that is there once %s has run.
BARE = '''
import anywidget, traitlets

class Bare(anywidget.AnyWidget):
    _esm = """
    function render({ model, el }) {
      const button = document.createElement("button");
      button.textContent = `count is ${model.get("value")}`;
      const done = () => button.classList.add("bench-done");
      %s
      el.append(button);
    }
    export default { render };
    """
    value = traitlets.Int(0).tag(sync=True)

bare = Bare()
bare.on_msg(lambda widget, content, buffers: widget.send({}))
bare
'''
COUNTER = BARE % "done();"
#: What no chat under a lease can do without: the kernel is asked once and answers.
ECHO = BARE % 'model.on("msg:custom", done); model.send({});'
#: What no isolated stage can do without: a sandboxed frame that has said its first word.
FRAME = BARE % (
    'const frame = document.createElement("iframe");'
    'frame.setAttribute("sandbox", "allow-scripts");'
    "frame.srcdoc = `<!doctype html><script>parent.postMessage('hi', '*')</${'script'}>`;"
    'addEventListener("message", done, { once: true });'
    "const insert = () => el.isConnected ? el.append(frame) : setTimeout(insert, 4);"
    "insert();"
)
CHAT = """
from owidget_jupyter import OWidget

chat = OWidget.simulated()
chat
"""
#: Selector and text of what the person waits for.
BARE_SHOWN = (".bench-done", "count is")
CHAT_SHOWN = (".owidget-now", "connected")

#: Runs a cell whose output was cleared; resolves with the ms until its output fits.
RUN_UNTIL = """async ([index, selector, text]) => {
  const { jupyterapp } = window;
  const notebook = jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = index;
  await jupyterapp.commands.execute('notebook:clear-cell-output');
  const { node } = notebook.widgets[index];
  const seen = () => [...node.querySelectorAll(selector)].some(
    element => element.checkVisibility() && element.textContent.includes(text));
  if (seen()) throw new Error('it is there before the cell is run');
  const begin = performance.now();
  void jupyterapp.commands.execute('notebook:run-cell');
  return await new Promise(resolve => {
    const look = () => seen() ? resolve(performance.now() - begin) : requestAnimationFrame(look);
    look();
  });
}"""


@dataclass(frozen=True)
class Timing:
    """Milliseconds of each run, rivals alternating; floors are what the chat cannot undercut."""

    what: str
    counter: list[float]
    chat: list[float]
    floors: dict[str, list[float]]


def measure(rig: Rig) -> list[Row]:
    """Time first and later displays of the chat on the simulator, and of a bare widget."""
    rig.say(f"Displaying, from running the cell, {FIRST_RUNS} and {LATER_RUNS} runs each")
    timings = (time_first_displays(rig.lab, rig.pool), time_later_displays(rig.lab, rig.pool))
    return [row for timing in timings for row in compare(timing)]


def compare(timing: Timing) -> list[Row]:
    """Return a row for the counter, which has the mark, and one for each floor."""
    chat = Spread(timing.chat, "ms")
    counter = Spread(timing.counter, "ms")
    rows = [Row(f"{timing.what}: bare counter", chat, counter, times_more(chat, counter, MARK))]
    for name, times in timing.floors.items():
        floor = Spread(times, "ms")
        rows.append(Row(f"{timing.what}: {name}", chat, floor, times_more(chat, floor)))
    return rows


def time_first_displays(lab: Lab, pool: BrowserPool) -> Timing:
    """Time the first display on a fresh page with a fresh kernel, as whoever opens a notebook."""

    def first(cell: str, shown: tuple[str, str]) -> float:
        context = pool.new_context()
        path = lab.write("first.ipynb", [cell])
        nb = Notebook(lab, context.new_page(), path.name).open()
        taken = run_until(nb, 0, shown)
        context.close()
        lab.shutdown_all()
        return taken

    runs = [(first(COUNTER, BARE_SHOWN), first(CHAT, CHAT_SHOWN)) for _ in range(FIRST_RUNS)]
    counter, chat = map(list, zip(*runs, strict=True))
    return Timing("first display", counter, chat, {})


def time_later_displays(lab: Lab, pool: BrowserPool) -> Timing:
    """Time running the display cell again and again on one page."""
    context = pool.new_context()
    path = lab.write("later.ipynb", [COUNTER, ECHO, FRAME, CHAT])
    nb = Notebook(lab, context.new_page(), path.name).open()

    def each() -> list[float]:
        times = []
        for index in range(3):
            times.append(run_until(nb, index, BARE_SHOWN))
            nb.exec("bare.close()")
        times.append(run_until(nb, 3, CHAT_SHOWN))
        nb.exec("chat.close()")
        return times

    each()
    counter, echo, frame, chat = map(list, zip(*(each() for _ in range(LATER_RUNS)), strict=True))
    context.close()
    lab.shutdown_all()
    floors = {"bare, one echo": echo, "bare, a sandboxed frame": frame}
    return Timing("later displays", counter, chat, floors)


def run_until(nb: Notebook, index: int, shown: tuple[str, str]) -> float:
    nb.wait_idle()
    taken: float = nb.page.evaluate(RUN_UNTIL, [index, *shown])
    nb.wait_idle()
    return taken
