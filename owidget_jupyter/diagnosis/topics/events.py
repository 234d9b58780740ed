"""Events: what arrived, what is under way, what was lost, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator

from owidget_jupyter.diagnosis.examination import Heard
from owidget_jupyter.diagnosis.facts import WidgetFacts
from owidget_jupyter.diagnosis.report import Finding

TOPIC = "events"


def about_events(heard: Heard, facts: WidgetFacts) -> Iterator[Finding]:
    """Return how delivery goes, and the last errors by place and kind."""
    yield Finding(TOPIC, "acknowledged", f"{facts.logged:,}")
    pages = [answer.page for answer in heard.answers if answer.page]
    if pages:
        pending = sum(page.pending for page in pages)
        if pending:
            advice = "They are sent again until the kernel has them: do not close the tab."
            yield Finding(TOPIC, "not acknowledged", f"{pending:,}", "notice", advice)
        else:
            yield Finding(TOPIC, "not acknowledged", "0")
    if facts.lost:
        advice = "They found no room in the page while the kernel did not answer."
        yield Finding(TOPIC, "lost", f"{facts.lost:,}", "problem", advice)
    if facts.dropped:
        advice = "The log is full: raise max_events, or keep a journal."
        yield Finding(TOPIC, "dropped from the log", f"{facts.dropped:,}", "notice", advice)
    if not facts.problems:
        yield Finding(TOPIC, "errors", "none")
    for place, times in facts.problems:
        value = f"{place} ({times} times)" if times > 1 else place
        yield Finding(TOPIC, "error", value, "problem", "chat.errors has its text and traceback.")
