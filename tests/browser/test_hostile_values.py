"""Whatever the vendor's script passes to its callbacks arrives: once, in order, as JSON."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness import FUNCTION, Vendor, recorder
from .harness.chat import COMPANY, Chat, call, opening
from .harness.isolations import ISOLATIONS

# JavaScript of an event → its type in the log and its detail.
ODD_EVENTS: dict[str, tuple[str, Any]] = {
    """{
      type: 'chatSessionStarted', operator: 'Ž. <b>', nothing: null, none: undefined,
      f() { return 1; }, s: Symbol('x'), when: new Date(0), never: new Date(NaN),
      big: 12345678901234567890n, nan: NaN, far: -Infinity, list: [1, undefined, () => 1, [2n]],
      re: new Error('inside'), deep: {a: {b: [{c: 'd'}]}}, '': 'empty name', '2': 'number name',
    }""": (
        "chatSessionStarted",
        {
            "operator": "Ž. <b>",
            "nothing": None,
            "when": "1970-01-01T00:00:00.000Z",
            "never": "[invalid date]",
            "big": "12345678901234567890",
            "nan": "NaN",
            "far": "-Infinity",
            "list": [1, None, None, ["2"]],
            "re": {"name": "Error", "message": "inside"},
            "deep": {"a": {"b": [{"c": "d"}]}},
            "": "empty name",
            "2": "number name",
        },
    ),
    "(() => { const e = {type: 'chatWindowOpen', o: {}}; e.me = e; e.list = [e]; return e; })()": (
        "chatWindowOpen",
        {"o": {}, "me": "[cycle]", "list": ["[cycle]"]},
    ),
    "(() => { const o = {x: 1}; return {type: 'chatWindowOpen', a: o, b: o}; })()": (
        "chatWindowOpen",
        {"a": {"x": 1}, "b": {"x": 1}},
    ),
    "{type: 'chatWindowOpen', node: document.body, text: document.createTextNode('x')}": (
        "chatWindowOpen",
        {"node": "[node BODY]", "text": "[node #text]"},
    ),
    "{type: 'chatWindowOpen', ok: 1, get bad() { throw new Error('getter'); }, after: 2}": (
        "chatWindowOpen",
        {"ok": 1, "bad": "[threw Error: getter]", "after": 2},
    ),
    "{type: 'chatWindowOpen', inner: {toJSON() { throw new Error('toJSON'); }, x: 1}}": (
        "chatWindowOpen",
        {"inner": {"x": 1}},
    ),
    'JSON.parse(\'{"type": "chatWindowOpen", "__proto__": {"x": 1}, "constructor": 2}\')': (
        "chatWindowOpen",
        {"__proto__": {"x": 1}, "constructor": 2},
    ),
    "Object.assign(Object.create(null), {type: 'chatWindowClosed', bare: true})": (
        "chatWindowClosed",
        {"bare": True},
    ),
    "new (class { type = 'chatWindowClosed'; own = 1; get inherited() { return 2; } })()": (
        "chatWindowClosed",
        {"own": 1},
    ),
    "{get type() { throw new Error('no type'); }, x: 1}": ("[threw]", {"x": 1}),
    "{x: 1}": ("undefined", {"x": 1}),
    "{type: null}": ("null", {}),
    "{type: 5, x: 1}": ("5", {"x": 1}),
    "{type: '', x: 1}": ("", {"x": 1}),
    "{type: {toString() { throw 1; }}}": ("something that has no text", {}),
    "{type: Symbol('kind')}": ("Symbol(kind)", {}),
    "{type: 'chatTransferred', to: 'sales'}": ("chatTransferred", {"to": "sales"}),
    "{type: 'toString'}": ("toString", {}),
    "{type: '<img src=x onerror=alert(1)>'}": ("<img src=x onerror=alert(1)>", {}),
    "['a', 1]": ("undefined", ["a", 1]),
    "new Date(0)": ("undefined", "1970-01-01T00:00:00.000Z"),
    "document.body": ("undefined", "[node BODY]"),
    # A word can be a type; anything else could be what somebody typed, and stays out of sight.
    "'chatWindowOpen'": ("chatWindowOpen", {}),
    "'my number is 777'": ("[no structure]", {"value": "my number is 777"}),
    "null": ("[no structure]", {"value": None}),
    "undefined": ("[no structure]", {"value": None}),
    "0": ("[no structure]", {"value": 0}),
    "true": ("[no structure]", {"value": True}),
    "10n": ("[no structure]", {"value": "10"}),
    "Symbol('whole')": ("[no structure]", {"value": None}),
    # Half a character, which UTF-8 has no bytes for.
    r"{type: 'half \ud83d', text: 'half \udc00'}": ("half \ufffd", {"text": "half \ufffd"}),
    r"{type: 'whole \ud83d\ude00', '\ud83d': 1}": ("whole \U0001f600", {"\ufffd": 1}),
    # Types that the log uses for entries of its own.
    "{type: 'status', code: 2}": ("event:status", {"code": 2}),
    "{type: 'status'}": ("event:status", {}),
    "{type: 'overflow', dropped: 'x'}": ("event:overflow", {"dropped": "x"}),
    # Objects on which every look throws.
    "new Proxy({}, {get() { throw new Error('get'); }, ownKeys() { throw new Error('keys'); }})": (
        "[threw]",
        "[threw Error: keys]",
    ),
    "{type: 'chatWindowOpen', inner: new Proxy({}, {ownKeys() { throw new Error('keys'); }})}": (
        "chatWindowOpen",
        {"inner": "[threw Error: keys]"},
    ),
    "{type: 'chatSessionEnded', last: true}": ("chatSessionEnded", {"last": True}),
}

# JavaScript of a large event → a condition in Python on the entry that it becomes.
LARGE_EVENTS: dict[str, str] = {
    "{type: 'chatWindowOpen', text: 'x'.repeat(63_000)}": (
        "len(event.detail['text']) == 63_000 and 'truncated' not in event.detail"
    ),
    "{type: 'chatWindowOpen', text: 'x'.repeat(64_001)}": (
        "event.detail['truncated'] is True and event.detail['bytes'] > 64_001"
    ),
    "{type: 'chatWindowOpen', text: 'ž'.repeat(33_000)}": (
        "event.detail['truncated'] is True and event.detail['bytes'] > 66_000"
    ),
    "{type: 'chatWindowOpen', text: '😀'.repeat(3_000_000)}": (
        "event.detail['truncated'] is True and 0 < len(event.detail['text']) <= 16_000"
        " and event.detail['text'].encode()"
    ),
    "{type: 'chatWindowOpen', sparse: new Array(4294967295)}": "event.detail['truncated'] is True",
    "{type: 'chatWindowOpen', bytes: new Uint8Array(60_000_000)}": (
        "event.detail['bytes'] == '[binary 60000000 bytes]'"
    ),
    "{type: 'chatWindowOpen', bytes: new ArrayBuffer(8)}": (
        "event.detail['bytes'] == '[binary 8 bytes]'"
    ),
    "(() => { let e = {}; for (let i = 0; i < 1e5; i++) e = {e}; e.type = 'a'; return e; })()": (
        "event.type == 'a' and '[too deep]' in repr(event.detail)"
    ),
    # Each member is only a reference, but written out it would have 2 ** 30 of them.
    "(() => { let e = []; for (let i = 0; i < 30; i++) e = [e, e]; return {type: 'b', e}; })()": (
        "event.type == 'b'"
    ),
    "{type: 'y'.repeat(1_000_000), kept: 1}": (
        "event.type == 'y' * 199 + '…' and event.detail == {'kept': 1}"
    ),
}


def send(chat: Chat, javascript: str) -> None:
    """Call the event callback in the stage."""
    chat.nb.stage().evaluate(f"() => {{ vendorTest.callbacks.setAppEventCallback({javascript}); }}")


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_odd_events(notebook: NewNotebook, vendor: Vendor, isolation: str) -> None:
    """In one tick, then the large ones alone: nothing is dropped, nothing hangs."""
    vendor.script = recorder(on_connect="status(1);")
    chat = Chat(notebook([]), vendor)
    nb = chat.nb
    chat.show(f"isolation={isolation!r}")
    chat.until_state("connected", isolation)
    body = "\n".join(f"vendorTest.callbacks.setAppEventCallback({event});" for event in ODD_EVENTS)
    # Strictly one task: what throws out of a callback would end it.
    nb.stage().evaluate(f"() => {{ {body} }}")
    chat.until("events and events[-1].type == 'chatSessionEnded'")
    got = nb.py("[[event.type, event.detail] for event in events]")
    for (source, expected), actual in zip(ODD_EVENTS.items(), got, strict=False):
        assert actual == list(expected), source
    assert len(got) == len(ODD_EVENTS)

    for number, (source, condition) in enumerate(LARGE_EVENTS.items(), len(ODD_EVENTS) + 1):
        send(chat, source)
        chat.until(f"len(events) >= {number}")
        assert nb.py(f"bool([{condition} for event in events[{number - 1}:]][0])"), source
    total = len(ODD_EVENTS) + len(LARGE_EVENTS)
    assert nb.py("[len(events), statuses, len(chat.errors)]") == [total, [1], 0]
    assert nb.py("[event.seq for event in chat.event_log]") == list(range(1, total + 2))
    assert nb.py("[chat.state, chat.status_code]") == ["connected", 1]
    expect(chat.view.locator(".owidget-fold").first).to_contain_text(f"Events ({total + 1})")
    expect(chat.view).not_to_contain_text("kernel does not answer")
    assert chat.settled_calls() == [*opening(COMPANY), call("connectToServer")]
    sizes = nb.py("{name: len(repr(value)) for name, value in chat.get_state().items()}")
    assert sizes["_tail"] < 20_000, "the state has the end of the log, without details"
    assert nb.page.evaluate("window.jupyterapp.shell.currentWidget !== null")


ODD_STATUSES = (
    *("'1'", "1", "1", "'2'", "'0'", "0", "1.0", "-0", "2"),
    *("true", "null", "undefined", "3", "-1", "'online'", "''", "'01'", "' 1'", "NaN", "1.5"),
    *("1n", "[1]", "{code: 1}", "new Number(1)", "new Date(1)", "Symbol('1')", "() => 1"),
    "({toString() { throw new Error('no text'); }})",
    "new Proxy({}, {get() { throw new Error('get'); }})",
    "'x'.repeat(1_000_000)",
    "'1'",
)
STATUSES = [1, 1, 1, 2, 0, 0, 1, 0, 2, 1]


@pytest.mark.parametrize("isolation", ["auto", pytest.param("opaque", marks=pytest.mark.slow)])
def test_odd_statuses(notebook: NewNotebook, vendor: Vendor, isolation: str) -> None:
    """Strings are read, repetitions kept, and what is no status is told and changes nothing."""
    vendor.script = recorder(on_connect="\n".join(f"status({code});" for code in ODD_STATUSES))
    chat = Chat(notebook([]), vendor)
    nb = chat.nb
    chat.show(
        f"isolation={isolation!r}",
        before="changes = []; chat.observe(lambda change: changes.append(change.new), "
        "names='status_code')",
    )
    chat.until_state("connected", isolation)
    chat.until("len(statuses) == 10")
    assert nb.py("statuses") == STATUSES
    assert nb.py("[type(code).__name__ for code in statuses]") == ["int"] * len(STATUSES)
    assert nb.py("changes") == [1, 2, 0, 1, 0, 2, 1], "a trait tells of changes only"
    assert nb.py("[chat.status_code, chat.status]") == [1, "online"]
    assert nb.py("[[e.type, e.detail] for e in chat.event_log]") == [
        ["status", {"code": code}] for code in STATUSES
    ]
    problems = nb.py("[[problem.where, problem.message] for problem in chat.errors]")
    assert len(problems) == len(ODD_STATUSES) - len(STATUSES)
    for where, message in problems:
        assert where == "status"
        assert message.startswith("a status code that is not 0, 1 or 2: ")
        assert len(message) < 150
    assert problems[3][1].endswith(": 3")
    assert problems[5][1].endswith(': "online"')
    expect(chat.view.get_by_role("status")).to_contain_text("online")


BURST = """
status(0); status(1); event('chatWindowOpen'); status('2');
for (let i = 0; i < 200; i++) event({type: i % 2 ? 'chatSessionEnded' : 'chatSessionStarted', i});
status(1);
"""


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_synchronous_callbacks(notebook: NewNotebook, vendor: Vendor, isolation: str) -> None:
    """Inside connectToServer(), two hundred in a tick; and again with callbacks that raise."""
    vendor.script = recorder(on_connect=BURST)
    chat = Chat(notebook([]), vendor)
    nb = chat.nb
    chat.show(
        f"isolation={isolation!r}",
        before="""
