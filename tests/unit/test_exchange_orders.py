from __future__ import annotations

import pytest

from owidget_jupyter import OWidget

from .driver import COMPANY, Page, state


def test_connecting_by_hand_waits_for_the_stage_and_is_said_once(chat):
    chat.autoconnect = False
    page = Page(chat).want()
    assert page.run()["connect"] is False
    chat.connect_to_server()
    assert page.comm.custom("connect") == [], "the stage is not there to hear it"
    page.batch(state("loading"), state("ready"))
    assert page.comm.custom("connect") == [{"kind": "connect", "lease": page.lease}]
    page.batch(state("connecting"))
    assert len(page.comm.custom("connect")) == 1


def test_connecting_by_hand_reaches_a_stage_that_is_ready_at_once(chat):
    chat.autoconnect = False
    page = Page(chat).want()
    page.batch(state("ready"))
    chat.connect_to_server()
    assert len(page.comm.custom("connect")) == 1


def test_connecting_by_hand_comes_after_the_custom_data_said_before_it(chat):
    chat.autoconnect = False
    page = Page(chat).want()
    chat.add_custom_data("name", "Eva")
    chat.connect_to_server()
    chat.open_chat()
    page.batch(state("ready"))
    sent = [told["kind"] for told in page.comm.custom() if "lease" in told]
    assert sent[-3:] == ["call", "connect", "call"]


def test_connecting_by_hand_keeps_its_place_among_the_calls(chat):
    chat.autoconnect = False
    chat.call("addCustomData", "a", 1)
    chat.connect_to_server()
    chat.call("openChat")
    page = Page(chat).want()
    assert page.run()["connect"] is False
    page.batch(state("ready"))
    sent = [(m["kind"], m.get("method")) for m in page.comm.custom() if "lease" in m]
    assert sent[-3:] == [("call", "addCustomData"), ("connect", None), ("call", "openChat")]


def test_a_stage_after_a_connected_one_connects_by_itself(chat):
    chat.autoconnect = False
    page = Page(chat).want()
    chat.connect_to_server()
    chat.retry()
    assert page.run()["connect"] is False, "the first has not heard of it yet"
    page.batch(state("ready"))
    assert len(page.comm.custom("connect")) == 1
    chat.retry()
    assert page.run()["connect"] is True
    page.batch(state("ready"), load="page-a.third")
    assert len(page.comm.custom("connect")) == 1, "its run told it"


def test_autoconnect_set_on_a_ready_widget_connects_it(chat):
    chat.autoconnect = False
    page = Page(chat).want()
    page.batch(state("ready"))
    chat.autoconnect = True
    assert len(page.comm.custom("connect")) == 1


def test_init_is_one_change_also_for_a_page_that_asks_meanwhile(chat):
    page = Page(chat).want()
    seen = []
    chat.observe(lambda change: seen.append(len(page.grants())), names=["preset", "scope"])
    chat.init(COMPANY, "sales", scope="demo")
    assert seen == [1, 1], "nothing is granted before all is set"
    assert len(page.grants()) == 2
    assert (page.run()["preset"], page.run()["scope"]) == ("sales", "demo")


def test_connecting_without_a_company_is_refused():
    with pytest.raises(RuntimeError, match="there is no company id yet"):
        OWidget().connect_to_server()
