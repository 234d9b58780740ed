"""A chat without the vendor: the public side of `owidget_jupyter.simulator`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from owidget_jupyter.awaiting import Awaiting
from owidget_jupyter.calls import check_json

if TYPE_CHECKING:
    from owidget_jupyter.future import CallFuture
    from owidget_jupyter.simulator.people import Operator, Visitor
    from owidget_jupyter.simulator.scenario import Scenario
    from owidget_jupyter.simulator.simulation import Simulation

#: Company of the simulator where none is given: made up, nobody's.
SIMULATED_COMPANY = "00000000-0000-4000-8000-000000000001"

Widget = TypeVar("Widget", bound="Simulating")
Person = TypeVar("Person", "Operator", "Visitor")


class Simulating(Awaiting):
    """A model whose script can be the bundled simulator, with both sides of the chat driven."""

    _operator: Operator | None = None
    _visitor: Visitor | None = None

    @classmethod
    def simulated(
        cls: type[Widget],
        company_id: object = SIMULATED_COMPANY,
        scenario: str | os.PathLike[str] | Mapping[str, object] | Scenario = "happy",
        **settings: Any,
    ) -> Widget:
        """Return a widget whose script is the bundled simulator: no vendor, no network.

        It differs in nothing else; `operator` and `visitor` drive the two sides of the chat.

        Args:
            company_id: GUID of the company; made up where none is given.
            scenario: What happens by itself: the name of one that is shipped, such as
                ``"busy-then-served"`` (``Scenario.names()`` has all), the path of a TOML file, a
                mapping of what such a file holds, or a `Scenario`.
            **settings: As for any widget.

        Raises:
            ScenarioError: for a scenario that is not there or cannot be played.
            OSError: for a file that cannot be read.
            TypeError: for a keyword that is no setting, or what is no scenario.
            traitlets.TraitError: for a value that a setting does not accept.

        Example:
            >>> chat = OWidget.simulated(scenario="flaky-connection", preset="sales")
            >>> chat.visitor.open()
        """
        from owidget_jupyter.simulator.simulation import Simulation  # only now: not all need it

        return cls(company_id=company_id, _simulation=Simulation.of(scenario), **settings)

    @property
    def is_simulated(self) -> bool:
        """Whether the bundled simulator stands in for the vendor's script."""
        return self._simulation is not None

    @property
    def operator(self) -> Operator:
        """The operator of a simulated chat.

        Raises:
            AttributeError: on a real one, whose operators are people.
        """
        return _simulated_only("operator", self._operator)

    @property
    def visitor(self) -> Visitor:
        """The visitor of a simulated chat.

        Raises:
            AttributeError: on a real one, whose visitor is whoever clicks.
        """
        return _simulated_only("visitor", self._visitor)

    def _seat_people(self) -> None:
        """Give a simulated chat its two people; a real one has its own."""
        if self._simulation is None:
            return
        from owidget_jupyter.simulator.clock import Clock
        from owidget_jupyter.simulator.people import Operator, Visitor

        step = partial(self._act, "clock", "step")
        clock = Clock(self._simulation, partial(self._set_speed, self._simulation), step)
        self._operator = Operator(self._act, clock, self._simulation, self._callbacks)
        self._visitor = Visitor(self._act)

    def _act(self, side: str, action: str, *args: Any, desired: bool = False) -> CallFuture:
        from owidget_jupyter.future import CallFuture

        check_json(f"what {side}.{action} is given", args)
        future = CallFuture(f"{side}.{action}", self._awaiting_obstacle)
        return self._exchange.call(
            "act",
            future,
            desired=desired,
            early=side == "clock",  # the script itself may wait for it
            side=side,
            action=action,
            args=list(args),
        )

    def _set_speed(self, simulation: Simulation, speed: float) -> None:
        self._refuse_closed()
        with self._exchange.between_grants() as granted:
            simulation.speed = speed
            if granted:
                self._act("clock", "speed", speed, desired=True)


def _simulated_only(name: str, person: Person | None) -> Person:
    if person is None:
        raise AttributeError(
            f"nobody drives the {name} of a real chat, only that of OWidget.simulated(...)"
        )
    return person
