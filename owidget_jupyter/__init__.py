"""A website's live chat in a notebook: its status and events in Python."""

from owidget_jupyter.calls import CallError, CallFuture
from owidget_jupyter.events import Event, EventLog, EventType
from owidget_jupyter.problems import Problem, ProblemLog
from owidget_jupyter.reading import EventReader, EventsDropped
from owidget_jupyter.reported import Failure, ResolvedLanguage
from owidget_jupyter.sessions.intervals import StatusInterval, StatusIntervals
from owidget_jupyter.sessions.session import Session, Sessions
from owidget_jupyter.sessions.timeline import Timeline
from owidget_jupyter.simulator import Operator, Visitor
from owidget_jupyter.waiting import WidgetError
from owidget_jupyter.widget import OWidget

__all__ = [
    "CallError",
    "CallFuture",
    "Event",
    "EventLog",
    "EventReader",
    "EventType",
    "EventsDropped",
    "Failure",
    "OWidget",
    "Operator",
    "Problem",
    "ProblemLog",
    "ResolvedLanguage",
    "Session",
    "Sessions",
    "StatusInterval",
    "StatusIntervals",
    "Timeline",
    "Visitor",
    "WidgetError",
]
