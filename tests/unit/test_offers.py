"""The lease, granted before anybody asks: to the page of the cell that displays the widget."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from owidget_jupyter import OWidget, errands, waiting
from owidget_jupyter.stage import document

from .driver import COMPANY, ORIGIN, Page, comm_of, connected, event, state

CONNECTION = "0b7e3a52-connection"


@pytest.fixture(autouse=True)
def request_of(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have a kernel run what some connection asks of it; returns what has it be another's."""

    def run(parent: dict[str, Any]) -> None:
        kernel = SimpleNamespace(get_parent=lambda: parent, io_loop=None)
        running = SimpleNamespace(initialized=lambda: True, instance=lambda: kernel)
        monkeypatch.setitem(sys.modules, "ipykernel.kernelbase", SimpleNamespace(Kernel=running))

    run({"header": {"session": CONNECTION}})
    return run


def offered(chat: OWidget, id: str = f"{CONNECTION}/page") -> Page:
    """Display it; return the page that shows it then, and goes by what it was offered."""
    chat._repr_mimebundle_()
    page = Page(chat, id)
    page.lease = offers(chat)[-1]["lease"]
    return page


def offers(chat: OWidget) -> list[Any]:
    return [grant for grant in comm_of(chat).custom("grant") if grant["frontend"] == CONNECTION]


def test_the_page_of_the_cell_that_displays_it_is_granted_the_stage_unasked(chat):
    page = offered(chat)
    assert [told["kind"] for told in page.comm.custom()] == ["grant"]
    assert offers(chat)[0]["run"]["isolation"] == "opaque"


def test_the_parts_that_it_needs_come_in_the_same_message(chat, monkeypatch):
    monkeypatch.setattr(errands, "_brought", set())
    offered(chat)
    (grant,) = comm_of(chat).custom()
    assert grant["texts"] == {name: document.asset(name) for name in ("hosting", "stage")}


def test_whoever_speaks_first_under_it_holds_it(chat):
    page = offered(chat).connect()
    assert (chat.state, chat.status_code) == ("connected", 1)
    other = Page(chat, "other").want()
    assert other.grants() == []
    assert other.comm.custom("lease")[-1]["holder"] == page.id


@pytest.mark.parametrize("id", ["other", "other/page", CONNECTION, f"{CONNECTION}x/page"])
def test_under_it_nobody_else_is_heard_as_the_one_that_has_it(chat, id):
    offered(chat, id).connect()
    assert chat.state == "idle"


def test_a_second_front_end_of_the_connection_does_not_have_it_too(chat):
    first = offered(chat).connect()
    second = Page(chat, f"{CONNECTION}/second")
    second.lease = first.lease
    second.batch(state("failed", None))
    assert chat.state == "connected"


def test_as_long_as_nobody_has_taken_it_whoever_asks_is_granted_the_stage(chat):
    offered(chat)
    other = connected(chat, "other")
    assert other.comm.custom("lease")[-1]["holder"] == "other"
    assert chat.state == "connected"


def test_who_comes_too_late_is_told_that_another_has_it(chat):
    late = offered(chat)
    connected(chat, "other")
    late.alive()
    assert late.comm.custom("lease")[-1]["holder"] == "other"


def test_it_is_offered_once_and_not_where_somebody_has_asked(chat):
    offered(chat)
    chat._repr_mimebundle_()
    asked = OWidget(COMPANY, isolation="opaque")
    Page(asked).want()
    asked._repr_mimebundle_()
    assert (len(offers(chat)), len(offers(asked))) == (1, 0)


@pytest.mark.parametrize("isolation", ["auto", "origin"])
def test_a_page_that_has_to_say_its_origin_first_is_offered_nothing(isolation):
    chat = OWidget(COMPANY, isolation=isolation)
    chat._repr_mimebundle_()
    assert comm_of(chat).custom("grant") == []


