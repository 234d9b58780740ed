"""The simulator's host as people start it: a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from types import TracebackType

_ADDRESS = re.compile(r"^ +http://(?P<authority>localhost:\d+)/$", re.MULTILINE)


class SimulatorHost:
    """A running host; `authority` is its name and port.

    Args:
        arguments: Of its command line, beside the port.
    """

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "owidget_jupyter.simulator", "--port", "0", *arguments]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        said = ""
        while not (found := _ADDRESS.search(said)):
            line = self._process.stdout.readline()
            if not line:
                raise RuntimeError(f"the host ended with exit code {self._process.wait()}: {said}")
            said += line
        self.authority = found["authority"]

    @property
    def script(self) -> str:
        """Address of the script."""
        return f"http://{self.authority}/widget/OOWidget.js"

    def __enter__(self) -> SimulatorHost:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.communicate(timeout=20)
        finally:
            self._process.kill()
        assert self._process.returncode == 0 or error, "the host did not end cleanly"
