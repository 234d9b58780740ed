from __future__ import annotations

import asyncio
import threading

import pytest
from comm import DummyComm

from owidget_jupyter import OWidget, waiting
from owidget_jupyter.diagnosis import composing, examination

from ..driver import AT, Page, connected, event, messages, result
from .scene import PAGE, SCRIPT, STAGE, Answering, found


@pytest.fixture
def at_once(monkeypatch):
    """Wait for no second tab."""
    monkeypatch.setattr(examination, "GATHER", 0.0)


def finished(future, timeout=20):
    """Wait for a report as no cell could: the page is played by this thread, which is done."""
    done = threading.Event()
    future.add_done_callback(lambda _: done.set())
    assert done.wait(timeout)
    return future.result()


def none_under_way(chat) -> bool:
    return chat._applier.examinations._under_way == {}


def test_it_asks_all_pages_then_pings_each_that_answers(chat, at_once):
    page = connected(chat)
    future = chat.diagnose(timeout=20)
    assert page.comm.custom("examine") == [
        {"kind": "examine", "frontend": None, "id": page.comm.custom("examine")[0]["id"], "ping": 0}
    ]
    Answering(page).all()
    asked = [(each["frontend"], each["ping"]) for each in page.comm.custom("examine")]
    assert asked == [(None, 0), *((page.id, ping) for ping in range(1, examination.PINGS + 1))]
    report = finished(future)
    assert found(report, "widget", "state").value == "connected"
    assert found(report, "kernel", "round trip").value.endswith("median of 5")
    assert found(report, "page", "answered").value == "1 page, 1 view, the chat in it"
    assert none_under_way(chat)
    assert len(chat.errors) == 0


def test_the_clocks_are_compared_by_the_pings(chat, at_once, monkeypatch):
    monkeypatch.setattr("time.time", lambda: AT / 1000 + 5)
    future = chat.diagnose(timeout=20)
    Answering(Page(chat).want()).all(at=AT)
    clocks = found(finished(future), "kernel", "clocks")
    assert clocks.value == "the kernel's is 5.0 s ahead of the browser's"


def test_the_thread_that_handles_messages_is_told(chat, page, at_once, monkeypatch):
    def told_by_another_thread():
        future = chat.diagnose(timeout=20)
        subshell = threading.Thread(target=Answering(page).all)
        subshell.start()
        subshell.join(20)
        return found(finished(future), "kernel", "messages")

    assert "subshell" in told_by_another_thread().value
    # A marimo app has a whole kernel in such a thread.
    with monkeypatch.context() as marimo:
        marimo.setattr(examination, "in_marimo", lambda: True)
        assert told_by_another_thread().grade == "notice"
    future = chat.diagnose(timeout=20)
    Answering(page).all()
    assert found(finished(future), "kernel", "messages").grade == "notice"


def test_two_pages_are_told_apart(chat):
    holder, other = Page(chat, "page-a").want(), Page(chat, "page-b").want()
    future = chat.diagnose(timeout=20)
    Answering(other, lease=0, browser="Firefox 140").all()
    Answering(holder).all()
    report = finished(future)
    assert found(report, "page", "answered").value == "2 pages, 2 views, the chat in the first"
    assert found(report, "page", "browser").value == PAGE["browser"]


def test_the_page_that_runs_the_chat_is_waited_for(chat, at_once):
    holder, other = Page(chat, "page-a").want(), Page(chat, "page-b").want()
    future = chat.diagnose(timeout=20)
    Answering(other, lease=0).all()
    assert not future.done()
    Answering(holder).all()
    assert found(finished(future), "page", "answered").grade == "ok"


def test_a_page_that_does_not_answer_is_said_to_have_not(chat, page):
    report = finished(chat.diagnose(timeout=0.05))
    answered = found(report, "page", "answered")
    assert answered.value.startswith("none within ")
    assert answered.grade == "problem"
    assert none_under_way(chat)


def test_a_page_that_answers_no_ping_is_told_of_all_the_same(chat, page):
    future = chat.diagnose(timeout=20)
    Answering(page).turn()
    chat.close()
    report = finished(future)
    assert found(report, "page", "browser").value == PAGE["browser"]
    assert found(report, "kernel", "round trip").value == "not measured"


