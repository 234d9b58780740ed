"""JupyterLab 4, in the environment of the other hosts; tests/browser has the rest of it."""

from __future__ import annotations

from ..conftest import NewPage
from ..harness import Lab, Vendor
from ..harness.chat import MAP_OUTSIDE, OUTSIDE
from . import tour
from .in_notebook import isolated_cells, opened, tour_of_a_simulated_chat


def test_a_simulated_chat(jupyterlab: Lab, new_page: NewPage) -> None:
    cells = [tour.SETUP, tour.simulated()]
    tour_of_a_simulated_chat(opened(jupyterlab, new_page(), "simulated.ipynb", cells))


def test_isolation_on_this_machine(jupyterlab: Lab, new_page: NewPage, vendor: Vendor) -> None:
    host = opened(jupyterlab, new_page(), "here.ipynb", isolated_cells(vendor))
    tour.has_its_own_origin(host, vendor, "auto")
    tour.has_its_own_origin(host, vendor, "own")


def test_isolation_under_another_name(jupyterlab: Lab, new_page: NewPage, vendor: Vendor) -> None:
    page = new_page(MAP_OUTSIDE)
    host = opened(jupyterlab, page, "outside.ipynb", isolated_cells(vendor), OUTSIDE)
    tour.asks_first(host, vendor, "auto")
    tour.refuses_origin(host, "own")
