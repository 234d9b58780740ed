"""The host pages, as `orders.toml`, `habits.toml` and `mistakes.toml` describe them.

Most have the vendor's snippet as it is documented and differ in what they call: `page.html` is that
snippet, once. The others are whole files in `pages`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

HERE = Path(__file__).parent
PAGES = HERE / "pages"
#: The vendor's address, in which a page that moves to the simulator changes the host.
SCRIPT = "//app.mluvii.com/widget/OOWidget.js"


class HostPage(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One page, what it is to hear, and what it is to be told on the console, as patterns."""

    title: str
    calls: str = ""
    before: str = ""  # functions of the page's own
    file: str = ""  # of a page that is not made from the template
    script: str = SCRIPT
    lang: str = "en"
    heard: list[list[Any]] = []
    warnings: list[str] = []
    errors: list[str] = []
    buttons: int = 1

    def html(self) -> str:
        """Return the page."""
        if self.file:
            return (PAGES / self.file).read_text("utf-8")
        text = (HERE / "page.html").read_text("utf-8")
        for name in ("title", "before", "calls", "script", "lang"):
            text = text.replace("{{" + name + "}}", getattr(self, name))
        return text.replace(' lang=""', "")


def host_pages() -> dict[str, HostPage]:
    """Return all of them by name: that of their file and their own."""
    return {
        f"{book}-{name}": page
        for book in ("orders", "habits", "mistakes")
        for name, page in msgspec.toml.decode(
            (HERE / f"{book}.toml").read_bytes(), type=dict[str, HostPage]
        ).items()
    }
