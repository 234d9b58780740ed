"""What the host hands out: the script with its scenario, and the example page."""

from __future__ import annotations

import json
import re

from owidget_jupyter.simulator.scenario import Scenario
from owidget_jupyter.simulator.script import example_page, script_with
from owidget_jupyter.stage.document import simulator_script

HOSTILE = Scenario.load(
    {
        "title": "</script><!--<script>",
        "about": 'it\'s \u2028 & <b>"bold"</b> \\',
        "operator": {"name": "*/ '"},
    }
)


def test_the_script_says_what_it_is_and_what_it_plays() -> None:
    script = script_with(HOSTILE, 2.5)
    notice, directive, told, rest = script.split("\n", 3)
    assert "NOT the real service" in notice
    assert notice.index("*/") == len(notice) - 2
    assert directive == '"use strict";'
    line = re.fullmatch(r'window\[Symbol\.for\("owidget_jupyter\.simulation"\)\] = (.*);', told)
    assert line
    assert json.loads(line[1]) == {"scenario": HOSTILE.to_json(), "speed": 2.5}
    assert rest == simulator_script()


def told_to(page: str) -> object:
    [told] = re.findall(r"^const host = (.*);$", page, re.MULTILINE)
    return json.loads(told)


def test_the_page_knows_what_there_is_to_play() -> None:
    shipped = [("happy", Scenario.load("happy")), ("odd", HOSTILE)]
    page = example_page(HOSTILE, None, 1.0, shipped)
    cards = [{"name": name, "title": each.title, "about": each.about} for name, each in shipped]
    assert told_to(page) == {"played": {**cards[1], "name": None}, "speed": 1.0, "shipped": cards}


def test_no_text_leaves_its_place_in_the_page() -> None:
    """Else a scenario could write the page, or end its script."""
    plain = Scenario.load({"title": "Plain"})
    odd, even = (example_page(each, None, 1.0, [("it", each)]) for each in (HOSTILE, plain))
    assert odd.count("<") == even.count("<")
    assert odd.count("\u2028") == 0


def test_the_page_says_that_it_is_a_simulator_and_asks_nobody_else() -> None:
    page = example_page(Scenario.load(), "happy", 1.0, [])
    assert "This is a simulator." in page
    assert not re.search(r"(https?:)?//[a-z]+\.[a-z]", page)
