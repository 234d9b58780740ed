"""Whose chat it is: a holder that sleeps, one that hangs, and one that wakes too late."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Page, expect

from .conftest import NewNotebook
from .harness import Vendor, eventually, recorder
from .harness.chat import COMPANY

ONLINE = recorder(on_connect="status(1);")
CELL = f"""
from owidget_jupyter import OWidget
chat = OWidget('{COMPANY}', host='{{host}}')
chat
"""
#: Names of the locks that some tab of this browser holds.
LOCKS = "navigator.locks.query().then(({ held }) => held.map(({ name }) => name))"


def fall_asleep(page: Page) -> CDPSession:
    """Stop all that the page's own thread does, from its next word on."""
    session = page.context.new_cdp_session(page)
    session.send("Debugger.enable")
    session.send("Debugger.pause")
    return session


def held_locks(page: Page) -> list[str]:
    names: list[str] = page.evaluate(LOCKS)
    return [name for name in names if name.startswith("owidget_jupyter.")]


@pytest.mark.slow
def test_a_holder_that_slept_is_replaced_and_lets_go_first_when_it_wakes(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = ONLINE
    nb = notebook(cells=[CELL.format(host=vendor.host)])
    nb.run_all()
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == "origin"
    nb.save()
    other = nb.second_tab()
    notice = other.panel.locator(".owidget-notice")
    expect(notice).to_contain_text("runs in another")

    asleep = fall_asleep(nb.page)
    # Offered to be replaced, not replaced by itself.
    expect(notice).to_contain_text("no longer answers", timeout=60_000)
    other.until("chat.error.code == 'holder_silent' and chat.status_code is None")
    assert len(vendor.loads) == 1

    other.panel.get_by_role("button", name="Run it here").click()
    other.until("chat.state == 'connected' and chat.status_code == 1")
    assert len(vendor.loads) == 2

    asleep.send("Debugger.disable")
    eventually(lambda: len(nb.stage_frames()) == 0, message="the woken page dropped its frame")
    other.until("chat.event_log[-1].type == 'overlap'")
    assert other.py("chat.event_log[-1].detail['seconds']") > 0
    assert len(other.stage_frames()) == 1
    assert other.py("(chat.state, chat.status_code)") == ["connected", 1]
    expect(nb.panel.locator(".owidget-notice")).to_contain_text("runs in another")
    other.panel.locator("summary", has_text="Events").click()
    expect(other.panel.locator(".owidget-events")).to_contain_text("overlap")


@pytest.mark.slow
def test_the_browsers_lock_goes_with_the_stage_and_is_taken_from_a_tab_that_hangs(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = ONLINE
    nb = notebook(cells=[CELL.format(host=vendor.host)])
    assert held_locks(nb.page) == []
    nb.run_all()
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == "origin"
    (lock,) = held_locks(nb.page)
    nb.save()
    other = nb.second_tab()

    asleep = fall_asleep(nb.page)
    other.panel.get_by_role("button", name="Run it here").click()
    other.until("chat.state == 'connected' and chat.status_code == 1")
    assert held_locks(other.page) == [lock]
    asleep.send("Debugger.disable")
    eventually(lambda: len(nb.stage_frames()) == 0, message="the woken page dropped its frame")
    assert held_locks(other.page) == [lock]
    other.exec("chat.close()")
    eventually(lambda: held_locks(other.page) == [], message="no lock is left")
