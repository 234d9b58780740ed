"""What went wrong where no cell shows it: in callbacks, requests and the page."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from threading import Lock
from typing import overload

MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong.

    Attributes:
        at: When Python learned of it, in UTC.
        where: What failed: a callback's name, a method, a part of the page.
        message: One line that says how.
        traceback: Python's traceback as text, or ``""`` where there is none.
    """

    at: datetime
    where: str
    message: str
    traceback: str = ""


class ProblemLog(Sequence[Problem]):
    """The last hundred problems of one widget, oldest first; also shown under the widget."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._problems: deque[Problem] = deque(maxlen=MOST_KEPT)
        self._lock = Lock()
        self._changed = changed

    def clear(self) -> None:
        """Forget all of them, here and under the widget."""
        with self._lock:
            self._problems.clear()
        self._changed()

    def _note(self, where: str, message: str, trace: str = "") -> None:
        with self._lock:
            self._problems.append(Problem(datetime.now(timezone.utc), where, message, trace))
        self._changed()

    def _note_exception(
        self, where: str, raised: BaseException, hide: Callable[[str], str] | None = None
    ) -> None:
        trace = "".join(traceback.format_exception(raised))
        try:
            message = f"{type(raised).__name__}: {raised}"
        except Exception:
            message = f"{type(raised).__name__}, which has no text"
        if hide is not None:
            message, trace = hide(message), hide(trace)
        self._note(where, message, trace)

    def _snapshot(self) -> list[Problem]:
        with self._lock:
            return list(self._problems)

    def _lines(self) -> list[dict[str, str]]:
        return [
            {"where": problem.where, "message": problem.message, "traceback": problem.traceback}
            for problem in self._snapshot()
        ]

    def __len__(self) -> int:
        return len(self._problems)

    @overload
    def __getitem__(self, index: int) -> Problem: ...
    @overload
    def __getitem__(self, index: slice) -> list[Problem]: ...
    def __getitem__(self, index: int | slice) -> Problem | list[Problem]:
        return self._snapshot()[index]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._snapshot())

    def __repr__(self) -> str:
        return f"<ProblemLog: {[problem.message for problem in self]}>"
