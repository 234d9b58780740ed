"""A website's live chat in a notebook: its status and events in Python."""

from importlib import import_module
from typing import TYPE_CHECKING

from owidget_jupyter.events import Event, EventLog, EventType
from owidget_jupyter.problems import Problem, ProblemLog
from owidget_jupyter.reading import EventReader, EventsDropped
from owidget_jupyter.reported import Failure, ResolvedLanguage
from owidget_jupyter.waiting import WidgetError
from owidget_jupyter.widget import OWidget

if TYPE_CHECKING:
    from owidget_jupyter.diagnosis.future import DiagnosisFuture
    from owidget_jupyter.diagnosis.report import Diagnosis, Finding
    from owidget_jupyter.explorer import Explorer
    from owidget_jupyter.future import CallError, CallFuture
    from owidget_jupyter.numbers.explanation import NumberExplanation
    from owidget_jupyter.numbers.kinds import NumberReason, NumberType
    from owidget_jupyter.numbers.policy import NumberPolicy
    from owidget_jupyter.numbers.summary import NumberSummary
    from owidget_jupyter.sessions.intervals import StatusInterval, StatusIntervals
    from owidget_jupyter.sessions.session import Session, Sessions
    from owidget_jupyter.sessions.timeline import Timeline
    from owidget_jupyter.simulator.clock import Clock
    from owidget_jupyter.simulator.desk import Waiting
    from owidget_jupyter.simulator.people import Operator, Visitor
    from owidget_jupyter.simulator.scenario import Scenario, ScenarioError

__all__ = [
    "CallError",
    "CallFuture",
    "Clock",
    "Diagnosis",
    "DiagnosisFuture",
    "Event",
    "EventLog",
    "EventReader",
    "EventType",
    "EventsDropped",
    "Explorer",
    "Failure",
    "Finding",
    "NumberExplanation",
    "NumberPolicy",
    "NumberReason",
    "NumberSummary",
    "NumberType",
    "OWidget",
    "Operator",
    "Problem",
    "ProblemLog",
    "ResolvedLanguage",
    "Scenario",
    "ScenarioError",
    "Session",
    "Sessions",
    "StatusInterval",
    "StatusIntervals",
    "Timeline",
    "Visitor",
    "Waiting",
    "WidgetError",
]

#: Names of what is needed only later, by module: a chat is shown without it.
_LATER = {
    "CallError": "future",
    "CallFuture": "future",
    "Clock": "simulator.clock",
    "Diagnosis": "diagnosis.report",
    "DiagnosisFuture": "diagnosis.future",
    "Explorer": "explorer",
    "Finding": "diagnosis.report",
    "NumberExplanation": "numbers.explanation",
    "NumberPolicy": "numbers.policy",
    "NumberReason": "numbers.kinds",
    "NumberSummary": "numbers.summary",
    "NumberType": "numbers.kinds",
    "Operator": "simulator.people",
    "Scenario": "simulator.scenario",
    "ScenarioError": "simulator.scenario",
    "Session": "sessions.session",
    "Sessions": "sessions.session",
    "StatusInterval": "sessions.intervals",
    "StatusIntervals": "sessions.intervals",
    "Timeline": "sessions.timeline",
    "Visitor": "simulator.people",
    "Waiting": "simulator.desk",
}


def __getattr__(name: str) -> object:
    """Import one of those names on its first use (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    """Name those as well, so that completion offers them."""
    return sorted({*globals(), *__all__})
