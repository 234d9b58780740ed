"""A page on which a chat script is tried."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.harness.wait import eventually

_STAND_IN = 'Symbol.for("owidget_jupyter.simulator")'


@dataclass(frozen=True)
class Target:
    """Which script is tried, for which company.

    Attributes:
        url: Address of the script.
        company: GUID of a company that the script's host knows.
        own: Whether it is the simulator that the run started for itself.
    """

    url: str
    company: str
    own: bool


class Trial:
    """One visit of one page."""

    def __init__(self, page: Page, address: str, target: Target) -> None:
        self.page = page
        self._address = address
        self._target = target

    def open(self, language: str | None = None) -> None:
        """Open the page, or open it again; its ``<html lang>`` is set before any script runs."""
        self.page.goto(self._address)
        if language is not None:
            self.page.evaluate(
                "language => { document.documentElement.lang = language; }", language
            )

    def load(self, body: str = "", *, language: str | None = None) -> None:
        """Open the page, insert the script, and wait until it has handed its object over.

        Args:
            body: JavaScript for ``$owidgetOnLoad``, which knows ``owidget``, ``COMPANY``, and
                ``hear(kind)``: a callback that takes down what it is called with.
            language: Of the page.
        """
        self.open(language)
        self.insert(body)

    def insert(self, body: str = "") -> None:
        """Insert the script once more, and wait until it has handed its object over."""
        before = len(self.heard("loaded"))
        self.page.evaluate(
            "([url, body, company]) => insert(url, body, company)",
            [self._target.url, body, self._target.company],
        )
        self.until(lambda: len(self.heard("loaded")) > before, "$owidgetOnLoad is called")

    def run(self, body: str) -> Any:
        """Run JavaScript later than ``$owidgetOnLoad``, with the same names; return its value."""
        return self.page.evaluate(
            f"async COMPANY => {{ const owidget = widgets.at(-1); {body} }}", self._target.company
        )

    def heard(self, kind: str) -> list[Any]:
        """Return what a callback was called with, the first argument of each call."""
        return [words[1] if len(words) > 1 else None for words in self.all() if words[0] == kind]

    def all(self) -> list[list[Any]]:
        """Return all that the page heard, in order."""
        heard: list[list[Any]] = self.page.evaluate("heard")
        return heard

    def types(self) -> list[str]:
        """Return the types of the events that came to the callback named "event"."""
        return [event["type"] for event in self.heard("event")]

    def until(self, condition: Any, promise: str) -> None:
        """Wait until something that was promised is so."""
        eventually(condition, message=lambda: f"{promise}; the page heard {json.dumps(self.all())}")

    def until_status(self) -> None:
        """Wait for the first status that the callback named "status" is told."""
        self.until(lambda: self.heard("status"), "a status is told after connectToServer")

    def until_types(self, *types: str) -> None:
        """Wait for exactly these events."""
        self.until(lambda: self.types() == list(types), f"the events are {', '.join(types)}")

    def drive(self) -> None:
        """Go on only where visitor and operator can be played, and play them from then on.

        Elsewhere people would have to: nobody is to be called to a chat by a test.
        """
        if self.page.evaluate(f"{_STAND_IN} in window"):
            self.act("clock", "speed", 20)
            self.act("operator", "status", 1)  # sends the scripted operator away
        elif self._target.own:
            pytest.fail("the simulator cannot be driven")
        else:
            pytest.skip("nobody plays visitor and operator here")

    def act(self, side: str, action: str, *args: Any) -> Any:
        """Have one of them do something, and return what came of it."""
        return self.page.evaluate(
            f"([side, action, args]) => window[{_STAND_IN}].act(side, action, args)",
            [side, action, list(args)],
        )

    def assert_no_exception(self) -> None:
        """Nothing that the page called has thrown, and nothing threw by itself."""
        assert self.heard("exception") == []
