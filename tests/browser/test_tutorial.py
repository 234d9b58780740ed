"""The tutorial, typed into a JupyterLab cell by cell: one sees what it says that one sees."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ..unit.documents import pages
from ..unit.documents.running import ARROW
from .conftest import NewNotebook
from .harness.chat_window import window_part

CELLS = pages.blocks("python", pages.ROOT / "docs" / "tutorial.md")


@pytest.mark.slow
def test_the_tutorial_works_as_it_is_written(notebook: NewNotebook) -> None:
    nb = notebook(["# The reader's first cell."])
    for cell in CELLS:
        # A person looks before going on: what is named comes true, if not at once.
        promised = [line.split(ARROW) for line in cell.code.splitlines() if ARROW in line]
        nb.add_and_run(cell.code)
        for expression, said in promised:
            nb.until(f"({expression}) == {said}")
        if "chat.visitor.type" in cell.code:
            expect(window_part(nb.stage(), "log")).to_contain_text("You wrote: Good morning!")
        if "Explorer()" in cell.code:
            expect(nb.panel.locator(".owidget-explorer")).to_be_visible()
    assert nb.py("[str(problem) for problem in chat.errors]") == []
    assert nb.py("chat.active_isolation") is None, "it is closed"
    expect(nb.panel.locator("iframe")).to_have_count(0)
