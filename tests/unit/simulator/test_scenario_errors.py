from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from owidget_jupyter import Scenario, ScenarioError
from owidget_jupyter.simulator.scenario import LARGEST

SECONDS = "a number of seconds from 0 to 86400"
WORDS = (
    "a text of 1 to 1000 characters, or one for each language by its two or three small letters: "
    '{en = "Hello", cs = "Dobrý den"}'
)
ENTRIES = "at most 200 entries, each under a [[timeline]] of its own"

#: What stands behind a title, and what is said of it behind the source.
WRONG = {
    "a text for seconds": (
        '[operator]\nthinks = "soon"',
        f"operator.thinks: {SECONDS}, not 'soon'",
    ),
    "seconds below 0": ("[queue]\neach = -1", f"queue.each: {SECONDS}, not -1"),
    "no number": ("[queue]\neach = nan", f"queue.each: {SECONDS}, not nan"),
    "no end": ("[queue]\neach = inf", f"queue.each: {SECONDS}, not inf"),
    "a flag for seconds": ("[queue]\neach = true", f"queue.each: {SECONDS}, not True"),
    "seconds that may be left out": (
        "[operator]\nleaves_after = ''",
        f"operator.leaves_after: {SECONDS}, not ''",
    ),
    "a number for a flag": ("[operator]\ncomes = 1", "operator.comes: true or false, not 1"),
    "a broken number": (
        "[queue]\nahead = 1.5",
        "queue.ahead: a whole number from 0 to 99, not 1.5",
    ),
    "too large a number": (
        f"[queue]\nahead = 1{'0' * 30}",
        f"queue.ahead: a whole number from 0 to 99, not 1{'0' * 30}",
    ),
    "an unknown key": (
        "[operator]\nthink = 1",
        "operator.think: no such key; accepted are thinks, ",
    ),
    "an unknown table": ("[quene]", "quene: no such key; accepted are queue, "),
    "no table": (
        "operator = 5",
        "operator: a table of comes, name, accepts_after, thinks, types, greeting, answers, "
        "replies, says, leaves_after, leaves_on_goodbye, not 5",
    ),
    "a key behind a table": (
        '[queue]\nahead = 1\nabout = "A"',
        "queue.about: no such key; accepted are each, ahead; about belongs above the first [table]",
    ),
    "a table in a table": (
        "[queue.script]\nsupported = true",
        "queue.script: no such key; accepted are each, ahead",
    ),
    "a key with a dot": ('"operator.name" = "A"', "'operator.name': no such key; accepted are "),
    "a key of nothing": ('"" = "A"', "'': no such key; accepted are title, "),
    "a key with quotes": ('"a`b" = "A"', "'a`b': no such key; accepted are "),
    "no list": ("timeline = 5", f"timeline: {ENTRIES}, not 5"),
    "a table for a list": ("[timeline]\nat = 1", f"timeline: {ENTRIES}, not {{'at': 1}}"),
    "an entry that is none": (
        "timeline = [5]",
        "timeline entry 1: a table of at, status, connection, call, not 5",
    ),
    "no time": (
        '[[timeline]]\nat = 0\ncall = "_a"\n[[timeline]]\nstatus = "busy"',
        f"timeline entry 2, at: missing; it is {SECONDS}",
    ),
    "no such status": (
        '[[timeline]]\nat = 1\nstatus = "bussy"',
        "timeline entry 1, status: one of 'offline', 'online', 'busy', not 'bussy'",
    ),
    "no such connection": (
        '[[timeline]]\nat = 1\nconnection = "gone"',
        "timeline entry 1, connection: 'lost' or 'back', not 'gone'",
    ),
    "a call of what is public": (
        '[[timeline]]\nat = 1\ncall = "openChat"',
        'timeline entry 1, call: the name of a function of the page, with one "_" at its '
        "beginning, such as '_offerHelp', not 'openChat'",
    ),
    "a call of what is built in": (
        '[[timeline]]\nat = 1\ncall = "__proto__"',
        "timeline entry 1, call: the name of a function",
    ),
    "two kinds": (
        '[[timeline]]\nat = 1\nstatus = "busy"\ncall = "_a"',
        "timeline entry 1: exactly one of status, connection, call, not status and call",
    ),
    "no kind": (
        "[[timeline]]\nat = 1",
        "timeline entry 1: exactly one of status, connection, call, not none of them",
    ),
    "out of order": (
        '[[timeline]]\nat = 2.5\ncall = "_a"\n[[timeline]]\nat = 1\ncall = "_a"',
        "timeline entry 2, at: a time from that of the entry before it on, 2.5, not 1",
    ),
    "no text": ("[operator]\nname = 5", f"operator.name: {WORDS}, not 5"),
    "an empty name": ("[operator]\nname = ''", f"operator.name: {WORDS}, not ''"),
    "no language": ("[operator]\nname = {}", f"operator.name: {WORDS}, not {{}}"),
    "a language with a region": (
        '[operator]\nname = {en-GB = "Eva"}',
        f"operator.name: {WORDS}, not {{'en-GB': 'Eva'}}",
    ),
    "an empty text of a language": (
        '[operator]\nanswers = ["a", {en = ""}]',
        f"operator.answers entry 2: {WORDS}, not {{'en': ''}}",
    ),
    "an empty word": (
        '[[operator.replies]]\nto = ["a", ""]\nsay = "b"',
        "operator.replies entry 1, to entry 2: a word of at most 100 characters, not ''",
    ),
    "a word of signs alone": (
        '[[operator.replies]]\nto = ["?!_"]\nsay = "b"',
        "operator.replies entry 1, to entry 1: a word of at most 100 characters, not '?!_'",
    ),
    "a call with a line's end": (
        '[[timeline]]\nat = 1\ncall = "_a\\n"',
        "timeline entry 1, call: the name of a function",
    ),
    "no word": (
        '[[operator.replies]]\nto = []\nsay = "b"',
        'operator.replies entry 1, to: 1 to 50 words, such as ["price", "cost"], not []',
    ),
    "too many answers": (
        f"[operator]\nanswers = {['a'] * 101}",
        "operator.answers: a list of at most 100 texts, not ['a', 'a', 'a', 'a', 'a', 'a', ...]",
    ),
    "a bad syntax": ("x\n", "Expected '=' after a key in a key/value pair (at line 2, column 2)"),
    "a title twice": ("title = 'A'\n", "Cannot overwrite a value (at line 2, column 12)"),
    "a number of thousands of digits": (f"x = {'9' * 5000}", "Exceeds the limit"),
    "nested too deeply": (f"x = {'[' * 9999}", "nested too deeply"),
    "too large": ("#" * LARGEST, f"a scenario has at most {LARGEST} bytes"),
}


