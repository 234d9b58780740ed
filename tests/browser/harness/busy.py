"""A kernel that is busy in a cell for as long as a test wants."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .notebook import Notebook
from .wait import eventually

TAKE_MESSAGES = "chat.height += 1"
"""Code at a cell's beginning that makes the messages of `chat` wait for the cell's end."""

# The cell and the test that waits for it are two processes, and while a cell runs a message would
# queue behind it: so they tell each other by files, which the cell has to look for again and again.
_CELL = """
import pathlib, time
{first}
pathlib.Path({begun!r}).touch()
while not pathlib.Path({ended!r}).exists():
    {meanwhile}
{last}
"""


@contextmanager
def busy_cell(
    nb: Notebook,
    folder: Path,
    *,
    first: str = "",
    meanwhile: str = "time.sleep(0.01)",
    last: str = "",
) -> Iterator[None]:
    """Run a cell that ends when the block does; `first` and `last` are what else it does.

    Meanwhile a widget's messages are handled in another thread, unless the cell itself has sent
    something through that widget: the kernel hands them over where it published last.
    """
    name = uuid.uuid4().hex
    begun, ended = folder / f"{name}.begun", folder / f"{name}.ended"
    parts = {"first": first, "meanwhile": meanwhile, "last": last}
    code = _CELL.format(begun=str(begun), ended=str(ended), **parts)
    index = nb.add_and_run(code.strip(), wait=False)
    try:
        eventually(begun.exists, message="the cell runs")
        yield
    finally:
        ended.touch()
        nb.wait_ready()  # the page may have been reloaded meanwhile
        nb.wait_idle()
    nb.check(index)
