"""Whatever keeps the vendor's script from working is told, told apart, and can be retried."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook, NewPage
from .harness import Lab, Notebook, PageErrors, Vendor, recorder
from .harness.chat import COMPANY, Chat, call, opening
from .harness.isolations import ISOLATIONS

CONNECTS = recorder(on_connect="status(1);")
#: Chromium's own words for a script that did not come.
NOT_LOADED = r"Failed to load resource.*OOWidget\.js"


def assert_failed(chat: Chat, code: str, says: str, isolation: str | None) -> None:
    """The failure is in Python and in the view, with what to try and a button for it."""
    # In one look: what follows a failure at once would be taken for a part of it.
    told = chat.until(
        "chat.state == 'failed' and [chat.error and chat.error.code, chat.error and"
        " chat.error.message, chat.status_code, chat.active_isolation, list(states)]"
    )
    message = str(told[1])
    assert told[:4] == [code, message, None, isolation], told
    assert says in message, message
    assert message.endswith("retry."), "it says what to do once the cause is gone"
    expect(chat.view.get_by_role("alert")).to_have_text(message)
    notice = chat.view.locator(".owidget-notice")
    expect(notice).to_contain_text(message)
    expect(notice.get_by_role("button", name="Retry")).to_be_visible()
    expect(chat.view.locator(".owidget-now")).to_contain_text("failed")


def assert_works(chat: Chat, isolation: str) -> None:
    """It is connected, nothing is left of the failure, and one stage is live."""
    chat.until_state("connected", isolation)
    assert chat.nb.py("[chat.error, chat.status_code]") == [None, 1]
    expect(chat.view.get_by_role("alert")).to_be_empty()
    assert chat.settled_calls() == [*opening(COMPANY), call("connectToServer")]
    assert len(chat.nb.stage_frames()) == 1


def retry(chat: Chat, how: str) -> None:
    """As a person does, in the view or in a cell."""
    if how == "button":
        chat.view.get_by_role("button", name="Retry").click()
    else:
        chat.nb.exec("chat.retry()")


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_unsupported(notebook: NewNotebook, vendor: Vendor, isolation: str) -> None:
    """Said, and no other method is called, whatever Python asks for meanwhile."""
    vendor.script = recorder(supported=False)
    chat = Chat(notebook([]), vendor)
    chat.show(
        f"isolation={isolation!r}",
        before="chat.add_custom_data('a', 1); early = chat.call('openChat')",
    )
    chat.until_state("unsupported", isolation)
    assert chat.nb.py("[chat.error, chat.status_code, chat.is_supported]") == [None, None, False]
    expect(chat.view.get_by_role("alert")).to_contain_text("does not support this browser")
    chat.nb.exec("chat.connect_to_server(); chat.add_custom_data('b', 2); chat.open_chat()")
    with pytest.raises(Exception, match="WidgetError"):
        chat.nb.exec("await chat.ready()")
    chat.nb.stage().evaluate("() => { vendorTest.api.fence(); }")
    vendor.wait_for("fence")
    assert vendor.calls == [call("fence")], "nothing but the test's own call"

    vendor.script = CONNECTS
    retry(chat, "button" if isolation == "opaque" else "python")
    chat.until("early.done()")
    chat.until_state("connected", isolation)
    assert chat.nb.py("[chat.error, chat.status_code, chat.is_supported]") == [None, 1, True]


Change = Callable[[Vendor], None]


def script(text: str) -> Change:
    def change(vendor: Vendor) -> None:
        vendor.script = text

    return change


def answer(status: int) -> Change:
    def change(vendor: Vendor) -> None:
        vendor.status = status

    return change


# Name → what breaks, what repairs, the code, a part of the message, how it is retried.
CAUSES: dict[str, tuple[Change, Change, str, str, str]] = {
    "404": (answer(404), answer(200), "script_unreachable", "host name and the network", "button"),
    "refused": (Vendor.refuse, Vendor.accept, "script_unreachable", "host name", "python"),
    "throws in init": (
        script(recorder(throws_in="init", on_connect="status(1);")),
        script(CONNECTS),
        "vendor_threw",
        "threw Error",
        "python",
    ),
    "throws in connectToServer": (
        script(recorder(on_connect="status(2); throw new TypeError('no such company');")),
        script(CONNECTS),
        "vendor_threw",
        "threw TypeError",
        "button",
    ),
    "navigates": (
        script(recorder(navigate=True, on_connect="status(1);")),
        script(CONNECTS),
        "navigated",
        "went to another page",
        "button",
    ),
}


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_the_script_fails(
    notebook: NewNotebook, vendor: Vendor, page_errors: PageErrors, isolation: str
) -> None:
    """Not there, refused, throwing, leaving; each is over once its cause is."""
    page_errors.allow(NOT_LOADED)
    active = "origin" if isolation == "auto" else isolation
    vendor.script = CONNECTS
    chat = Chat(notebook([]), vendor)
    for cause, (breaks, repairs, code, says, how) in CAUSES.items():
        breaks(vendor)
        chat.show(f"isolation={isolation!r}")
        assert_failed(chat, code, says, active)
        loads = len(vendor.script_requests)
        # Not cached, and not forgiven: the cause is still there.
        chat.nb.exec("states.clear()")
        retry(chat, how)
        chat.until("'failed' in states")
        assert_failed(chat, code, says, active)
        again = len(vendor.script_requests) - loads
        assert again == (0 if cause == "refused" else 1), f"{cause}: {again} requests by one retry"
        repairs(vendor)
        retry(chat, "python" if how == "button" else "button")
        assert_works(chat, isolation)


def test_throwing_stops_what_would_follow(notebook: NewNotebook, vendor: Vendor) -> None:
    """After init threw, nothing connects; a status from before a throw is taken back."""
    vendor.script = recorder(throws_in="init")
    chat = Chat(notebook([]), vendor)
    chat.show(before="kept = chat.call('openChat'); chat.add_custom_data('a', 1)")
    assert_failed(chat, "vendor_threw", "threw Error", "origin")
    chat.nb.stage().evaluate("() => { vendorTest.api.hideWidget(); }")
    vendor.wait_for("hideWidget")
    assert vendor.calls == [*opening(COMPANY), call("hideWidget")]
    assert chat.nb.py("kept.done()") is False

    vendor.script = recorder(on_connect="status(1); throw new Error('after a status');")
    chat.show()
    assert_failed(chat, "vendor_threw", "threw Error", "origin")
    assert chat.nb.py("chat.errors[-1].message") == "Error: after a status"
    assert chat.nb.py("statuses") == [1], "the status is not lost, only no longer so"


def test_loaded_but_silent(notebook: NewNotebook, vendor: Vendor, page_errors: PageErrors) -> None:
    """A script that never calls back; one that does so late; a page that is no script at all."""
    vendor.script = recorder(calls_on_load=False, on_connect="status(1);")
    chat = Chat(notebook([]), vendor)
    chat.show()
    assert_failed(chat, "script_silent", "serves OOWidget.js itself", "origin")
    assert vendor.calls == []
    chat.nb.stage().evaluate("() => document.scripts[0].$owidgetOnLoad(vendorTest.api)")
    assert_works(chat, "auto")
    assert len(chat.loads) == 1, "it came late and needed no retry"
    chat.nb.stage().evaluate("() => document.scripts[0].$owidgetOnLoad(vendorTest.api)")
    assert_works(chat, "auto")

    page_errors.allow("Unexpected token '<'")
    vendor.script = "<!doctype html><title>Sign in</title>"
    chat.show("isolation='opaque'")
    assert_failed(chat, "script_silent", "not another page", "opaque")
    vendor.script = CONNECTS
    retry(chat, "button")
    assert_works(chat, "opaque")


def test_a_slow_script_is_no_failure(notebook: NewNotebook, vendor: Vendor) -> None:
    """Nothing is said while it is on its way, nor when it calls back a moment after loading."""
    vendor.script = recorder(calls_on_load="late", on_connect="status(1);")
    vendor.delay = 600
    chat = Chat(notebook([]), vendor)
    chat.show()
    chat.until_state("loading")
    assert len(vendor.script_requests) == 1
    vendor.release()
    assert_works(chat, "auto")
    assert chat.nb.py("states") == ["loading", "ready", "connected"]


@pytest.mark.slow
def test_the_stage_server_cannot_be_reached(
    notebook: NewNotebook, vendor: Vendor, page_errors: PageErrors
) -> None:
    """Its probe or its document; an isolation that was asked for is never replaced."""
    page_errors.allow(r"Failed to load resource: net::ERR_(FAILED|CONNECTION_REFUSED)")
    # A frame that shows the browser's own error page has another origin than the stage.
    page_errors.allow(r"Failed to execute 'postMessage' on 'DOMWindow'")
    nb = notebook([])
    chat = Chat(nb, vendor)
    says = 'set isolation="opaque"'

    nb.page.route("**/probe", lambda route: route.abort())
    chat.show("isolation='origin'")
    assert_failed(chat, "stage_unreachable", says, None)
    assert "stage server does not answer" in nb.py("chat.error.message")
    retry(chat, "button")
    chat.until("states.count('failed') == 2")
    assert_failed(chat, "stage_unreachable", says, None)
    assert nb.stage_frames() == []
    assert vendor.requests == [], "the vendor is not contacted without the isolation asked for"

    vendor.script = CONNECTS
    nb.page.unroute("**/probe")
    retry(chat, "button")
    assert_works(chat, "origin")

    nb.page.route("**/stage", lambda route: route.abort())
    retry(chat, "python")
    assert_failed(chat, "stage_unreachable", "document did not answer", "origin")
    assert nb.stage_frames() == []
    nb.page.unroute("**/stage")
    retry(chat, "python")
    assert_works(chat, "origin")
    assert len(chat.loads) == 2


@pytest.mark.slow
def test_the_notebook_is_on_another_machine(
    new_page: NewPage, vendor: Vendor, tmp_path: Path
) -> None:
    """As it is for a page under a name that is not loopback: origin cannot be had there."""
    vendor.script = CONNECTS
    names = "--ServerApp.local_hostnames=['localhost', 'lab.example']"
    with Lab(tmp_path, extra_args=[names]) as lab:
        lab.write("away.ipynb", [])
        page = new_page("--host-resolver-rules=MAP lab.example 127.0.0.1")
        probes: list[str] = []
        page.on("request", lambda r: probes.append(r.url) if r.url.endswith("/probe") else None)
        nb = Notebook(lab, page, "away.ipynb").open(host="lab.example")
        chat = Chat(nb, vendor)
        chat.show("isolation='origin'")
        assert_failed(chat, "stage_unreachable", "localhost or 127.0.0.1", None)
        assert "kernel's own machine" in nb.py("chat.error.message")
        retry(chat, "button")
        chat.until("states.count('failed') == 2")
        assert_failed(chat, "stage_unreachable", "localhost or 127.0.0.1", None)
        assert nb.stage_frames() == []

        chat.nb.exec("chat.isolation = 'auto'")
        chat.until("chat.state == 'asking'")
        assert nb.py("chat.active_isolation") is None
        expect(chat.view.get_by_text("Nothing has been contacted yet")).to_be_visible()
        assert vendor.requests == []
        assert probes == [], "a page that is not on loopback must not even try"

        chat.nb.exec("chat.isolation = 'opaque'")
        assert_works(chat, "opaque")
        page.close()  # before its server ends, of which it would complain
