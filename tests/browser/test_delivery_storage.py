"""What a page leaves behind for the one after it: where storage is full, and clocks are wrong."""

from __future__ import annotations

import pytest

from .conftest import NewNotebook
from .harness import PageErrors, Proxy, Vendor, eventually
from .harness.counting import LAST_WORDS, Counter, Counts, compare, complete, counted

#: 250 events of sixty thousand characters, a few in each task.
LARGE = """async () => {
  for (let i = 0; i < 125; i++) {
    testEvents.emit(2, { text: 'x'.repeat(60_000) });
    await new Promise(resolve => setTimeout(resolve));
  }
}"""

pytestmark = pytest.mark.slow


@pytest.fixture
def counter(
    notebook: NewNotebook, vendor: Vendor, proxy: Proxy, page_errors: PageErrors
) -> Counter:
    """A connected chat under origin isolation, in a saved notebook behind the proxy."""
    page_errors.allow("WebSocket connection to .* failed")
    counter = counted(notebook([], port=proxy.port), vendor)
    assert counter.nb.py("chat.active_isolation") == "origin"
    counter.nb.save()
    return counter


def reload(counter: Counter, proxy: Proxy) -> None:
    """Reload the page; nothing of what it sent since the stall gets to the kernel."""
    counter.nb.page.reload(wait_until="commit")
    proxy.abort()
    proxy.resume()
    counter.nb.wait_ready()


def test_a_clock_that_is_set_back_disorders_nothing(counter: Counter, proxy: Proxy) -> None:
    proxy.stall()
    counter.emit(2_500)
    counter.stage().evaluate("() => { const { now } = Date; Date.now = () => now() - 3.6e6; }")
    counter.emit(2_500)
    assert counter.told() == 1
    reload(counter, proxy)
    counter.emit(10)
    assert counter.settled() == complete(5_010 + LAST_WORDS)


def test_more_than_storage_holds(counter: Counter, proxy: Proxy) -> None:
    """While the page stays nothing is lost; a reload loses what had no room, and it is counted."""
    nb = counter.nb
    proxy.stall()
    counter.stage().evaluate(LARGE)
    assert counter.told() == 1
    proxy.resume()
    counter.chat.until("len(chat.event_log) >= 251 and len(chat.errors)", timeout=60)
    assert [n for _, n in counter.logged()] == list(range(1, 251))
    assert nb.py("[problem.where for problem in chat.errors]") == ["event log"]
    assert "no room" in nb.py("chat.errors[0].message")

    eventually(lambda: counter.told() == 251, message="all are acknowledged")
    proxy.stall()
    counter.stage().evaluate(LARGE)
    assert counter.told() == 251
    reload(counter, proxy)
    counter.emit(10)
    counter.chat.until("[e.detail.get('n') for e in chat.event_log][-1] == 10", timeout=60)
    dropped = sum(nb.py("[e.detail['dropped'] for e in chat.event_log if e.type == 'overflow']"))
    stored = 250 + 250 + LAST_WORDS + 10
    assert sum(counter.stored().values()) == stored
    assert compare(counter.stored(), counter.logged()) == Counts(stored, stored - dropped, 0, 0)
    # The page's storage and the stage's hold some eighty of them each.
    assert 0 < dropped < 120
