"""The simulated time of a chat: real, fast, or step by step."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real

from owidget_jupyter.future import CallFuture
from owidget_jupyter.simulator.simulation import Simulation, milliseconds

#: Beyond these a page's numbers lose what they count.
FASTEST = 1_000_000
LONGEST_STEP = 365 * 86_400


class Clock:
    """The clock of a simulated chat, real until it is told otherwise.

    Everything that the scenario has to wait for goes by it: loading, connecting, the timeline,
    the queue, the scripted operator. What is set here holds for every further stage; a live one
    follows at once. What Python makes operator and visitor do is done at once under any clock.

    Example:
        >>> chat = OWidget.simulated(scenario="busy-then-served")
        >>> chat.operator.clock.fast(10)
    """

    def __init__(
        self,
        simulation: Simulation,
        set_speed: Callable[[float], None],
        step: Callable[[int | None], CallFuture],
    ) -> None:
        self._simulation = simulation
        self._set_speed = set_speed
        self._step = step

    @property
    def speed(self) -> float:
        """Simulated time to real time; 1.0 is real, 10.0 ten times as fast, 0.0 stepped."""
        return self._simulation.speed

    def real(self) -> None:
        """Have time pass as it does.

        Raises:
            RuntimeError: when the widget is closed.
        """
        self._set_speed(1.0)

    def fast(self, times: float) -> None:
        """Have time pass that many times as fast.

        Args:
            times: Any number above 0, up to 1,000,000; below 1 time passes slowly.

        Raises:
            TypeError: for what is no number.
            ValueError: for any other number.
            RuntimeError: when the widget is closed.

        Example:
            >>> chat.operator.clock.fast(20)  # a minute in three seconds
        """
        _check_number("fast", times)
        if not 0 < times <= FASTEST:
            raise ValueError(
                f"fast takes a number above 0, up to {FASTEST:,}, not {times!r}; "
                "with stepped() time stands still"
            )
        self._set_speed(float(times))

    def stepped(self) -> None:
        """Have time stand still, but for `step`; what is due now is done all the same.

        Raises:
            RuntimeError: when the widget is closed.
        """
        self._set_speed(0.0)

    def step(self, seconds: float | None = None) -> CallFuture:
        """Let time pass while it stands still otherwise.

        What falls due on the way is done in its order and at its time. A step asked for before
        the widget is displayed is kept and done in order; only while there is no button yet, steps
        may overtake what operator and visitor are to do, because that has to wait for one.

        Args:
            seconds: How long, from 0 to a year; None goes to what is due next, if there is
                anything.

        Returns:
            A future that is done once the step is.

        Raises:
            TypeError: for what is no number.
            ValueError: for one below 0, or above a year.
            RuntimeError: if the clock runs, or the widget is closed.

        Example:
            >>> chat.operator.clock.stepped()
            >>> await chat.operator.clock.step(1.5)
            >>> await chat.operator.clock.step()  # whatever comes next
        """
        if seconds is not None:
            _check_number("step", seconds)
            if not 0 <= seconds <= LONGEST_STEP:
                raise ValueError(
                    f"step takes seconds from 0 to {LONGEST_STEP:,}, a year, not {seconds!r}"
                )
        if self.speed:
            raise RuntimeError("the clock runs by itself: call chat.operator.clock.stepped() first")
        return self._step(None if seconds is None else milliseconds(float(seconds)))

    def __repr__(self) -> str:
        if not self.speed:
            return "<Clock: stepped>"
        return "<Clock: real>" if self.speed == 1 else f"<Clock: {self.speed:g} times as fast>"


def _check_number(what: str, number: object) -> None:
    if isinstance(number, bool) or not isinstance(number, Real):
        raise TypeError(f"{what} takes a number, not {number!r}")
