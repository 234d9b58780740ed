from __future__ import annotations

import asyncio
import sys
from types import SimpleNamespace

import pytest

from owidget_jupyter import OWidget, WidgetError, waiting

from .awaits import as_cell, meanwhile, ready
from .driver import COMPANY, Page, connected, failed, state


def kernel(version: tuple[int, ...]) -> dict[str, object]:
    """Return the modules that a kernel of this version has imported."""
    name = ".".join(map(str, version))
    running = SimpleNamespace(
        initialized=lambda: True, instance=lambda: SimpleNamespace(io_loop=None, get_parent=dict)
    )
    return {
        "ipykernel": SimpleNamespace(version_info=version, __version__=name),
        "ipykernel.kernelbase": SimpleNamespace(Kernel=running),
        "marimo": None,
    }


@pytest.fixture
def host(monkeypatch):
    """Return a function that makes this process look like some notebook's."""
    monkeypatch.delenv("SERVER_SOFTWARE", raising=False)

    def look_like(modules: dict[str, object]) -> None:
        for name, module in modules.items():
            if module is None:
                monkeypatch.delitem(sys.modules, name, raising=False)
            else:
                monkeypatch.setitem(sys.modules, name, module)

    look_like({"ipykernel": None, "ipykernel.kernelbase": None, "marimo": None})
    return look_like


def assert_refused(chat: OWidget, why: str) -> None:
    for wait in (
        chat.ready,
        lambda: chat.wait_for("chatWindowOpen"),
        lambda: chat.wait_for("status"),
        lambda: chat.wait_for(None),
        chat.events,
    ):
        with pytest.raises(RuntimeError, match=why) as raised:
            wait()
        assert "use callbacks instead: chat.on_event(), chat.on_status()" in str(raised.value)


def test_outside_a_kernel_it_raises_at_once_and_names_the_callbacks(host, chat):
    assert_refused(chat, "outside a Jupyter kernel")


def test_under_an_old_ipykernel_it_raises_at_once_and_names_the_callbacks(host, chat):
    host(kernel((6, 29, 5)))
    chat._repr_mimebundle_()
    assert_refused(chat, r"under ipykernel 6\.29\.5: it needs ipykernel 7 or newer")


def test_in_marimo_it_raises_at_once_and_names_the_callbacks(host, chat):
    host({**kernel((7, 0, 0)), "marimo": SimpleNamespace(running_in_notebook=lambda: True)})
    assert_refused(chat, "in marimo")
    # In a callback's thread marimo itself does not know.
    host({"ipykernel.kernelbase": None, "marimo": SimpleNamespace(running_in_notebook=bool)})
    assert_refused(chat, "in marimo")


def test_in_a_kernel_that_merely_imported_marimo_it_does_not_raise(host, chat):
    host({**kernel((7, 0, 0)), "marimo": SimpleNamespace(running_in_notebook=lambda: False)})
    connected(chat)
    asyncio.run(as_cell(chat.ready))


def test_in_voila_it_raises_at_once_and_names_the_callbacks(host, chat, monkeypatch):
    host(kernel((7, 0, 0)))
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.8")
    assert_refused(chat, "in Voilà")


def test_before_it_is_displayed_it_raises_at_once_and_says_so(host, chat):
    host(kernel((7, 0, 0)))
    with pytest.raises(RuntimeError, match="display it, or use callbacks"):
        chat.ready()


@pytest.mark.parametrize("show", ["displayed", "attended"])
def test_displaying_it_or_a_page_that_asks_makes_awaiting_work(host, chat, show):
    host(kernel((7, 0, 0)))
    if show == "displayed":
        chat._repr_mimebundle_()
    else:
        Page(chat).want()

    async def cell():
        waiting_for = asyncio.ensure_future(chat.ready())
        await asyncio.sleep(0)
        connected(chat)
        await waiting_for

    asyncio.run(cell())


def test_the_kernels_loop_is_the_one_that_runs_its_cells(host):
    loop = asyncio.new_event_loop()
    modules = kernel((7, 0, 0))
    modules["ipykernel.kernelbase"].Kernel.instance = lambda: SimpleNamespace(
        io_loop=SimpleNamespace(asyncio_loop=loop)
    )
    assert waiting.kernel_loop() is None
    host(modules)
    assert waiting.kernel_loop() is loop
    loop.close()


@pytest.mark.parametrize(
    ("timeout", "error"),
    [
        ("5", TypeError),
        (True, TypeError),
        (lambda event: True, TypeError),  # a predicate in the wrong place
        (-1, ValueError),
        (float("nan"), ValueError),
    ],
)
def test_a_timeout_that_is_none_is_refused_before_anything_else(chat, timeout, error):
    for wait in (chat.ready, lambda timeout: chat.wait_for("status", timeout)):
        with pytest.raises(error, match="timeout is a number of seconds"):
            wait(timeout)


def test_ready_ends_when_another_thread_hears_that_it_is_connected(awaitable, chat, page):
    asyncio.run(meanwhile(ready(chat), page.connect))
    assert chat.state == "connected"


def test_ready_ends_at_once_when_it_is_connected(awaitable, chat):
    connected(chat)
    asyncio.run(ready(chat, timeout=0))


def test_ready_does_not_end_before_a_status_was_seen(awaitable, chat, page):
    page.batch(state("ready"), state("connecting"))
    with pytest.raises(TimeoutError):
        asyncio.run(ready(chat, timeout=0))


def test_ready_does_not_wait_for_a_connection_that_is_not_wanted(awaitable, page, chat):
    chat.autoconnect = False
    page.batch(state("ready"))
    asyncio.run(ready(chat, timeout=0))


def test_ready_waits_for_a_connection_that_is_made_by_hand(awaitable, page, chat):
    chat.autoconnect = False
    chat.connect_to_server()
    page.batch(state("ready"))
    with pytest.raises(TimeoutError):
        asyncio.run(ready(chat, timeout=0))


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (failed("script_unreachable", "Check the host."), "script_unreachable: Check the host."),
        (state("unsupported"), "the widget is unsupported"),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_ready_raises_when_it_will_not_become_so(awaitable, chat, page, end, sentence, before):
    if before:
        page.batch(end)
    with pytest.raises(WidgetError, match=sentence):
        asyncio.run(meanwhile(ready(chat), (lambda: None) if before else lambda: page.batch(end)))


def test_ready_raises_when_the_widget_is_closed_meanwhile(awaitable, chat):
    with pytest.raises(WidgetError, match="closed"):
        asyncio.run(meanwhile(ready(chat), chat.close))


def test_ready_that_takes_too_long_says_where_it_is_and_what_to_look_at(awaitable, chat, page):
    page.batch(state("asking"))
    with pytest.raises(TimeoutError, match="the widget is 'asking' after 0 s; is it displayed"):
        asyncio.run(ready(chat, timeout=0))


def test_waiting_needs_no_company_yet(awaitable):
    chat = OWidget(isolation="opaque")

    def act():
        chat.init(COMPANY)
        connected(chat)

    asyncio.run(meanwhile(ready(chat), act))
