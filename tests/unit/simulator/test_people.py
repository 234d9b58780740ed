from __future__ import annotations

import re
from enum import IntEnum

import pytest

from owidget_jupyter import OWidget, Scenario
from owidget_jupyter.simulator.people import status_code

from ..driver import COMPANY, Page, comm_of, connected, result


def test_a_simulated_chat_has_no_vendor_and_a_company_of_its_own():
    chat = OWidget.simulated(preset="sales")
    run = Page(chat).want().run()
    scenario = Scenario.load("happy").to_json()
    assert run["simulation"] == {"scenario": scenario, "speed": 1.0}
    assert (run["script"], run["preset"]) == (None, "sales")
    assert chat.get_state()["_simulated"] is True
    assert OWidget.simulated(COMPANY).company_id == COMPANY


@pytest.mark.parametrize("person", ["operator", "visitor"])
def test_a_real_chat_has_nobody_to_drive(chat, person):
    said = f"nobody drives the {person} of a real chat, only that of OWidget.simulated(...)"
    with pytest.raises(AttributeError, match=f"^{re.escape(said)}$"):
        getattr(chat, person)


def test_what_the_two_people_do_is_kept_and_sent_in_order():
    chat = OWidget.simulated()
    chat.operator.status = "busy"
    chat.visitor.open()
    chat.visitor.join()
    chat.operator.accept()
    chat.visitor.type("Dobrý den")
    chat.operator.say("Hello")
    chat.visitor.minimise()
    chat.operator.end()
    chat.visitor.leave()
    chat.visitor.call_back("777 666 555")
    chat.visitor.call_back("+420 777 666 555", paste=True)
    page = connected(chat)
    assert [(act["side"], act["action"], act["args"]) for act in page.comm.custom("act")] == [
        ("operator", "status", [2]),
        ("visitor", "open", []),
        ("visitor", "join", ["chat"]),
        ("operator", "accept", []),
        ("visitor", "type", ["Dobrý den"]),
        ("operator", "say", ["Hello"]),
        ("visitor", "minimise", []),
        ("operator", "end", []),
        ("visitor", "leave", []),
        ("visitor", "callBack", ["777 666 555", False]),
        ("visitor", "callBack", ["+420 777 666 555", True]),
    ]


@pytest.mark.parametrize(
    ("given", "code"), [("offline", 0), ("online", 1), ("busy", 2), (0, 0), (1, 1), (2, 2)]
)
def test_an_operators_status_is_a_code_or_a_word(given, code):
    chat = OWidget.simulated()
    assert chat.operator.status is None
    chat.operator.status = given
    assert chat.operator.status == status_code(given) == code


def test_a_code_of_ones_own_kind_is_kept_as_a_plain_one():
    chat = OWidget.simulated()
    chat.operator.status = IntEnum("Code", {"BUSY": 2}).BUSY
    assert repr(chat.operator.status) == "2"


@pytest.mark.parametrize("given", ["Online", "", 3, -1, True, None, 1.0])
def test_any_other_status_is_refused_and_the_last_one_stands(given):
    chat = OWidget.simulated()
    chat.operator.status = "busy"
    with pytest.raises(ValueError, match="is none of 'offline'"):
        chat.operator.status = given
    assert chat.operator.status == 2
    assert len(connected(chat).comm.custom("act")) == 1


def test_a_closed_chats_operator_is_what_it_was():
    chat = OWidget.simulated()
    chat.operator.status = "busy"
    chat.close()
    with pytest.raises(RuntimeError, match="closed"):
        chat.operator.status = "online"
    assert chat.operator.status == 2


@pytest.mark.parametrize("text", ["", "  ", None, 5])
def test_saying_nothing_is_refused(text):
    chat = OWidget.simulated()
    with pytest.raises(ValueError, match="a text that is not empty"):
        chat.operator.say(text)
    with pytest.raises(ValueError, match="a text that is not empty"):
        chat.visitor.type(text)
    with pytest.raises(ValueError, match="call_back takes a text that is not empty"):
        chat.visitor.call_back(text)
    assert comm_of(chat).custom() == []


def test_a_number_as_long_as_no_number_is_refused_and_not_repeated():
    chat = OWidget.simulated()
    chat.visitor.call_back("1" * 100)
    with pytest.raises(
        ValueError, match="at most 100 characters, and the number has 101"
    ) as refused:
        chat.visitor.call_back("1" * 101)
    assert "11" not in str(refused.value)
    assert len(connected(chat).comm.custom("act")) == 1


@pytest.mark.parametrize("paste", [None, 1, "yes"])
def test_a_number_is_pasted_or_not(paste):
    chat = OWidget.simulated()
    with pytest.raises(ValueError, match="is neither True nor False"):
        chat.visitor.call_back("777 666 555", paste=paste)
    assert connected(chat).comm.custom("act") == []


@pytest.mark.parametrize("taken", [True, False])
def test_what_comes_back_is_whether_the_form_took_the_number(taken):
    chat = OWidget.simulated()
    page = connected(chat)
    future = chat.visitor.call_back("777 666 555")
    (act,) = page.comm.custom("act")
    page.batch(result(act["id"], taken))
    assert future.result() is taken


@pytest.mark.parametrize("channel", ["chat", "av"])
def test_a_visitor_joins_by_one_of_the_channels(channel):
    chat = OWidget.simulated(preset="sales")
    chat.visitor.join(channel)
    (act,) = connected(chat).comm.custom("act")
    assert (act["action"], act["args"]) == ("join", [channel])


@pytest.mark.parametrize("channel", ["callBack", "", None, ["chat"]])
def test_another_channel_is_refused(channel):
    chat = OWidget.simulated()
    with pytest.raises(ValueError, match="is none of 'chat', 'av'"):
        chat.visitor.join(channel)
    assert connected(chat).comm.custom("act") == []
