"""The presentation, as it is committed: what customers see, and what its controls do."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewNotebook
from .harness import eventually
from .harness.chat import FIVE
from .harness.chat_window import window_part

DEMO = Path(__file__).parents[2] / "notebooks" / "demo.ipynb"
TYPES = "[event.type for event in chat.event_log if event.type != 'status']"


def figures(page: Page) -> dict[str, str]:
    """Return what the table under the chat says, by what it is of."""
    cells = page.locator("table.figures td").all_inner_texts()
    return {name: value for value, name in (text.splitlines() for text in cells)}


@pytest.mark.slow
def test_the_presentation_plays_a_visit_and_its_controls_do_what_they_say(
    notebook: NewNotebook,
) -> None:
    nb = notebook(path=DEMO)
    nb.run_all()
    nb.until("chat.state == 'connected'")
    page, bar = nb.page, nb.panel.locator(".owidget-bar")
    events = nb.panel.locator(".owidget-fold", has=page.locator(".owidget-events"))
    # The chat alone, until more is wanted.
    assert nb.py("chat.active_isolation") == "opaque"
    expect(bar).to_be_hidden()
    expect(events).to_be_hidden()
    assert figures(page)["visits"] == "0"

    # The story is the notebook's, the pace the test's.
    nb.exec("visit[:] = [(0, step) for _, step in visit]\nchat.operator.clock.fast(50)")
    page.get_by_role("button", name="Play a visit").click()
    nb.until(f"{TYPES} == {FIVE}")
    expect(page.get_by_role("button", name="Play a visit")).to_be_enabled()
    eventually(lambda: figures(page)["served"] == "1", message="the figures count the visit")

    page.get_by_role("checkbox", name="Status bar").check()
    page.get_by_role("checkbox", name="Events").check()
    expect(bar).to_be_visible()
    expect(bar).to_contain_text("online")
    expect(events).to_be_visible()
    page.get_by_role("button", name="busy").click()
    expect(bar).to_contain_text("busy")
    page.get_by_role("button", name="Čeština").click()
    nb.until("chat.state == 'connected' and chat.resolved_language.tag == 'cs'")
    page.get_by_role("button", name="in the page's corner").click()
    expect(page.locator(".owidget-dock iframe.owidget-frame")).to_be_visible()

    assert "localhost:8123/widget/OOWidget.js" in nb.panel.inner_text()
    assert nb.py("list(map(str, chat.errors))") == []


@pytest.mark.slow
def test_the_operator_of_the_presentation_answers_whoever_talks_to_her(
    notebook: NewNotebook,
) -> None:
    nb = notebook(path=DEMO)
    nb.run_all()
    nb.until("chat.state == 'connected'")
    nb.exec("chat.operator.clock.fast(50)")
    nb.panel.locator("iframe.owidget-frame").scroll_into_view_if_needed()
    stage = nb.stage()
    stage.locator("[data-part=button]").click()
    window_part(stage, "start").click()
    log = window_part(stage, "log")
    expect(log).to_contain_text("this is Eva")
    window_part(stage, "input").fill("How much is the red one?")
    window_part(stage, "send").click()
    expect(log).to_contain_text("It is 1,290")
    assert "red one" not in nb.py("str(chat.get_state())")
