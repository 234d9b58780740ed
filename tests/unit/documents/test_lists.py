"""What the documents list is what there is: error codes, states, scenarios, promises, hosts."""

from __future__ import annotations

import re
from ast import literal_eval

import pytest

from owidget_jupyter import OWidget, Scenario
from owidget_jupyter.diagnosis.topics import widget as diagnosed
from owidget_jupyter.numbers.desk import LIMIT
from owidget_jupyter.numbers.rules import MOST_LIMIT
from owidget_jupyter.reported import Failure
from owidget_jupyter.settings import ISOLATIONS

from . import pages

SIMULATOR = "docs/howto/simulator.md"
TROUBLES = "docs/troubleshooting.md"


def codes() -> set[str]:
    """Return the codes of failures, from the one place that names them all."""
    (failure,) = re.findall(
        r"export interface Failure \{(.*?)message", pages.text("js/src/wire.ts"), re.DOTALL
    )
    return set(re.findall(r'"(\w+)"', failure))


def test_every_error_code_has_a_heading_and_every_heading_a_code():
    assert set(re.findall(r"^### `(\w+)`$", pages.text(TROUBLES), re.MULTILINE)) == codes()


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_code_says_how_to_see_it_and_what_to_try(code):
    (text,) = re.findall(rf"^### `{code}`\n(.*?)(?=^##)", pages.text(TROUBLES), re.M | re.DOTALL)
    assert "*See it:*" in text
    assert "*Try:*" in text


def test_docstring_and_diagnosis_know_the_same_codes():
    assert set(re.findall(r"``(\w+_\w+|navigated)``", str(Failure.__doc__))) == codes()
    assert set(diagnosed._FAILURES) == codes()


def test_every_state_is_explained():
    rows = re.findall(
        r'^\| `"(\w+)"` \|', pages.section("docs/explanation/stage.md", "States"), re.M
    )
    assert set(rows) == set(diagnosed._STATES)


def test_every_isolation_is_weighed():
    rows = re.findall(r'^\| `"(\w+)"` \|', pages.text("docs/explanation/trust.md"), re.M)
    assert set(rows) == set(ISOLATIONS)


def test_the_table_of_scenarios_has_all_of_them_and_names_the_default():
    rows = re.findall(r'^\| `"(.*?)"` \| (.*?) \|$', pages.text(SIMULATOR), re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(Scenario.names())
    default = OWidget.simulated().operator.scenario
    (named,) = (name for name, plays in rows if plays.endswith("; the default"))
    assert Scenario.load(named) == default


def scenario() -> str:
    (block,) = pages.blocks("toml", pages.ROOT / SIMULATOR)
    return block.code


def test_a_scenario_of_ones_own_plays_what_the_comments_say():
    played, least = (
        Scenario.from_toml(scenario()).to_json(),
        Scenario.load({"title": "A"}).to_json(),
    )
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
    given = scenario().replace('status = "offline"', other, 1)
    key, _, value = other.partition(" = ")
    assert Scenario.from_toml(given).to_json()["timeline"] == [
        {"at": 30_000, key: literal_eval(value)}
    ]
    (words,) = re.findall(r'status = "offline".*', scenario())
    assert literal_eval(value) in re.findall(r'"(\w+)"', words)


def test_the_time_limits_of_numbers_are_those_it_names():
    said = f"{LIMIT:g} s at most, or `limit` up to {MOST_LIMIT:g} |"
    assert said in pages.text("docs/explanation/numbers.md")


def promises() -> list[tuple[str, list[str]]]:
    rows = re.findall(r"^\| (.*?) \| (`.*`) \|$", pages.text("docs/promises.md"), re.MULTILINE)
    return [(promise, re.findall(r"`([^`]+)`", held)) for promise, held in rows]


@pytest.mark.parametrize(("promise", "held"), promises(), ids=lambda value: str(value)[:40])
def test_a_promise_is_held_by_tests_that_exist(promise, held):
    for pattern in held:
        found = list(pages.ROOT.glob(pattern))
        assert found, f"{promise}: {pattern}"
        for path in found:
            tests = path.rglob("*test*") if path.is_dir() else [path]
            assert any(test.is_file() for test in tests), f"{promise}: {path}"


def test_the_promises_were_found():
    assert len(promises()) > 25


def test_how_marimo_follows_callbacks_is_how_a_browser_test_does():
    """Its blocks are marimo's cells, which no test here could run."""
    told = pages.section("docs/hosts.md", "marimo")
    (tried,) = re.findall(
        r"^FOLLOWED = \[(.*?)^\]", pages.text("tests/browser/hosts/test_marimo.py"), re.M | re.S
    )
    steps = re.findall(r"^(?:\w+, set_\w+ = |chat\.on_).*$", told, re.MULTILINE)
    assert len(steps) == 4
    assert all(step in tried for step in steps)
