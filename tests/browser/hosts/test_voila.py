"""Voilà: a notebook as an app; no cell is run by hand, and each page has a kernel of its own."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ..conftest import NewPage
from ..harness import Vendor, eventually
from ..harness.chat import MAP_OUTSIDE, OUTSIDE
from . import tour
from .in_notebook import isolated_cells
from .voila import Voila

DEMO = Path(__file__).parents[3] / "notebooks" / "demo.ipynb"
TYPES = "[event.type for event in chat.event_log if event.type != 'status']"

IN_THE_CELL = """\
try:
    await chat.ready()
except RuntimeError as error:
    refused_in_the_cell = str(error)
"""


@pytest.fixture(scope="module")
def voila(hosts_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Voila]:
    """One Voilà for all tests; each has notebooks of its own."""
    with Voila(hosts_python, tmp_path_factory.mktemp("voila")) as server:
        yield server


@pytest.fixture
def left_clean(voila: Voila) -> Generator[None]:
    """The page's end is its kernel's: none outlives its test's."""
    yield
    for kernel in voila.kernels():
        kernel.kill()


def test_a_simulated_chat(voila: Voila, new_page: NewPage) -> None:
    voila.write("simulated.ipynb", [tour.SETUP, tour.simulated(), IN_THE_CELL])
    host = voila.open(new_page(), "simulated.ipynb")
    tour.displays(host)
    tour.tells_the_status(host)
    tour.tells_all_events(host)
    tour.takes_awaiting(host, "in Voilà")
    assert "in Voilà" in host.ask("refused_in_the_cell")
    tour.asks_python_about_numbers(host)
    host.do("chat.isolation = 'origin'")
    tour.displays(host, "origin")
    tour.asks_python_about_numbers(host)
    tour.is_readable(host, "light")
    tour.closes(host)

    host = voila.open(new_page(), "simulated.ipynb", theme="dark")
    tour.displays(host)
    tour.is_readable(host, "dark")


def test_isolation_on_this_machine(voila: Voila, new_page: NewPage, vendor: Vendor) -> None:
    voila.write("here.ipynb", isolated_cells(vendor))
    host = voila.open(new_page(), "here.ipynb")
    tour.has_its_own_origin(host, vendor, "auto")
    tour.has_its_own_origin(host, vendor, "own")


def test_isolation_under_another_name(voila: Voila, new_page: NewPage, vendor: Vendor) -> None:
    voila.write("outside.ipynb", isolated_cells(vendor))
    host = voila.open(new_page(MAP_OUTSIDE), "outside.ipynb", host=OUTSIDE)
    tour.asks_first(host, vendor, "auto")
    tour.refuses_origin(host, "own")


def test_two_visitors_share_nothing_and_take_their_kernels_along(
    voila: Voila, new_page: NewPage
) -> None:
    voila.write("two.ipynb", [tour.SETUP, tour.simulated(settings="scope='same'")])
    pages = [new_page(), new_page()]
    for page in pages:
        # Voilà's goodbye to the kernel needs a cookie that its list of notebooks sets, and no
        # app; without it the kernel lives on until it is culled.
        page.request.get(voila.url)
    one, two = [voila.open(page, "two.ipynb") for page in pages]
    assert len(voila.kernels()) == 2
    for host in (one, two):
        tour.displays(host)
    tour.tells_all_events(one)
    tour.tells_the_status(one)
    assert two.ask("[entry for entry in heard if isinstance(entry, str)]") == []
    tour.tells_all_events(two)

    one.page.close(run_before_unload=True)
    eventually(lambda: len(voila.kernels()) == 1, message="the first one's kernel has ended")
    tour.tells_the_status(two)


def test_the_presentation_as_an_app(voila: Voila, new_page: NewPage) -> None:
    cells = json.loads(DEMO.read_text(encoding="utf-8"))["cells"]
    voila.write("demo.ipynb", cells)
    host = voila.open(new_page(), "demo.ipynb")
    tour.until(host, "chat.state == 'connected' and chat.active_isolation == 'opaque'")
    host.do("visit[:] = [(0, step) for _, step in visit]\nchat.operator.clock.fast(50)")
    host.page.get_by_role("button", name="Play a visit").click()
    tour.until(host, f"{TYPES} == {tour.FIVE}")
    visits = host.page.locator("table.figures td").filter(has_text="visits")
    expect(visits).to_contain_text("1")
    assert host.ask("list(map(str, chat.errors))") == []


def test_the_explorer_as_an_app(voila: Voila, new_page: NewPage) -> None:
    cell = "from owidget_jupyter import Explorer\nexplorer = Explorer()\nexplorer"
    voila.write("explorer.ipynb", [cell])
    host = voila.open(new_page(), "explorer.ipynb")
    tour.until(host, "explorer.chat.state == 'connected'")
    assert host.ask("explorer.chat.active_isolation") == "opaque"
    panel = host.page.locator(".owidget-explorer")
    for press in ("Join queue", "Accept"):
        panel.get_by_role("button", name=press, exact=True).click()
    entries = panel.get_by_role("region", name="Entries of the log")
    expect(entries).to_contain_text("chatSessionStarted")
