"""From running the display cell to what the person waits for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from owidget_jupyter import Scenario
from owidget_jupyter.simulating import SIMULATED_COMPANY
from owidget_jupyter.simulator.script import script_with
from owidget_jupyter.simulator.shipped import DEFAULT
from tests.bench.result import Row, Spread, times_more
from tests.bench.rig import Rig
from tests.browser.harness import BrowserPool, Lab, Notebook

FIRST_RUNS = 15
LATER_RUNS = 45
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
bare
'''
COUNTER = BARE % "done();"
_FRAME = """
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "allow-scripts");
      frame.srcdoc = `<!doctype html>%s</${'script'}>`;
      addEventListener("message", done, { once: true });
      const insert = () => el.isConnected ? el.append(frame) : setTimeout(insert, 4);
      insert();
"""
_GREETS = _FRAME % "<script>parent.postMessage('hi', '*')"
#: What a website has: the script by an address, set up as its snippet says. The first such widget
#: of a page brings the text. Its word is the first status code.
_SNIPPET = f"""<script>
  const script = document.createElement("script");
  script.async = true;
  script.src = '${{window.benchScript}}';
  script.$owidgetOnLoad = chat => {{
    chat.setStatusUpdateCallback(code => parent.postMessage(code, '*'));
    chat.init("{SIMULATED_COMPANY}");
    chat.connectToServer();
  }};
  document.head.append(script);
"""
_CONNECTS = (
    "window.benchScript ??= 'data:text/javascript,' + encodeURIComponent(model.get('script'))"
    ".replaceAll(\"'\", '%27');" + _FRAME % _SNIPPET
)
#: What no isolated stage can do without: a sandboxed frame that has said its first word.
FRAME = BARE % _GREETS
#: And the simulator, to which the frame connects: the least that a chat by hand can do.
BY_HAND = BARE % _CONNECTS
_SCRIPT = script_with(Scenario.load(DEFAULT), speed=1.0)
_SCRIPT_FILE = "simulated.js"
_VALUE = "    value = traitlets.Int(0).tag(sync=True)\n"
FIRST_BY_HAND = BY_HAND.replace(
    _VALUE,
    f"{_VALUE}    with open({_SCRIPT_FILE!r}, encoding='utf-8') as file:\n"
    "        script = traitlets.Unicode(file.read()).tag(sync=True)\n",
)
CHAT = """
from owidget_jupyter import OWidget

chat = OWidget.simulated()
chat
"""
FRAME_NAME = "bare, a sandboxed frame"
BY_HAND_NAME = "bare, a frame that connects to the simulator"
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
  // The text first: to ask what is visible has the page laid out, which is no rival's own work.
  const seen = () => [...node.querySelectorAll(selector)].some(
    element => element.textContent.includes(text) && element.checkVisibility());
  if (seen()) throw new Error('it is there before the cell is run');
  const begin = performance.now();
  void jupyterapp.commands.execute('notebook:run-cell');
  return await new Promise((resolve, reject) => {
    const look = () => {
      const taken = performance.now() - begin;
      if (seen()) return resolve(taken);
      if (taken > 60_000) return reject(new Error(`no ${selector} with "${text}" within a minute`));
      requestAnimationFrame(look);
    };
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
    for name, times in timing.floors.items():  # in the place of ours: what the platform needs
        floor = Spread(times, "ms")
        what = f"{timing.what}, a floor itself, beside the bare counter: {name}"
        rows.append(Row(what, floor, counter, times_more(floor, counter)))
    return rows


def time_first_displays(lab: Lab, pool: BrowserPool) -> Timing:
    """Time the first display on a fresh page with a fresh kernel, as whoever opens a notebook."""
    (lab.root / _SCRIPT_FILE).write_text(_SCRIPT, encoding="utf-8")

    def first(cell: str, shown: tuple[str, str]) -> float:
        context = pool.new_context()
        path = lab.write("first.ipynb", [cell])
        nb = Notebook(lab, context.new_page(), path.name).open()
        taken = run_until(nb, 0, shown)
        context.close()
        lab.shutdown_all()
        return taken

    bare = [(cell, BARE_SHOWN) for cell in (COUNTER, FRAME, FIRST_BY_HAND)]
    cells = (*bare, (CHAT, CHAT_SHOWN))
    runs = [[first(*cell) for cell in cells] for _ in range(FIRST_RUNS)]
    counter, frame, by_hand, chat = map(list, zip(*runs, strict=True))
    return Timing("first display", counter, chat, {FRAME_NAME: frame, BY_HAND_NAME: by_hand})


def time_later_displays(lab: Lab, pool: BrowserPool) -> Timing:
    """Time running the display cell again and again on one page."""
    context = pool.new_context()
    bare = [COUNTER, FRAME, BY_HAND]
    path = lab.write("later.ipynb", [*bare, CHAT])
    nb = Notebook(lab, context.new_page(), path.name).open()
    address = f"data:text/javascript,{quote(_SCRIPT)}"
    nb.page.evaluate("address => { window.benchScript = address; }", address)

    def timed(index: int, shown: tuple[str, str], name: str) -> float:
        # What the page was sent last decides how soon it acknowledges the next, and the server
        # waits for that: whatever is timed comes behind the same.
        nb.exec("pass")
        taken = run_until(nb, index, shown)
        nb.exec(f"{name}.close()")
        return taken

    def each() -> list[float]:
        times = [timed(index, BARE_SHOWN, "bare") for index in range(len(bare))]
        return [*times, timed(len(bare), CHAT_SHOWN, "chat")]

    each()
    runs = zip(*(each() for _ in range(LATER_RUNS)), strict=True)
    counter, frame, by_hand, chat = map(list, runs)
    context.close()
    lab.shutdown_all()
    return Timing("later displays", counter, chat, {FRAME_NAME: frame, BY_HAND_NAME: by_hand})


def run_until(nb: Notebook, index: int, shown: tuple[str, str]) -> float:
    nb.wait_idle()
    taken: float = nb.page.evaluate(RUN_UNTIL, [index, *shown])
    nb.wait_idle()
    return taken
