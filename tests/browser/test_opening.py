"""What opening widgets takes: bytes of each, and the heavy parts once for all on a page."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.bench.opening import (
    BARE,
    CHAT,
    CONNECTED,
    MARK,
    SETUP,
    reload_and_count,
    run_and_count,
)
from tests.bench.wire import Wire

from .conftest import NewNotebook, NewPage

COUNT = 10


def test_each_widget_takes_its_bytes_and_the_heavy_part_comes_once_a_page(
    notebook: NewNotebook, new_page: NewPage
) -> None:
    page = new_page()
    wire = Wire(page)
    nb = notebook(cells=[SETUP], page=page)
    nb.run_all()
    bare = run_and_count(nb, wire, BARE, COUNT)
    assert run_and_count(nb, wire, CHAT, COUNT) - bare < COUNT * MARK
    # A page that is opened tells and asks of things that are no widget's.
    assert reload_and_count(nb, wire, CHAT, COUNT) - bare < (COUNT + 1) * MARK
    assert nb.py("fetched") == [], "nobody is to be talked to"

    run_and_count(nb, wire, CONNECTED, 2)
    heavy = ["hosting", "simulator", "stage"]
    assert sorted(nb.py("fetched")) == heavy
    nb.save()
    nb.reload()
    expect(nb.page.locator(CONNECTED.shown)).to_have_count(2)
    assert sorted(nb.py("fetched")) == sorted(2 * heavy)
