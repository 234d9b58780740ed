"""What the outbox has stored is in the event log once, in order: whatever the network does."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness import PageErrors, Proxy, Vendor, eventually
from .harness.counting import Counter, complete, counted
from .harness.proxy import BOTH, Direction

RECONNECTS = 90
"""Seconds that JupyterLab may take to connect anew; it waits longer after each failure."""


@pytest.fixture
def counter(
    notebook: NewNotebook, vendor: Vendor, proxy: Proxy, page_errors: PageErrors
) -> Counter:
    """A connected chat under origin isolation, in a notebook that was opened through the proxy."""
    page_errors.allow("WebSocket connection to .* failed")
    counter = counted(notebook([], port=proxy.port), vendor, "max_events=100_000")
    assert counter.nb.py("chat.active_isolation") == "origin"
    return counter


def reconnected(counter: Counter, proxy: Proxy) -> None:
    eventually(lambda: proxy.live() == 1, RECONNECTS, "JupyterLab connects anew")
    counter.nb.wait_ready(timeout=RECONNECTS)


def all_there(counter: Counter) -> None:
    """Emit once more, stop, and compare."""
    counter.emit(10)
    counter.stop()
    stored = sum(counter.stored().values())
    assert counter.settled(timeout=RECONNECTS) == complete(stored)
    assert len(counter.chat.loads) == 1, "the stage has outlived it"


@pytest.mark.slow
def test_websockets_that_are_cut(counter: Counter, proxy: Proxy) -> None:
    counter.go(1000)
    for _ in range(3):
        counter.emit(300)
        assert proxy.abort() == 1
        counter.emit(300)
        reconnected(counter, proxy)
    all_there(counter)


@pytest.mark.slow
def test_all_connections_that_are_cut(counter: Counter, proxy: Proxy) -> None:
    counter.go(1000)
    counter.emit(300)
    assert proxy.abort("all") >= 1
    reconnected(counter, proxy)
    all_there(counter)


def test_what_got_lost_is_sent_again_while_events_go_on(counter: Counter, proxy: Proxy) -> None:
    """They leave no pause in which somebody could be seen to be silent."""
    proxy.stall()
    counter.emit(300)
    eventually(lambda: proxy.held("up"), message="a batch is held back")
    proxy.abort()
    proxy.resume()
    counter.go(20)
    reconnected(counter, proxy)
    counter.chat.until("len(chat.event_log) > 300", timeout=30)
    all_there(counter)


@pytest.mark.parametrize("directions", [("up",), ("down",), BOTH], ids="-".join)
@pytest.mark.parametrize("end", ["goes on", "is cut"])
@pytest.mark.slow
def test_a_websocket_that_stalls(
    counter: Counter, proxy: Proxy, directions: tuple[Direction, ...], end: str
) -> None:
    """Until the page has noticed it; then everything comes late, or nothing of it."""
    counter.go(50)
    counter.emit(300)
    proxy.stall(directions=directions)
    counter.emit(300)
    told = counter.told()
    eventually(lambda: all(map(proxy.held, directions)), message="bytes are held back")
    expect(counter.chat.view.locator(".owidget-notice")).to_contain_text("does not answer")
    counter.emit(300)
    assert counter.told() < told + 300, "there are events that nobody has acknowledged"
    if end == "is cut":
        proxy.abort()
    proxy.resume()
    counter.emit(300)
    reconnected(counter, proxy)
    # There is no need of a pause for it.
    counter.chat.until("len(chat.event_log) > 1_200", timeout=60)
    all_there(counter)


@pytest.mark.slow
def test_websockets_that_are_refused_for_a_while(counter: Counter, proxy: Proxy) -> None:
    counter.go(300)
    proxy.refuse()
    refused = proxy.refused
    assert proxy.abort() == 1
    counter.emit(300)
    eventually(lambda: proxy.refused >= refused + 3, RECONNECTS, "several attempts were refused")
    assert proxy.live() == 0
    counter.emit(300)
    proxy.accept()
    reconnected(counter, proxy)
    all_there(counter)
