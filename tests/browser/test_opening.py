"""What opening widgets takes: bytes of each, and the heavy parts once for all on a page."""

from __future__ import annotations

from tests.bench.opening import BARE, CHAT, MARK, SETUP, reload_and_count, run_and_count
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
    opened = run_and_count(nb, wire, CHAT, COUNT)
    heavy = nb.py("heavy")
    assert nb.py("fetched") == ["hosting"]
    assert opened - heavy - bare < COUNT * MARK

    reloaded = reload_and_count(nb, wire, CHAT, COUNT)
    assert nb.py("fetched") == ["hosting", "hosting"]
    # A page that is opened tells and asks of things that are no widget's.
    assert reloaded - (nb.py("heavy") - heavy) - bare < (COUNT + 1) * MARK
