"""Scripts that stand in for OOWidget.js and report every call that is made on them.

They imitate nothing of the vendor's beyond the documented contract. Their report is a request of
the page's to the server, numbered in the page, so that `Vendor.calls` has the order of the calls
and not that of the requests' arrival.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

_METHODS = (
    "init",
    "connectToServer",
    "setAppEventCallback",
    "setStatusUpdateCallback",
    "setCustomNumberNormalization",
    "addCustomData",
    "removeCustomData",
    "openChat",
    "openAppOnCurrentPage",
    "hideWidget",
    "setConnectionUpdateCallback",
)

_PRELUDE = r"""
const SCRIPT = document.currentScript;
const ORIGIN = new URL(SCRIPT.src).origin;
let reported = 0;

function encode(value, depth = 0) {
  const special = (kind, text) => (text === undefined ? {$js: kind} : {$js: kind, text});
  if (value === undefined) return special('undefined');
  if (typeof value === 'function') return special('function');
  if (typeof value === 'bigint' || typeof value === 'symbol')
    return special(typeof value, String(value));
  if (typeof value === 'number' && !Number.isFinite(value)) return special('number', `${value}`);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return special('date', value.toISOString());
  if (depth > 8) return special('deep');
  if (Array.isArray(value)) return value.map(item => encode(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, encode(item, depth + 1)]));
}

function report(method, args) {
  const body = JSON.stringify(
    {load: LOAD, n: reported++, method, args: Array.from(args, item => encode(item))});
  // keepalive lets a report outlive its document, but only for small bodies.
  fetch(`${ORIGIN}/record`, {method: 'POST', mode: 'no-cors', body, keepalive: body.length < 4096});
}

function block(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const callbacks = {};
const status = code => callbacks.setStatusUpdateCallback?.(code);
const event = object => callbacks.setAppEventCallback?.(
  typeof object === 'string' ? {type: object} : object);
const normalize = number => callbacks.setCustomNumberNormalization?.(number);
"""

_API = r"""
const api = {isSupported: true};
for (const name of OPTIONS.methods) {
  api[name] = (...args) => {
    report(name, args);
    if (/^set\w+(Callback|Normalization)$/.test(name)) callbacks[name] = args[0] ?? undefined;
    if (OPTIONS.block.in === name) block(OPTIONS.block.ms);
    if (OPTIONS.throwsIn === name) throw new Error(`${name} fails as the test wants`);
    const result = BODIES[name]?.(...args);
    if (OPTIONS.navigateIn === name) location.href = `${ORIGIN}/elsewhere`;
    return result;
  };
}
"""

# Every method there could be, each of which tells on its caller. `then` is left out: a promise
# that is resolved with the object asks for it, which is not a call by anybody.
_UNSUPPORTED = r"""
const api = new Proxy({isSupported: false}, {
  get: (target, name) =>
    name in target ? target[name]
    : typeof name === 'symbol' || name === 'then' ? undefined
    : (...args) => report(name, args),
});
"""

_FINISH = r"""
window.$owidget = api;
// For a test that acts inside the stage: frame.evaluate("() => vendorTest.status(1)").
window.vendorTest = {api, status, event, normalize, callbacks};
const callBack = () => SCRIPT.$owidgetOnLoad?.(api);
if (OPTIONS.block.in === 'load') block(OPTIONS.block.ms);
if (OPTIONS.onLoad === 'sync') callBack();
if (OPTIONS.onLoad === 'late') setTimeout(callBack, 50);
"""


def recorder(
    *,
    supported: bool = True,
    calls_on_load: bool | Literal["late"] = True,
    throws_in: str | None = None,
    on_connect: str = "",
    methods: Mapping[str, str] | None = None,
    navigate: bool | str = False,
    block_ms: int = 0,
    block_in: str = "connectToServer",
) -> str:
    """Build a script whose methods report their calls to the server.

    supported: what `isSupported` says; if False, every other member is a method that reports.
    calls_on_load: whether `$owidgetOnLoad` is called, in the script's run or a moment later.
    throws_in: the method that throws after it reported.
    on_connect: JavaScript run inside `connectToServer`, with `status(code)`, `event(object or
        type)` and `normalize(number)`, which call the callbacks that were set.
    methods: JavaScript bodies for further (or the usual) methods, with `args` and the above.
    navigate: leave for another page in `connectToServer`, or in the method named.
    block_ms, block_in: keep the thread busy in that method, or in "load", the script's own run.
    """
    bodies = {"connectToServer": on_connect, **(methods or {})} if on_connect else methods or {}
    on_load = calls_on_load if calls_on_load == "late" else "sync" if calls_on_load else "never"
    options = {
        "methods": list(dict.fromkeys([*_METHODS, *bodies])),
        "onLoad": on_load,
        "throwsIn": throws_in,
        "navigateIn": "connectToServer" if navigate is True else navigate or None,
        "block": {"in": block_in if block_ms else None, "ms": block_ms},
    }
    functions = ",\n".join(
        f"{json.dumps(name)}: (...args) => {{\n{body}\n}}" for name, body in bodies.items()
    )
    return "\n".join(
        [
            "(() => {",
            f"const OPTIONS = {json.dumps(options)};",
            _PRELUDE,
            f"const BODIES = {{{functions}}};",
            _API if supported else _UNSUPPORTED,
            _FINISH,
            "})();",
        ]
    )
