"""What a person typed, and what the vendor's script tells, ends in no file and no export."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping

import nbconvert
import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness import Lab, Notebook, Vendor, eventually, recorder
from .harness.chat import COMPANY
from .harness.chat_window import CHAT_WINDOW_NAME, window_part

WIDGETS = "@jupyter-widgets/jupyterlab-manager/plugin"
STATE = "application/vnd.jupyter.widget-state+json"
#: What is synced, and so must be found wherever the secrets must not.
PRESET, TYPE = "PresetThatMayBeSeen", "chatTypeThatMayBeSeen"
#: A number as it is asked for, and as others would write it.
NUMBER = "601 947 283"
NUMBERS = (NUMBER, "601947283", "601-947-283")


def secret(name: str) -> str:
    """Return a text that is found nowhere by chance, and survives JSON and HTML as it is."""
    return f"private{name}{secrets.token_hex(8)}"


@pytest.fixture(autouse=True)
def _states_are_saved(lab: Lab) -> None:
    """Have JupyterLab put the widgets' state into saved notebooks."""
    lab.set_setting(WIDGETS, {"saveState": True})


EXPORT = """
import io, json
from ipywidgets.embed import embed_data, embed_minimal_html
exported = io.StringIO()
embed_minimal_html(exported, views=[chat], title="export")
exports = {
    "embed_minimal_html": exported.getvalue(),
    "embed_data": json.dumps(embed_data(views=[chat])),
    "get_state": repr(chat.get_state()),
    "repr(chat)": repr(chat),
    "repr(event_log)": repr(chat.event_log),
    "repr(event)": repr(list(chat.event_log)),
    "repr(future)": repr(futures),
}
"""


def artefacts(nb: Notebook) -> dict[str, str]:
    """Return all that a notebook could be handed on as, and all that JupyterLab wrote down."""
    nb.save()
    nb.exec(EXPORT)
    found: dict[str, str] = nb.py("exports")
    html, _ = nbconvert.HTMLExporter().from_filename(str(nb.lab.root / nb.name))
    found["nbconvert"] = html
    for path in sorted(nb.lab.folder.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(nb.lab.folder))
            found[name] = path.read_bytes().decode("utf-8", errors="replace")
    return found


