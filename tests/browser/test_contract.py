"""What reaches the vendor's script: which methods, with which arguments, in which order."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import NewNotebook, NewPage
from .harness import Vendor, recorder
from .harness.chat import COMPANY, Chat, call, opening
from .harness.isolations import ISOLATIONS

CONNECTS = recorder(on_connect="status(1);")

# Further arguments of the widget, and the arguments that init must get.
INIT: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "company": ({}, [COMPANY]),
    "preset": ({"preset": "NewWidget"}, [COMPANY, "NewWidget"]),
    "preset and language": (
        {"preset": "NewWidget", "language": "cs"},
        [COMPANY, "NewWidget", "cs"],
    ),
    "language alone": ({"language": "de-AT"}, [COMPANY, None, "de-AT"]),
    "scope alone": ({"scope": "demo"}, [COMPANY, None, None, "demo"]),
    "preset and scope": (
        {"preset": "NewWidget", "scope": "demo"},
        [COMPANY, "NewWidget", None, "demo"],
    ),
    "language and scope": ({"language": "cs", "scope": "demo"}, [COMPANY, None, "cs", "demo"]),
    "all": (
        {"preset": 'A "quoted" ž', "language": "cs", "scope": "</script>"},
        [COMPANY, 'A "quoted" ž', "cs", "</script>"],
    ),
    "tenant": ({"tenant_id": 7}, [[COMPANY, 7]]),
    "tenant and the rest": (
        {"tenant_id": "north", "preset": "NewWidget", "scope": "demo"},
        [[COMPANY, "north"], "NewWidget", None, "demo"],
    ),
}

SCRIPT_ELEMENT = """() => {
  const found = [...document.scripts].filter(script => script.src.includes('OOWidget.js'));
  if (found.length !== 1) return `there are ${found.length}`;
  const [script] = found;
  return {
    src: script.getAttribute('src'), type: script.type, async: script.async,
    charset: script.charset, onLoad: typeof script.$owidgetOnLoad,
    first: document.scripts[0] === script, defer: script.defer, module: script.noModule,
  };
}"""


def keywords(settings: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in settings.items())


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_arguments_of_init(notebook: NewNotebook, vendor: Vendor, isolation: str) -> None:
    """Trailing missing ones are left out, inner ones null; nothing else is called."""
    vendor.script = CONNECTS
    chat = Chat(notebook([]), vendor)
    names = INIT if isolation == "auto" else ("company", "language alone", "scope alone", "all")
    for name in names:
        settings, arguments = INIT[name]
        chat.show(keywords({**settings, "isolation": isolation}))
        chat.until_state("connected", isolation)
        assert chat.nb.stage().evaluate(SCRIPT_ELEMENT) == {
            "src": f"{vendor.url}/widget/OOWidget.js",
            "type": "text/javascript",
            "async": True,
            "charset": "UTF-8",
            "onLoad": "function",
            "first": True,
            "defer": False,
            "module": False,
        }
        expected = [*opening(*arguments), call("connectToServer")]
        assert chat.settled_calls() == expected, name
        assert len(chat.loads) == 1, f"{name}: the script was loaded {len(chat.loads)} times"
    assert [(request.method, request.path) for request in vendor.requests] == [
        ("GET", "/widget/OOWidget.js")
    ] * len(names)


def test_init_called_from_python(notebook: NewNotebook, vendor: Vendor) -> None:
    """The vendor's own words: a widget without a company waits; other values reload it."""
    vendor.script = CONNECTS
    chat = Chat(notebook([]), vendor)
    chat.show(before="chat.company_id = None")
    assert chat.nb.py("chat.state") == "idle"
    assert vendor.requests == []

    chat.nb.exec("import uuid; chat.init(uuid.UUID(COMPANY), None, 'cs')")
    chat.until_state("connected")
    assert chat.settled_calls() == [*opening(COMPANY, None, "cs"), call("connectToServer")]

    chat.nb.exec("chat.init(COMPANY.replace('-', '').upper(), language='cs')")
    assert chat.settled_calls() == [*opening(COMPANY, None, "cs"), call("connectToServer")]
    assert len(chat.loads) == 1, "the same values in another form are no change"

    chat.nb.exec("chat.init(COMPANY, 'NewWidget', scope='demo')")
    vendor.wait_for("connectToServer", 2)
    chat.until_state("connected")
    expected = [*opening(COMPANY, "NewWidget", None, "demo"), call("connectToServer")]
    assert chat.settled_calls() == expected
    assert len(chat.loads) == 2, "four settings at once are one fresh stage"


