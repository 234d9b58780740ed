"""From running the display cell to what the person waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from playwright.sync_api import Page

from tests.browser.harness import Lab, Notebook

RUNS = 15

COUNTER = '''
import anywidget, traitlets

class Counter(anywidget.AnyWidget):
    _esm = """
    function render({ model, el }) {
      const button = document.createElement("button");
      button.className = "bench-done";
      button.textContent = `count is ${model.get("value")}`;
      el.append(button);
    }
    export default { render };
    """
    value = traitlets.Int(0).tag(sync=True)

counter = Counter()
counter
'''

CHAT = """
from owidget_jupyter import OWidget

chat = OWidget.simulated()
chat
"""

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
    """Milliseconds of each run, and of the first chat on the page."""

    MARK: ClassVar[float] = 2.0
    counter_ms: list[float]
    chat_ms: list[float]
    first_ms: float


def time_displays(lab: Lab, page: Page) -> Timing:
    """Time both in one notebook, one after the other in turn."""
    path = lab.write("bench.ipynb", [COUNTER, CHAT])
    nb = Notebook(lab, page, path.name).open()

    def counter() -> float:
        return run_until(nb, 0, ".bench-done", "count is")

    def chat() -> float:
        taken = run_until(nb, 1, ".owidget-now", "connected")
        nb.exec("chat.close()")
        return taken

    counter()
    first = chat()
    counters, chats = [], []
    for _ in range(RUNS):
        counters.append(counter())
        chats.append(chat())
    nb.page.close()
    return Timing(counters, chats, first)


def run_until(nb: Notebook, index: int, selector: str, text: str) -> float:
    nb.wait_idle()
    taken: float = nb.page.evaluate(RUN_UNTIL, [index, selector, text])
    nb.wait_idle()
    return taken
