"""What the outbox has stored is in the event log once, in order: reloads, tabs, views, cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness import PageErrors, Proxy, Vendor, eventually
from .harness.busy import TAKE_MESSAGES, busy_cell
from .harness.counting import LAST_WORDS, complete, counted


def test_a_reload_with_unacknowledged_events(
    notebook: NewNotebook,
    vendor: Vendor,
    proxy: Proxy,
    page_errors: PageErrors,
    tmp_path: Path,
) -> None:
    """Under origin isolation the last events of the page that goes are there, too."""
    page_errors.allow("WebSocket connection to .* failed")
    counter = counted(notebook([], port=proxy.port), vendor)
    nb = counter.nb
    assert nb.py("chat.active_isolation") == "origin"
    nb.save()

    proxy.stall()
    counter.emit(200)
    counter.go(500)
    eventually(lambda: proxy.held("up") > 0, message="a batch is held back")
    assert counter.told() == 1
    nb.page.reload(wait_until="commit")
    proxy.abort()
    proxy.resume()
    nb.wait_ready()
    counter.emit(10)
    stored = sum(counter.stored().values())
    assert stored > 200 + LAST_WORDS + 10
    assert counter.settled() == complete(stored)

    # Now it is the kernel that does not listen.
    nb.save()
    told = counter.told()
    with busy_cell(nb, tmp_path, first=TAKE_MESSAGES):
        counter.go(500)
        counter.emit(200)
        assert counter.told() == told
        nb.page.reload(wait_until="commit")
    nb.wait_ready()
    counter.emit(10)
    more = sum(counter.stored().values())
    assert more > stored + 200 + LAST_WORDS + 10
    assert counter.settled() == complete(more)


@pytest.mark.slow
def test_a_reload_under_opaque_isolation_loses_the_last_instant_at_most(
    notebook: NewNotebook, vendor: Vendor, proxy: Proxy, page_errors: PageErrors
) -> None:
    """What the page has heard of is safe; only what is on its way to it can be lost."""
    page_errors.allow("WebSocket connection to .* failed")
    counter = counted(notebook([], port=proxy.port), vendor, isolation="opaque")
    nb = counter.nb
    assert nb.py("chat.active_isolation") == "opaque"
    nb.save()

    proxy.stall()
    counter.emit(200)
    counter.stage().evaluate("() => vendorTest.status(2)")
    # The view shows what this page itself has heard, which is all that came before.
    expect(counter.chat.view.get_by_role("status")).to_contain_text("busy")
    assert counter.told() == 1
    counter.emit(50)
    nb.page.reload(wait_until="commit")
    proxy.abort()
    proxy.resume()
    nb.wait_ready()
    counter.emit(10)
    stored = counter.stored()
    assert list(stored.values()) == [250 + LAST_WORDS, 10]
    nb.until("chat.event_log[-1].detail.get('n') == 10")
    logged = counter.logged()
    survived = [n for load, n in logged if load == min(stored)]
    assert survived == list(range(1, len(survived) + 1)), "no gap, no repetition"
    assert len(survived) >= 200
    assert counter.settled(lost=sum(stored.values()) - len(logged)).received == len(logged)


@pytest.mark.parametrize("isolation", ["origin", "opaque"])
@pytest.mark.slow
def test_views_and_cells_while_events_happen(
    notebook: NewNotebook, vendor: Vendor, isolation: str
) -> None:
    """Up to the very moment in which a stage goes; the page stays, so opaque keeps them, too."""
    counter = counted(notebook([]), vendor, "max_events=50_000", isolation)
    nb = counter.nb
    assert nb.py("chat.active_isolation") == isolation

    def busily(loads: int) -> None:
        eventually(lambda: len(counter.stored()) == loads, message=f"stage {loads} runs")
        counter.go(500)
        counter.emit(100)

    # Brought to another view, the stage lives on.
    first = nb.cell_count() - 1
    cell = nb.add_and_run("chat")
    busily(loads=1)
    nb.output_area(cell).get_by_role("button", name="Bring it here").click()
    expect(nb.output_area(cell).locator("iframe.owidget-frame")).to_be_visible()
    busily(loads=1)
    nb.delete_cell(first)
    cell = first
    busily(loads=1)
    nb.run_cell(cell)
    busily(loads=2)
    nb.collapse_output(cell)
    nb.expand_output(cell)
    busily(loads=3)
    nb.add_and_run("'another cell'")
    cell = nb.move_cell(cell, "down")
    busily(loads=4)
    nb.add_and_run("chat")
    nb.delete_cell(cell)  # the other view takes the chat
    busily(loads=5)
    nb.exec("chat.preset = 'other'")
    busily(loads=6)
    counter.stop()
    stored = sum(counter.stored().values())
    assert stored > 8 * 100 + 5 * LAST_WORDS
    assert counter.settled() == complete(stored)


@pytest.mark.slow
def test_a_tab_opened_from_one_with_unacknowledged_events(
    notebook: NewNotebook, vendor: Vendor, tmp_path: Path
) -> None:
    """It begins with a copy of all that the first one stores, and must not send it as its own."""
    counter = counted(notebook([]), vendor)
    nb = counter.nb
    assert nb.py("chat.active_isolation") == "origin"
    nb.save()
    with busy_cell(nb, tmp_path, first=TAKE_MESSAGES):
        counter.emit(200)
        assert counter.told() == 1
        other = nb.opened_tab()
        counter.emit(100)
        assert counter.told() == 1
    counter.emit(10)
    other.panel.get_by_role("button", name="Run it here").click()
    eventually(lambda: len(other.stage_frames()) == 1, message="the second tab has the stage")
    counter.nb = other
    counter.emit(20)
    assert list(counter.stored().values()) == [310 + LAST_WORDS, 20]
    assert counter.settled() == complete(330 + LAST_WORDS)

    # Back in the first one, whose storage has seen it all.
    nb.panel.get_by_role("button", name="Run it here").click()
    eventually(lambda: len(nb.stage_frames()) == 1, message="the first tab has the stage")
    counter.nb = nb
    counter.emit(30)
    assert counter.settled() == complete(360 + 2 * LAST_WORDS)
    nb.page.reload(wait_until="commit")
    nb.wait_ready()
    counter.emit(40)
    assert counter.settled() == complete(400 + 3 * LAST_WORDS)
