"""Journal: the event log of a widget in a file, as it grows."""

from __future__ import annotations

import os
import secrets
import warnings
import weakref
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

from traitlets import TraitError

from owidget_jupyter.events import Event
from owidget_jupyter.problems import ProblemLog
from owidget_jupyter.recording import jsonl
from owidget_jupyter.recording.entries import line


def checked_journal(value: object) -> Path | None:
    """Return where a journal is to be written, as an absolute path.

    Raises:
        TraitError: for what is neither a path nor None. It is not quoted: it may be a log.
    """
    if value is None:
        return None
    path = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(path, str):
        kind = type(value).__name__
        raise TraitError(f"journal is a path, a text or an os.PathLike, or None, and not {kind}")
    if not path or "\0" in path:
        raise TraitError("journal is not a path: it is empty, or has a NUL in it")
    try:
        return Path(os.path.abspath(jsonl.checked_path(path)))
    except ValueError as error:
        raise TraitError(f"journal: {error}") from None


class Journal:
    """Appends entries to a file, a batch in one write: what was written survives the kernel.

    Every widget is a run of its own, which a header names in front of its entries: at first,
    whenever writing works again, and wherever the file does not end as this journal left it,
    because another one writes there, too. From the number of entries in the header, readers know
    how many are missing. A journal that cannot be written stops nothing: it says so among the
    problems, once, and tries again with the next batch.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path, problems: ProblemLog) -> None:
        self.path = path
        self._problems = problems
        self._run = secrets.token_hex(8)
        self._file: FileIO | None = None
        self._end = -1  # where the file ended when this had written; -1: a header is due
        self._count = 0  # entries that came so far, written or not
        self._lacking = 0  # those that were not written, and that nobody was told of
        self._obstacle = ""  # why it could not be written the last time
        self.write(())
        if self._obstacle:
            warnings.warn(self._obstacle, stacklevel=4)

    def write(self, added: Sequence[Event]) -> None:
        """Append what the log grew by; replayed entries were recorded elsewhere."""
        events = [event for event in added if not event.replay]
        if self._file is not None and not events:
            return
        before = self._count
        self._count += len(events)
        self._lacking += len(events)
        try:
            self._append(events, before)
        except BaseException as error:
            self.close()  # what comes next begins with a header, which tells what is missing
            if not isinstance(error, (OSError, ValueError, TypeError)):
                raise  # an interrupt
            self._hindered(error)
            return
        if self._obstacle:
            self._obstacle = ""
            self._note(f"{self.path} is written again; events that it lacks: {self._lacking}")
            self._lacking = 0

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        if self._file is not None:
            self._closing()
            self._file = None

    def _append(self, events: Sequence[Event], before: int) -> None:
        entries = "".join(map(line, events)).encode("ascii")
        file = self._opened(before)
        end = file.seek(0, os.SEEK_END)
        head = b"" if end == self._end else self._head(file, end, before)
        data, written = head + entries, 0
        try:
            while written < len(data):
                written += file.write(data[written:])
        finally:
            self._lacking -= data.count(b"\n", len(head), written)
        self._end = file.tell()
        if self._end != end + len(data):
            self._end = -1
            self._note(
                f"{self.path} was written by another journal in the same instant: "
                f"events that may be taken for its own: {len(events)}"
            )

    def _opened(self, before: int) -> FileIO:
        """Return the file, opened anew where what was written is no longer there."""
        if self._file is not None and self._is_lost(self._file):
            self.close()
            self._note(
                f"{self.path} was deleted, moved or cut, and is begun again; "
                f"events that it lacks: {before}"
            )
        if self._file is None:
            # Unbuffered: what is written is out of the process, which may be killed at any time.
            self._file = FileIO(self.path, "a+", opener=jsonl.open_private)
            self._closing = weakref.finalize(self, self._file.close)  # also when the kernel ends
            self._end = -1
        return self._file

    def _is_lost(self, file: FileIO) -> bool:
        try:
            found = os.stat(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return True
        return found.st_size < self._end or not os.path.samestat(os.fstat(file.fileno()), found)

    def _head(self, file: FileIO, end: int, before: int) -> bytes:
        """Return what has to stand in front of the next entry."""
        head = jsonl.run_header(self._run, before).encode("ascii")
        if end > 0:
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # a write broke off
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
