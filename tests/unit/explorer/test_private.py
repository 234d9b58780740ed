from __future__ import annotations

from owidget_jupyter import OWidget
from owidget_jupyter.explorer.private import LONGEST, PrivateField

from ..driver import comm_of, connected, event, result

SECRETS = {
    "detail": "privateDetail7f3a",
    "number": "601 947 283",
    "written": "+420 601 947 283",
    "name": "privateName7f3a",
    "value": "privateValue7f3a",
    "said": "privateSaid7f3a",
    "failed": "privateFailed7f3a",
    "searched": "privateSearched7f3a",
    "path": "privatePath7f3a",
}


def test_what_may_be_personal_is_shown_and_in_no_state(explore, tmp_path):
    hand = explore(OWidget.simulated())
    page = connected(hand.chat)
    page.batch(event("chatWindowOpen", {"text": SECRETS["detail"]}))
    hand.explorer.refresh()
    hand.choose("Show details", True)
    hand.choose("Search in details, too", True)
    hand.type("Search in types", SECRETS["searched"])
    hand.type("Search in types", "")
    hand.type("Default region", "CZ")
    hand.type("Try a number", SECRETS["number"])
    hand.type("Name", SECRETS["name"])
    hand.press("Remove by name")
    hand.type("Value: JSON, or else text", SECRETS["value"])
    hand.press("Add")
    hand.type("Message", SECRETS["said"])
    hand.press("Operator says")
    page.batch(result(page.comm.custom("act")[0]["id"], error=f"Error: {SECRETS['failed']}"))
    assert SECRETS["failed"] in hand.shown("Message")
    hand.type("Message", SECRETS["said"])
    for field, button in (
        ("File for the log", "Save the log…"),
        ("File for a page", "Save page…"),
    ):
        hand.type(field, str(tmp_path / SECRETS["path"] / "none"))
        hand.press(button)
        assert SECRETS["path"] in hand.shown(field)
    hand.choose("With custom data", True)
    hand.press("Website snippet")
    hand.explorer.refresh()
    # Each is where the person sees it.
    shown = [hand.shown(name) for name in ("Details of these events", "Try a number")]
    shown += [hand.shown("Custom data of the chat"), hand.shown("Code for what runs")]
    for name in ("detail", "written", "name", "value"):
        assert SECRETS[name] in "\n".join(shown)
    state = hand.state()
    assert "chatWindowOpen" in state, "this is where the rest would be"
    assert [name for name, text in SECRETS.items() if text in state] == []


def test_a_view_that_comes_later_is_told_what_the_others_show():
    field = PrivateField("A field")
    field.write("typed")
    field.say("shown", "good")
    comm = comm_of(field)
    comm.published.clear()
    comm.receive({"method": "custom", "content": {"kind": "here"}})
    assert comm.custom() == [
        {"kind": "type", "text": "typed"},
        {"kind": "show", "text": "shown", "tone": "good"},
    ]


def test_what_is_typed_is_a_trait_to_observe_and_not_synced():
    field = PrivateField("A field")
    seen = []
    field.observe(lambda change: seen.append(change.new), names="value")
    comm_of(field).receive({"method": "custom", "content": {"kind": "typed", "text": "a"}})
    assert seen == ["a"]
    assert "value" not in field.keys
    comm_of(field).receive({"method": "custom", "content": {"kind": "typed", "text": "a" * 20_000}})
    assert len(field.value) == LONGEST


def test_enter_is_told_of():
    pressed = []
    field = PrivateField("A field")
    field.on_enter = lambda: pressed.append(field.value)
    comm_of(field).receive({"method": "custom", "content": {"kind": "entered", "text": "a"}})
    assert pressed == ["a"]
