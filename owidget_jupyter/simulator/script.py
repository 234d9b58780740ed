"""What the simulator's host hands out: the script with its scenario, and the example page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from owidget_jupyter.markup import script_json
from owidget_jupyter.simulator.simulation import Simulation
from owidget_jupyter.stage.document import simulator_script

if TYPE_CHECKING:
    from collections.abc import Iterable

    from owidget_jupyter.simulator.scenario import Scenario

_NOTICE = (
    "/* A simulator of mluvii's OOWidget.js, by owidget-jupyter: NOT the real service. "
    "Nothing is sent to anybody, and nobody answers but a script. */"
)
# The directive has to stay the first statement for the whole script to be strict.
_SCRIPT = """{notice}
"use strict";
window[Symbol.for("owidget_jupyter.simulation")] = {simulation};
{simulator}"""
_PAGE = Path(__file__).parent / "page.html"
_PLACEHOLDER = re.compile(r'"HOST"')


def script_with(scenario: Scenario, speed: float) -> str:
    """Return the stand-in for OOWidget.js, ready to play a scenario.

    Args:
        scenario: What the page is to see.
        speed: Simulated time to real time; 0: it stands, but for steps.
    """
    simulation = Simulation(scenario, speed).to_json()
    return _SCRIPT.format(
        notice=_NOTICE,
        simulation=json.dumps(simulation, ensure_ascii=False, allow_nan=False),
        simulator=simulator_script(),
    )


def example_page(
    played: Scenario, name: str | None, speed: float, shipped: Iterable[tuple[str, Scenario]]
) -> str:
    """Return the page that has the vendor's snippet and shows what comes of it.

    Args:
        played: What the host plays where an address names no scenario.
        name: Of that, if it is a shipped one.
        speed: Of the host's clock.
        shipped: What an address can name, with its name.
    """
    told = {
        "played": _card(name, played),
        "speed": speed,
        "shipped": [_card(each, scenario) for each, scenario in shipped],
    }
    # Titles are anybody's words: none of them may end the element that they stand in.
    text = script_json(told)
    return _PLACEHOLDER.sub(lambda _: text, _PAGE.read_text("utf-8"), count=1)


def _card(name: str | None, scenario: Scenario) -> dict[str, str | None]:
    return {"name": name, "title": scenario.title, "about": scenario.about}