def test_language(notebook: NewNotebook, new_page: NewPage, vendor: Vendor) -> None:
    """Argument, else the page's, else the browser's, which is Slovak here."""
    vendor.script = CONNECTS
    # Of the whole browser: a context's locale may reach a sandboxed frame after its scripts ran.
    chat = Chat(notebook([], page=new_page("--accept-lang=sk-SK,sk")), vendor)
    # settings → arguments of init after the company, <html lang> of the stage, what is resolved
    argument = {"language": "de"}
    cases: list[tuple[dict[str, Any], list[Any], str | None, list[str]]] = [
        (argument, [None, "de"], "en", ["de", "argument"]),
        ({**argument, "page_language": "cs"}, [None, "de"], "cs", ["de", "argument"]),
        ({**argument, "page_language": ""}, [None, "de"], None, ["de", "argument"]),
        ({"page_language": "cs"}, [], "cs", ["cs", "page"]),
        ({}, [], "en", ["en", "page"]),
        ({"page_language": ""}, [], None, ["sk-SK", "browser"]),
        ({"page_language": "cs", "isolation": "opaque"}, [], "cs", ["cs", "page"]),
        ({"isolation": "opaque"}, [], "en", ["en", "page"]),
        ({"page_language": "", "isolation": "opaque"}, [], None, ["sk-SK", "browser"]),
        ({"page_language": "", "isolation": "none"}, [], None, ["sk-SK", "browser"]),
    ]
    for settings, arguments, html_lang, resolved in cases:
        chat.show(keywords(settings))
        chat.until_state("connected", settings.get("isolation", "auto"))
        assert chat.nb.py("list(chat.resolved_language)") == resolved, settings
        assert chat.nb.py("[chat.resolved_language.tag, chat.resolved_language.rule]") == resolved
        lang = "() => document.documentElement.getAttribute('lang')"
        assert chat.nb.stage().evaluate(lang) == html_lang, settings
        assert chat.settled_calls()[2] == call("init", COMPANY, *arguments), settings
    browser = chat.nb.stage().evaluate("navigator.language")
    assert browser == "sk-SK", "the widget itself would have come to the same"


def test_connecting_is_left_to_the_person(notebook: NewNotebook, vendor: Vendor) -> None:
    """autoconnect=False; saying it twice, before the display, and for a fresh stage."""
    vendor.script = CONNECTS
    chat = Chat(notebook([]), vendor)
    chat.show("autoconnect=False")
    chat.until_state("ready")
    assert chat.settled_calls() == opening(COMPANY)
    assert chat.nb.py("[chat.state, chat.status_code, chat.is_supported]") == ["ready", None, True]

    chat.nb.exec("chat.connect_to_server(); chat.connect_to_server()")
    chat.until_state("connected")
    assert chat.nb.py("chat.status_code") == 1
    assert chat.settled_calls() == [*opening(COMPANY), call("connectToServer")]
    chat.nb.exec("chat.connect_to_server()")
    assert chat.settled_calls() == [*opening(COMPANY), call("connectToServer")]

    chat.nb.exec("chat.retry()")
    vendor.wait_for("connectToServer", 2)
    chat.until_state("connected")
    assert len(chat.loads) == 2
    assert chat.settled_calls() == [*opening(COMPANY), call("connectToServer")]

    chat.show("autoconnect=False", before="chat.connect_to_server()")
    chat.until_state("connected")
    assert chat.settled_calls() == [*opening(COMPANY), call("connectToServer")]


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_what_is_kept_for_the_stage(notebook: NewNotebook, vendor: Vendor, isolation: str) -> None:
    """Made before the display and while the script is held back; carried out in that order.

    So is what the operator is to know: before the connection, and for every fresh stage anew.
    """
    vendor.script = CONNECTS
    vendor.delay = 600
    chat = Chat(notebook([]), vendor)
    chat.show(
        keywords({"isolation": isolation}),
        before="early = [chat.call('openChat', 'early', i) for i in range(20)]",
    )
    chat.until_state("loading", isolation)
    chat.nb.exec("late = [chat.call('openChat', 'late', i) for i in range(20)]")
    chat.nb.exec("opened = [chat.open_chat(), chat.open_chat(enqueue=True)]")
    assert chat.nb.py("any(call.done() for call in early + late + opened)") is False
    vendor.delay = 0
    vendor.release()
    chat.until("all(call.done() for call in early + late + opened)")
    assert chat.settled_calls() == [
        *opening(COMPANY),
        call("connectToServer"),
        *(call("openChat", "early", i) for i in range(20)),
        *(call("openChat", "late", i) for i in range(20)),
        call("openChat"),
        call("openChat", True),
    ]
    chat.until_state("connected", isolation)
    assert (
        chat.nb.py("[call.exception() for call in early + late + opened if call.exception()]") == []
    )

    chat.show(
        keywords({"isolation": isolation}),
        before="chat.add_custom_data('order', {'id': 7, 'paid': True})\n"
        "chat.add_custom_data('oo1_guest_ident', 'Ž. <b>')",
    )
    chat.until_state("connected", isolation)
    order = call("addCustomData", "order", {"id": 7, "paid": True})
    guest = call("addCustomData", "oo1_guest_ident", "Ž. <b>")
    connect = call("connectToServer")
    assert chat.settled_calls() == [*opening(COMPANY), order, guest, connect]

    chat.nb.exec("chat.add_custom_data('vip', False); chat.remove_custom_data('order')")
    vip = call("addCustomData", "vip", False)
    assert chat.settled_calls()[-2:] == [vip, call("removeCustomData", "order")]

    chat.nb.exec("chat.preset = 'NewWidget'")
    vendor.wait_for("connectToServer", 3)
    chat.until_state("connected", isolation)
    assert chat.settled_calls() == [*opening(COMPANY, "NewWidget"), guest, vip, connect]
    state = json.dumps(chat.nb.py("{k: str(v) for k, v in chat.get_state().items()}"))
    assert "oo1_guest" not in state, "a personal datum never enters the synced state"


