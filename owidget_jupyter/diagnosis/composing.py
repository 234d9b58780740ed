"""Putting a report together from what was heard and what is known here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

from owidget_jupyter.diagnosis.environment import Environment
from owidget_jupyter.diagnosis.examination import Heard
from owidget_jupyter.diagnosis.facts import WidgetFacts
from owidget_jupyter.diagnosis.report import Diagnosis, Finding
from owidget_jupyter.diagnosis.topics.events import about_events
from owidget_jupyter.diagnosis.topics.kernel import about_kernel
from owidget_jupyter.diagnosis.topics.pages import about_pages
from owidget_jupyter.diagnosis.topics.stage import about_stage
from owidget_jupyter.diagnosis.topics.versions import about_versions
from owidget_jupyter.diagnosis.topics.widget import about_widget


def compose(facts: WidgetFacts, heard: Heard, environment: Environment) -> Diagnosis:
    """Return the report."""
    return Diagnosis(datetime.now(timezone.utc), _findings(facts, heard, environment))


def _findings(facts: WidgetFacts, heard: Heard, environment: Environment) -> Iterator[Finding]:
    yield from about_widget(facts)
    yield from about_pages(heard, environment)
    yield from about_stage(heard.main, facts)
    yield from about_events(heard, facts)
    yield from about_kernel(heard, environment, facts)
    yield from about_versions(environment)
