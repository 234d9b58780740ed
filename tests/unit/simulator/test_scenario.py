from __future__ import annotations

import json
import re
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent

import msgspec
import pytest
from msgspec import structs

from owidget_jupyter import OWidget, Scenario, ScenarioError, wire
from owidget_jupyter.simulator.parts import Moment, Reply, ScriptedOperator
from owidget_jupyter.simulator.simulation import Simulation

from .plays import WHOLE, WHOLE_JSON

SOURCE = (Path(__file__).parents[3] / "js" / "src" / "simulation.ts").read_text("utf-8")


def names_in(interface: str) -> list[str]:
    """Return the members that an interface of simulation.ts names, nested ones included."""
    body = re.search(rf"export interface {interface} {{\n(.*?)\n}}", SOURCE, re.DOTALL)[1]
    # Neither what comments say nor the name of an index is a member.
    bare = re.sub(r"/\*.*?\*/|\[\w+:", "", body, flags=re.DOTALL)
    return re.findall(r"(\w+)\??:", bare)


def keys_of(value: object) -> list[str]:
    """Return the keys of JSON in their order, those of a list's first entry included."""
    if isinstance(value, list):
        return keys_of(value[0]) if value else []
    if not isinstance(value, dict):
        return []
    return [name for key in value for name in (key, *keys_of(value[key]))]


def test_every_key_comes_to_the_page_in_milliseconds():
    assert Scenario.from_toml(WHOLE).to_json() == WHOLE_JSON


def test_both_languages_name_the_same_members():
    # Moments differ in what they have, and what is said by language is no member.
    play = {**WHOLE_JSON, "timeline": []}
    play["operator"] = {**play["operator"], "name": "Eva", "says": [{"after": 1, "say": "A"}]}
    assert keys_of(play) == names_in("Scenario")


def test_both_languages_name_the_same_members_of_a_moment():
    moments = re.search(r"export type Moment = (.*?);\n\n", SOURCE, re.DOTALL)[1]
    named = {key for moment in WHOLE_JSON["timeline"] for key in moment}
    assert set(re.findall(r"(\w+):", moments)) == named
    assert re.search(r"connection: (.*?) }", moments)[1] == '"lost" | "back"'


def test_both_languages_name_the_same_members_of_a_simulation_and_of_who_waits():
    simulation = Simulation(Scenario.load())
    assert list(simulation.to_json()) == names_in("Simulation")
    assert list(wire.WAITING) == names_in("Waiting")


def test_what_is_left_out_is_as_the_design_has_it():
    scenario = Scenario.from_toml('title = "Least"')
    assert scenario.to_json() == {
        "title": "Least",
        "supported": True,
        "load": 0,
        "connect": 0,
        "timeline": [],
        "queue": {"ahead": 0, "each": 4000},
        "operator": {
            "comes": True,
            "name": None,
            "accept": 1200,
            "think": 400,
            "type": 800,
            "greeting": None,
            "answers": [],
            "replies": [],
            "says": [],
            "leave": None,
            "leaveOnGoodbye": True,
        },
    }
    assert scenario.about == ""


def documented() -> str:
    """Return the file that the docstring of `Scenario` shows."""
    shown = cleandoc(Scenario.__doc__).partition("::\n\n")[2].partition("\nAttributes:")[0]
    return dedent(shown)


def test_its_docstring_shows_the_defaults():
    shown = Scenario.from_toml(documented())
    assert shown.timeline == (Moment(0.0, status="online"),)
    assert structs.replace(shown, timeline=()) == Scenario("A title")


def test_its_docstring_shows_every_key():
    everything = re.sub(r"^# (?=\w+ =|\[\[)", "", documented(), flags=re.MULTILINE)
    for other in ("connection", "call"):  # one kind a moment
        everything = everything.replace(f"\n{other} =", f"\n[[timeline]]\nat = 0\n{other} =")
    scenario = Scenario.from_toml(everything)
    # What is none there is a key that no example has given.
    given = json.loads(msgspec.json.encode(scenario.operator))
    assert [name for name, value in given.items() if value in (None, [])] == []
    assert [moment.kinds for moment in scenario.timeline] == [["status"], ["connection"], ["call"]]


@pytest.mark.parametrize("status", [("offline", 0), ("online", 1), ("busy", 2)])
def test_a_status_is_a_word_here_and_a_code_there(status):
    word, code = status
    given = {"title": "A", "timeline": [{"at": 1, "status": word}]}
    assert Scenario.load(given).to_json()["timeline"] == [{"at": 1000, "status": code}]


