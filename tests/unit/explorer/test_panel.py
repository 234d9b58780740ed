from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from ipywidgets.widgets.widget import _instances
from traitlets import TraitError

import owidget_jupyter
from owidget_jupyter import Explorer, NumberPolicy, OWidget

from ..driver import COMPANY, Page, connected, event, failed
from ..importing import modules_after
from .hand import Hand

FOLDER = Path(owidget_jupyter.__file__).parent / "explorer"
SOURCES = sorted(FOLDER.glob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_it_is_made_of_public_names_alone(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            assert node.level == 0
            if module == "owidget_jupyter":
                assert {name.name for name in node.names} <= {*owidget_jupyter.__all__, "explorer"}
            elif module.startswith("owidget_jupyter."):
                assert module.startswith("owidget_jupyter.explorer")
        if isinstance(node, ast.Import):
            assert not any(name.name.startswith("owidget_jupyter") for name in node.names)
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            own = isinstance(node.value, ast.Name) and node.value.id == "self"
            called = isinstance(node.value, ast.Call) and node.attr == "__init__"
            named = node.attr == "__name__"
            assert own or called or named, f"{ast.unparse(node)} is somebody else's own"


def test_its_colours_are_those_of_the_chat():
    tokens = FOLDER.parents[1] / "js" / "src" / "widget" / "tokens.css"

    def colours(path):
        return re.findall(r"--o-(?!label)[a-z]+: [^;]+;", path.read_text("utf-8"))

    assert colours(FOLDER / "style.css") == colours(tokens) != []


def test_it_is_imported_on_its_first_use_only():
    loaded = modules_after("import owidget_jupyter; owidget_jupyter.OWidget()")
    assert "owidget_jupyter.widget" in loaded
    assert "owidget_jupyter.explorer" not in loaded


def test_it_begins_with_a_simulated_chat_of_its_own(explore):
    hand = explore()
    assert hand.chat.is_simulated
    assert hand.control("Service").value == "simulator"
    assert "What is set here is what runs." in hand.texts


def test_it_takes_a_chat_and_closes_only_its_own(chat):
    explorer = chat.explore()
    assert isinstance(explorer, Explorer)
    assert explorer.chat is chat
    explorer.close()
    explorer.close()
    assert chat.state == "idle"
    own = Explorer()
    made = own.chat
    own.close()
    assert made.state == "closed"


@pytest.mark.parametrize("wrong", [COMPANY, 5, OWidget])
def test_it_takes_nothing_but_a_chat(wrong):
    with pytest.raises(TypeError, match="takes an OWidget, or None"):
        Explorer(wrong)


def test_it_takes_no_closed_chat(chat):
    chat.close()
    before = set(_instances)
    with pytest.raises(RuntimeError, match="closed: make a new one"):
        chat.explore()
    assert set(_instances) == before


def test_it_describes_itself_in_a_line(explore, chat):
    assert repr(explore(chat).explorer) == f"Explorer({chat!r})"


def test_its_chat_is_not_to_be_set(hand):
    with pytest.raises(TraitError):
        hand.explorer.chat = OWidget()


def test_closing_leaves_no_widget_and_no_listener(chat):
    def listeners():
        return {
            name: len(chat._trait_notifiers.get(name, {}).get("change", []))
            for name in chat.trait_names()
        }

    before = set(_instances), listeners()
    explorer = chat.explore()
    assert listeners() != before[1]
    explorer.close()
    assert (set(_instances), listeners()) == before
    connected(chat)
    chat.configure(preset="sales")
    assert list(chat.errors) == []


def test_closing_leaves_nothing_of_chats_that_were_replaced():
    before = set(_instances)
    hand = Hand(Explorer())
    hand.choose("Scenario", "offline-form")
    hand.press("Apply and connect")
    hand.explorer.close()
    assert set(_instances) == before


# Which chat it is


def test_another_scenario_takes_another_chat(explore):
    first = OWidget.simulated(COMPANY, preset="sales", max_events=50)
    hand = explore(first)
    seen = []
    hand.explorer.observe(lambda change: seen.append(change.new), names="chat")
    hand.choose("Scenario", "busy-then-served")
    assert "Applying closes this chat and makes another." in hand.texts
    assert seen == []
    hand.press("Apply and connect")
    assert first.state == "closed"
    assert seen == [hand.chat]
    assert hand.chat.operator.scenario.title != first.operator.scenario.title
    kept = (hand.chat.company_id, hand.chat.preset, hand.chat.max_events)
    assert kept == (COMPANY, "sales", 50)
    assert "What is set here is what runs." in hand.texts


def test_a_scenario_of_ones_own_can_be_gone_back_to(explore):
    own = {"title": "Nobody comes", "operator": {"comes": False}}
    hand = explore(OWidget.simulated(scenario=own))
    scenario = hand.chat.operator.scenario
    assert hand.control("Scenario").value == scenario
    hand.choose("Scenario", "happy")
    hand.choose("Scenario", scenario)
    assert "What is set here is what runs." in hand.texts


def test_the_real_service_is_another_chat_that_is_asked_for(explore):
    hand = explore()
    first = hand.chat
    policy = NumberPolicy("CZ")
    first.set_custom_number_normalization(policy)
    first.add_custom_data("customer", "Eva")
    hand.choose("Service", "real")
    assert hand.control("Company id").value == "", "a made-up company is nothing to the vendor"
    hand.type("Preset", "sales")
    assert not hand.can_press("Apply and connect")
    hand.type("Company id", COMPANY)
    hand.choose("Isolation", "opaque")
    assert hand.chat is first
    hand.press("Apply and connect")
    assert first.state == "closed"
    assert (hand.chat.is_simulated, hand.chat.company_id) == (False, COMPANY)
    assert (hand.chat.preset, hand.chat.number_policy) == ("sales", policy)
    assert hand.chat.custom_data == {}, "what the simulator was told is not meant for the vendor"
    hand.choose("Service", "simulator")
    hand.press("Apply and connect")
    assert hand.chat.is_simulated
    assert hand.chat.company_id != COMPANY


def test_a_chat_that_was_closed_makes_room_for_a_new_one(explore, chat):
    hand = explore(chat)
    hand.press("Close chat")
    assert chat.state == "closed"
    assert "The chat is closed." in hand.texts
    assert hand.control("Apply and connect").layout.display == "none"
    hand.press("New chat")
    assert hand.chat is not chat
    assert (hand.chat.company_id, hand.chat.isolation) == (COMPANY, "opaque")
    assert hand.control("New chat").layout.display == "none"


def test_a_chat_that_python_closed_is_seen_to_be(explore, chat):
    hand = explore(chat)
    chat.close()
    assert "The chat is closed." in hand.texts
    hand.press("New chat")
    hand.explorer.refresh()
    assert "closed" not in hand.texts


def test_what_goes_wrong_with_a_press_is_said_in_its_place(explore, chat, monkeypatch):
    hand = explore(chat)

    def refuse():
        raise OSError("no room <here>")

    monkeypatch.setattr(chat, "retry", refuse)
    hand.press("Reconnect")
    assert "✕ no room <here>" in hand.texts
    assert re.search(r'role="alert"[^✕]*✕</span> no room &lt;here&gt;', hand.markup)
    monkeypatch.undo()
    hand.press("Reconnect")
    assert "no room" not in hand.texts


def test_an_observer_that_raises_is_told_of_and_leaves_the_panel_whole(hand):
    def raising(change):
        raise ValueError("not like this")

    hand.explorer.observe(raising, names="chat")
    hand.choose("Scenario", "offline-form")
    hand.press("Apply and connect")
    assert "not like this" in hand.texts
    connected(hand.chat)
    hand.explorer.refresh()
    assert "State: ✓ connected" in hand.texts


# How it stands


def test_how_the_chat_stands_is_a_word_and_a_shape(explore, chat):
    hand = explore(chat)
    assert "State: – idle" in hand.texts
    page = connected(chat, "page-a")
    page.active = {"isolation": "opaque", "why": "it was set"}
    page.batch({"kind": "language", "tag": "cs", "rule": "page"})
    hand.explorer.refresh()
    assert "State: ✓ connected" in hand.texts
    assert "Status: ● online" in hand.texts
    assert "opaque: it was set" in hand.texts
    assert "cs (by page)" in hand.texts
    page.batch(failed("script_unreachable", "Check the <host>."))
    hand.explorer.refresh()
    assert "State: ! failed" in hand.texts
    assert "Error: ✕ script_unreachable Check the <host>." in hand.texts
    page.batch(event())
    hand.explorer.refresh()
    assert f"Events: {chat.event_log.total} in the log" in hand.texts


def test_displaying_it_contacts_whom_displaying_the_chat_would(explore):
    hand = explore(OWidget(isolation="opaque"))
    assert Page(hand.chat).want().grants() == [], "a chat without a company asks nobody"
