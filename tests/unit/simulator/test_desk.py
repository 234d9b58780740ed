from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict
from datetime import datetime, timezone

import pandas
import pytest

from owidget_jupyter import OWidget, Waiting

from ..driver import AT, Page, connected, event, failed, messages, result

EVA = {
    "session": "s-1",
    "name": "Eva",
    "position": 1,
    "since": AT,
    "data": {"vip": True, "orders": 3, "plan": "b"},
}
ADAM = {**EVA, "session": "s-2", "name": "", "position": 2, "data": {}}


@pytest.fixture
def chat() -> OWidget:
    return OWidget.simulated()


@pytest.fixture
def page(chat):
    return connected(chat)


def queue(*waiting: object) -> dict[str, object]:
    return {"kind": "queue", "waiting": list(waiting)}


def message(text: object) -> dict[str, object]:
    return {"kind": "message", "text": text}


# Who waits


def test_nobody_waits_before_there_is_a_stage(chat):
    assert chat.operator.queue == ()


def test_the_desk_sees_who_waits(chat, page):
    page.batch(queue(EVA, ADAM))
    eva, adam = chat.operator.queue
    since = datetime.fromtimestamp(AT / 1000, timezone.utc)
    assert eva == Waiting("s-1", 1, since, "Eva", {"vip": True, "orders": 3, "plan": "b"})
    assert eva.since.utcoffset() is not None
    assert (adam.position, adam.name, adam.data) == (2, "", {})
    page.batch(queue())
    assert chat.operator.queue == ()


def test_the_queue_has_changed_when_an_event_behind_it_is_heard(chat, page):
    heard = []
    chat.on_event(lambda seen: heard.append((seen.type, len(chat.operator.queue))))
    page.batch(queue(EVA), event("chatSessionCreated"), queue(), event("chatSessionStarted"))
    assert heard == [("chatSessionCreated", 1), ("chatSessionStarted", 0)]


def test_what_is_known_of_a_visitor_stays_out_of_reprs_and_synced_state(chat, page):
    page.batch(queue(EVA), message("s3cret"))
    assert "Eva" not in repr(chat.operator.queue)
    assert "vip" not in repr(chat.operator.queue)
    chat.operator.clock.fast(10)
    happy = "<Operator: scenario 'Happy path', <Clock: 10 times as fast>, 1 in the queue>"
    assert repr(chat.operator) == happy
    state = repr(chat.get_state()) + repr(page.comm.updates())
    assert "Eva" not in state
    assert "s3cret" not in state
    assert "s3cret" not in repr(list(chat.event_log))


def test_who_waits_cannot_be_changed(chat, page):
    page.batch(queue(EVA))
    (eva,) = chat.operator.queue
    with pytest.raises(FrozenInstanceError):
        eva.position = 2
    with pytest.raises(AttributeError):
        chat.operator.queue = ()


def test_who_waits_can_be_copied_kept_counted_and_put_into_a_frame(chat, page):
    page.batch(queue(EVA, ADAM))
    seen = chat.operator.queue
    assert copy.deepcopy(seen) == pickle.loads(pickle.dumps(seen)) == seen
    assert asdict(seen[0])["data"] == EVA["data"]
    assert len({*seen, *copy.deepcopy(seen)}) == 2
    assert pandas.DataFrame(seen)["name"].tolist() == ["Eva", ""]


@pytest.mark.parametrize(
    "end",
    [
        lambda chat, page: page.release(),
        lambda chat, page: page.batch(failed()),
        lambda chat, page: chat.retry(),
        lambda chat, page: chat.close(),
    ],
    ids=["released", "failed", "a fresh stage", "closed"],
)
def test_nobody_waits_where_the_stage_is_gone(chat, page, end):
    page.batch(queue(EVA))
    end(chat, page)
    assert chat.operator.queue == ()


def test_a_stage_that_was_replaced_says_nothing_of_who_waits_now(chat, page):
    page.batch(queue(EVA))
    other = Page(chat, "page-b").want(take=True).connect()
    other.batch(queue(ADAM))
    page.batch(queue(EVA))
    assert [waiting.session for waiting in chat.operator.queue] == ["s-2"]


# What the visitor writes


def test_a_function_hears_each_message_in_its_place_among_the_events(chat, page):
    heard = []
    assert chat.operator.on_message(heard.append) == heard.append
    chat.on_event(lambda seen: heard.append(seen.type))
    page.batch(event("chatSessionStarted"), message("Dobrý den"), message("?"), event("unknown"))
    assert heard == ["chatSessionStarted", "Dobrý den", "?", "unknown"]


def test_a_message_is_heard_once_also_where_it_comes_twice(chat, page):
    heard = []
    chat.operator.on_message(heard.append)
    page.batch(message("one") | {"n": 1}, load="x")
    page.batch(message("one") | {"n": 1}, message("two") | {"n": 2}, load="x")
    assert heard == ["one", "two"]


