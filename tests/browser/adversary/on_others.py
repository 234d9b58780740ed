"""Attempts on other chats of the same notebook page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .attempt import Attempt, Witness

if TYPE_CHECKING:
    from .scene import Scene

_OTHERS = """
const others = Array.from({length: parent.length}, (_, i) => parent[i]).filter(w => w !== self);
"""
#: All that can be tried on another stage's window, and on the page that it belongs to.
_FORGE = (
    _OTHERS
    + """
    const type = `forged-${F.isolation}`;
    const entries = [{n: 1, at: Date.now(), kind: 'event', type, detail: {}}];
    const parcel = {load: 'forged', frontend: 'forged', lease: 1, entries};
    for (const other of others) {
      const {port1, port2} = new MessageChannel();
      other.postMessage('owidget_jupyter:port', '*', [port2]);
      port1.postMessage({kind: 'entries', ...parcel});
      other.postMessage({kind: 'entries', ...parcel}, '*');
      try { other.vendorTest.event(type); } catch {}
    }
    const {port1, port2} = new MessageChannel();
    parent.postMessage('owidget_jupyter:port', '*', [port2]);
    port1.postMessage({kind: 'entries', ...parcel});
    for (const message of [parcel, {kind: 'entries', ...parcel}, {kind: 'batch', ...parcel}])
      parent.postMessage(message, '*');
    let page;
    try { page = parent[Symbol.for('owidget_jupyter.page')]; } catch {}
    for (const frontEnd of page?.frontEnds.values() ?? [])
      frontEnd.model.send({kind: 'batch', ...parcel, sent: Date.now(), active: null});
    """
)
_READ = (
    _OTHERS
    + """
    const found = [];
    for (const other of others) {
      try { found.push(other.location.href, other.document.body.innerHTML); } catch {}
    }
    try {
      for (const {src} of parent.document.querySelectorAll('iframe')) found.push(src);
    } catch {}
    return found.join();
    """
)
_NAVIGATE = (
    _OTHERS
    + """
    let refusal = null;
    const address = `${F.collector}/navigate-${F.isolation}`;
    for (const other of others) {
      try { other.location.href = address; } catch (error) { refusal = error; }
    }
    if (refusal) throw refusal;
    """
)


def _logged(*names: str) -> Witness:
    def entered(scene: Scene, isolation: str) -> bool:
        return any(f"forged-{isolation}" in scene.types_of(name) for name in names)

    return entered


def _gone(scene: Scene, isolation: str) -> bool:
    return any(request.path == f"/navigate-{isolation}" for request in scene.collector.requests)


ON_OTHERS = (
    Attempt(
        "other-forge",
        "enter events into the log of another chat, of another host",
        _FORGE,
        "another origin; a stage takes its port from the page alone, and once",
        witness=_logged("other"),
    ),
    Attempt(
        "other-token",
        "read the token or the document of another chat, of another host",
        _READ,
        "each host has a stage server, and so an origin, of its own",
        secret="other_token",
    ),
    Attempt(
        "same-forge",
        "enter events into the log of another chat, of the same host",
        _FORGE,
        "chats of one host share their origin, as its pages do, and reach each other",
        witness=_logged("same", "sealed"),
    ),
    Attempt(
        "same-token",
        "read the token or the document of another chat, of the same host",
        _READ,
        "as above",
        secret="same_token",
    ),
    Attempt(
        "other-navigate",
        "take the frame of another chat to another page",
        _NAVIGATE,
        "the frame's sandbox lacks the leave",
        witness=_gone,
    ),
)
