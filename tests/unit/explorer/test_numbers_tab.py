from __future__ import annotations

import pytest

from owidget_jupyter import NumberPolicy, OWidget

REGION, REGIONS = "Default region", "Allowed regions"
TRY = "Try a number"


@pytest.fixture
def hand(explore, chat):
    return explore(chat)


def test_a_number_is_judged_as_one_types(hand):
    hand.type(TRY, "777 666 555")
    assert "calling code is missing" in hand.shown(TRY)
    hand.type(REGION, "CZ")
    assert hand.shown(TRY) == "+420 777 666 555 – CZ mobile"
    hand.choose("fixed line", True)
    assert "another type" in hand.shown(TRY)
    hand.choose("fixed line", False)
    hand.type(REGIONS, "SK, DE")
    assert "another region" in hand.shown(TRY)
    hand.type(TRY, "")
    assert hand.shown(TRY) == ""


def test_a_number_of_no_region_is_said_to_be(hand):
    hand.type(TRY, "+800 1234 5678")
    assert hand.shown(TRY).startswith("+800 1234 5678 – no region")


def test_it_is_cleared_by_a_press(hand):
    hand.type(TRY, "+420 777 666 555")
    hand.press("Clear")
    assert (hand.shown(TRY), hand.control(TRY).value) == ("", "")


def test_a_policy_that_cannot_be_is_said_beside_it_and_not_applied(hand):
    hand.type(TRY, "+420 777 666 555")
    hand.type(REGION, "XX")
    assert "default_region 'XX'" in hand.texts
    assert hand.shown(TRY) == ""
    assert not hand.can_press("Apply to the chat")
    hand.type(REGION, "")
    assert "default_region" not in hand.texts
    assert hand.shown(TRY) != ""
    assert hand.can_press("Apply to the chat")


def test_a_policy_goes_to_the_chat_and_comes_from_it(hand, chat):
    hand.press("Take from the chat")
    assert "The chat has no policy." in hand.texts
    hand.type(REGION, "cz")
    hand.type(REGIONS, "CZ sk")
    hand.choose("mobile", True)
    hand.choose("voip", True)
    hand.press("Apply to the chat")
    policy = NumberPolicy("CZ", ["CZ", "SK"], ["mobile", "voip"])
    assert chat.number_policy == policy
    assert "The chat goes by this policy." in hand.texts
    hand.press("Remove from the chat")
    assert chat.number_policy is None
    chat.set_custom_number_normalization(NumberPolicy("DE", allowed_types=["uan"]))
    hand.press("Take from the chat")
    ticked = [name for name in ("mobile", "voip", "uan") if hand.control(name).value]
    values = [hand.control(name).value for name in (REGION, REGIONS)]
    assert (values, ticked) == (["DE", ""], ["uan"])


def test_it_begins_with_the_chats_policy_and_tells_of_its_function(explore):
    chat = OWidget(isolation="opaque")
    chat.set_custom_number_normalization(str.strip, fallback=NumberPolicy("SK"))
    hand = explore(chat)
    assert hand.control(REGION).value == "SK"
    assert "A Python function answers for this chat" in hand.texts


def test_a_closed_chat_takes_none(hand, chat):
    chat.close()
    hand.press("Apply to the chat")
    assert "✕ the widget is closed: make a new one" in hand.texts


def test_a_function_that_is_set_meanwhile_is_told_of(hand, chat):
    said = "A Python function answers for this chat"
    assert said not in hand.texts
    chat.set_custom_number_normalization(lambda number: number, fallback=NumberPolicy("CZ"))
    hand.explorer.refresh()
    assert said in hand.texts
    hand.type(REGION, "SK")
    assert said in hand.texts
    hand.press("Apply to the chat")
    assert (chat.number_function, chat.number_policy) == (None, NumberPolicy("SK"))
    assert said not in hand.texts
