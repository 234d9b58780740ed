"""What a simulated chat has and a real one has not, kept from stage to stage."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from owidget_jupyter.simulator import shipped

if TYPE_CHECKING:
    from owidget_jupyter.simulator.desk import Waiting
    from owidget_jupyter.simulator.scenario import Scenario


class Simulation:
    """The play of one widget's simulator, and what its operator's desk shows.

    Args:
        scenario: What every stage begins with; or the name of a shipped one, which is read when
            it is first needed.
        speed: Simulated time to real time; 0: it stands still, but for steps.

    Attributes:
        speed: Simulated time to real time.
        queue: Who waits at the moment.
    """

    def __init__(self, scenario: Scenario | str, speed: float = 1.0) -> None:
        self._scenario = scenario
        self.speed = speed
        self.queue: tuple[Waiting, ...] = ()

    @classmethod
    def of(cls, scenario: str | os.PathLike[str] | Mapping[str, object] | Scenario) -> Simulation:
        """Return the play of a scenario, wherever it comes from, in real time.

        Whatever is not the very name of a shipped one is looked at now: who wrote it is to hear
        at once what is wrong with it.

        Raises:
            ScenarioError: for a scenario that is not there or cannot be played.
            OSError: for a file that cannot be read.
            TypeError: for what is no scenario.
        """
        if type(scenario) is str and scenario in shipped.names():
            return cls(scenario)
        from owidget_jupyter.simulator.scenario import Scenario

        return cls(Scenario.load(scenario))

    @property
    def scenario(self) -> Scenario:
        """What every stage begins with."""
        if isinstance(self._scenario, str):
            # Only now: a chat is made and shown without what reads and checks scenarios.
            from owidget_jupyter.simulator.scenario import Scenario

            self._scenario = Scenario.load(self._scenario)
        return self._scenario

    def to_json(self) -> dict[str, Any]:
        """Return what a stage is told of it: ``Simulation`` of js/src/simulation.ts."""
        return {"scenario": self.scenario.to_json(), "speed": self.speed}


def milliseconds(seconds: float) -> int:
    """Return a duration as the page counts it, where 0.29 s are 290 ms and not a little less."""
    return round(seconds * 1000)