grown, order = [], []
chat.observe(lambda change: grown.append([event.seq for event in change.added]), names="event_log")
chat.on_status(lambda code: order.append("status"))
chat.on_event(lambda event: order.append(event.type))
""",
    )
    chat.until_state("connected", isolation)
    chat.until("statuses == [0, 1, 2, 1]")
    numbers = "[event.detail['i'] for event in {} if 'i' in event.detail]"
    assert nb.py(numbers.format("events")) == list(range(200))
    assert nb.py(numbers.format("chat.event_log")) == list(range(200))
    assert nb.py("[event.seq for event in chat.event_log]") == list(range(1, 206))
    assert nb.py("order") == nb.py("[event.type for event in chat.event_log]")
    assert nb.py("order[:4]") == ["status", "status", "chatWindowOpen", "status"]
    assert nb.py("order[-1]") == "status"
    assert nb.py("[seq for batch in grown for seq in batch]") == list(range(1, 206))
    assert nb.py("len(grown)") <= 10, "told by the batch, not by the event"
    assert nb.py("states") == ["loading", "ready", "connected"]
    assert nb.py("[len({event.frontend for event in chat.event_log}), len(chat.errors)]") == [1, 0]
    expect(chat.view.locator(".owidget-fold").first).to_contain_text("Events (205)")

    # Once more on a live stage, while every second callback raises.
    nb.exec("""
