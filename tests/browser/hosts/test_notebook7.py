"""Notebook 7: one notebook a page, the notebook's parts those of JupyterLab."""

from __future__ import annotations

from playwright.sync_api import expect

from ..conftest import NewPage
from ..harness import Lab, Vendor
from ..harness.chat import MAP_OUTSIDE, OUTSIDE
from . import tour
from .in_notebook import isolated_cells, opened, tour_of_a_simulated_chat


def test_a_simulated_chat(notebook7: Lab, new_page: NewPage) -> None:
    cells = [tour.SETUP, tour.simulated()]
    tour_of_a_simulated_chat(opened(notebook7, new_page(), "simulated.ipynb", cells))


def test_isolation_on_this_machine(notebook7: Lab, new_page: NewPage, vendor: Vendor) -> None:
    host = opened(notebook7, new_page(), "here.ipynb", isolated_cells(vendor))
    tour.has_its_own_origin(host, vendor, "auto")
    tour.has_its_own_origin(host, vendor, "own")


def test_isolation_under_another_name(notebook7: Lab, new_page: NewPage, vendor: Vendor) -> None:
    page = new_page(MAP_OUTSIDE)
    host = opened(notebook7, page, "outside.ipynb", isolated_cells(vendor), OUTSIDE)
    tour.asks_first(host, vendor, "auto")
    tour.refuses_origin(host, "own")


def test_a_chat_in_the_pages_corner_outlives_its_cell(notebook7: Lab, new_page: NewPage) -> None:
    cells = [tour.SETUP, tour.simulated(settings="placement='page'")]
    host = opened(notebook7, new_page(), "page.ipynb", cells)
    tour.until(host, "chat.state == 'connected' and chat.active_isolation == 'opaque'")
    panel = host.page.locator("body > .owidget-dock .owidget-panel")
    expect(panel.locator("iframe.owidget-frame")).to_be_visible()
    load = "[event.frontend for event in chat.event_log]"
    before = host.ask(load)
    host.nb.collapse_output(1)
    expect(panel.locator("iframe.owidget-frame")).to_be_visible()
    host.nb.expand_output(1)
    tour.says(host, "connected")
    assert host.ask(load) == before, "it was not begun again"
    host.do("chat.close()")
    expect(panel).to_have_count(0)


def test_a_reload_brings_the_chat_back(notebook7: Lab, new_page: NewPage) -> None:
    host = opened(notebook7, new_page(), "reload.ipynb", [tour.SETUP, tour.simulated()])
    tour.displays(host)
    frame = tour.stage(host)
    frame.locator("[data-part=button]").click()
    tour.until(host, "'chatWindowOpen' in heard")
    host.nb.save()
    host.nb.reload()
    tour.displays(host)
    assert host.ask("heard.count('chatWindowOpen')") == 1
    host.do("heard.clear()")
    tour.tells_the_status(host)
