"""The documentation as it is built: once for all tests."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

from .pages import ROOT

#: What loads something as the page is opened; a link does not.
_LOADING = {
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}
#: Kinds of ``<link>`` that load nothing.
_NOT_LOADED = {"next", "prev", "index", "search", "author", "canonical", "top"}


class Page(HTMLParser):
    """What a page loads, and the anchors that it has."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.html = path.read_text("utf-8")
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.add(str(given["id"]))
        if tag == "link" and given.get("rel") in _NOT_LOADED:
            return
        self.loads += [given[name] or "" for at, name in _LOADING if at == tag and name in given]


class Build:
    """The website's build, as `make docs` does it, in a process beside the tests.

    Args:
        folder: An empty one, where all of it goes.
    """

    def __init__(self, folder: Path) -> None:
        self.site = folder / "site"
        self._said = folder / "said.txt"
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning"),
                    *("--fresh-env", "-d", str(folder / "doctrees"), "docs", str(self.site)),
                ],
                cwd=ROOT,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def result(self) -> tuple[int, str]:
        """Wait for its end, and return its exit code and what it said."""
        return self._process.wait(timeout=240), self._said.read_text("utf-8")

    def end(self) -> None:
        """Stop it, if it is still under way."""
        self._process.kill()
        self._process.wait()
