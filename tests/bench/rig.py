"""What the parts measure on: a JupyterLab and a Chromium, started when the first of them asks."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType

from playwright.sync_api import sync_playwright

from tests.browser.harness import BrowserPool, Lab


class Rig:
    """One JupyterLab and one Chromium for a whole run; a part that needs neither starts neither."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    @cached_property
    def lab(self) -> Lab:
        """The JupyterLab."""
        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        # Where an environment forbids compiled files, kernels would compile the package each time.
        return self._stack.enter_context(Lab(Path(folder), env={"PYTHONDONTWRITEBYTECODE": ""}))

    @cached_property
    def pool(self) -> BrowserPool:
        """The browsers."""
        pool = BrowserPool(self._stack.enter_context(sync_playwright()))
        self._stack.callback(pool.close)
        return pool

    def say(self, text: str) -> None:
        """Tell whoever waits how far it is; the table on stdout stays free of it."""
        print(text, file=sys.stderr, flush=True)

    def end(self) -> None:
        """End what was started; what is asked for afterwards is started afresh."""
        self._stack.close()
        for started in ("lab", "pool"):
            self.__dict__.pop(started, None)

    def __enter__(self) -> Rig:
        """Start nothing yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End what was started."""
        self.end()
