"""What the operator of a simulated chat sees of those who wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from owidget_jupyter.events import utc_from_ms


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visitor in the queue of a simulated chat.

    Who it is, and what is known of it, stay out of its repr, and so out of saved notebooks.

    Attributes:
        session: Id of the session.
        position: Place in the queue; 1 is the next one.
        since: When it came, as an aware time in UTC, by the browser's clock.
        name: What the visitor gave as its name; ``""`` where it gave none.
        data: Custom data, by name.
    """

    session: str
    position: int
    since: datetime
    name: str = field(repr=False)
    data: dict[str, str | int | float | bool] = field(repr=False, hash=False)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Waiting:
        """Return one that a page told of and the wire has checked; for the package's own use."""
        return cls(
            given["session"],
            given["position"],
            utc_from_ms(given["since"]),
            given["name"],
            given["data"],
        )
