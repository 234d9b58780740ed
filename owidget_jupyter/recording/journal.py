"""Journal: the event log of a widget in a file, as it grows."""

from __future__ import annotations

import os
import warnings
import weakref
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

from traitlets import TraitError

from owidget_jupyter.events import Event
from owidget_jupyter.problems import ProblemLog
from owidget_jupyter.recording import jsonl


def checked_journal(value: object) -> Path | None:
    """Return where a journal is to be written, as an absolute path.

    Raises:
        TraitError: for what is neither a path nor None.
    """
    if value is None:
        return None
    path = os.fspath(value) if isinstance(value, os.PathLike) else value
    if isinstance(path, str) and path and "\0" not in path:
        return Path(os.path.abspath(os.path.expanduser(path)))
    raise TraitError(f"journal {value!r} is not a path: a text or an os.PathLike; None for none")


class Journal:
    """Appends entries to a file, a batch in one write: what was written survives the kernel.

    Every widget begins a section with a header, in the format of `EventLog.to_jsonl`, and so
    does every time that writing works again. A journal that cannot be written stops nothing: it
    says so among the problems, once, and tries again with the next batch.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path, problems: ProblemLog) -> None:
        self.path = path
        self._problems = problems
        self._file: FileIO | None = None
        self._missing = 0  # entries that the file lacks, and that no header in it tells of
        self._obstacle = ""  # why it could not be written the last time
        self.write(())
        if self._obstacle:
            warnings.warn(self._obstacle, stacklevel=4)

    def write(self, added: Sequence[Event]) -> None:
        """Append what the log grew by; replayed entries were recorded elsewhere."""
        events = [event for event in added if not event.replay]
        if self._file is not None and not events:
            return
        missing = self._missing
        self._missing += len(events)
        try:
            self._append(events, missing)
        except BaseException as error:
            self.close()  # what comes next begins a section, which tells what is missing
            if not isinstance(error, (OSError, ValueError, TypeError, RecursionError)):
                raise  # an interrupt
            self._hindered(error)
            return
        if self._obstacle:
            self._obstacle = ""
            self._note(f"{self.path} is written again; events that it lacks: {missing}")

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        if self._file is not None:
            self._closing()
            self._file = None

    def _append(self, events: Sequence[Event], missing: int) -> None:
        entries = [jsonl.line(event).encode("ascii") for event in events]
        head = b"" if self._file is not None else self._open(missing)
        assert self._file is not None, "it was opened just now"
        data, written = head + b"".join(entries), 0
        try:
            while written < len(data):
                written += self._file.write(data[written:])
        finally:
            if written >= len(head):  # the header told of those that were missing before
                self._missing = len(entries) - data.count(b"\n", len(head), written)

    def _open(self, missing: int) -> bytes:
        """Open the file, and return what a section has to begin with in it."""
        # Unbuffered: what is written is out of the process, which may be killed at any time.
        self._file = FileIO(self.path, "a+")
        self._closing = weakref.finalize(self, self._file.close)  # also when the kernel ends
        head = jsonl.header(missing).encode("ascii")
        if self._file.seek(0, os.SEEK_END) > 0:
            self._file.seek(-1, os.SEEK_END)
            if self._file.read(1) != b"\n":  # a write broke off
                return b"\n" + head
        return head

    def _hindered(self, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        obstacle = f"{self.path} cannot be written: {reason}; events go on without it"
        if obstacle != self._obstacle:
            self._obstacle = obstacle
            self._note(obstacle)

    def _note(self, message: str) -> None:
        self._problems._note("journal", message)
