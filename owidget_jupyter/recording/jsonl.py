"""Writing a log as JSON Lines: its lines, and the files that hold them."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from owidget_jupyter.events import Snapshot
from owidget_jupyter.recording.entries import encode, line

FORMAT = "owidget-jupyter event log"
VERSION = 1


def header(dropped: int = 0) -> str:
    """Return the line that a section begins with.

    Args:
        dropped: How many entries are missing in front of the next one.
    """
    return encode({"format": FORMAT, "version": VERSION, "dropped": dropped}) + "\n"


def run_header(run: str, after: int) -> str:
    """Return the line that tells whose the entries behind it are.

    Args:
        run: Id of the run that writes them.
        after: How many entries the run had before the next one.
    """
    return encode({"format": FORMAT, "version": VERSION, "run": run, "after": after}) + "\n"


def lines(snapshot: Snapshot) -> Iterator[str]:
    """Return a log as lines, each with its end."""
    yield header(snapshot.dropped)
    begins = set(snapshot.breaks)
    for index, event in enumerate(snapshot.entries):
        if index and event.seq in begins:
            yield header()
        yield line(event)


def checked_path(path: str | os.PathLike[str]) -> Path:
    """Return a path with the home expanded.

    Raises:
        TypeError: for what is no path.
        ValueError: for what seems to be a log. It is not quoted: its details may be personal.
    """
    text = os.fspath(path)
    if not isinstance(text, str):
        raise TypeError(f"a path is a text or an os.PathLike, and not {type(text).__name__}")
    if "\n" in text or text.lstrip().startswith("{"):
        raise ValueError(
            "a path has no line breaks and does not begin with '{': this seems to be a log "
            "itself, which EventLog.from_jsonl(text=...) reads"
        )
    return Path(text).expanduser()


def open_private(path: str, flags: int) -> int:
    """Open a file, which only its owner may read if it is made now: the opener for `open`."""
    return os.open(path, flags, 0o600)


def write(path: str | os.PathLike[str], lines: Iterable[str]) -> None:
    """Write a log's file, see `write_whole`.

    Raises:
        OSError: if it cannot be written; what was there before stays.
        TypeError: see `checked_path`.
        ValueError: see `checked_path`.
    """
    write_whole(checked_path(path).resolve(), lines)


def write_whole(target: Path, lines: Iterable[str]) -> None:
    """Write a file whole or not at all; one that it replaces hands its mode on.

    Args:
        target: Its path, which leads over no link.
        lines: What is to be in it, in ASCII.

    Raises:
        OSError: if it cannot be written; what was there before stays.
    """
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with open(draft, "x", encoding="ascii", newline="\n", opener=open_private) as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(draft, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
        raise