@pytest.mark.parametrize("parent", [{}, {"header": {}}, {"header": {"session": ""}}])
def test_where_it_is_not_known_who_asked_nothing_is_offered(chat, request_of, parent):
    request_of(parent)
    chat._repr_mimebundle_()
    assert comm_of(chat).custom() == []


def test_nothing_is_offered_where_there_is_nobody_to_talk_to_or_any_more(chat):
    nobody = OWidget()
    nobody._repr_mimebundle_()
    assert comm_of(nobody).custom() == []
    comm = comm_of(chat)
    chat.close()
    chat._exchange.displayed(CONNECTION)
    assert comm.custom() == []


def test_a_setting_that_changes_meanwhile_is_offered_anew(chat):
    first = offered(chat)
    chat.preset = "other"
    old, new = offers(chat)
    assert (old["run"]["preset"], new["run"]["preset"]) == (None, "other")
    first.connect()
    assert chat.state == "idle"  # the older one is none any more
    first.lease = new["lease"]
    first.batch(state("loading"), load="second")
    assert chat.state == "loading"


@pytest.mark.parametrize("taken", [False, True])
def test_a_run_that_depends_on_the_origin_is_for_a_page_that_has_said_it(chat, taken):
    page = offered(chat)
    if taken:
        page.connect()
    chat.isolation = "origin"
    assert len(offers(chat)) == 1
    assert page.comm.custom("lease")[-1] == {
        "kind": "lease",
        "holder": None,
        "silent": False,
        "open": True,
    }
    page.want()
    assert page.run()["server"]["base"].startswith("http://localhost:")
    assert chat._exchange._grants.lease.origin == ORIGIN


def test_orders_wait_for_who_takes_it(chat):
    page = offered(chat)
    chat.call("openChat")
    assert page.comm.custom("call") == []
    page.connect()
    assert [call["method"] for call in page.comm.custom("call")] == ["openChat"]


def test_what_is_only_offered_is_no_live_stage_to_replay_beside(chat):
    late = offered(chat)
    chat.replay([])
    assert late.comm.custom("lease")[-1]["open"] is True
    late.connect()
    assert chat.state == "idle"


def test_a_stage_that_has_taken_it_is(chat):
    offered(chat).connect()
    with pytest.raises(RuntimeError, match="a stage is live here"):
        chat.replay([])


def test_the_page_is_told_of_what_went_before(chat, page):
    page.batch(event("chatStart"))
    again = OWidget(COMPANY, isolation="opaque")
    again.replay(chat.event_log)
    again.on_event(lambda happened: 1 / 0)
    again.replay(chat.event_log)
    offered(again)
    told = comm_of(again).custom()
    kinds = [message["kind"] for message in told[-3:]]
    assert kinds == ["grant", "problems", "accepted"]
    assert [line["type"] for line in told[-1]["lines"]] == ["chatStart (replay)"] * 2


def test_its_release_ends_it(chat):
    page = offered(chat).connect()
    page.release()
    assert chat.state == "idle"
    assert page.comm.custom("lease")[-1]["open"] is True


def test_a_holder_that_took_it_and_is_replaced_lets_go_like_any_other(chat):
    page = offered(chat).connect()
    other = Page(chat, "other").want(take=True)
    page.release()
    assert page.comm.custom("lease")[-1]["holder"] == other.id
    assert "overlap" not in [happened.type for happened in chat.event_log]


def test_outside_a_kernel_nothing_is_offered(chat, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipykernel.kernelbase", None)
    assert waiting.displaying_connection() is None
    chat._repr_mimebundle_()
    assert comm_of(chat).custom() == []


def test_nothing_personal_of_it_gets_into_the_synced_state(chat):
    chat.add_custom_data("name", "Jana Nováková")
    offered(chat)
    assert "Jana" in json.dumps(offers(chat)[0]["run"], ensure_ascii=False)
    assert "Jana" not in json.dumps(chat.get_state(), ensure_ascii=False, default=str)