heard = []
@chat.on_event
def fussy(event):
    heard.append(event.detail["i"])
    if event.detail["i"] % 2:
        raise ValueError(f"not {event.detail['i']}")
chat.observe(lambda change: 1 / 0, names="status_code")
""")
    nb.stage().evaluate(
        """() => {
          for (let i = 0; i < 200; i++) {
            vendorTest.event({type: 'chatWindowClosed', i});
            vendorTest.status(i % 2);
          }
        }"""
    )
    chat.until("len(statuses) == 204")
    assert nb.py("heard") == list(range(200))
    assert nb.py("statuses[4:]") == [0, 1] * 100
    assert nb.py("[event.seq for event in chat.event_log]") == list(range(1, 606))
    assert nb.py("len(chat.errors)") == 100, "the last hundred are kept"
    assert nb.py("sorted({problem.message for problem in chat.errors})[-1]") == (
        "ZeroDivisionError: division by zero"
    )
    assert "Traceback" in nb.py("chat.errors[-1].traceback")
    expect(chat.view.locator(".owidget-problems summary")).to_contain_text("(100)")
    assert chat.settled_calls() == [
        call("setStatusUpdateCallback", FUNCTION),
        call("setAppEventCallback", FUNCTION),
        call("init", COMPANY),
        call("connectToServer"),
    ]
