from __future__ import annotations

import pytest

LIST, NAME, VALUE = "Custom data of the chat", "Name", "Value: JSON, or else text"


@pytest.fixture
def hand(explore, chat):
    return explore(chat)


@pytest.mark.parametrize(
    ("typed", "value", "listed", "kind"),
    [
        ("Eva", "Eva", '"Eva"', "text"),
        ("7", 7, "7", "JSON"),
        ('{"a": [1]}', {"a": [1]}, '{"a": [1]}', "JSON"),
        ("{oops", "{oops", '"{oops"', "text"),
        ("", "", '""', "text"),
    ],
)
def test_a_datum_is_json_or_else_text(hand, chat, typed, value, listed, kind):
    hand.type(NAME, "customer")
    hand.type(VALUE, typed)
    hand.press("Add")
    assert chat.custom_data == {"customer": value}
    assert hand.shown(LIST) == f"customer = {listed}"
    assert hand.shown(VALUE) == f"Added as {kind}."
    assert (hand.control(NAME).value, hand.control(VALUE).value) == ("", "")


def test_a_datum_is_removed_by_name(hand, chat):
    chat.add_custom_data("a", 1)
    chat.add_custom_data("b", 2)
    hand.type(NAME, "a")
    hand.press("Remove by name")
    assert chat.custom_data == {"b": 2}
    assert hand.shown(LIST) == "b = 2"


def test_what_goes_wrong_is_said_where_nothing_is_saved(hand, chat):
    hand.press("Add")
    assert hand.shown(VALUE) == "A datum needs a name."
    hand.type(NAME, "nobody")
    hand.press("Remove by name")
    assert hand.shown(VALUE) == "There is no 'nobody'."
    hand.type(VALUE, "NaN")
    hand.press("Add")
    assert "JSON" in hand.shown(VALUE)
    assert chat.custom_data == {}


def test_enter_adds(hand, chat):
    hand.type(NAME, "customer")
    hand.type(VALUE, "7")
    hand.enter(VALUE)
    assert chat.custom_data == {"customer": 7}
    hand.enter(VALUE)
    assert hand.shown(VALUE) == "A datum needs a name."


def test_what_python_added_is_listed(explore, chat):
    chat.add_custom_data("a", 1)
    hand = explore(chat)
    assert hand.shown(LIST) == "a = 1"
    chat.add_custom_data("b", 2)
    hand.explorer.refresh()
    assert hand.shown(LIST) == "a = 1\nb = 2"
