"""The outcome of a diagnosis: awaited, or handed to a function; shown as the report once done."""

from __future__ import annotations

from typing import Any

from owidget_jupyter import waiting
from owidget_jupyter.future import CallFuture


class DiagnosisFuture(CallFuture):
    """A `Diagnosis` that is being made: await it, give it a callback, or look again later.

    In a notebook it is shown as the report, once that is there.
    """

    def __init__(self) -> None:
        super().__init__("diagnose", _obstacle)

    def __repr__(self) -> str:
        return f"<DiagnosisFuture: {'done' if self.done() else 'pending'}>"

    @property
    def _shown(self) -> Any:
        """The report, if there is one."""
        there = self.done() and not self.cancelled() and self.exception() is None
        return self.result() if there else None

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self) if cycle or not self._shown else str(self._shown))

    def _repr_html_(self) -> str | None:
        return self._shown._repr_html_() if self._shown else None


def _obstacle() -> str | None:
    # The page answers also where nothing is displayed.
    obstacle = waiting.obstacle(displayed=True)
    return obstacle and f"{obstacle}; for a diagnosis: chat.diagnose(print)"
