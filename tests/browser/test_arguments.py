"""A wrong argument is told in the cell that gave it, and touches nothing that runs."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness import Vendor, recorder
from .harness.chat import COMPANY, Chat, call, opening

SETTINGS = (
    *("company_id", "preset", "language", "scope", "host", "tenant_id", "isolation"),
    *("page_language", "allow_media", "placement", "height", "show_status", "show_events"),
    *("max_events", "autoconnect"),
)
READ = f"{{name: getattr(chat, name) for name in {SETTINGS!r}}}"

HOSTS = (
    *("https://app.mluvii.com", "http://127.0.0.1", "//app.mluvii.com", "app.mluvii.com/widget"),
    *("person@app.mluvii.com", "app.mluvii.com?x", "app.mluvii.com#x", "app mluvii.com", ""),
    *("localhost.evil.example", "evil.localhost", "127.1", "0.0.0.0", "2130706433", "0x7f.1"),
    *("127.0.0.256", "127.0.0.1.", "[::]", "::1", "app.mluvii.com:0", "app.mluvii.com:65536"),
    *("app.mluvii.com:", "app.mluvii.com\n", "-app.mluvii.com", "žluť.example", None, 7),
)

# Setting → wrong values, and what the message must say beside the value.
WRONG: dict[str, tuple[tuple[object, ...], str]] = {
    "company_id": (
        ("not-a-guid", "", 7, COMPANY[:-1], f"{{{COMPANY}}}", f"{COMPANY}\n", f" {COMPANY}"),
        "GUID",
    ),
    "host": (HOSTS, "app.mluvii.com or localhost:8123"),
    "language": (("english please", "", "cs_CZ", 7, "cs\n"), "BCP 47"),
    "page_language": (("english please", " ", 7), "BCP 47"),
    "preset": (("", "  ", 7, "a\nb", "x" * 201), "1 to 200 printable characters"),
    "scope": (("", 7), "1 to 200 printable characters"),
    "tenant_id": ((-1, True, 1.5), "whole number"),
    "isolation": (("sandbox", None, "Origin"), "'auto', 'origin', 'opaque', 'none'"),
    "placement": (("corner",), "'cell', 'page'"),
    "height": (("tall", 10, True, 4001), "160 to 4000"),
    "allow_media": (("yes", 1), "True nor False"),
    "autoconnect": ((0,), "True nor False"),
    "max_events": ((0, -5), "whole number"),
}

# Statement → the error's name, and what its message must say.
MISUSES: dict[str, tuple[str, list[str]]] = {
    "OWidget(COMPANY, langauge='cs')": ("TypeError", ["'langauge'", "mean 'language'", "preset"]),
    "OWidget(COMPANY, nonsense=1)": ("TypeError", ["'nonsense'", "company_id", "scope"]),
    "OWidget.simulated(prest='x')": ("TypeError", ["'prest'", "mean 'preset'"]),
    "OWidget('nobody')": ("TraitError", ["'nobody'", "GUID"]),
    "OWidget(COMPANY, host='127.1')": ("TraitError", ["'127.1'", "bare host name"]),
    "chat.init(COMPANY, 'Other', 'english please')": ("TraitError", ["'english please'", "BCP 47"]),
    "chat.init('nobody', 'Other')": ("TraitError", ["'nobody'", "GUID"]),
    "chat.init(COMPANY, presett='Other')": ("TypeError", ["presett"]),
    "chat.status_code = 1": ("TraitError", ["status_code", "read-only"]),
    "chat.state = 'connected'": ("TraitError", ["state", "read-only"]),
    "chat.set_app_event_callback('show')": ("TypeError", ["'show'", "function"]),
    "chat.set_status_update_callback(1)": ("TypeError", ["1", "function"]),
    "chat.on_event('chatStarted')": ("ValueError", ["'chatStarted'", "chatSessionStarted"]),
    "chat.on_event(5)": ("TypeError", ["5", "function"]),
    "chat.on_status(None)": ("TypeError", ["None", "function"]),
    "chat.off(print)": ("ValueError", ["print", "not registered"]),
    "chat.wait_for('chatStarted')": ("ValueError", ["'chatStarted'", "chatWindowOpen"]),
    "chat.call('init', COMPANY)": ("ValueError", ["init", "chat.init()"]),
    "chat.call('connectToServer')": ("ValueError", ["connectToServer", "connect_to_server"]),
    "chat.call('open chat')": ("ValueError", ["'open chat'", "openChat"]),
    "chat.call('openChat', {1, 2})": ("TypeError", ["openChat", "JSON"]),
    "chat.call('openChat', float('nan'))": ("TypeError", ["openChat", "JSON"]),
    "chat.add_custom_data(5, 'x')": ("TypeError", ["5", "text"]),
    "chat.add_custom_data('x', object())": ("TypeError", ["'x'", "JSON"]),
    "chat.remove_custom_data('unknown')": ("KeyError", ["unknown"]),
}


# Tries each value, and takes down the error and whether the old value stands.
TRY = """
told = []
for name, (values, _) in {wrong}.items():
    for value in values:
        try:
            setattr(chat, name, value)
        except Exception as error:
            told.append([name, repr(value), type(error).__name__, str(error)])
        else:
            told.append([name, repr(value), "accepted", repr(getattr(chat, name))])
"""


def test_wrong_arguments(notebook: NewNotebook, vendor: Vendor) -> None:
    """Beside a live chat: the error says what was wrong and what is right; all else stands."""
    vendor.script = recorder(on_connect="status(1);")
    chat = Chat(notebook([]), vendor)
    nb = chat.nb
    chat.show("preset='NewWidget', language='cs', scope='demo', tenant_id=7")
    chat.until_state("connected")
    nb.stage().evaluate("() => { window.sameStage = true; }")
    before = nb.py(READ)

    def error_of(source: str) -> tuple[str, str]:
        cell = nb.add_and_run(source, check=False)
        errors = [error for error in nb.errors() if error.index == cell]
        assert len(errors) == 1, f"{source!r} gave {nb.outputs_text(cell)!r}, not an error"
        expect(nb.output(cell)).to_contain_text(errors[0].ename)
        nb.delete_cell(cell)
        assert nb.py(READ) == before, f"{source!r} left another value"
        return errors[0].ename, errors[0].evalue

    nb.exec(TRY.format(wrong=repr(WRONG)))
    assert nb.py(READ) == before
    told = {(name, value): (error, says) for name, value, error, says in nb.py("told")}
    for name, (values, says) in WRONG.items():
        for value in values:
            error, message = told[name, repr(value)]
            assert error == "TraitError", f"{name} = {value!r}: {error} {message}"
            for part in (name, repr(value), says):
                assert part in message, f"{name} = {value!r}: {message}"
        ename, evalue = error_of(f"chat.{name} = {values[0]!r}")
        assert (ename, evalue) == told[name, repr(values[0])], "as in a cell, so anywhere"

    for source, (wanted, parts) in MISUSES.items():
        ename, evalue = error_of(source)
        assert ename == wanted, f"{source}: {ename}: {evalue}"
        for part in parts:
            assert part in evalue, f"{source}: {evalue}"

    assert nb.stage().evaluate("() => window.sameStage") is True
    expected = [*opening([COMPANY, 7], "NewWidget", "cs", "demo"), call("connectToServer")]
    assert chat.settled_calls() == expected
    assert len(vendor.script_requests) == 1
    now = nb.py("[chat.state, chat.active_isolation, chat.status_code, len(chat.errors)]")
    assert now == ["connected", "origin", 1, 0]