@pytest.mark.parametrize(("toml", "said"), WRONG.values(), ids=WRONG.keys())
def test_it_says_where_and_what_is_accepted(toml, said):
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_toml(f"title = 'A'\n{toml}")
    assert str(refused.value).startswith(f"scenario: {said}")
    assert str(refused.value).endswith("[table]") == said.endswith("[table]")


def test_it_names_the_file(tmp_path):
    path = tmp_path / "busy.toml"
    path.write_text("title = ''", "utf-8")
    with pytest.raises(ScenarioError, match=r"^busy\.toml: title: a text of 1 to 100 characters, "):
        Scenario.load(path)


def test_a_file_in_another_encoding_is_told_by_line(tmp_path):
    path = tmp_path / "old.toml"
    path.write_bytes("title = 'A'\n# žluť".encode("cp1250"))
    with pytest.raises(ScenarioError, match=r"^old\.toml: line 2 is not UTF-8"):
        Scenario.load(path)


def test_no_more_is_read_of_a_file_than_a_scenario_can_have(tmp_path):
    path = tmp_path / "large.toml"
    with path.open("wb") as file:
        file.truncate(LARGEST * 1000)
    with pytest.raises(ScenarioError, match="at most 65536 bytes"):
        Scenario.load(path)


@pytest.mark.parametrize("text", ["title = 'A'\n[queue]\neach = 1.5", "title = 'A.b'\n"])
def test_a_text_in_toml_is_no_name_and_no_path(text):
    with pytest.raises(ScenarioError, match=r"Scenario\.from_toml\(text\) reads a text in TOML"):
        Scenario.load(text)


def test_one_that_was_put_together_by_hand_is_looked_at_as_well():
    with pytest.raises(
        ScenarioError, match="scenario: title: a text of 1 to 100 characters, not 5"
    ):
        Scenario.load(Scenario(title=5))


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({5: "A"}, "scenario: a table of title, about, "),
        ({"title": "A", "timeline": {5}}, "scenario: timeline entry 1: a table of at, "),
        ({"title": "\ud800"}, "scenario: no TOML file can hold it: "),
        (
            {"title": "A", "timeline": [{"at": 1, "status": "\ud800"}]},
            "scenario: no TOML file can ",
        ),
        ({"title": "A", "\ud800": 1}, "scenario: no TOML file can hold it: "),
        ({"title": "A", "operator": {"name": range(3)}}, "scenario: no TOML file can hold it: "),
        ({"title": "A", "x` - at `$.zzz": 1}, "scenario: Object contains unknown field"),
    ],
)
def test_a_mapping_can_be_wrong_in_ways_that_no_file_can(mapping, said):
    with pytest.raises(ScenarioError) as refused:
        Scenario.load(mapping)
    assert str(refused.value).startswith(said)


KEYS = ["title", "about", "script", "timeline", "queue", "operator", "at", "status", "call"]
KEYS += ["name", "replies", "to", "say", "says", "answers", "comes", "x", "a.b", "`", "$", ""]
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates()
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.frozensets(LEAVES, max_size=2)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
    ),
    max_leaves=8,
)


def refusal(load, given) -> str:
    """Return why something is not played; "" if it is."""
    try:
        load(given).to_json()
    except ScenarioError as error:
        return str(error)
    return ""


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6))
@example({"title": "A", "operator": {"name": {"en": {"en": "A"}}}})
@example({"title": "A", "timeline": ({"at": 1, "call": frozenset("A")},)})
def test_whatever_a_mapping_holds_it_is_played_or_refused_with_a_reason(mapping):
    said = refusal(Scenario.load, {"title": "A"} | mapping)
    assert said == "" or said.startswith("scenario: ")


@given(st.text(alphabet='title="A\n[]{}operator.,#\\', max_size=60))
@example("title = 'A'")
def test_whatever_a_text_holds_it_is_played_or_refused_with_a_reason(text):
    said = refusal(Scenario.from_toml, text)
    assert said == "" or said.startswith("scenario: ")
