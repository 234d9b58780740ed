"""Applying what was accepted: to the widget's reported traits, its observers and waiters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from owidget_jupyter import wire
from owidget_jupyter.callbacks import Callbacks
from owidget_jupyter.events import STATUS_ENTRY, Event, EventLog
from owidget_jupyter.problems import ProblemLog
from owidget_jupyter.reading import Growth
from owidget_jupyter.reported import Failure, ResolvedLanguage
from owidget_jupyter.waiting import Waiters

if TYPE_CHECKING:
    from owidget_jupyter.diagnosis.examination import Examinations
    from owidget_jupyter.numbers.desk import Answer
    from owidget_jupyter.numbers.rules import Numbers
    from owidget_jupyter.recording.journal import Journal
    from owidget_jupyter.run import RunComposer
    from owidget_jupyter.simulator.simulation import Simulation

#: States that a page may report; connected and closed are Python's own conclusions.
_PAGE_STATES = ("idle", "asking", "loading", "ready", "connecting", "unsupported", "failed")


SILENT = Failure(
    "holder_silent",
    "The page that ran the chat no longer answers. Wake it, or run the chat elsewhere.",
)


class Reporting(Protocol):
    """The part of a widget that this module writes to."""

    company_id: Any
    state: Any
    status_code: Any
    event_log: Any

    def set_trait(self, name: str, value: Any) -> Any:
        """Set a read-only trait."""

    def tell_of_growth(self, added: Sequence[Event]) -> None:
        """Tell the observers of the log."""

    def send(self, content: dict[str, object]) -> None:
        """Send a message to all front ends."""

    def send_reports(self) -> None:
        """Sync the reported traits that changed since the last time."""


class Applier:
    """The receiver of one widget's exchange: each method runs alone, in order of acceptance."""

    def __init__(
        self,
        widget: Reporting,
        run: RunComposer,
        simulation: Simulation | None,
        numbers: Numbers,
        callbacks: Callbacks,
        problems: ProblemLog,
    ) -> None:
        self._widget = widget
        self._run = run
        self._simulation = simulation
        self._numbers = numbers
        self._callbacks = callbacks
        self.problems = problems
        self.growth = Growth()
        self.states_seen: Waiters[str] = Waiters()
        self.journal: Journal | None = None
        self.examinations: Examinations | None = None  # since the first diagnosis
        self._apply_kind: dict[str, Callable[[wire.Message, Event | None, bool], None]] = {
            "state": self._apply_state,
            "language": self._apply_language,
            "status": self._apply_status,
            "event": self._apply_event,
            "overflow": self._apply_event,
        }
        if simulation is not None:  # a vendor's script has no desk to speak at
            self._apply_kind["queue"] = self._apply_queue
            self._apply_kind["message"] = self._apply_message

    @property
    def log(self) -> EventLog:
        """The widget's event log."""
        log: EventLog = self._widget.event_log
        return log

    def wants_stage(self) -> bool:
        """Tell whether there is anyone to talk to yet."""
        return self._widget.company_id is not None

    def wants_origin(self) -> bool:
        """Tell whether a run depends on the origin of the page that it is for."""
        return self._run.wants_origin

    def parts(self) -> tuple[str, ...]:
        """Return the names of the parts that a page is going to ask for."""
        return self._run.parts

    def compose_run(self, origin: str) -> dict[str, Any]:
        """Return what a stage on a page of that origin is to do."""
        try:
            return self._run.compose(origin)
        except Exception as error:  # there is no stage without it, and no cell that shows why
            self.problems._note_exception("stage", error)
            raise

    def number_asked(self, number: str, submitted: bool, reply: Callable[[Answer], None]) -> None:
        """Have a number answered, and the page told."""
        self._numbers.desk.answer_soon(number, submitted, reply)

    def examined(self, message: wire.Message) -> None:
        """Pass an answer on to the diagnosis that asked for it."""
        if self.examinations is not None:
            self.examinations.heard(message)

    def send(self, content: dict[str, object]) -> None:
        """Send a message to all front ends."""
        self._widget.send(content)

    def run_ended(self) -> None:
        """Take back all that was known of a stage that is gone."""
        self._forget("idle")

    def closed(self) -> None:
        """Report the end."""
        self._forget("closed")
        self.growth.end()
        if self.journal is not None:
            self.journal.close()
        if self.examinations is not None:
            self.examinations.end()

    def fell_silent(self) -> None:
        """Claim no more what only the page could tell; its stage may still be there."""
        self._widget.set_trait("status_code", None)
        self._set_state("failed", SILENT)
        self._widget.send_reports()

    def resumed(self, report: wire.Message) -> None:
        """Take a holder's word for where its stage is, after a silence."""
        state, status = report["state"], report["status"]
        if state not in _PAGE_STATES:
            return
        if report["active"] is not None:
            self.isolated(report["active"])
        self._widget.set_trait("status_code", status)
        self._set_state(_concluded(state, status), _failure_of(report))
        self._widget.send_reports()

    def _forget(self, state: str) -> None:
        for name in ("status_code", "active_isolation", "isolation_reason", "resolved_language"):
            self._widget.set_trait(name, None)
        self._clear_queue()
        self._set_state(state, None)
        self._widget.send_reports()

    def logged(self, added: Sequence[Event]) -> None:
        """Write a batch down, before anyone hears of it: they might read it, or end the kernel."""
        if self.journal is not None:
            self.journal.write(added)

    def isolated(self, active: wire.Message) -> None:
        """Report the isolation first: whoever hears what its stage saw may look at it."""
        self._widget.set_trait("isolation_reason", active["why"])
        self._widget.set_trait("active_isolation", active["isolation"])

    def apply(self, entry: wire.Message, event: Event | None, current: bool) -> None:
        """Apply one entry; those behind it come after its observers have run."""
        apply = self._apply_kind.get(entry["kind"])
        if apply is not None:
            apply(entry, event, current)

    def applied(self, added: Sequence[Event]) -> None:
        """Sync what a batch has changed, and tell of the log's growth once."""
        try:
            self._widget.send_reports()
            if added:
                self._widget.tell_of_growth(added)
        finally:  # an interrupt in an observer must leave nobody waiting
            if added:
                self.growth.tell(added[-1].seq)

    def noted(self, event: Event) -> None:
        """The kernel itself logged something."""
        self.logged([event])
        if event.type != STATUS_ENTRY:  # its trait has changed already, and no vendor said it
            self._callbacks.tell_event(event)
        self.applied([event])

    def replay(self, event: Event) -> None:
        """A recorded event is played back: those hear of it who would hear of a live one."""
        if event.type != STATUS_ENTRY:
            self._callbacks.tell_event(event)
            return
        code = event.detail["code"]
        self._widget.set_trait("status_code", code)
        if code is not None:  # the vendor never says so, nor would a callback hear of it
            self._callbacks.tell_status(code)

    def replayed(self, added: Sequence[Event]) -> None:
        """A batch was played back: tell of the log's growth once."""
        try:
            self._widget.tell_of_growth(added)
        finally:
            self.growth.tell(added[-1].seq)

    def sync(self) -> None:
        """Sync what has changed."""
        self._widget.send_reports()

    def replay_ended(self) -> None:
        """What was played back tells nothing of now."""
        self._widget.set_trait("status_code", None)
        self._widget.send_reports()

    def _apply_state(self, entry: wire.Message, event: Event | None, current: bool) -> None:
        state = entry["state"]
        if not current or state not in _PAGE_STATES:
            return
        if state in ("failed", "unsupported"):
            self._widget.set_trait("status_code", None)
            self._clear_queue()
        self._set_state(_concluded(state, self._widget.status_code), _failure_of(entry))

    def _apply_language(self, entry: wire.Message, event: Event | None, current: bool) -> None:
        if current:
            language = ResolvedLanguage(entry["tag"], entry["rule"])
            self._widget.set_trait("resolved_language", language)

    def _apply_status(self, entry: wire.Message, event: Event | None, current: bool) -> None:
        if event is None:
            return
        if current:
            self._widget.set_trait("status_code", entry["code"])
            if self._widget.state == "connecting":
                self._set_state("connected", None)
        self._callbacks.tell_status(entry["code"])

    def _apply_event(self, entry: wire.Message, event: Event | None, current: bool) -> None:
        assert event is not None, "every event is logged"
        self._callbacks.tell_event(event)

    def _apply_queue(self, entry: wire.Message, event: Event | None, current: bool) -> None:
        from owidget_jupyter.simulator.desk import Waiting

        assert self._simulation is not None
        if current:
            self._simulation.queue = tuple(Waiting.from_json(each) for each in entry["waiting"])

    def _apply_message(self, entry: wire.Message, event: Event | None, current: bool) -> None:
        self._callbacks.tell_message(entry["text"])

    def _clear_queue(self) -> None:
        if self._simulation is not None:
            self._simulation.queue = ()

    def _set_state(self, state: str, error: Failure | None) -> None:
        self._widget.set_trait("error", error)
        self._widget.set_trait("state", state)
        self.states_seen.offer(state)


def _failure_of(said: wire.Message) -> Failure | None:
    failure = said["failure"]
    return failure and Failure(str(failure.get("code")), str(failure.get("message")))


def _concluded(state: str, status: int | None) -> str:
    """Return the state, which is connected only once a status code was seen as well."""
    return "connected" if state == "connecting" and status is not None else state
