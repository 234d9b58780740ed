"""A way to the Python behind a page where no cell can be run any more: an app's, say.

Its first cell looks into a folder for code, from the kernel's own event loop and between the
page's messages, as a callback would; the test puts code there and reads the answer.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

from ..harness import eventually
from ..harness.errors import KernelError

# Two processes with nothing between them but a folder: so the kernel has to look, again and again.
_CELL = """
import asyncio, json, pathlib, traceback, uuid

async def _answer_mail(box=pathlib.Path({folder!r}) / uuid.uuid4().hex):
    box.mkdir(parents=True)
    while True:
        await asyncio.sleep(0.02)
        for asked in sorted(box.glob("*.py")):
            try:
                exec(asked.read_text(), globals())
                answer = {{"value": globals().pop("_value", None)}}
                text = json.dumps(answer)
            except Exception as error:
                answer = [type(error).__name__, str(error), traceback.format_exc()]
                text = json.dumps({{"raised": answer}})
            asked.unlink()
            asked.with_suffix(".tmp").write_text(text)
            asked.with_suffix(".tmp").rename(asked.with_suffix(".json"))

_mail = asyncio.get_running_loop().create_task(_answer_mail())
"""


def cell(folder: Path) -> str:
    """Return the cell that answers; every kernel that runs it makes a box of its own there."""
    return _CELL.format(folder=str(folder)).strip()


def boxes(folder: Path) -> set[Path]:
    """Return the boxes of all kernels that ran the cell."""
    return set(folder.iterdir()) if folder.exists() else set()


class Mailbox:
    """One kernel's box: `ask` and `do` as a `tour.Host` has them, without top-level `await`."""

    def __init__(self, box: Path) -> None:
        self.box = box
        self._numbers = itertools.count(1)

    def ask(self, expression: str) -> Any:
        """Return an expression's value, through JSON; KernelError if it raised."""
        return self._run(f"_value = (\n{expression}\n)")

    def do(self, code: str) -> None:
        """Run statements; KernelError if they raised."""
        self._run(code)

    def _run(self, code: str) -> Any:
        asked = self.box / f"{next(self._numbers):06}.py"
        draft = asked.with_suffix(".draft")
        draft.write_text(code, encoding="utf-8")
        draft.rename(asked)
        answered = asked.with_suffix(".json")
        eventually(answered.exists, message=f"the kernel's answer to {code!r}")
        answer = json.loads(answered.read_text(encoding="utf-8"))
        if "raised" in answer:
            name, value, traceback = answer["raised"]
            raise KernelError(name, value, [traceback])
        return answer["value"]
