"""What goes wrong in a notebook: in its kernel, in its cells, in its page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .wait import NotYet

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class KernelError(Exception):
    """Python code that a test ran in the kernel raised."""

    def __init__(self, ename: str, evalue: str, traceback: list[str]) -> None:
        self.ename = ename
        self.evalue = evalue
        self.traceback = _ANSI.sub("", "\n".join(traceback))
        super().__init__(f"{ename}: {evalue}\n{self.traceback}")


@dataclass(frozen=True)
class CellError:
    """The error in one cell's output."""

    index: int
    ename: str
    evalue: str
    traceback: str

    @classmethod
    def of_output(cls, index: int, output: dict[str, Any]) -> CellError:
        """Take the error out of an output as nbformat has it."""
        traceback = _ANSI.sub("", "\n".join(output["traceback"]))
        return cls(index, str(output["ename"]), str(output["evalue"]), traceback)

    def __str__(self) -> str:
        """Say where and what, with the traceback."""
        return f"cell {self.index}: {self.ename}: {self.evalue}\n{self.traceback}"


class CellsFailed(AssertionError):
    """Cells that were run ended with an error; `errors` has them."""

    def __init__(self, errors: list[CellError]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))


class PageTimeout(NotYet):
    """The page, or the kernel behind it, did not answer in time."""


def raise_if_error(content: dict[str, Any]) -> None:
    """Raise KernelError if the reply, or the expression's result, says that the code raised."""
    if content["status"] != "ok":
        raise KernelError(
            str(content.get("ename", content["status"])),
            str(content.get("evalue", "")),
            [str(line) for line in content.get("traceback", [])],
        )
