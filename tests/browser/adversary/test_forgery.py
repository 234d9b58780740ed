"""Events, statuses and results enter a log only from the stage that owns the port."""

from __future__ import annotations

import pytest

from ..conftest import NewNotebook
from ..harness import Notebook, Vendor, recorder
from ..harness.chat import Chat
from .document import document_of

#: Takes the port from under the stage's own script, and hears what the page says to that.
THIEF = """
(() => {
  const {get} = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
  Object.defineProperty(MessageEvent.prototype, 'data', {get() {
    const data = get.call(this);
    if (this.target instanceof MessagePort && data?.kind === 'kept')
      window.stolen = {port: this.target, load: data.load, n: data.upto};
    return data;
  }});
})();
"""
#: From the script itself and from a frame of its own, to every window there is.
FORGE = """
async ([frontend, type]) => {
  const forge = (frontend, type) => {
    const entries = ['event', 'status', 'result'].map((kind, i) => ({
      n: i + 1, at: Date.now(), kind, type, detail: {}, code: 2, id: 1, value: type, error: null}));
    const parcel = {load: 'forged', frontend, lease: 1, entries};
    for (const to of [self, parent, top, ...Array.from({length: top.length}, (_, i) => top[i])]) {
      const {port1, port2} = new MessageChannel();
      to.postMessage('owidget_jupyter:port', '*', [port2]);
      for (const kind of ['entries', 'batch']) {
        to.postMessage({kind, ...parcel}, '*');
        port1.postMessage({kind, ...parcel});
      }
      // As the page would say it to a stage.
      to.postMessage({kind: 'start', frontend, lease: 1}, '*');
      port1.postMessage({kind: 'call', id: 1, method: 'hideWidget', args: []});
    }
  };
  forge(frontend, type);
  const nested = document.createElement('iframe');
  nested.srcdoc = `<script>(${forge})(${JSON.stringify(frontend)}, ${JSON.stringify(type)});
    parent.postMessage('forged', '*');<` + '/script>';
  const done = new Promise(resolve => addEventListener('message', ({source}) => {
    if (source === nested.contentWindow) resolve();
  }));
  document.body.append(nested);
  await done;
}
"""
#: What a stage may not say, over the stolen port.
ABUSE = """
([frontend, lease]) => {
  const {port, load, n} = window.stolen;
  const event = (n, detail = {}) => ({n, at: Date.now(), kind: 'event', type: 'forged', detail});
  const own = {load, frontend, lease};
  const say = (parcel, ...entries) => port.postMessage({kind: 'entries', ...parcel, entries});
  say({...own, frontend: 'another page'}, event(n + 1));
  say({...own, lease: lease + 1}, event(n + 1));
  say({...own, lease: lease - 1}, event(n + 1));
  say({...own, load: 'another document'}, event(1));
  say({...own, load: `${frontend}.${lease}`}, event(1), event(2), event(3));
  say(own, event(n));
  say(own, {n: n + 1, at: 0, kind: 'isolation', isolation: 'none', why: 'forged'});
  say(own, {n: n + 1, at: 0, kind: 'state', state: 'asking', failure: null});
  say(own, event(n + 1, 'x'.repeat(12_000_000)));
  const cycle = {};
  cycle.cycle = cycle;
  say(own, event(n + 1, cycle));
  say(own, event(n + 1, 1n));
  for (const odd of [null, 1, 'x', [], {}, {kind: 'batch'}, {kind: 'entries'}]) {
    port.postMessage(odd);
  }
  port.postMessage({kind: 'stored', changes: [['local', 'a', cycle]]});
  for (let id = 1; id <= 5_000; id++) {
    port.postMessage({kind: 'ask', id, number: '777666555', submitted: false});
  }
}
"""
#: What it may say as well as through its callbacks, and an answer to a call that nobody made.
OWN = """
([frontend, lease]) => {
  const {port, load, n} = window.stolen;
  const own = {at: Date.now(), kind: 'event', type: 'over the stolen port', detail: {}};
  const result = {at: Date.now(), kind: 'result', id: 4711, value: 'forged', error: null};
  const entries = [{n: n + 1, ...own}, {n: n + 2, ...result}];
  port.postMessage({kind: 'entries', load, frontend, lease, entries});
}
"""


def logged(nb: Notebook, name: str) -> list[str]:
    types: list[str] = nb.py(f"[event.type for event in {name}.event_log]")
    return types


@pytest.mark.parametrize("isolation", ["origin", pytest.param("opaque", marks=pytest.mark.slow)])
def test_forged_messages_enter_no_log(
    notebook: NewNotebook, vendor: Vendor, isolation: str
) -> None:
    vendor.script = THIEF + recorder(on_connect="status(1);")
    nb = notebook([])
    chat = Chat(nb, vendor)
    nb.add_and_run(f"other = OWidget(COMPANY, host={vendor.host!r}, isolation='opaque')\nother")
    nb.until("other.state == 'connected'")
    nb.exec("asked = []\ndef normalize(number):\n    asked.append(number)\n    return None\n")
    chat.show(f"isolation={isolation!r}", before="chat.set_custom_number_normalization(normalize)")
    chat.until_state("connected", isolation)
    connections: list[str] = []
    nb.page.on("websocket", lambda socket: connections.append(socket.url))
    frontend = nb.py("chat.event_log[-1].frontend")
    lease = 1

    document_of(chat.view).evaluate(FORGE, [frontend, "forged"])
    chat.fence()
    assert (logged(nb, "chat"), logged(nb, "other")) == (["status"], ["status"])

    hostile = document_of(chat.view)
    hostile.evaluate("() => vendorTest.event('honest')")
    chat.until("chat.event_log[-1].type == 'honest'")
    hostile.wait_for_function("() => window.stolen")
    chat.fence()
    hostile.evaluate(ABUSE, [frontend, lease])
    hostile.evaluate("() => vendorTest.event('honest again')")
    chat.until("chat.event_log[-1].type == 'honest again'")
    assert logged(nb, "chat") == ["status", "honest", "honest again"]
    chat.until("any('dropped' in problem.message for problem in chat.errors)")
    assert nb.py("[chat.state, chat.active_isolation]") == ["connected", isolation]
    assert nb.py("len(asked)") <= 50
    chat.fence()

    # Its own chat is its to tell, over whatever.
    hostile.evaluate(OWN, [frontend, lease])
    chat.until("chat.event_log[-1].type == 'over the stolen port'")
    assert nb.py("len(chat.errors)") == 1
    assert logged(nb, "other") == ["status"]
    assert connections == [], "the notebook has kept its connection"

    # What the page itself reports cannot be pre-empted.
    hostile.evaluate("() => { setTimeout(() => { location.href = 'about:blank'; }); }")
    chat.until("chat.state == 'failed' and chat.error.code == 'navigated'")
    assert nb.py("other.state") == "connected"
    nb.exec("chat.close()")
    assert nb.py("chat.state") == "closed"
