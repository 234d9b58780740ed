"""The events notebook, as it is committed: all of its results, shown where their cells are."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import nbformat
import pytest
from ipywidgets import Output
from playwright.sync_api import Locator, expect

from .conftest import NewNotebook
from .harness.chat import FIVE

EVENTS = Path(__file__).parents[2] / "notebooks" / "events.ipynb"

OPEN, CREATED, STARTED, ENDED, CLOSED = FIVE
SEEN = [
    *[OPEN, CREATED, STARTED, ENDED, CLOSED],
    *[OPEN, CREATED, ENDED, CLOSED],
    *[OPEN, CLOSED],
]
STATUSES = ["online", "busy", "online"]


def cell_with(text: str) -> int:
    """Return the place of the cell that has this text."""
    book = nbformat.read(EVENTS, as_version=4)
    (place,) = (i for i, cell in enumerate(book.cells) if text in cell.source)
    return place


@pytest.mark.slow
def test_the_events_notebook_shows_all_that_it_promises(notebook: NewNotebook) -> None:
    nb = notebook(path=EVENTS)
    nb.run_all()
    nb.until("over.done()")
    assert nb.py("[e.type for e in chat.event_log if e.type != 'status']") == SEEN
    assert nb.py("[i.name for i in chat.event_log.status_intervals()]") == STATUSES
    assert nb.py("list(map(str, chat.errors))") == []
    assert nb.py("[s.outcome for s in chat.event_log.sessions()]") == [
        "served",
        "abandoned",
        "window only",
    ]

    def output(text: str) -> Locator:
        found = nb.output(cell_with(text)).first
        found.scroll_into_view_if_needed()
        return found

    rows = output("def events").locator("tbody tr")
    expect(rows).to_have_count(nb.py("len(chat.event_log)"))
    table = output("def sessions")
    expect(table.locator("tbody tr")).to_have_count(3)
    expect(table).to_contain_text("window only")
    expect(output("def intervals").locator("tbody tr")).to_have_count(len(STATUSES))
    picture = output("def timeline").locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("img => [img.naturalWidth, img.complete]") == [1920, True]
    expect(output("def recorded")).to_contain_text("'as it is in the widget': True")
    diary = output("rerun.replay")
    expect(diary).to_contain_text("entries were played.")
    expect(diary).to_contain_text(f"{CLOSED}, replayed: True")


def test_the_events_notebook_shows_what_goes_wrong_in_its_place() -> None:
    over: Future[str] = Future()
    names: dict[str, Any] = {"over": over}
    exec(nbformat.read(EVENTS, as_version=4).cells[cell_with("def afterwards")].source, names)

    @names["afterwards"]
    def shown() -> None:
        raise ImportError("frames need pandas")

    over.set_result("all have left")
    assert isinstance(shown, Output)
    (output,) = shown.outputs
    assert output["name"] == "stderr"
    assert "ImportError: frames need pandas" in output["text"]