def test_it_is_a_decorator_and_one_can_leave(chat, page):
    heard = []

    @chat.operator.on_message
    def listen(text):
        heard.append(text)

    page.batch(message("one"))
    chat.operator.off(listen)
    page.batch(message("two"))
    assert heard == ["one"]
    with pytest.raises(ValueError, match="listen is not registered"):
        chat.operator.off(listen)


def test_leaving_the_desk_leaves_events_alone_and_the_other_way_round(chat, page):
    heard = []
    chat.on_event(heard.append)
    chat.operator.on_message(heard.append)
    chat.off(heard.append)
    page.batch(message("one"), event())
    assert heard == ["one"]
    with pytest.raises(ValueError, match="not registered"):
        chat.off(heard.append)


def test_registering_twice_hears_once(chat, page):
    heard = []
    chat.operator.on_message(heard.append)
    chat.operator.on_message(heard.append)
    page.batch(message("one"))
    assert heard == ["one"]


def test_a_function_of_a_cell_that_is_run_again_replaces_its_former_self(chat, page):
    heard = []
    cell = "def listen(text):\n    heard.append((run, text))\nchat.operator.on_message(listen)"
    for run in (1, 2):
        exec(cell, {"__name__": "__main__", "chat": chat, "heard": heard, "run": run})
    page.batch(message("one"))
    assert heard == [(2, "one")]


def test_what_a_function_raises_is_kept_and_stops_nothing(chat, page):
    heard = []

    @chat.operator.on_message
    def fail(text):
        raise LookupError("no answer")

    chat.operator.on_message(heard.append)
    page.batch(message("one"), event())
    assert heard == ["one"]
    assert len(chat.event_log) == 2  # its status and the event
    (problem,) = chat.errors
    assert "fail" in problem.where
    assert "no answer" in problem.message


def test_what_cannot_be_called_or_would_not_be_awaited_is_refused(chat):
    async def listen(text): ...

    with pytest.raises(TypeError, match="on_message takes a function"):
        chat.operator.on_message("fn")
    with pytest.raises(TypeError, match="is async"):
        chat.operator.on_message(listen)


def test_looking_and_listening_leave_the_scripted_operator_alone(chat, page):
    chat.operator.on_message(print)
    assert chat.operator.queue == ()
    assert chat.operator.scenario.operator.comes
    assert page.comm.custom("act") == []


def test_one_can_answer_from_where_one_hears(chat, page):
    chat.operator.on_message(lambda text: chat.operator.say(f"You wrote {text}"))
    page.batch(message("one"))
    (act,) = page.comm.custom("act")
    assert (act["side"], act["action"], act["args"]) == ("operator", "say", ["You wrote one"])
    page.batch(result(act["id"]))
    assert messages(chat) == []


def test_a_closed_widget_hears_nothing(chat, page):
    heard = []
    chat.operator.on_message(heard.append)
    chat.close()
    page.batch(message("one"))
    assert heard == []


# What does not count


def test_a_vendors_script_has_no_desk_to_speak_at():
    chat = OWidget("295b1064-cf5b-4a5d-9e05-e7a74f86ae5e", isolation="opaque")
    heard = []
    chat._callbacks.add_message(heard.append)  # there is no operator to register it with
    page = connected(chat)
    page.batch(queue(EVA), message("one"), event())
    assert heard == messages(chat) == []
    assert [seen.type for seen in chat.event_log] == ["status", "chatWindowOpen"]
    assert "Eva" not in repr(chat.get_state())


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "queue"},
        {"kind": "queue", "waiting": EVA},
        queue("Eva"),
        queue(EVA, {key: EVA[key] for key in ("session", "name", "position", "since")}),
        queue(EVA, {**EVA, "session": 1}),
        queue({**EVA, "name": None}),
        queue({**EVA, "position": 0}),
        queue({**EVA, "position": 1.5}),
        queue({**EVA, "position": True}),
        queue({**EVA, "since": 1e300}),
        queue({**EVA, "since": "2024-01-01"}),
        queue({**EVA, "data": []}),
        queue({**EVA, "data": {"vip": None}}),
        queue({**EVA, "data": {"vip": ["s3cret"]}}),
        message(None),
        message(["s3cret"]),
        {"kind": "message"},
    ],
)
def test_what_is_malformed_is_a_problem_and_a_gap_that_repeats_nothing(chat, page, entry):
    heard = []
    chat.operator.on_message(heard.append)
    page.batch(entry, event())
    assert [problem.where for problem in chat.errors] == ["front end"]
    assert "s3cret" not in str(messages(chat))
    assert chat.operator.queue == ()
    assert heard == []
    assert [seen.type for seen in chat.event_log][1:] == ["overflow", "chatWindowOpen"]