OBJECT = """
const given = args;
return Promise.resolve({given, when: new Date(0), big: 12n, f() {}, nothing: null});
"""
METHODS = {
    "object": OBJECT,
    "plain": "return args.length;",
    "nothing": "",
    "throws": "throw new RangeError('not today');",
    "rejects": "return new Promise((_, reject) => setTimeout(() => reject(new Error('no')), 20));",
    "never": "return new Promise(() => {});",
    "who": "return this === undefined ? 'nobody' : typeof this;",
}


@pytest.mark.parametrize("isolation", ["auto", pytest.param("opaque", marks=pytest.mark.slow)])
def test_call(notebook: NewNotebook, vendor: Vendor, isolation: str) -> None:
    """Results, promises, errors, and a stage that goes before the answer is there."""
    vendor.script = recorder(on_connect="status(1);", methods=METHODS)
    chat = Chat(notebook([]), vendor)
    nb = chat.nb
    chat.show(keywords({"isolation": isolation}))
    chat.until_state("connected", isolation)

    nb.exec("""
results = [await chat.call("object", 1, None, {"ž": [True]}), await chat.call("plain", 1, 2, 3),
           await chat.call("nothing")]
""")
    assert nb.py("results") == [
        {"given": [1, None, {"ž": [True]}], "when": "1970-01-01T00:00:00.000Z", "big": "12",
         "nothing": None},
        3,
        None,
    ]  # fmt: skip

    nb.exec("""
raised = []
for name in ("throws", "rejects", "noSuchMethod", "toString", "constructor"):
    try:
        await chat.call(name)
    except Exception as error:
        raised.append(f"{type(error).__name__} {error}")
    else:
        raised.append(f"{name} returned")
""")
    said = nb.py("raised")
    no_method = "TypeError: the widget has no method"
    assert said == [
        "CallError throws: RangeError: not today",
        "CallError rejects: Error: no",
        f"CallError noSuchMethod: {no_method} noSuchMethod",
        f"CallError toString: {no_method} toString",
        f"CallError constructor: {no_method} constructor",
    ]
    assert nb.py("len(chat.errors)") == 0, "whoever awaits an error has heard of it"

    nb.exec("unheeded = chat.call('throws')")
    chat.until("[p.message for p in chat.errors if p.where == 'throws']")
    assert nb.py("[[p.where, p.message] for p in chat.errors]") == [
        ["throws", "RangeError: not today"]
    ]

    nb.exec(
        "open_call = chat.call('never', 1); ended = []; open_call.add_done_callback(ended.append)"
    )
    vendor.wait_for("never")
    nb.exec("chat.retry()")
    chat.until("len(ended)")
    assert "fresh" in nb.py("str(open_call.exception())")
    vendor.wait_for("connectToServer", 2)
    chat.until_state("connected", isolation)
    calls = chat.settled_calls()
    assert calls == [*opening(COMPANY), call("connectToServer")], "a lost call is not repeated"


def test_callbacks_of_python_may_come_at_any_time(notebook: NewNotebook, vendor: Vendor) -> None:
    """Before the display and after connecting; each replaces the last, None clears it."""
    vendor.script = CONNECTS
    chat = Chat(notebook([]), vendor)
    chat.show()
    chat.until_state("connected")
    nb = chat.nb
    stage = nb.stage()
    stage.evaluate("() => { vendorTest.event('chatWindowOpen'); vendorTest.status(2); }")
    chat.until("statuses == [1, 2] and [e.type for e in events] == ['chatWindowOpen']")

    nb.exec("""
later, later_statuses, some, all_ = [], [], [], []
chat.set_app_event_callback(later.append)
chat.set_status_update_callback(later_statuses.append)
@chat.on_event("chatSessionStarted")
def started(event):
    some.append(event.type)
chat.on_event(all_.append)
""")
    types = ["chatSessionCreated", "chatSessionStarted", "chatSessionEnded", "chatWindowClosed"]
    stage.evaluate(
        f"() => {{ {json.dumps(types)}.forEach(vendorTest.event); vendorTest.status(0); }}"
    )
    chat.until("later_statuses == [0]")
    assert nb.py("[e.type for e in later]") == types
    assert nb.py("[e.type for e in all_]") == types
    assert nb.py("some") == ["chatSessionStarted"]
    assert nb.py("[len(events), statuses]") == [1, [1, 2]]

    nb.exec("""
chat.set_app_event_callback(None); chat.set_status_update_callback(None); chat.off(started)
""")
    stage.evaluate("() => { vendorTest.event('chatSessionStarted'); vendorTest.status(1); }")
    chat.until("chat.status_code == 1 and len(all_) == 5")
    assert nb.py("[len(later), later_statuses, some]") == [4, [0], ["chatSessionStarted"]]
    assert chat.settled_calls() == [*opening(COMPANY), call("connectToServer")]
