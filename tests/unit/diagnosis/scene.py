"""What pages answer to a diagnosis, and facts to compose a report from."""

from __future__ import annotations

from typing import Any

from owidget_jupyter.diagnosis.answers import Answer, read_page, read_stage
from owidget_jupyter.diagnosis.composing import compose
from owidget_jupyter.diagnosis.environment import Environment
from owidget_jupyter.diagnosis.examination import PINGS, Heard
from owidget_jupyter.diagnosis.facts import WidgetFacts
from owidget_jupyter.diagnosis.report import Diagnosis, Finding

from ..driver import AT, COMPANY, Page

PAGE: dict[str, Any] = {
    "lease": 1,
    "pending": 0,
    "views": 1,
    "framed": True,
    "host": {"name": "JupyterLab", "version": "4.6.6"},
    "browser": "Chromium 156 on Linux",
    "loopback": True,
    "secure": True,
    "visible": True,
    "session": "works",
    "media": [],
}
SCRIPT = {"outcome": "loaded", "status": 0, "bytes": 0, "ms": 12.3}
STAGE: dict[str, Any] = {
    "script": SCRIPT,
    "violations": [],
    "local": "works",
    "session": "works",
    "cookies": "works",
    "frames": 0,
    "media": [],
}


def medium(allowed: bool | None = True, permission: str | None = "prompt") -> dict[str, Any]:
    return {"feature": "camera", "allowed": allowed, "permission": permission}


def violation(source: str, **more: Any) -> dict[str, Any]:
    of = {"disposition": "report", "directive": "connect-src", "source": source}
    return {**of, **more}


def facts(**changed: Any) -> WidgetFacts:
    usual: dict[str, Any] = {
        "state": "connected",
        "failure": None,
        "company_id": COMPANY,
        "host": "chat.example",
        "simulated": False,
        "isolation": "auto",
        "active_isolation": "origin",
        "isolation_reason": "the notebook page and the kernel are on this machine",
        "language": "cs (by the page)",
        "allow_media": False,
        "logged": 12,
        "dropped": 0,
        "lost": 0,
        "skew": None,
        "problems": (),
    }
    return WidgetFacts(**{**usual, **changed})


def environment(**changed: Any) -> Environment:
    usual: dict[str, Any] = {
        "own": "0.1.0",
        "python": "3.12.1 on Linux",
        "packages": {"anywidget": "0.11.0", "phonenumbers": None},
        "host": None,
        "hub": False,
        "obstacle": None,
    }
    return Environment(**{**usual, **changed})


def answer(
    page: dict[str, Any] | None = None,
    stage: dict[str, Any] | None = None,
    trips: list[float] | None = None,
    skew: float = 0.01,
) -> Answer:
    """Return a page's answer; what is given replaces the usual."""
    made = Answer(
        "page-a", read_page({**PAGE, **(page or {})}), read_stage({**STAGE, **(stage or {})})
    )
    made.trips = [0.05] * PINGS if trips is None else trips
    made.skews = [skew] * len(made.trips)
    return made


def heard(*answers: Answer, **changed: Any) -> Heard:
    usual: dict[str, Any] = {
        "seconds": 1.0,
        "complete": True,
        "asked": True,
        "main_thread": False,
        "loop_ran": True,
    }
    return Heard(answers, **{**usual, **changed})


def report(
    of: WidgetFacts | None = None, by: Heard | None = None, at: Environment | None = None
) -> Diagnosis:
    return compose(of or facts(), by or heard(answer()), at or environment())


def found(diagnosis: Diagnosis, topic: str, what: str) -> Finding:
    """Return the one finding of that name."""
    (one,) = [each for each in diagnosis if (each.topic, each.what) == (topic, what)]
    return one


def not_fine(diagnosis: Diagnosis) -> set[tuple[str, str, str]]:
    return {(each.topic, each.what, each.grade) for each in diagnosis if each.grade != "ok"}


class Answering:
    """A page that answers examinations: call `turn` until there is nothing more to answer."""

    def __init__(self, page: Page, **changed: Any) -> None:
        self.page = page
        self.changed = changed
        self.stage: Any = STAGE
        self._answered = 0

    def turn(self, at: float = AT) -> int:
        """Answer what has been asked meanwhile; return how much that was."""
        asked = self.page.comm.custom("examine")[self._answered :]
        self._answered += len(asked)
        mine = [each for each in asked if each["frontend"] in (None, self.page.id)]
        for each in mine:
            first = each["ping"] == 0
            self.page.say(
                "findings",
                id=each["id"],
                ping=each["ping"],
                at=at,
                page={**PAGE, "lease": self.page.lease, **self.changed} if first else None,
                stage=self.stage if first else None,
            )
        return len(mine)

    def all(self, at: float = AT) -> None:
        while self.turn(at):
            pass
