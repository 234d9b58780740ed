"""The simulator's notebook, as it is committed: the story that it tells, and who spoke in it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Frame, Locator, expect

from .conftest import NewNotebook
from .harness.chat_window import window_part

SIMULATOR = Path(__file__).parents[2] / "notebooks" / "simulator.ipynb"
SESSION = ["chatWindowOpen", "chatSessionCreated", "chatSessionStarted", "chatSessionEnded"]


def cell_with(line: str) -> int:
    """Return the place of the code cell that has this line."""
    book = nbformat.read(SIMULATOR, as_version=4)
    code = ((i, cell) for i, cell in enumerate(book.cells) if cell.cell_type == "code")
    (place,) = (i for i, cell in code if line in cell.source.splitlines())
    return place


def said_in(stage: Frame | None) -> Locator:
    """Locate what was said in the chat of a stage."""
    assert stage is not None
    return window_part(stage, "log")


@pytest.mark.slow
def test_the_simulators_notebook_tells_its_story(notebook: NewNotebook) -> None:
    nb = notebook(path=SIMULATOR)
    nb.run_all()

    waiting = cell_with("await visitor.join()")
    assert nb.outputs_text(waiting).splitlines() == ["the button says busy; in the queue: [3]"]
    assert nb.outputs_text(waiting + 1).splitlines() == [
        "the button says busy; in the queue: [2]",
        "the button says online; in the queue: [1]",
    ]
    served = cell_with("await clock.step(1.5)")
    assert nb.outputs_text(served).splitlines() == ["the button says online; in the queue: []"]
    types = "[e.type for e in {}.event_log if e.type != 'status']"
    assert nb.py(types.format("chat")) == SESSION
    assert "1 served" in nb.outputs_text(cell_with("chat.event_log.sessions()"))
    assert nb.py("chat.event_log[-1].detail['endedBy']") == "operator"

    # Forty seconds of a bad line are four; the rest of the story went on meanwhile.
    nb.until(f"{types.format('noon')}[-1:] == ['chatSessionStarted']")
    assert nb.py("noon.operator.clock.speed") == 10

    closed = nb.py(f"[late.status, {types.format('late')}, late.event_log[-1].detail['code']]")
    assert closed == ["offline", SESSION, 0]
    refused = nb.outputs_text(cell_with("from owidget_jupyter import ScenarioError"))
    assert "operator.accept_after" in refused
    assert "accepts_after" in refused.partition("accept_after")[2]

    assert nb.py("[str(p) for each in (chat, noon, late) for p in each.errors]") == []
    morning, _, evening = (said_in(frame.content_frame()) for frame in nb.stage_frames())
    for answered in ("It was to be a present.", "For tomorrow."):
        expect(morning).to_contain_text(f"Let me write that down: '{answered}'")
    for told in ("half a minute is left", "Ten seconds more."):
        expect(evening).to_contain_text(told)
