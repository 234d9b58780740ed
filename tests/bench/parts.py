"""What there is to measure."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.result import Row
    from tests.bench.rig import Rig

#: Each part's name and the module beside this one that measures it, in the order of a whole run.
PARTS: dict[str, str] = {
    "import": "importing",
    "construct": "constructing",
    "opening": "opening",
    "crowd": "crowd",
    "latency": "latency",
    "events": "events",
    "append": "appending",
    "display": "display",
    "numbers": "numbers",
    "sessions": "analysing",
    "lifetimes": "lifetimes",
}


def measuring(part: str) -> Callable[[Rig], list[Row]]:
    """Return what measures a part; its module is imported now, and no other one."""
    measure: Callable[[Rig], list[Row]] = import_module(f"tests.bench.{PARTS[part]}").measure
    return measure
