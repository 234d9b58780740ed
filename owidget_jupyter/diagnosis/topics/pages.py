"""The notebook pages: which answered, what they are, what they can."""

from __future__ import annotations

from collections.abc import Iterator

from owidget_jupyter.diagnosis.answers import PageFindings
from owidget_jupyter.diagnosis.environment import Environment
from owidget_jupyter.diagnosis.examination import Heard
from owidget_jupyter.diagnosis.report import Finding

TOPIC = "page"


def about_pages(heard: Heard, environment: Environment) -> Iterator[Finding]:
    """Return what is known of the pages; details are those of the one that runs the chat."""
    yield _answered(heard)
    page = heard.main.page if heard.main else None
    yield _notebook(page, environment)
    if page is None:
        return
    yield Finding(TOPIC, "browser", page.browser)
    yield _address(page)
    if not page.visible:
        advice = "Browsers slow hidden tabs down: bring it to the front to see how it does then."
        yield Finding(TOPIC, "visible", "no", "notice", advice)
    if page.session != "works":
        advice = "Events that are not delivered yet do not outlive a reload: allow site data."
        yield Finding(TOPIC, "session storage", page.session, "notice", advice)


def _answered(heard: Heard) -> Finding:
    answers = heard.answers
    if not answers:
        value = f"none within {heard.seconds:.1f} s"
        if not heard.asked:
            value = "none: no page can be reached from here"
            advice = "Make the widget in a notebook, and diagnose it before it is closed."
        elif heard.loop_ran is False:
            advice = "The kernel was busy with a cell: call diagnose() in a cell of its own."
        else:
            advice = "Display the widget in an open notebook; reload a page that does not react."
        return Finding(TOPIC, "answered", value, "problem", advice)
    views = sum(answer.page.views for answer in answers if answer.page)
    value = f"{_counted(len(answers), 'page')}, {_counted(views, 'view')}"
    if any(answer.runs_chat for answer in answers):
        value += ", the chat in " + ("it" if len(answers) == 1 else "the first")
    if not heard.complete:
        advice = "A page that runs the chat, or some pings, got no answer in time."
        return Finding(TOPIC, "answered", value, "notice", advice)
    if not any(answer.runs_chat for answer in answers):
        advice = "None of them runs the chat: display it, or choose to run it there."
        return Finding(TOPIC, "answered", value, "notice", advice)
    return Finding(TOPIC, "answered", value)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _notebook(page: PageFindings | None, environment: Environment) -> Finding:
    # Voilà's pages call themselves Jupyter at best; the kernel knows better where it knows.
    name = environment.host or (page.host if page else None) or "not known"
    return Finding(TOPIC, "notebook", f"{name}, on a JupyterHub" if environment.hub else name)


def _address(page: PageFindings) -> Finding:
    where = "on the browser's machine" if page.loopback else "on another machine"
    if not page.secure:
        advice = "Camera, microphone and clipboard need https, or localhost."
        return Finding(TOPIC, "address", f"{where}, not secure", "notice", advice)
    if not page.loopback:
        advice = 'isolation="origin" cannot be had: the card asks for one of the others.'
        return Finding(TOPIC, "address", where, "notice", advice)
    return Finding(TOPIC, "address", where)
