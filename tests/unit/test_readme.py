"""The README's examples, and what it says of them."""

from __future__ import annotations

import re
from ast import literal_eval

import pytest

from owidget_jupyter import OWidget, Scenario

from . import readme
from .driver import connected

EXAMPLES = readme.blocks("python")
SIMULATOR = "The simulator"


@pytest.mark.parametrize(("title", "code"), EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_an_example_runs_and_its_results_are_those_it_names(title, code):
    names = readme.run(code)
    assert list(names["chat"].errors) == []
    for expression, said in re.findall(r"^(\S.*?)  # ('.*?')", code, re.MULTILINE):
        assert eval(expression, names) == literal_eval(said)


def test_all_examples_were_found():
    assert len(EXAMPLES) == readme.TEXT.count("```python") > 0
    assert sum(code.count("  # '") for _, code in EXAMPLES) == 2


def test_the_smallest_examples_functions_are_registered():
    names = readme.run(readme.block("The smallest example", "python"))
    for function in ("show_status", "greet"):
        names["chat"].off(names[function])  # ValueError for one that is not


def test_the_simulators_example_answers_the_visitor():
    chat = readme.run(readme.block(SIMULATOR, "python"))["chat"]
    page = connected(chat)
    simulation = page.run()["simulation"]
    assert (simulation["scenario"]["title"], simulation["speed"]) == ("Busy, then served", 10)
    assert page.run()["preset"] == "support"
    page.batch({"kind": "message", "text": "Dobrý den"})
    (act,) = page.comm.custom("act")
    assert (act["side"], act["action"]) == ("operator", "say")
    assert act["args"] == ["You wrote: Dobrý den"]


def test_a_scenario_of_ones_own_plays_what_the_comments_say(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(readme.block(SIMULATOR, "toml"), "utf-8")
    run = connected(OWidget.simulated(scenario=str(path))).run()
    played, least = run["simulation"]["scenario"], Scenario.load({"title": "A"}).to_json()
    reply = {"to": ["price", "cost"], "say": "Everything is half the price now."}
    assert played == least | {
        "title": "Closing time",
        "timeline": [{"at": 30_000, "status": 0}],
        "queue": {"ahead": 2, "each": 4000},
        "operator": least["operator"]
        | {
            "name": "Night watch",
            "accept": 500,
            "greeting": {"en": "Good evening!", "cs": "Dobrý večer!"},
            "leave": 25_000,
            "replies": [reply],
        },
    }


@pytest.mark.parametrize(
    "other", ['connection = "lost"', 'connection = "back"', 'call = "_aFunctionOfThePage"']
)
def test_the_other_moments_of_that_comment_are_played_too(other):
    code = readme.block(SIMULATOR, "toml")
    given = code.replace('status = "offline"', other, 1)
    key, _, value = other.partition(" = ")
    assert Scenario.from_toml(given).to_json()["timeline"] == [
        {"at": 30_000, key: literal_eval(value)}
    ]
    words = re.search(r'status = "offline".*', code)[0]
    assert literal_eval(value) in re.findall(r'"(\w+)"', words)


def test_the_table_of_scenarios_has_all_of_them_and_names_the_default():
    rows = re.findall(r'^\| `"(.*?)"` \| (.*?) \|$', readme.SECTIONS[SIMULATOR], re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(Scenario.names())
    default = OWidget.simulated().operator.scenario
    (named,) = (name for name, plays in rows if plays.endswith("; the default"))
    assert Scenario.load(named) == default
