from __future__ import annotations

import pytest

from ..driver import connected, result

LINE = "Message"


@pytest.fixture
def page(hand):
    return connected(hand.chat)


def acts(page):
    return [(act["side"], act["action"], act["args"]) for act in page.comm.custom("act")]


@pytest.mark.parametrize(
    ("button", "act"),
    [
        ("Offline", ("operator", "status", [0])),
        ("Online", ("operator", "status", [1])),
        ("Busy", ("operator", "status", [2])),
        ("Accept", ("operator", "accept", [])),
        ("End session", ("operator", "end", [])),
        ("Open window", ("visitor", "open", [])),
        ("Join queue", ("visitor", "join", ["chat"])),
        ("Leave", ("visitor", "leave", [])),
    ],
)
def test_each_button_is_an_act(hand, page, button, act):
    hand.press(button)
    assert acts(page) == [act]
    if act[1] == "status":
        assert hand.shown(LINE) == f"Done: {button}."
    else:
        assert hand.shown(LINE) == f"Under way: {button}."
        page.batch(result(page.comm.custom("act")[0]["id"]))
        assert hand.shown(LINE) == f"Done: {button}."


def test_either_says_what_is_typed(hand, page):
    hand.type(LINE, "Good morning")
    hand.press("Operator says")
    hand.type(LINE, "Hello")
    hand.press("Visitor types")
    assert acts(page) == [("operator", "say", ["Good morning"]), ("visitor", "type", ["Hello"])]
    assert hand.control(LINE).value == ""


def test_what_goes_wrong_is_said_at_once_or_when_it_is_known(hand, page):
    hand.press("Operator says")
    assert "takes a text that is not empty" in hand.shown(LINE)
    hand.press("Accept")
    page.batch(result(page.comm.custom("act")[0]["id"], error="Error: nobody waits"))
    assert "nobody waits" in hand.shown(LINE)
    hand.chat.close()
    hand.press("Busy")
    assert "closed" in hand.shown(LINE)


def test_a_real_chats_people_are_not_ours(explore, chat):
    hand = explore(chat)
    box = next(w for w in hand.all() if "owidget-explorer-people" in w._dom_classes)
    assert box.layout.display == "none"


def test_enter_has_the_operator_say_it(hand, page):
    hand.type(LINE, "Good morning")
    hand.enter(LINE)
    assert acts(page) == [("operator", "say", ["Good morning"])]
    assert hand.control(LINE).value == ""


def test_there_is_nobody_to_play_in_a_closed_chat(hand, page):
    hand.press("Close chat")
    people = hand.explorer.children[2]
    assert people.layout.display == "none"
    hand.press("New chat")
    assert people.layout.display is None
