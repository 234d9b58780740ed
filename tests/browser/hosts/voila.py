"""A Voilà that serves a folder of notebooks as apps, each page with a kernel of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from ..harness import eventually
from ..harness.lab import Cell, free_port, notebook_of
from . import mailbox
from .server import Server

BASE = "/apps/"


class Voila(Server):
    """Serves below `/apps/`, as behind a proxy that puts it there."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.port = free_port()
        self.root = folder / "notebooks"
        self.mail = folder / "mail"
        self.root.mkdir(parents=True)
        command = [
            *(str(python), "-m", "voila", str(self.root)),
            *("--no-browser", f"--port={self.port}", f"--base_url={BASE}"),
            # Else one that a test ends would be replaced.
            "--KernelManager.autorestart=False",
        ]
        super().__init__("Voila", folder, command, f"http://127.0.0.1:{self.port}{BASE}")

    def write(self, name: str, cells: Iterable[Cell]) -> None:
        """Write a notebook; its last cell lets the test reach Python."""
        content = notebook_of([*cells, mailbox.cell(self.mail / name)])
        (self.root / name).write_text(json.dumps(content), encoding="utf-8")

    def open(
        self,
        page: Page,
        name: str,
        *,
        theme: Literal["light", "dark"] = "light",
        host: str = "127.0.0.1",
    ) -> VoilaHost:
        """Open a notebook that was written, and wait until its cells have run in its kernel."""
        before = mailbox.boxes(self.mail / name)
        page.goto(f"http://{host}:{self.port}{BASE}voila/render/{name}?theme={theme}")
        new = eventually(
            lambda: mailbox.boxes(self.mail / name) - before,
            60,
            lambda: f"the cells of {name} have run\n{self.log_tail()}",
        )
        [box] = new
        return VoilaHost(page, box)


class VoilaHost(mailbox.Mailbox):
    """A `tour.Host` over one page, whose kernel has answered."""

    def __init__(self, page: Page, box: Path) -> None:
        super().__init__(box)
        self.page = page
