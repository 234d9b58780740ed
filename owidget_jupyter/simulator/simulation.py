"""What a simulated chat has and a real one has not, kept from stage to stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from owidget_jupyter.simulator.desk import Waiting

if TYPE_CHECKING:
    from owidget_jupyter.simulator.scenario import Scenario


@dataclass
class Simulation:
    """The play of one widget's simulator, and what its operator's desk shows.

    Attributes:
        scenario: What every stage begins with.
        speed: Simulated time to real time; 0: it stands still, but for steps.
        queue: Who waits at the moment.
    """

    scenario: Scenario
    speed: float = 1.0
    queue: tuple[Waiting, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return what a stage is told of it: ``Simulation`` of js/src/simulation.ts."""
        return {"scenario": self.scenario.to_json(), "speed": self.speed}


def milliseconds(seconds: float) -> int:
    """Return a duration as the page counts it, where 0.29 s are 290 ms and not a little less."""
    return round(seconds * 1000)
