"""The widget, and what a person would write by hand to have events of a page in Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.harness import Notebook, Vendor, recorder
from tests.browser.harness.chat import COMPANY

#: Where a contender's events come from: emits, in one go, as many as the last number says,
#: numbered from the one before it on; returns when it began, in seconds since the epoch.
Burst = Callable[[Notebook, int, int], float]

#: Sits in the kernel beside each contender, and is told of what arrives.
PROBE = """
import time
from pathlib import Path

class Probe:
    def begin(self, wanted, path):
        self.wanted, self.path = wanted, Path(path)
        self.arrived = self.told = 0
        self.last = time.time()
        self.cpu = time.process_time()

    def seen(self, count):
        self.arrived += count
        self.told += 1
        self.last = time.time()
        if self.arrived >= self.wanted:
            self.path.touch()

    def report(self):
        spent = time.process_time() - self.cpu
        return {"last": self.last, "told": self.told, "cpu": spent}

probe = Probe()
probe.begin(float("inf"), "never")
"""

_EMIT = """([first, count]) => {
  const begun = Date.now() / 1000;
  for (let n = first; n < first + count; n++) %s({ type: "chatWindowOpen", n });
  return begun;
}"""


@dataclass(frozen=True)
class Contender:
    """One way from a page's events to a list of them in Python.

    Attributes:
        what: What it is.
        cell: Source of the cell that displays it and tells the probe.
        ready: Expression in the kernel, true once events may come.
        burst: Emits events.
        numbers: Expression in the kernel: the numbers of all events that are there, in order.
        shown: JavaScript expression: how many the page was told of in return; None where it is
            told of none.
    """

    what: str
    cell: str
    ready: str
    burst: Burst
    numbers: str
    shown: str | None = None


def the_log(vendor: Vendor) -> Contender:
    """Return the widget with a test's script in the vendor's place, under origin isolation."""
    vendor.script = recorder(on_connect="status(1);")
    return Contender(
        what="event_log",
        cell=f"""
from owidget_jupyter import OWidget

chat = OWidget({COMPANY!r}, host={vendor.host!r}, isolation="origin")
chat.observe(lambda change: probe.seen(len(change.added)), names="event_log")
chat
""",
        ready="(chat.state, chat.active_isolation) == ('connected', 'origin')",
        burst=lambda nb, *range: float(nb.stage().evaluate(_EMIT % "vendorTest.event", range)),
        numbers="[e.detail['n'] for e in chat.event_log if e.type == 'chatWindowOpen']",
    )


def _burst_in_page(nb: Notebook, *range: int) -> float:
    return float(nb.page.evaluate(_EMIT % "window.benchEvent", range))


def _bare(
    what: str, on_event: str, traits: str, hear: str, numbers: str, shown: str | None = None
) -> Contender:
    """Return a widget that hands each event to `on_event`, JavaScript with `model` and `event`."""
    return Contender(
        what=what,
        cell=f'''
import anywidget, traitlets

class Bare(anywidget.AnyWidget):
    _esm = """
    function render({{ model, el }}) {{
      window.benchModel = model;
      window.benchEvent = event => {{ {on_event} }};
      el.textContent = "ready";
    }}
    export default {{ render }};
    """
    {traits}

bare = Bare()
{hear}
bare
''',
        ready="True",
        burst=_burst_in_page,
        numbers=numbers,
        shown=shown,
    )


#: The nearest at hand: a message each, kept in a list.
SENDS = _bare(
    "one send per event",
    on_event="model.send(event);",
    traits="",
    hear="""
events = []

def keep(widget, content, buffers):
    events.append(content)
    probe.seen(1)

bare.on_msg(keep)
""",
    numbers="[event['n'] for event in events]",
)
_LIST = "events = traitlets.List().tag(sync=True)"
_OBSERVE = 'bare.observe(lambda c: probe.seen(len(c.new) - len(c.old)), names="events")'
_NUMBERS = "[event['n'] for event in bare.events]"

#: What a list as the widget's state invites to: Python owns it, so that every view can show it
#: and none can overwrite another's; the page hears of it like of any trait.
PYTHON_APPENDS = _bare(
    "synced List, Python appends",
    on_event="model.send(event);",
    traits=_LIST,
    hear=f"""
def keep(widget, content, buffers):
    widget.events = [*widget.events, content]

bare.on_msg(keep)
{_OBSERVE}
""",
    numbers=_NUMBERS,
    shown='window.benchModel.get("events").length',
)
#: The same without a message: the page assigns the longer list. ipywidgets sends the next value
#: only when the kernel is done with the one before, so that a burst becomes a few long ones.
PAGE_APPENDS = _bare(
    "synced List, the page appends",
    on_event='model.set("events", [...model.get("events"), event]); model.save_changes();',
    traits=_LIST,
    hear=_OBSERVE,
    numbers=_NUMBERS,
)
