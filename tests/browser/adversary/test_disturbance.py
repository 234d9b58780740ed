"""A script that runs wild takes neither notebook nor model nor log with it, and is told of."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from playwright.sync_api import Frame

from ..conftest import NewNotebook
from ..harness import Notebook, PageErrors, Vendor, eventually, recorder
from ..harness.chat import Chat
from .document import document_of

pytestmark = pytest.mark.slow

#: Breaks what every script in its document stands on, our own included.
REPLACE = """
() => {
  const fail = () => { throw new Error('replaced'); };
  JSON.parse = JSON.stringify = fail;
  window.JSON = {parse: fail, stringify: fail};
  MessagePort.prototype.postMessage = fail;
  window.postMessage = fail;
}
"""
#: And more of it than anything could stand on.
WRECK = """
() => {
  const fail = () => { throw new Error('wrecked'); };
  for (const of of [Array, Map, Set, Promise, Object]) {
    for (const name of Object.getOwnPropertyNames(of.prototype)) {
      if (name === 'constructor') continue;
      try { of.prototype[name] = fail; } catch {}
    }
  }
  window.setTimeout = window.queueMicrotask = Date.now = fail;
}
"""
#: So many status callbacks a second, for so many seconds; each code is another one.
FLOOD = """
async ([rate, seconds]) => {
  const begin = performance.now();
  let n = 0;
  while (n < rate * seconds) {
    const due = Math.min(rate * seconds, (performance.now() - begin) / 1000 * rate);
    for (; n < due; n++) vendorTest.status(n % 3);
    await new Promise(resolve => setTimeout(resolve, 1));
  }
  window.testFlooded = performance.now() - begin;
}
"""
#: Keeps its thread busy for five seconds, and then until the script's address answers otherwise.
BLOCK = """
(address) => {
  const held = () => {
    const request = new XMLHttpRequest();
    request.open('GET', address, false);
    request.send();
    return request.status === 404;
  };
  setTimeout(() => {
    vendorTest.event('begin');
    setTimeout(() => {
      const end = performance.now() + 5000;
      while (performance.now() < end || held());
      vendorTest.event('end');
    }, 200);
  });
}
"""
PENDING = """
() => Math.max(...[...globalThis[Symbol.for('owidget_jupyter.page')].frontEnds.values()]
  .map(({undelivered}) => undelivered.pending))
"""


@pytest.fixture
def elsewhere() -> Generator[Vendor]:
    """The host of the chat that has to go on."""
    with Vendor() as server:
        yield server


@pytest.fixture(params=("origin", "opaque"))
def scene(
    notebook: NewNotebook, vendor: Vendor, elsewhere: Vendor, request: pytest.FixtureRequest
) -> Scene:
    """Both chats, the script's in either isolation that a stranger's script is given."""
    return Scene(notebook([]), vendor, elsewhere, request.param)


class Scene:
    """The script's chat, and one of another host beside it."""

    def __init__(self, nb: Notebook, vendor: Vendor, elsewhere: Vendor, isolation: str) -> None:
        vendor.script = elsewhere.script = recorder(on_connect="status(1);")
        self.nb = nb
        self.chat = Chat(nb, vendor)
        cell = nb.add_and_run(
            f"other = OWidget(COMPANY, host={elsewhere.host!r}, isolation='origin')\nother"
        )
        nb.until("other.state == 'connected'")
        self._other = document_of(nb.output_area(cell))
        self.chat.show(f"isolation={isolation!r}")
        self.chat.until_state("connected", isolation)
        self._heard = 0

    @property
    def document(self) -> Frame:
        """The script's."""
        return document_of(self.chat.view)

    def all_else_goes_on(self) -> None:
        """Run a cell, and hear of the other chat."""
        self._heard += 1
        index = self.nb.add_and_run(f"print('ran {self._heard}')")
        assert self.nb.outputs_text(index) == f"ran {self._heard}\n"
        self.nb.delete_cell(index)
        self._other.evaluate("type => vendorTest.event(type)", f"heard {self._heard}")
        self.nb.until(f"other.event_log[-1].type == 'heard {self._heard}'")
        assert self.nb.py("other.state") == "connected"

    def closes(self) -> None:
        """End the script's chat, of which nothing is left."""
        view = self.chat.view
        self.nb.exec("chat.close()")
        eventually(lambda: view.locator("iframe.owidget-frame").count() == 0)
        assert self.nb.py("[chat.state, chat.status_code]") == ["closed", None]