def leaks(found: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[str]:
    """Tell which text is found where."""
    for what, text in texts.items():
        for where, content in found.items():
            if text in content:
                yield f"{what} in {where}"


def assert_private(nb: Notebook, hidden: Mapping[str, str], type: str) -> None:
    """No secret is in any artefact, where the very same look does find what is synced."""
    found = artefacts(nb)
    saved = f"notebooks/{nb.name}"
    assert STATE in nb.lab.read(nb.name)["metadata"]["widgets"], "the widgets' state was saved"
    exports = (saved, "nbconvert", "embed_minimal_html", "embed_data", "get_state")
    shown = set(leaks(found, {"preset": PRESET, "type": type}))
    assert shown >= {f"{what} in {where}" for what in ("preset", "type") for where in exports}
    assert shown >= {"preset in repr(chat)", "type in repr(event)"}
    assert nb.name in found["lab.log"], "the server's log is the one"
    assert list(leaks(found, hidden)) == []


#: All that a document has stored in the browser, by where that is; a stage's may be emulated.
STORED = """() => {
  const under = (store, items) =>
    Object.entries(items).map(([key, value]) => [`${store} ${key}`, value]);
  return Object.fromEntries([
    ...under('session', sessionStorage),
    ...under('local', localStorage),
    ['cookies', document.cookie],
  ]);
}"""
#: Where a conversation is while it is under way: the simulator's own, and the tab's copy of it.
CONVERSATION = ("local owidget_jupyter.simulator:", "session owidget_jupyter.stored.")


def assert_stored(nb: Notebook, hidden: Mapping[str, str], *, only: tuple[str, ...] = ()) -> None:
    """Nothing is kept in the browser once Python has it, but what is under these keys."""
    nb.page.evaluate("preset => sessionStorage.setItem('preset', preset)", PRESET)

    def look() -> bool:
        stored: dict[str, str] = {}
        for frame in nb.page.frames:
            if frame.name == CHAT_WINDOW_NAME:
                continue  # without an origin, it has nowhere to keep anything
            found: dict[str, str] = frame.evaluate(STORED)
            stored |= {f"{where} of {frame.url}": text for where, text in found.items()}
        assert f"preset in session preset of {nb.page.url}" in leaks(stored, {"preset": PRESET})
        kept = {where: text for where, text in stored.items() if where.startswith(only)}
        assert len(kept) == len(only)
        assert list(leaks({k: v for k, v in stored.items() if k not in kept}, hidden)) == []
        return True

    eventually(look)


def tails(nb: Notebook) -> list[list[dict[str, object]]]:
    """Return the ends of the log in the saved notebook, one for each widget that has one."""
    state = nb.lab.read(nb.name)["metadata"]["widgets"][STATE]["state"]
    return [model["state"]["_tail"] for model in state.values() if "_tail" in model["state"]]


# The chat as a person has it on show, with the log and an event, whose reprs are saved, too.
SHOWN = """
chat
"""
REPRS = """
display(chat.event_log, chat.event_log[-1], list(chat.event_log), futures)
"""

VENDOR = """
from owidget_jupyter import OWidget

asked, futures = [], []

def normalize(number):
    asked.append(number)
    raise ValueError(f"what is {{number}}?")

chat = OWidget({company!r}, preset={preset!r}, host={host!r}, isolation="origin")
chat.set_custom_number_normalization(normalize)
"""


def test_of_a_vendors_chat(notebook: NewNotebook, vendor: Vendor) -> None:
    hidden = {
        name: secret(name)
        for name in (
            *("detail", "nested", "memberName", "wholeEvent", "notAStatus"),
            *("customName", "customValue", "argument", "result", "thrownByMethod"),
            *("thrownByCallback", "thrownByObserver", "thrownByConnect"),
        )
    }
    told = {name: json.dumps(text) for name, text in hidden.items()}
    vendor.script = recorder(
        on_connect="status(1);",
        methods={
            "sayBack": f"return {{said: args[0], more: [{told['result']}]}};",
            "fail": f"throw new Error({told['thrownByMethod']});",
        },
    )
    nb = notebook(cells=[SHOWN])
    nb.exec(VENDOR.format(company=COMPANY, preset=PRESET, host=vendor.host))
    nb.exec(f"chat.add_custom_data({hidden['customName']!r}, {hidden['customValue']!r})")
    nb.run_cell(0)
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == "origin"

    nb.exec(
        f"""
@chat.on_event
def raising(event):
    raise ValueError({hidden["thrownByCallback"]!r} + str(event.detail))

chat.observe(lambda change: {{}}[{hidden["thrownByObserver"]!r}], names="event_log")
futures += [chat.call("sayBack", {hidden["argument"]!r}), chat.call("fail")]
"""
    )
    stage = nb.stage()
    stage.evaluate(
        f"""() => {{
          vendorTest.event({{type: '{TYPE}', text: {told["detail"]},
            deep: [{{at: {{last: {told["nested"]}}}}}], {told["memberName"]}: 1}});
          vendorTest.callbacks.setAppEventCallback({told["wholeEvent"]} + ' typed');
          vendorTest.status({told["notAStatus"]});
        }}"""
    )
    stage.evaluate("number => vendorTest.normalize(number)", NUMBER)
    nb.until("len(chat.event_log) == 3 and all(future.done() for future in futures)")
    nb.until("any('threw' in str(e) or 'fail' in e.where for e in chat.errors)")
    vendor.script = recorder(on_connect=f"throw new TypeError({told['thrownByConnect']});")
    nb.exec("chat.retry()")
    nb.until("chat.state == 'failed'")

    # Nothing was planted in vain: it is where the person can look at it, and only there.
    errors = nb.py("repr(list(chat.errors))")
    known = nb.py("repr([[event.detail for event in chat.event_log], futures[0].result()])")
    known += errors + json.dumps(vendor.calls_of("addCustomData"))
    assert [name for name, text in hidden.items() if text not in known] == []
    assert nb.py("asked") == [NUMBER]
    expect(nb.output(0).locator(".owidget-problems")).to_contain_text(hidden["thrownByCallback"])
    for number in NUMBERS:
        assert number not in errors

    hidden |= dict(zip(("number", "digits", "dashes"), NUMBERS, strict=True))
    hidden |= {"token": nb.py("chat._run._route.token"), "nonce": nb.py("chat._run._route.nonce")}
    # A page that comes anew is given the end of the log, and saves it with the rest.
    cell = nb.add_and_run(REPRS)
    assert TYPE in nb.outputs_text(cell)
    nb.save()
    nb.reload()
    expect(nb.output(0).get_by_role("alert")).to_contain_text("threw TypeError")
    assert_private(nb, hidden, TYPE)
    assert_stored(nb, hidden)
    (tail,) = tails(nb)
    assert [line["type"] for line in tail][:3] == ["status", TYPE, "[no structure]"]
    assert {name for line in tail for name in line} == {"seq", "type", "at", "code"}


SIMULATED = """
from owidget_jupyter import OWidget
chat = OWidget.simulated(preset={preset!r})
asked, futures = [], []

@chat.set_custom_number_normalization
def normalize(number):
    asked.append(number)
    return "+420 " + number
"""


@pytest.mark.slow
def test_of_a_simulated_chat(notebook: NewNotebook) -> None:
    typed = ("typedByHand", "typedByPython", "said")
    hidden = {name: secret(name) for name in (*typed, "customValue")}
    nb = notebook(cells=[SHOWN])
    nb.exec(SIMULATED.format(preset=PRESET))
    nb.exec(f"chat.add_custom_data('customer', {hidden['customValue']!r})")
    nb.run_cell(0)
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == "opaque"

    nb.exec(f"futures += [chat.visitor.call_back({NUMBER!r})]")
    nb.exec("futures += [chat.visitor.open(), chat.visitor.join(), chat.operator.accept()]")
    nb.until("chat.event_log[-1].type == 'chatSessionStarted'")
    assert nb.py("asked[-1]") == NUMBER, "it was asked ahead, over the kernel's messages"
    hidden |= dict(zip(("number", "digits", "dashes"), NUMBERS, strict=True))
    stage = nb.stage()
    nb.exec(
        f"futures += [chat.operator.say({hidden['said']!r}), "
        f"chat.visitor.type({hidden['typedByPython']!r})]"
    )
    nb.until("all(future.done() for future in futures)")
    window_part(stage, "input").fill(hidden["typedByHand"])
    window_part(stage, "send").click()
    log = window_part(stage, "log")
    for name in typed:
        expect(log).to_contain_text(hidden[name])
    cell = nb.add_and_run(REPRS)
    assert "chatSessionStarted" in nb.outputs_text(cell)
    nb.save()
    nb.reload()
    nb.until("chat.state == 'connected'")
    assert_private(nb, hidden, "chatSessionStarted")
    # While the conversation is under way its transcript is stored, as a website would store it.
    expect(window_part(nb.stage(), "log")).to_contain_text(hidden["typedByHand"])
    assert_stored(nb, hidden, only=CONVERSATION)
    nb.exec("futures.append(chat.visitor.leave())")
    nb.until("futures[-1].done()")
    assert_stored(nb, hidden)
