"""Hosts whose notebook is an open document with a kernel that runs whatever it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from playwright.sync_api import Page

from ..harness import Lab, Notebook, Vendor
from . import tour

THEMES: dict[Literal["light", "dark"], str] = {
    "light": "JupyterLab Light",
    "dark": "JupyterLab Dark",
}


class NotebookHost:
    """A `tour.Host` over an open notebook."""

    def __init__(self, nb: Notebook) -> None:
        self.nb = nb
        self.page = nb.page

    def ask(self, expression: str) -> Any:
        """Return an expression's value."""
        return self.nb.py(expression)

    def do(self, code: str) -> None:
        """Run statements; `await` works."""
        self.nb.exec(code)


def opened(
    server: Lab, page: Page, name: str, cells: Iterable[str], host: str | None = None
) -> NotebookHost:
    """Write a notebook, open it, and run all its cells."""
    server.write(name, cells)
    nb = Notebook(server, page, name).open(host=host)
    nb.run_all()
    return NotebookHost(nb)


def tour_of_a_simulated_chat(host: NotebookHost, *, origin: bool = True) -> None:
    """Take all steps but those that need a script of the vendor's; the chat is closed then.

    Args:
        host: Displays `chat`.
        origin: Whether a stage can have its own origin here.
    """
    tour.displays(host)
    tour.tells_the_status(host)
    tour.tells_all_events(host)
    tour.takes_awaiting(host)
    tour.asks_python_about_numbers(host)
    if origin:
        host.do("chat.isolation = 'origin'")
        tour.displays(host, "origin")
        tour.asks_python_about_numbers(host)
    for theme, name in THEMES.items():
        host.nb.set_theme(name)
        tour.is_readable(host, theme)
    tour.closes(host)


def isolated_cells(vendor: Vendor) -> list[str]:
    """Return cells that display "auto" and "own", which asks for an origin of its own."""
    vendor.script = tour.VENDOR_SCRIPT
    return [
        tour.SETUP,
        tour.vendored("auto", vendor),
        tour.vendored("own", vendor, "isolation='origin'"),
    ]
