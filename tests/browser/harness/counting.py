"""Events that carry their own number, and how what arrived compares with what was stored."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Error, Frame

from .chat import Chat
from .notebook import Notebook
from .recorder import recorder
from .vendor import Vendor
from .wait import NotYet, eventually

#: Every event says which copy of the script emitted it and how many that copy had emitted then.
#: A copy that goes emits LAST_WORDS more in its very last moment, behind everybody's listeners,
#: and reports its count to the vendor's host, which no trouble of Jupyter's reaches.
_SCRIPT = """
let emitted = 0;
let timer = 0;
const emit = (count, more = {}) => {
  for (let left = count; left > 0; left--)
    event({type: 'chatWindowOpen', load: LOAD, n: ++emitted, ...more});
  return emitted;
};
window.testEvents = {
  emit,
  emitted: () => [LOAD, emitted],
  // So many a second, in ticks, until as many as wanted are out: a late tick makes up for it.
  // One such run at a time.
  run: (count, perSecond, more) => new Promise(resolve => {
    const begin = performance.now();
    const already = emitted;
    clearInterval(timer);
    timer = setInterval(() => {
      const due = Math.floor((performance.now() - begin) / 1000 * perSecond);
      emit(Math.min(due, count) - (emitted - already), more);
      if (due < count) return;
      clearInterval(timer);
      resolve(performance.now() - begin);
    }, 10);
  }),
  go: perSecond => { void testEvents.run(Infinity, perSecond); },
  stop: () => clearInterval(timer),
};
addEventListener('pagehide', () => {
  clearInterval(timer);
  emit(%(last_words)d);
  report('emitted', [emitted]);
});
status(1);
"""

LAST_WORDS = 3

COUNTING = recorder(on_connect=_SCRIPT % {"last_words": LAST_WORDS})
"""A vendor's script that emits numbered events when told, and some as it goes."""


@dataclass(frozen=True)
class Counts:
    """How the events in `chat.event_log` compare with those that were emitted.

    Attributes:
        stored: How many were emitted.
        received: How many different ones of them are in the log.
        doubled: How many entries of the log repeat an earlier one.
        disordered: How many entries come behind one that was emitted later.
    """

    stored: int
    received: int
    doubled: int
    disordered: int


def complete(stored: int) -> Counts:
    """Return what the promise is: everything, once, in order."""
    return Counts(stored, stored, 0, 0)


Numbered = tuple[int, int]
"""The copy of the script that emitted an event, and its number there."""


def compare(stored: Mapping[int, int], logged: list[Numbered]) -> Counts:
    """Compare how many each copy of the script emitted with what was logged, in its order."""
    emitted = {(load, n) for load, count in stored.items() for n in range(1, count + 1)}
    known = set(logged)
    assert known <= emitted, f"logged but never emitted: {sorted(known - emitted)[:10]}"
    disordered = sum(later < earlier for earlier, later in pairwise(logged))
    return Counts(len(emitted), len(known), len(logged) - len(known), disordered)


class Counter:
    """The numbered events of one chat, whichever stages it goes through.

    `nb` is the page that runs the stage; where another one takes it over, set it.
    """

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.nb = chat.nb

    def stage(self) -> Frame:
        """Return the live stage, once its script is connected and can be told to emit."""

        def connected() -> Frame | None:
            try:
                frame = self.nb.stage()
                return frame if frame.evaluate("'testEvents' in window") else None
            except Error:  # the frame is just being replaced
                return None

        frame = eventually(connected, message="a stage that can emit")
        assert frame is not None
        return frame

    def emit(self, count: int, more: str = "{}") -> None:
        """Emit so many in one task; `more` is JavaScript of further members."""
        self.stage().evaluate(f"() => {{ testEvents.emit({count}, {more}); }}")

    def go(self, per_second: int) -> None:
        """Emit from now on, until `stop` or the stage goes."""
        self.stage().evaluate(f"() => {{ testEvents.go({per_second}); }}")

    def stop(self) -> None:
        """Emit no more."""
        self.stage().evaluate("() => testEvents.stop()")

    def stored(self) -> dict[int, int]:
        """Return how many each copy of the script has emitted; the gone ones have reported it."""

        def look() -> dict[int, int]:
            connected: set[int] = set()
            counts: dict[int, int] = {}
            for load, calls in enumerate(self.chat.vendor.loads, 1):
                for call in calls:
                    if call["method"] == "connectToServer":
                        connected.add(load)
                    elif call["method"] == "emitted":
                        counts[load] = call["args"][0]
            if self.nb.stage_frames():
                load, count = self.stage().evaluate("testEvents.emitted()")
                counts[load] = count
            silent = connected - set(counts)
            assert not silent, f"copies {silent} have not reported how many they emitted"
            return counts

        return eventually(look, message="every copy of the script says how many it emitted")

    def told(self) -> int:
        """Return how many entries this page's view says the log has: no more are acknowledged."""
        text = self.nb.panel.locator(".owidget-fold").first.locator("summary").inner_text()
        match = re.search(r"\((\d+)\)", text)
        return int(match.group(1)) if match else 0

    def logged(self) -> list[Numbered]:
        """Return the numbers of those in the log, in its order."""
        numbers = self.chat.nb.py(
            "[[event.detail['load'], event.detail['n']] for event in chat.event_log"
            " if isinstance(event.detail, dict) and 'n' in event.detail]"
        )
        return [(load, n) for load, n in numbers]

    def settled(self, timeout: float = 30, lost: int = 0) -> Counts:
        """Wait until all but `lost` are in the log and nothing more is to come; compare."""
        stored = self.stored()
        wanted = sum(stored.values()) - lost
        # Too few are told better by the counts.
        with contextlib.suppress(NotYet):
            self.chat.until(
                "sum('n' in event.detail for event in chat.event_log"
                f" if isinstance(event.detail, dict)) >= {wanted}",
                timeout,
            )
        # Its result travels behind all the rest.
        self.chat.fence()
        heard: Any = self.chat.nb.py(
            "[[event.seq for event in events if event.type == 'chatWindowOpen'] =="
            " [event.seq for event in chat.event_log if event.type == 'chatWindowOpen'],"
            " list(map(str, chat.errors))]"
        )
        assert heard == [True, []], f"callbacks heard what the log has; problems: {heard}"
        return compare(stored, self.logged())


def counted(nb: Notebook, vendor: Vendor, settings: str = "", isolation: str = "auto") -> Counter:
    """Show a chat that counts in this notebook, and wait until it is connected."""
    vendor.script = COUNTING
    chat = Chat(nb, vendor)
    chat.show(f"isolation={isolation!r}, {settings}")
    chat.until_state("connected", isolation)
    return Counter(chat)
