"""What many widgets cost that are opened and closed, and what is left of them: nothing."""

from __future__ import annotations

import gc
import threading
import tracemalloc
import weakref
from collections.abc import Callable

import psutil
import pytest
from ipywidgets import Layout
from ipywidgets.widgets.widget import _instances

from owidget_jupyter import OWidget
from owidget_jupyter.stage.server import StageServer

from .counting import assert_linear, calls_of
from .driver import COMPANY, Page, connected, event

MANY = 100


def never_displayed() -> OWidget:
    return OWidget(COMPANY)


def with_a_route() -> OWidget:
    chat = OWidget(COMPANY, isolation="origin")
    Page(chat).want()
    return chat


def used() -> OWidget:
    """Return one that had a visitor, functions that hear of it, and a rule for numbers."""
    chat = OWidget.simulated(isolation="origin", layout={"width": "50%"})
    chat.on_event(lambda event: chat.state)
    chat.observe(lambda change: chat.state, names="state")
    chat.set_custom_number_normalization(lambda number: chat.preset)
    chat.visitor.open().add_done_callback(lambda future: chat.state)
    page = Page(chat).want()
    connected(page)
    page.batch(*(event("chatWindowOpen") for _ in range(20)))
    return chat


opened = pytest.mark.parametrize("opened", [never_displayed, with_a_route, used])


def listening() -> set[tuple[str, int]]:
    """Return where this process listens."""
    connections = psutil.Process().net_connections("inet")
    return {tuple(each.laddr) for each in connections if each.status == psutil.CONN_LISTEN}


def open_and_close(opened: Callable[[], OWidget], count: int) -> None:
    for chat in [opened() for _ in range(count)]:
        chat.close()


@opened
def test_twice_as_many_cost_twice_as_much(opened):
    open_and_close(opened, 2)  # what is made but once is there
    assert_linear(lambda count: calls_of(lambda: open_and_close(opened, count)), 20)


@opened
def test_no_thread_port_route_or_registration_is_left(opened):
    threads, ports, known = set(threading.enumerate()), listening(), set(_instances)
    chats = [opened() for _ in range(MANY)]
    assert len(set(_instances) - known) >= MANY
    if opened is with_a_route:
        assert [len(server._routes) for server in StageServer._running] == [MANY]
        assert listening() > ports
    for chat in chats:
        chat.close()
    assert StageServer._running == []
    assert set(threading.enumerate()) <= threads
    assert listening() == ports
    assert set(_instances) == known


@opened
def test_nobody_keeps_a_closed_one(opened):
    gc.collect()
    known = [weakref.ref(opened()) for _ in range(MANY)]
    layouts = [weakref.ref(chat.layout) for chat in filter(None, (each() for each in known))]
    logs = [weakref.ref(chat.event_log) for chat in filter(None, (each() for each in known))]
    for each in known:
        each().close()
    gc.collect()
    assert [each for each in (*known, *layouts, *logs) if each() is not None] == []


@opened
def test_memory_returns(opened):
    def held() -> int:
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        open_and_close(opened, MANY)  # what is made but once is there
        before = held()
        open_and_close(opened, MANY)
        left = held() - before
    finally:
        tracemalloc.stop()
    # One takes 20,000 bytes, and its layout 4,000; the interpreter's own caches fill up, too.
    assert left / MANY < 1_000, "bytes of each that was closed"


def test_a_layout_of_somebody_elses_stays_open():
    layout = Layout(width="50%")
    chat = OWidget(COMPANY, layout=layout)
    chat.close()
    assert layout.comm is not None
    layout.close()


def test_a_layout_that_was_replaced_is_closed_with_its_widget():
    chat = OWidget(COMPANY)
    own, chat.layout = chat.layout, Layout()
    others = chat.layout
    chat.close()
    assert own.comm is None
    assert others.comm is not None
    others.close()
