"""A hundred widgets on one page: how long until all are shown, and what they leave behind."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import CDPSession

from tests.bench.opening import BARE, CHAT, SETUP, Contender
from tests.bench.result import Row, Spread, times_more
from tests.bench.rig import Rig
from tests.browser.harness import Notebook

COUNT = 100
ROUNDS = 9
#: Most times what as many bare counters take, for all to be shown.
MARK = 1.5
#: A cell shows no more outputs than this unasked.
OUTPUTS = 50

_TOGETHER = f"made = [{{make}} for _ in range({COUNT})]\nbox = ipywidgets.VBox(made)\nbox"
_ONE_BY_ONE = f"""
made = []
for _ in range({OUTPUTS}):
    made.append({{make}})
    display(made[-1])
"""
#: Ways to show many in one cell, each with how many it shows.
WAYS = {
    f"{COUNT} displayed in one box": (_TOGETHER, COUNT),
    f"{OUTPUTS} displayed in a loop": (_ONE_BY_ONE, OUTPUTS),
}
_CLOSE = "for each in made: each.close()\nif 'box' in globals(): box.close()"

#: Runs a cell whose output was cleared; resolves with the ms until so many are seen in it.
_RUN_UNTIL = """async ([index, selector, text, count]) => {
  const { jupyterapp } = window;
  const notebook = jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = index;
  await jupyterapp.commands.execute('notebook:clear-cell-output');
  const { node } = notebook.widgets[index];
  const seen = () => [...node.querySelectorAll(selector)].filter(
    element => element.checkVisibility() && element.textContent.includes(text)).length;
  if (seen()) throw new Error('some are there before the cell is run');
  const begin = performance.now();
  void jupyterapp.commands.execute('notebook:run-cell');
  return await new Promise(resolve => {
    const look = () =>
      seen() === count ? resolve(performance.now() - begin) : requestAnimationFrame(look);
    look();
  });
}"""
_CLEAR = """async index => {
  const { jupyterapp } = window;
  jupyterapp.shell.currentWidget.content.activeCellIndex = index;
  await jupyterapp.commands.execute('notebook:clear-cell-output');
}"""
#: What each contender shows, as a selector and its text.
SEEN = {BARE: (".bench-bare", "count is 0"), CHAT: (".owidget-now", "idle")}
#: What a page may not gather, as Chromium counts it.
COUNTED = {"Nodes": "nodes", "JSEventListeners": "listeners", "Frames": "frames"}


def measure(rig: Rig) -> list[Row]:
    """Show and close many, again and again, rivals in turn on one page.

    The widgets name nobody to talk to, so none connects: they are shown once their status bars
    are to be seen. A box shows all at once, a loop one after the other.
    """
    rig.say(f"Displaying {COUNT} in a box and {OUTPUTS} in a loop, {ROUNDS} rounds")
    rivals = (CHAT, BARE)
    runs = [(way, rival) for way in WAYS for rival in rivals]
    cells = [SETUP, *(WAYS[way][0].format(make=rival.make) for way, rival in runs)]
    path = rig.lab.write("crowd.ipynb", cells)
    context = rig.pool.new_context()
    nb = Notebook(rig.lab, context.new_page(), path.name).open()
    nb.run_cell(0)
    taken: dict[tuple[str, Contender], list[float]] = {run: [] for run in runs}
    for number in range(1 + ROUNDS):
        for index, (way, rival) in enumerate(runs, 1):
            ms = _show_and_close(nb, index, WAYS[way][1], rival)
            if number:  # the first warms up
                taken[way, rival].append(ms)
    rows = []
    for way in WAYS:
        ours, bare = (Spread(taken[way, rival], "ms") for rival in rivals)
        rows.append(Row(f"{way}: until all are shown", ours, bare, times_more(ours, bare, MARK)))
    rows += measure_left(nb, context.new_cdp_session(nb.page))
    context.close()
    rig.lab.shutdown_all()
    return rows


def measure_left(nb: Notebook, cdp: CDPSession) -> list[Row]:
    """Count what a page has more of after showing and closing many, once it has done so before."""
    cdp.send("Performance.enable")
    left: dict[Contender, dict[str, float]] = {}
    for index, rival in enumerate((CHAT, BARE), 1):
        before = _counts(nb, cdp)
        _show_and_close(nb, index, COUNT, rival)
        after = _counts(nb, cdp)
        left[rival] = {name: after[name] - before[name] for name in after}
    return [
        Row(
            f"{COUNT} displayed and closed: {name} that are left",
            f"{left[CHAT][counted]:+,.0f}",
            f"{left[BARE][counted]:+,.0f}",
        )
        for counted, name in COUNTED.items()
    ]


def _show_and_close(nb: Notebook, index: int, count: int, rival: Contender) -> float:
    nb.wait_idle()
    taken: float = nb.page.evaluate(_RUN_UNTIL, [index, *SEEN[rival], count])
    nb.wait_idle()
    nb.exec(_CLOSE)
    nb.page.evaluate(_CLEAR, index)
    return taken


def _counts(nb: Notebook, cdp: CDPSession) -> dict[str, float]:
    """Return what the page has of each, after its rubbish was collected."""
    nb.wait_idle()
    # Twice: what the first leaves to finalizers is gone with the second.
    for _ in range(2):
        cdp.send("HeapProfiler.collectGarbage")
    metrics: list[dict[str, Any]] = cdp.send("Performance.getMetrics")["metrics"]
    return {each["name"]: each["value"] for each in metrics if each["name"] in COUNTED}
