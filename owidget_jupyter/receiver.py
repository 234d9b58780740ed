"""What an exchange hands on, and to whom: the border between the wire and the widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from owidget_jupyter import wire
from owidget_jupyter.events import Event, EventLog
from owidget_jupyter.problems import ProblemLog

if TYPE_CHECKING:
    from owidget_jupyter.numbers.desk import Answer

Sighted = tuple[wire.Message, "Event | None"]


class Report(NamedTuple):
    """What one batch brought: entries with the events they became, and under which lease.

    Current says that it is of the stage that was live when the batch was accepted.
    """

    sighted: Sequence[Sighted]
    lease: int
    current: bool
    active: wire.Message | None  # the isolation that the page runs it under, once settled

    @property
    def events(self) -> list[Event]:
        """What the log grew by."""
        return [event for _, event in self.sighted if event is not None]


class Receiver(Protocol):
    """What a widget does with what its exchange accepted. Called one at a time, in order."""

    problems: ProblemLog

    @property
    def log(self) -> EventLog:
        """The log that accepted events go to."""

    def wants_stage(self) -> bool:
        """Tell whether the settings are such that a stage can run."""

    def compose_run(self, origin: str) -> dict[str, Any]:
        """Return what a stage on a page of that origin is to do."""

    def wants_origin(self) -> bool:
        """Tell whether a run depends on the origin of the page that it is for."""

    def parts(self) -> tuple[str, ...]:
        """Return the names of the parts that a page is going to ask for."""

    def number_asked(self, number: str, submitted: bool, reply: Callable[[Answer], None]) -> None:
        """A stage asks for a number, ahead of the vendor's request or after one."""

    def examined(self, message: wire.Message) -> None:
        """A page answers a diagnosis."""

    def send(self, content: dict[str, object]) -> None:
        """Send a message to all front ends."""

    def run_ended(self) -> None:
        """The stage is gone, and what it had shown is no longer so."""

    def fell_silent(self) -> None:
        """The page that runs the stage no longer answers."""

    def logged(self, added: Sequence[Event]) -> None:
        """The log grew by the events of a batch, of which nobody has heard yet."""

    def isolated(self, active: wire.Message) -> None:
        """The live stage runs under this isolation."""

    def apply(self, entry: wire.Message, event: Event | None, current: bool) -> None:
        """One entry was accepted, of the live stage or of one that was replaced meanwhile."""

    def applied(self, added: Sequence[Event]) -> None:
        """All entries of a batch were applied, and these events are what the log grew by."""

    def noted(self, event: Event) -> None:
        """The kernel itself logged something: a status that no longer holds, or an overlap."""

    def resumed(self, report: wire.Message) -> None:
        """A holder that had fallen silent reports again."""
