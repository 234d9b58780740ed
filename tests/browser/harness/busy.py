"""A kernel that is busy in a cell for as long as a test wants."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .notebook import Notebook
from .wait import eventually

_CELL = """
import pathlib, time
{first}
pathlib.Path({begun!r}).touch()
while not pathlib.Path({ended!r}).exists():
    time.sleep(0.01)
{last}
"""


@contextmanager
def busy_cell(nb: Notebook, folder: Path, *, first: str = "", last: str = "") -> Iterator[None]:
    """Run a cell that ends when the block does; `first` and `last` are what else it does.

    Messages of widgets may be handled meanwhile, in another thread, or not: that depends on where
    the kernel published last. A cell that sends something through a widget gets no messages for
    it until it ends.
    """
    name = uuid.uuid4().hex
    begun, ended = folder / f"{name}.begun", folder / f"{name}.ended"
    code = _CELL.format(begun=str(begun), ended=str(ended), first=first, last=last)
    index = nb.add_and_run(code.strip(), wait=False)
    try:
        eventually(begun.exists, message="the cell runs")
        yield
    finally:
        ended.touch()
        nb.wait_ready()  # the page may have been reloaded meanwhile
        nb.wait_idle()
    nb.check(index)
