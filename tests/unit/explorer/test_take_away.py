from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from owidget_jupyter import NumberPolicy, OWidget, Scenario
from owidget_jupyter.explorer.cell import python_cell
from owidget_jupyter.explorer.fields import SETTINGS

from ..driver import COMPANY
from .hand import Hand

CODE, PATH = "Code for what runs", "File for a page"


def remade(code: str) -> OWidget:
    """Return the chat that a cell makes."""
    names: dict[str, Any] = {}
    exec(code, names)
    chat: OWidget = names["chat"]
    return chat


def settings_of(chat: OWidget) -> dict[str, Any]:
    return {name: getattr(chat, name) for name in SETTINGS}


def test_a_chat_as_it_comes_is_one_line(explore):
    code = "from owidget_jupyter import OWidget\n\nchat = OWidget.simulated()\nchat"
    assert python_cell(OWidget.simulated()) == code
    hand = explore()
    hand.press("Python cell")
    assert hand.shown(CODE) == code


def test_what_was_changed_is_in_it_and_nothing_else():
    chat = OWidget(COMPANY, preset="Pře's", height=300, show_events=False, host="localhost:8123")
    assert python_cell(chat).splitlines()[2:-1] == [
        "chat = OWidget(",
        f"    company_id={COMPANY!r},",
        '    preset="Pře\'s",',
        "    host='localhost:8123',",
        "    height=300,",
        "    show_events=False,",
        ")",
    ]


@pytest.mark.parametrize(
    "scenario",
    ["busy-then-served", {"title": "Nobody", "operator": {"comes": False}, "queue": {"ahead": 3}}],
)
def test_scenario_and_clock_of_a_simulated_chat_go_along(scenario):
    chat = OWidget.simulated(COMPANY, scenario)
    chat.operator.clock.fast(10)
    again = remade(python_cell(chat))
    assert again.operator.scenario == Scenario.load(scenario)
    assert again.operator.clock.speed == 10
    chat.operator.clock.stepped()
    assert remade(python_cell(chat)).operator.clock.speed == 0
    assert settings_of(again) == settings_of(chat)


def test_a_policy_goes_along_and_a_function_is_named():
    chat = OWidget(COMPANY)
    policy = NumberPolicy("CZ", ["CZ", "SK"], ["mobile"])

    def unless_unwanted(number):
        return number

    chat.set_custom_number_normalization(unless_unwanted, fallback=policy)
    code = python_cell(chat)
    assert remade(code).number_policy == policy
    assert "# A Python function answered for phone numbers as well: write 'unless_unwanted'" in code


def test_custom_data_go_along_only_where_one_says_so(explore, chat):
    chat.add_custom_data("customer", {"name": "Eva"})
    hand = explore(chat)
    for button in ("Python cell", "Website snippet"):
        hand.press(button)
        assert COMPANY in hand.shown(CODE)
        assert "Eva" not in hand.shown(CODE)
    hand.choose("With custom data", True)
    assert hand.shown(CODE) == "", "what was shown is that of the choice before"
    hand.press("Website snippet")
    assert hand.shown(CODE) == chat.snippet()
    hand.press("Python cell")
    assert remade(hand.shown(CODE)).custom_data == chat.custom_data


def test_code_goes_when_what_it_was_made_of_changes(explore, chat):
    hand = explore(chat)
    hand.press("Python cell")
    chat.preset = "sales"
    assert hand.shown(CODE) == ""


def test_a_snippet_without_a_company_says_why_there_is_none(explore):
    hand = explore(OWidget(isolation="opaque"))
    hand.press("Website snippet")
    assert "✕ there is no company id yet" in hand.texts
    assert hand.shown(CODE) == ""


def test_a_page_is_saved(explore, chat, tmp_path):
    hand = explore(chat)
    path = tmp_path / "chat.html"
    hand.type(PATH, str(path))
    hand.press("Save page…")
    assert hand.shown(PATH) == f"Saved as {path}."
    assert COMPANY in path.read_text("utf-8")
    hand.press("Save page…")
    assert "exists" in hand.shown(PATH)
    hand.type(PATH, "")
    hand.press("Save page…")
    assert hand.shown(PATH) == "Type the path of a file first."


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(
    lambda name: name.isprintable() and name.strip()
)
OPTIONAL_NAMES = st.none() | NAMES
TAGS = st.sampled_from([None, "cs", "de-AT", "zh-Hant"])


@settings(max_examples=25)
@given(
    st.booleans(),
    st.fixed_dictionaries(
        {
            "Preset": OPTIONAL_NAMES,
            "Language": TAGS,
            "Scope": OPTIONAL_NAMES,
            "Isolation": st.sampled_from(["auto", "opaque", "none"]),
            "Tenant": OPTIONAL_NAMES,
            "Page language": TAGS | st.just("(the browser's)"),
            "Placement": st.sampled_from(["cell", "page"]),
            "Height in pixels": st.integers(160, 4000),
            "Camera, microphone, clipboard": st.booleans(),
            "Status bar": st.booleans(),
            "Event list": st.booleans(),
        }
    ),
)
def test_what_the_form_says_is_what_runs_and_what_the_cell_makes(real, typed):
    hand = Hand(explorer := OWidget.simulated().explore())
    if real:
        hand.choose("Service", "real")
        hand.type("Company id", COMPANY)
        hand.type("Host", "ptr.mluvii.com")
    for label, value in typed.items():
        hand.type(label, "" if value is None else value) if label not in (
            "Isolation",
            "Placement",
        ) else hand.choose(label, value)
    if hand.can_press("Apply and connect"):
        hand.press("Apply and connect")
    chat = hand.chat
    assert chat.is_simulated is not real
    tag = typed["Page language"]
    assert chat.page_language == ("" if tag == "(the browser's)" else tag)
    assert (chat.preset, chat.height) == (typed["Preset"], typed["Height in pixels"])
    again = remade(python_cell(chat))
    assert settings_of(again) == settings_of(chat)
    assert again.is_simulated == chat.is_simulated
    assert "What is set here is what runs." in hand.texts
    for widget in (again, chat):
        widget.close()
    explorer.close()