def test_a_script_that_breaks_things(scene: Scene, page_errors: PageErrors) -> None:
    page_errors.allow("thrown later|rejected later|replaced|wrecked", "the script means it")
    nb, chat = scene.nb, scene.chat
    scene.document.evaluate(
        """() => {
          setTimeout(() => { throw new Error('thrown later'); });
          void Promise.reject(new Error('rejected later'));
        }"""
    )
    chat.until("len(chat.errors) == 2")
    told = nb.py("sorted(problem.message for problem in chat.errors)")
    assert told == [
        "a rejection that nobody handled: Error: rejected later",
        "an uncaught error: Error: thrown later",
    ]
    assert nb.py("chat.state") == "connected"

    scene.document.evaluate(REPLACE)
    scene.document.evaluate("() => vendorTest.event({type: 'after all', detail: 1})")
    scene.document.evaluate("() => vendorTest.status('none')")
    chat.until("chat.event_log[-1].type == 'after all' and len(chat.errors) == 3")

    # What it wrecks beyond that is its own chat, and nothing else.
    scene.document.evaluate(WRECK)
    scene.all_else_goes_on()
    scene.closes()
    scene.all_else_goes_on()


def test_a_script_that_calls_back_after_the_end(scene: Scene) -> None:
    nb = scene.nb
    scene.document.evaluate(
        """() => {
          setInterval(() => vendorTest.status(2), 1);
          addEventListener('pagehide', () => {
            vendorTest.status(0);
            vendorTest.event('at the end');
          });
        }"""
    )
    nb.until("chat.status_code == 2")
    nb.exec("before = len(statuses); chat.close(); after = len(statuses)")
    scene.all_else_goes_on()
    assert nb.py("[chat.state, chat.status_code]") == ["closed", None]
    assert nb.py("len(statuses) == after")
    assert nb.py("chat.event_log[-1].detail['code']") is None
    assert nb.py("'at the end' in [event.type for event in chat.event_log]") is False


def test_a_script_that_floods(scene: Scene) -> None:
    nb = scene.nb
    nb.exec("chat.max_events = 100_000")
    scene.document.evaluate(f"order => {{ void ({FLOOD})(order); }}", [10_000, 3])
    most = 0
    for _ in range(3):
        scene.all_else_goes_on()
        most = max(most, nb.page.evaluate(PENDING))
    scene.document.wait_for_function("() => window.testFlooded")
    assert scene.document.evaluate("() => testFlooded") >= 3_000
    counted = "sum(e.detail['dropped'] if e.type == 'overflow' else 1 for e in chat.event_log)"
    nb.until(f"{counted} == 30_001", timeout=60, show=counted)
    assert most <= 10_001, "what the page keeps is bounded"
    assert nb.py("[e.detail['code'] for e in chat.event_log][1:]")[:6] == [0, 1, 2, 0, 1, 2]

    # Of what is no status, the last hundred are kept.
    scene.document.evaluate("() => { for (let i = 0; i < 10_000; i++) vendorTest.status(99); }")
    nb.until("len(chat.errors) == 100")
    scene.all_else_goes_on()
    scene.closes()
    scene.all_else_goes_on()


def test_a_script_that_blocks_its_thread(
    scene: Scene, vendor: Vendor, page_errors: PageErrors
) -> None:
    page_errors.allow("status of (404|503)", "what tells it to go on blocking")
    nb, address = scene.nb, f"{vendor.url}/widget/OOWidget.js"
    vendor.status = 404
    scene.document.evaluate(BLOCK, address)
    nb.until("chat.event_log[-1].type == 'begin'")
    eventually(lambda: len(vendor.script_requests) > 1, message="its five seconds are over")
    nb.exec("asked = chat.call('openChat')")
    scene.all_else_goes_on()
    assert nb.py("[chat.event_log[-1].type, asked.done()]") == ["begin", False]
    vendor.status = 503
    nb.until("chat.event_log[-1].type == 'end' and asked.done()")
    nb.until("len(chat.errors) == 1")
    assert "held up the chat's document for " in nb.py("chat.errors[0].message")
    assert nb.py("chat.state") == "connected"

    # It can be ended while it blocks.
    vendor.status = 404
    before = len(vendor.script_requests)
    scene.document.evaluate(BLOCK, address)
    eventually(lambda: len(vendor.script_requests) > before, message="it blocks once more")
    scene.closes()
    scene.all_else_goes_on()
    vendor.status = 503


def test_a_script_that_leaves(scene: Scene, elsewhere: Vendor) -> None:
    scene.document.evaluate(
        "address => { setTimeout(() => { location.href = address; }); }", elsewhere.blank_url
    )
    scene.chat.until("chat.state == 'failed' and chat.error.code == 'navigated'")
    scene.all_else_goes_on()
    scene.closes()
    scene.all_else_goes_on()