def test_parts_are_read_by_name():
    scenario = Scenario.from_toml(WHOLE)
    assert scenario.timeline[0] == Moment(0.0, status="busy")
    assert scenario.operator.replies == (Reply(("price", "cost"), "Ask"),)
    assert scenario.operator.name == {"en": "Eva", "cs": "Eva"}
    assert scenario.queue.ahead == 2
    assert repr(scenario) == "Scenario('Everything')"


def test_nothing_of_it_can_be_changed():
    scenario = Scenario.from_toml(WHOLE)
    with pytest.raises(AttributeError, match="immutable"):
        scenario.title = "Another"
    with pytest.raises(AttributeError, match="immutable"):
        scenario.operator.comes = True


def test_it_comes_from_a_name_a_path_a_mapping_or_itself(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine.toml").write_text(WHOLE, "utf-8")
    Path("plain").write_text(WHOLE, "utf-8")
    whole = Scenario.from_toml(WHOLE)
    given = {"title": "Nobody", "operator": {"comes": False}}
    assert Scenario.load("mine.toml") == whole
    assert Scenario.load(str(tmp_path / "plain")) == whole  # a separator says that it is a path
    assert Scenario.load(tmp_path / "plain") == whole
    assert Scenario.load(whole) == whole
    assert Scenario.load(given).operator == ScriptedOperator(comes=False)
    assert Scenario.load("happy") == Scenario.load()


def test_a_file_may_begin_with_a_byte_order_mark_and_have_windows_lines(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert Scenario.load(path) == Scenario.from_toml(WHOLE)


def test_a_file_that_is_not_there_is_the_systems_error(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nobody\.toml"):
        Scenario.load(tmp_path / "nobody.toml")


def test_a_name_that_is_not_shipped_is_told_the_nearest_first():
    with pytest.raises(
        ScenarioError, match=r"no scenario 'hapy'; shipped are happy, .*offline-form"
    ):
        Scenario.load("hapy")


@pytest.mark.parametrize("given", [None, 5, True, b"happy", ["happy"]])
def test_what_is_no_scenario_at_all_is_a_type_error(given):
    with pytest.raises(TypeError, match="a scenario is a name, the path"):
        Scenario.load(given)


def test_from_toml_takes_a_text_only():
    with pytest.raises(TypeError, match="from_toml takes a text"):
        Scenario.from_toml(b"title = 'A'")


# Those that are shipped


def test_the_default_is_named_first():
    assert Scenario.names() == (
        "happy",
        "abandoned-queue",
        "busy-then-served",
        "flaky-connection",
        "offline-form",
        "slow-start",
        "unsupported",
    )


@pytest.mark.parametrize("name", Scenario.names())
def test_each_says_what_it_is_and_what_for_in_a_sentence(name):
    scenario = Scenario.load(name)
    assert scenario.about.endswith(".")
    assert "\n" not in scenario.title + scenario.about
    assert json.loads(json.dumps(scenario.to_json())) == scenario.to_json()


@pytest.mark.parametrize("name", Scenario.names())
def test_whatever_is_said_is_said_in_all_languages(name):
    operator = Scenario.load(name).operator
    said = [operator.greeting, *operator.answers]
    said += [each.say for each in (*operator.replies, *operator.says)]
    for words in filter(None, said):
        assert set(words) == {"en", "cs", "sk", "de"}


def test_they_tell_the_stories_that_they_promise():
    def statuses(name):
        return [m.status for m in Scenario.load(name).timeline if m.status is not None]

    assert statuses("busy-then-served") == ["busy", "online"]
    assert Scenario.load("busy-then-served").queue.ahead > 0
    assert Scenario.load("abandoned-queue").operator.comes is False
    assert statuses("offline-form")[0] == "offline"
    connections = [m.connection for m in Scenario.load("flaky-connection").timeline[1:]]
    assert connections == ["lost", "back"] * 3
    assert Scenario.load("unsupported").script.supported is False
    assert Scenario.load("slow-start").script.loads_after > 0
    assert Scenario.load("happy").timeline == ()


# In a widget


def test_a_simulated_widget_tells_its_scenario_and_plays_the_default_one():
    assert OWidget.simulated().operator.scenario == Scenario.load("happy")
    chat = OWidget.simulated(scenario={"title": "Mine"})
    assert repr(chat.operator.scenario) == "Scenario('Mine')"
    with pytest.raises(AttributeError):
        chat.operator.scenario = "happy"


def test_a_bad_scenario_is_refused_before_anything_is_made(tmp_path):
    journal = tmp_path / "log.jsonl"
    with pytest.raises(ScenarioError, match="title: missing"):
        OWidget.simulated(scenario={}, journal=journal)
    assert not journal.exists()


def test_a_real_widget_has_no_scenario():
    with pytest.raises(TypeError, match="no setting 'scenario'"):
        OWidget(scenario="happy")
