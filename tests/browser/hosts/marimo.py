"""A marimo server with one notebook: `edit` for who writes it, `run` for who visits it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, expect

from ..harness import eventually
from ..harness.lab import free_port
from . import mailbox, tour
from .server import Server

BASE = "/notes"

Mode = Literal["edit", "run"]
Theme = Literal["light", "dark"]

_HEAD = "import marimo\n\napp = marimo.App()\n"
_CELL = "\n\n@app.cell\ndef _():\n{body}\n    return\n"
# Its looks are the settings of who runs the server.
_SETTINGS = '[display]\ntheme = "{theme}"\n'


class Marimo(Server):
    """Serves its notebook below `/notes`: with one kernel in `edit`, with one a page in `run`."""

    def __init__(
        self, python: Path, folder: Path, mode: Mode, cells: Iterable[str], theme: Theme
    ) -> None:
        self.mode: Mode = mode
        self.port = free_port()
        self.mail = folder / "mail"
        self._cells = [*cells, mailbox.cell(self.mail)]  # the last one lets the test reach Python
        notebook = folder / "notebook.py"
        written = (_CELL.format(body=textwrap.indent(cell, "    ")) for cell in self._cells)
        notebook.write_text(_HEAD + "".join(written), encoding="utf-8")
        settings = folder / "config" / "marimo" / "marimo.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS.format(theme=theme), encoding="utf-8")
        command = [
            *(str(python), "-m", "marimo", "--yes", mode, str(notebook)),
            *("--headless", "--no-token", "--host=127.0.0.1", f"--port={self.port}"),
            f"--base-url={BASE}",
        ]
        own = {name: str(folder / "config") for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME")}
        env = {**own, "XDG_CACHE_HOME": str(folder / "cache"), "MARIMO_SKIP_UPDATE_CHECK": "1"}
        url = f"http://127.0.0.1:{self.port}{BASE}/"
        super().__init__("marimo", folder, command, url, env=env)

    def open(self, page: Page, host: str = "127.0.0.1") -> MarimoHost:
        """Open the notebook and, where that is not marimo's own doing, run its cells."""
        before = mailbox.boxes(self.mail)
        self.visit(page, host)
        if self.mode == "edit":
            page.get_by_test_id("run-button").last.click()
        new = eventually(
            lambda: mailbox.boxes(self.mail) - before,
            60,
            lambda: f"the cells have run\n{self.log_tail()}",
        )
        [box] = new
        return MarimoHost(page, box)

    def visit(self, page: Page, host: str = "127.0.0.1") -> None:
        """Open the notebook in a page, whose cells may have run before."""
        page.goto(self.url.replace("127.0.0.1", host, 1), wait_until="domcontentloaded")
        page.locator("[data-connection-state=OPEN]").wait_for()

    def run_again(self, host: MarimoHost, cell: str) -> None:
        """Run one of the cells that were given."""
        editor = host.page.locator(".cm-content").nth(self._cells.index(cell))
        expect(editor).to_contain_text(cell.splitlines()[0])
        editor.click()
        editor.press("Control+Enter")


class MarimoHost(mailbox.Mailbox):
    """A `tour.Host` over a page, and the Python behind it."""

    def __init__(self, page: Page, box: Path) -> None:
        super().__init__(box)
        self.page = page

    def frames(self, name: str = "chat") -> int:
        """Return in how many views of a chat, by its preset, there is a stage."""
        return tour.view(self, name).locator("iframe.owidget-frame").count()