def test_what_comes_late_or_twice_or_was_never_asked_is_passed_over(chat, page, at_once):
    answering = Answering(page)
    future = chat.diagnose(timeout=20)
    id = page.comm.custom("examine")[0]["id"]
    answering.turn()
    page.say("findings", id=id, ping=0, at=AT, page=PAGE, stage=None)
    page.say("findings", id=id, ping=4, at=AT, page=None, stage=None)
    page.say("findings", id=id + 99, ping=1, at=AT, page=None, stage=None)
    answering.turn()
    page.say("findings", id=id, ping=1, at=AT, page=None, stage=None)
    answering.all()
    assert found(finished(future), "kernel", "round trip").value.endswith("of 5")
    page.say("findings", id=id, ping=5, at=AT, page=None, stage=None)
    assert len(chat.errors) == 0


def test_a_malformed_answer_is_a_problem_and_hurts_nobody(chat, page):
    future = chat.diagnose(timeout=20)
    id = page.comm.custom("examine")[0]["id"]
    page.say("findings", id=id, ping=0, at=AT, page={**PAGE, "views": "many"}, stage=None)
    page.say("findings", id=id, ping=0, at=float("1e300"), page=None, stage=None)
    chat.close()
    assert found(finished(future), "page", "answered").value.startswith("none")
    assert messages(chat)[0] == "findings with an impossible 'views'"
    assert "impossible 'at'" in messages(chat)[1]


def test_a_stage_that_was_meddled_with_costs_its_own_part_only(chat, page, at_once):
    answering = Answering(page)
    answering.stage = {**STAGE, "local": "Jane Roe"}
    future = chat.diagnose(timeout=20)
    answering.all()
    report = finished(future)
    assert found(report, "stage", "document").value == "no answer"
    assert found(report, "page", "browser").value == PAGE["browser"]
    assert len(chat.errors) == 0


def test_closing_ends_it_at_once(chat, page):
    future = chat.diagnose(timeout=60)
    chat.close()
    assert found(finished(future), "widget", "state").value == "closed"
    assert found(finished(chat.diagnose()), "page", "answered").grade == "problem"


def test_outside_a_notebook_it_is_there_at_once(monkeypatch):
    monkeypatch.setattr("comm.create_comm", DummyComm)
    future = OWidget.simulated().diagnose()
    assert future.done()
    assert "no page can be reached" in found(future.result(), "page", "answered").value


def test_it_can_be_awaited_where_nothing_is_displayed(chat, awaitable, at_once):
    async def cell():
        future = chat.diagnose(timeout=20)
        Answering(Page(chat), lease=0).all()
        return await future

    report = asyncio.run(cell())
    assert found(report, "widget", "state").value == "idle"
    assert found(report, "page", "answered").grade == "notice"


def test_where_awaiting_cannot_work_it_raises_at_once_and_names_the_callback_way(
    chat, page, monkeypatch
):
    monkeypatch.setattr(waiting, "obstacle", lambda displayed: "it does not work in marimo")
    future = chat.diagnose(timeout=0.1)

    async def cell():
        await future

    with pytest.raises(RuntimeError, match=r"in marimo; for a diagnosis: chat.diagnose\(print\)"):
        asyncio.run(cell())
    assert finished(future)


def test_a_function_is_given_the_report(chat, page, at_once):
    given = []
    future = chat.diagnose(given.append, timeout=20)
    Answering(page).all()
    assert given == [finished(future)]


def test_what_a_function_raises_is_kept(chat, page, at_once):
    def fails(report):
        raise ValueError("no ticket")

    future = chat.diagnose(fails, timeout=20)
    Answering(page).all()
    finished(future)
    (problem,) = chat.errors
    assert (problem.where.rpartition(".")[2], problem.message) == ("fails", "ValueError: no ticket")


