"""One event at a time, from the stage's callback to Python's observer, beside a bare message."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import Frame

from tests.bench.result import Row, Spread, times_more
from tests.bench.rig import Rig
from tests.browser.harness import Notebook, Vendor, recorder
from tests.browser.harness.chat import COMPANY

#: Blocks of each rival, in turn.
BLOCKS = 10
EVENTS = 50
#: From one event to the next: all that follows from the one before is over by then; ms.
GAP = 80
#: Most times what a bare widget's message takes from the page to Python's handler.
MARK = 1.3

#: A bare anywidget whose page says something with `say(n)`; its handler keeps when it heard.
_BARE = '''
import anywidget, time

class Bare(anywidget.AnyWidget):
    _esm = """
    function render({{ model, el }}) {{
      const say = n => model.send({{ type: "chatWindowOpen", n }});
      {script}
    }}
    export default {{ render }};
    """

{name} = Bare()
{name}_heard = []

def hear(widget, content, buffers):
    {name}_heard.append(time.time())
    {reply}

{name}.on_msg(hear)
{name}
'''
_ONE_WAY = _BARE.format(name="one_way", script="window.benchOneWay = say;", reply="")
_ECHO = _BARE.format(
    name="echo",
    script="""
      window.benchBack = [];
      model.on("msg:custom", () => window.benchBack.push(window.benchNow()));
      window.benchEcho = say;""",
    reply="widget.send(content)",
)
#: What no isolated stage can do without: a document in a process of its own, and a port.
_FRAMED = _BARE.format(
    name="framed",
    script="""
      const frame = document.createElement("iframe");
      frame.name = "bench-framed";
      frame.setAttribute("sandbox", "allow-scripts");
      frame.srcdoc = `<!doctype html><script>
        addEventListener("message", ({ ports: [port] }) => {
          window.benchFramed = n => port.postMessage({ type: "chatWindowOpen", n });
        }, { once: true });
      </${"script"}>`;
      frame.onload = () => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => model.send(data);
        frame.contentWindow.postMessage("", "*", [port2]);
      };
      const insert = () => el.isConnected ? el.append(frame) : setTimeout(insert, 4);
      insert();""",
    reply="",
)
_CHAT = """
from owidget_jupyter import OWidget

chat = OWidget("{company}", host="{host}", isolation="origin")
chat_heard = []
chat.observe(
    lambda change: chat_heard.extend(time.time() for _ in change.added), names="event_log"
)
chat
"""

#: Sets a clock that agrees with Python's to a tenth of a millisecond, where `Date.now` has whole
#: ones: found at the turn of one.
_CLOCK = """() => {
  const begun = Date.now();
  let turned;
  while ((turned = Date.now()) === begun);
  const offset = turned - performance.now();
  window.benchNow = () => (offset + performance.now()) / 1000;
}"""
_SAY = """async ([count, gap]) => {
  const rest = () => new Promise(resolve => setTimeout(resolve, gap));
  const said = [];
  for (let n = 0; n < count; n++) {
    await rest();
    said.push(window.benchNow());
    %s;
  }
  await rest();
  return said;
}"""


@dataclass(frozen=True)
class Way:
    """One way to Python, or there and back.

    Attributes:
        name: Of the list in the kernel that has when each was heard.
        say: JavaScript that says `n`.
        back: JavaScript for the list in the page that has when each answer came; empty for a way
            that ends in Python.
    """

    name: str
    say: str
    back: str = ""


_OURS = Way("chat", "vendorTest.event({ type: 'chatWindowOpen', n })")
#: The rivals, what they are, and the mark. An echo takes longer than an event's whole way because
#: the server leaves Nagle's algorithm on: the strict rival is the one that ends in Python, too.
RIVALS = {
    Way("one_way", "window.benchOneWay(n)"): ("a bare widget's message, page → handler", MARK),
    Way("framed", "window.benchFramed(n)"): ("the same out of a bare sandboxed frame", None),
    Way("echo", "window.benchEcho(n)", "window.benchBack"): ("its echo, there and back", None),
}


def measure(rig: Rig) -> list[Row]:
    """Have each way taken by one event after the other, in blocks, in one notebook.

    The stage runs under origin isolation: a document, and a process, of its own. What is said
    first in a block comes late for all of them, as much as the block before has left to do.

    Raises:
        AssertionError: if an event was lost, or heard after the next one was said.
    """
    rig.say(f"Single events to an observer, {BLOCKS} blocks of {EVENTS} each, {GAP} ms apart")
    taken: dict[Way, list[float]] = {way: [] for way in (_OURS, *RIVALS)}
    with ExitStack() as stack:
        vendor = stack.enter_context(Vendor())
        vendor.script = recorder(on_connect="status(1);")
        context = rig.pool.new_context()
        stack.callback(rig.lab.shutdown_all)
        stack.callback(context.close)
        chat = _CHAT.format(company=COMPANY, host=vendor.host)
        path = rig.lab.write("latency.ipynb", [_ONE_WAY, _ECHO, _FRAMED, chat])
        nb = Notebook(rig.lab, context.new_page(), path.name).open()
        nb.run_all()
        nb.until("(chat.state, chat.active_isolation) == ('connected', 'origin')")
        for block in range(1 + BLOCKS):
            for way, times in taken.items():
                one = take(nb, way)
                if block:  # the first warms up
                    times.extend(one)
    return [compare(what, taken[_OURS], taken[way], most) for way, (what, most) in RIVALS.items()]


def take(nb: Notebook, way: Way) -> list[float]:
    """Return the milliseconds that each event of a block took."""
    document = where(nb, way)
    document.evaluate(_CLOCK)
    if way.back:
        document.evaluate(f"() => {{ {way.back}.length = 0; }}")
    nb.exec(f"{way.name}_heard.clear()")
    said: list[float] = document.evaluate(_SAY % way.say, [EVENTS, GAP])
    heard: list[float] = document.evaluate(way.back) if way.back else nb.py(f"{way.name}_heard")
    times = [there - here for here, there in zip(said, heard, strict=True)]
    quiet = [later - here for here, later in pairwise(said)]
    assert all(took < gap for took, gap in zip(times, quiet, strict=False)), "one overtook another"
    return [1e3 * took for took in times]


def where(nb: Notebook, way: Way) -> Frame:
    """Return the document in which it is said."""
    if way is _OURS:
        return nb.stage()
    frame = nb.page.frame("bench-framed") if way.name == "framed" else nb.page.main_frame
    assert frame is not None, "the bare frame is there"
    return frame


def compare(rival: str, ours: Sequence[float], theirs: Sequence[float], most: float | None) -> Row:
    own, other = Spread(ours, "ms"), Spread(theirs, "ms")
    what = f"single event, stage → observer: beside {rival}"
    return Row(what, own, other, times_more(own, other, most))