def test_a_mistake_in_composing_reaches_who_waits(chat, page, at_once, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(composing, "compose", broken)
    given: list[object] = []
    future = chat.diagnose(given.append, timeout=20)
    Answering(page).all()
    with pytest.raises(ZeroDivisionError):
        finished(future)
    assert given == []
    assert messages(chat) == ["ZeroDivisionError: ours"]


def test_a_cancelled_one_gives_nothing_to_anybody(chat, page, at_once):
    given: list[object] = []
    future = chat.diagnose(given.append, timeout=20)
    assert future.cancel()
    Answering(page).all()
    assert given == []


@pytest.mark.parametrize("timeout", [0, -1, 61, float("nan")])
def test_a_timeout_out_of_bounds_is_refused(chat, timeout):
    with pytest.raises(ValueError, match="above 0 s and at most 60 s"):
        chat.diagnose(timeout=timeout)


@pytest.mark.parametrize("timeout", [None, "5", True])
def test_a_timeout_that_is_no_number_is_refused(chat, timeout):
    with pytest.raises(TypeError, match="number of seconds"):
        chat.diagnose(timeout=timeout)


def test_what_is_no_plain_function_is_refused(chat, page):
    async def later(report): ...

    for wrong in (5, later):
        with pytest.raises(TypeError, match="diagnose takes a"):
            chat.diagnose(wrong)
    assert page.comm.custom("examine") == []


def test_it_tells_of_what_the_widget_knows_and_of_nothing_personal(at_once):
    chat = OWidget.simulated(scope="Jane Roe", preset="Jane Roe")
    page = connected(chat)
    chat.add_custom_data("name", "Jane Roe")

    @chat.on_event
    def fails(_):
        raise KeyError("Jane Roe")

    page.batch(event(detail={"name": "Jane Roe"}), event("Jane Roe"))
    chat.errors._note("openChat", "TypeError: Jane Roe is not a function")
    chat.errors._note("openChat", "Jane: Roe")
    chat.errors._note("vendor's script", "an uncaught error: TypeError: Jane Roe is not a function")
    chat.errors._note("functools.partial(<function f>, '+420 777')", "Jane Roe")
    page.batch(result(1))
    future = chat.diagnose(timeout=20)
    Answering(page).all()
    report = finished(future)
    for text in (str(report), report.to_json(), report._repr_html_()):
        assert "Jane" not in text
        assert "+420" not in text
    assert {each.value for each in report if each.what == "error"} == {
        "a function without a name",
        "openChat",
        "openChat: TypeError",
        "vendor's script: TypeError",
        f"{fails.__qualname__}: KeyError (2 times)",
    }
    assert found(report, "events", "acknowledged").value == "3"


def test_what_only_a_meddling_script_says_of_its_stage_is_not_told(at_once):
    chat = OWidget.simulated()
    page = connected(chat)
    failure = {"code": "Jane Roe\n  ok", "message": "Jane Roe"}
    page.batch(
        {"kind": "language", "tag": "cs\nJane Roe", "rule": "page"},
        {"kind": "state", "state": "failed", "failure": failure},
    )
    future = chat.diagnose(timeout=20)
    Answering(page).all()
    report = finished(future)
    assert chat.error.code == failure["code"]
    assert "Jane" not in str(report)
    assert found(report, "widget", "state").value == "failed: for a reason of the script's own"


def test_the_simulator_is_named_where_a_host_would_be(at_once):
    chat = OWidget.simulated()
    answering = Answering(Page(chat).want())
    answering.stage = {**STAGE, "script": {**SCRIPT, "outcome": "error"}}
    future = chat.diagnose(timeout=20)
    answering.all()
    report = finished(future)
    assert found(report, "widget", "host").value == "the simulator"
    assert "allow the simulator" in found(report, "stage", "script").advice
    assert chat.host not in str(report)


def test_lost_and_dropped_events_are_counted(at_once):
    chat = OWidget.simulated(max_events=3)
    page = connected(chat)
    page.batch({"kind": "overflow", "dropped": 7}, event(n=12), event(n=13))
    future = chat.diagnose(timeout=20)
    Answering(page, pending=4).all()
    report = finished(future)
    assert found(report, "events", "lost").value == "7"
    assert found(report, "events", "dropped from the log").value == "1"
    assert found(report, "events", "not acknowledged").value == "4"


def test_so_many_pages_are_heard_and_no_more(chat, page, at_once):
    future = chat.diagnose(timeout=20)
    id = page.comm.custom("examine")[0]["id"]
    for number in range(examination.MOST_PAGES + 5):
        other = Page(chat, f"other-{number}")
        other.say("findings", id=id, ping=0, at=AT, page={**PAGE, "lease": 0}, stage=None)
    assert len(page.comm.custom("examine")) == 1 + examination.MOST_PAGES
    chat.close()
    assert finished(future)
