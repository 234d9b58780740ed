from __future__ import annotations

import asyncio
import dataclasses
from datetime import datetime, timedelta, timezone

import pytest

from owidget_jupyter import Event, EventLog, OWidget, waiting
from owidget_jupyter.recording import replay

from .driver import COMPANY, Page, comm_of, connected, event, messages, status
from .logs import CLOSED, FIVE, OPEN, STARTED, add, at, log_of, talk
from .logs import status as said

VISIT = [said(-5, 1), *talk(), said(90, 2), (95, "chatMessage", {"secret": 1}), said(100, None)]


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """Take the place of the clock that replays go by."""
    made = Clock()
    monkeypatch.setattr(replay, "monotonic", lambda: made.now)
    monkeypatch.setattr(replay, "sleep", made.sleep)
    return made


class Clock:
    """Time that passes only in sleep."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.now += seconds


def played(chat: OWidget) -> list[Event]:
    return [entry for entry in chat.event_log if entry.replay]


# What is played


def test_each_entry_is_logged_again_as_a_replayed_one(chat):
    log = log_of(*VISIT, skew=0.25, page="page-z")
    connected(chat).release()
    before, now = len(chat.event_log), datetime.now(timezone.utc)
    assert chat.replay(log) == len(log)
    for number, (copy, original) in enumerate(zip(chat.event_log[before:], log, strict=True), 1):
        assert copy == dataclasses.replace(
            original, seq=before + number, received=copy.received, replay=True
        )
        assert now <= copy.received <= datetime.now(timezone.utc)
    assert not any(entry.replay for entry in log)


def test_a_type_with_half_a_surrogate_pair_is_told_as_far_as_it_can_be(chat):
    log = log_of((0, "odd \ud800"))
    chat.replay(log)
    assert played(chat)[0].type == "odd \ud800"
    assert chat.get_state()["_tail"][0]["type"] == "odd ? (replay)"


def test_who_hears_of_live_events_hears_of_replayed_ones_in_order(chat):
    heard = []
    chat.on_event(lambda event: heard.append(event.type))
    chat.on_event(STARTED)(lambda event: heard.append("started!"))
    chat.on_status(lambda code: heard.append(("on_status", code)))
    chat.set_app_event_callback(lambda event: heard.append(("vendor's", event.type)))
    chat.set_status_update_callback(lambda code: heard.append(("vendor's", code)))
    chat.observe(lambda change: heard.append(("trait", change.new)), "status_code")
    chat.replay(log_of(said(0, 1), (1, STARTED), said(2, 1), said(3, 2), (4, "chatMessage")))
    assert heard == [
        ("trait", 1),
        ("vendor's", 1),
        ("on_status", 1),
        ("vendor's", STARTED),
        STARTED,
        "started!",
        ("vendor's", 1),
        ("on_status", 1),
        ("trait", 2),
        ("vendor's", 2),
        ("on_status", 2),
        ("vendor's", "chatMessage"),
        "chatMessage",
        ("trait", None),
    ]


def test_observers_of_the_log_are_told_once_a_batch(chat):
    batches = []
    chat.observe(lambda change: batches.append(change.added), "event_log")
    chat.replay(log_of(*((number, OPEN) for number in range(450))))
    assert [len(added) for added in batches] == [200, 200, 50]
    assert [entry.seq for added in batches for entry in added] == list(range(1, 451))
    assert all(entry.replay for added in batches for entry in added)


def test_a_status_that_became_unknown_is_told_to_no_callback(chat):
    heard, seen = [], []
    chat.on_status(heard.append)
    chat.observe(lambda change: seen.append(change.new), "status_code")
    chat.replay(log_of(said(0, 2), said(1, None), said(2, 0)))
    assert (heard, seen) == ([2, 0], [2, None, 0, None])


def test_in_the_end_nothing_is_known_and_that_is_no_entry(chat):
    log = log_of(said(0, 1))
    chat.replay(log)
    assert (chat.status_code, chat.status, chat.state) == (None, "unknown", "idle")
    assert len(chat.event_log) == len(log)


def test_who_waits_is_woken_where_a_widget_is_displayed_and_has_no_stage(monkeypatch):
    monkeypatch.setattr(waiting, "_host_without_awaiting", lambda: None)
    chat = OWidget(isolation="opaque")
    Page(chat).want()

    async def wait() -> Event:
        waiting = asyncio.ensure_future(chat.wait_for(STARTED))
        await asyncio.sleep(0)
        chat.replay(log_of(*talk()))
        return await waiting

    assert asyncio.run(wait()) == chat.event_log[2]


def test_the_logs_own_entries_play_too(chat):
    heard = []
    chat.on_event(lambda event: heard.append(event.type))
    log = log_of((0, "overflow", {"dropped": 3}), (1, "overlap", {"seconds": 2.0}))
    assert chat.replay(log) == 2
    assert heard == ["overflow", "overlap"]


def test_a_callback_that_raises_stops_nothing(chat):
    heard = []

    def fail(event):
        raise LookupError("oh")

    chat.on_event(fail)
    chat.on_event(lambda event: heard.append(event.type))
    chat.observe(fail, "event_log")
    assert chat.replay(log_of(*talk())) == 5
    assert heard == list(FIVE)
    assert [message.split(":")[0] for message in messages(chat)] == ["LookupError"] * 6


def test_events_of_ones_own_play_as_well(chat):
    events = [each for each in log_of(*talk()) if each.type != OPEN]
    assert chat.replay(iter(events)) == 4
    assert chat.replay([]) == 0


def test_a_log_can_be_played_into_its_own_widget(chat):
    connected(chat).batch(event(OPEN))
    Page(chat).want(take=True).release()
    live = list(chat.event_log)
    assert chat.replay(chat.event_log) == len(live)
    assert [entry.type for entry in played(chat)] == [entry.type for entry in live]


def test_two_replays_and_what_is_live_are_told_apart(chat):
    page = connected(chat)
    page.batch(event(OPEN), event(CLOSED))
    page.release()
    log = log_of(*VISIT)
    chat.replay(log)
    chat.replay(log)
    sessions = chat.event_log.sessions()
    assert [(each.outcome, each.replay) for each in sessions] == [
        ("window only", False),
        ("served", True),
        ("served", True),
    ]
    assert [each.waiting for each in sessions] == [None, *[timedelta(seconds=10)] * 2]
    assert sessions.anomalies == ()
    again = EventLog.from_jsonl(text=chat.event_log.to_jsonl())
    assert again.sessions() == sessions
    assert again.status_intervals() == chat.event_log.status_intervals()


def test_live_events_go_on_after_it(chat):
    chat.replay(log_of(*VISIT))
    page = connected(chat)
    page.batch(event(OPEN))
    assert (chat.state, chat.status_code) == ("connected", 1)
    assert [entry.replay for entry in chat.event_log][-2:] == [False, False]


def test_a_bounded_log_keeps_the_end_of_it(clock):
    chat = OWidget(COMPANY, isolation="opaque", max_events=10)
    heard = []
    chat.on_event(lambda event: heard.append(event.seq))
    assert chat.replay(log_of(*((number, OPEN) for number in range(1_000)))) == 1_000
    assert (len(chat.event_log), chat.event_log.total) == (10, 1_000)
    assert heard == list(range(1, 1_001))
    assert chat.event_log[-1].at == at(999)


# What pages are told


def test_pages_are_told_what_was_replayed_without_details(chat):
    page = Page(chat).want()
    page.release()
    chat.replay(log_of(*VISIT))
    told = page.comm.custom("accepted")[-1]
    assert told["total"] == 9
    assert [line["seq"] for line in told["lines"]] == list(range(1, 10))
    assert told["lines"][1]["type"] == f"{OPEN} (replay)"
    assert "secret" not in str(page.comm.published)
    assert page.comm.updates()[-1] == {"status_code": None}


def test_pages_get_few_messages_however_much_is_played(chat, clock):
    comm = comm_of(chat)
    before = len(comm.published)
    chat.replay(log_of(*(said(number, number % 3) for number in range(50_000))))
    assert len(comm.published) - before <= 5
    assert len(comm.custom("accepted")[-1]["lines"]) == 200
    assert comm.custom("accepted")[-1]["lines"][-1]["seq"] == 50_000


def test_pages_get_at_most_fifty_messages_a_second(chat, clock):
    comm = comm_of(chat)
    sent: list[float] = []
    publish = comm.publish_msg
    comm.publish_msg = lambda *args, **more: (sent.append(clock.now), publish(*args, **more))
    chat.replay(log_of(*(said(number / 100, number % 3) for number in range(1_000))), speed=1)
    assert len(chat.event_log) == 1_000
    assert sent
    for index, moment in enumerate(sent):
        assert sum(moment <= other < moment + 1 for other in sent[index:]) <= 50


# Its pace


def test_it_takes_as_long_as_it_took_divided_by_the_speed(chat, clock):
    heard = []
    chat.on_event(lambda event: heard.append(round(clock.now - 1_000, 6)))
    chat.replay(log_of(*talk()), speed=10)
    assert heard == [0, 0.5, 1.5, 7.5, 8]


@pytest.mark.parametrize(("speed", "seconds"), [(1, 80), (0.5, 160), (1_000, 0.1), (None, 0)])
def test_any_speed_above_nothing_will_do(chat, clock, speed, seconds):
    assert chat.replay(log_of(*talk()), speed=speed) == 5
    assert clock.now - 1_000 == pytest.approx(seconds, abs=replay.TICK + 1e-6)


def test_what_came_together_is_played_together(chat, clock):
    batches = []
    chat.observe(lambda change: batches.append(len(change.added)), "event_log")
    chat.replay(log_of(*((number / 1_000, OPEN) for number in range(300))), speed=1)
    assert sum(batches) == 300
    assert len(batches) <= 8


def test_a_clock_that_went_back_holds_nothing_up(chat, clock):
    chat.replay(log_of((0, OPEN), (10, OPEN), (5, OPEN), (12, OPEN)), speed=1)
    assert clock.now - 1_000 == pytest.approx(12, abs=0.2)


def test_the_time_between_two_runs_is_not_waited_for(chat, clock):
    log = log_of((0, OPEN), (1, CLOSED))
    log._bound(10)
    log._begin_section()
    add(log, 86_400, OPEN)
    add(log, 86_401, CLOSED)
    chat.replay(log, speed=1)
    assert clock.now - 1_000 == pytest.approx(2, abs=0.2)


def test_an_interrupt_ends_it_and_what_was_played_stays(chat, clock, monkeypatch):
    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(replay, "sleep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        chat.replay(log_of(said(0, 1), *talk(1)), speed=1)
    assert ([entry.type for entry in chat.event_log], chat.status_code) == (["status"], None)
    assert comm_of(chat).custom("accepted")[-1]["total"] == 1
    assert chat.replay(log_of(*talk())) == 5


# What is refused


def test_it_is_refused_while_a_stage_is_live(chat):
    page = connected(chat)
    with pytest.raises(RuntimeError, match="a stage is live"):
        chat.replay(log_of(*VISIT))
    assert played(chat) == []
    assert chat.status_code == 1
    page.release()
    assert chat.replay(log_of(*VISIT)) == len(VISIT)


def test_a_stage_that_goes_live_meanwhile_ends_it_and_keeps_its_status(chat, clock, monkeypatch):
    def sleep(seconds: float) -> None:
        if not chat._exchange.granted:
            connected(chat).batch(status(2))
        clock.now += seconds

    monkeypatch.setattr(replay, "sleep", sleep)
    with pytest.raises(RuntimeError, match="a stage is live"):
        chat.replay(log_of(said(0, 0), *talk(1)), speed=1)
    assert [entry.replay for entry in chat.event_log] == [True, False, False]
    assert (chat.state, chat.status_code) == ("connected", 2)


def test_it_is_refused_when_the_widget_is_closed(chat):
    chat.close()
    with pytest.raises(RuntimeError, match="closed"):
        chat.replay(log_of(*VISIT))


def test_it_is_refused_in_a_callback_of_its_own_widget_and_not_of_another(chat):
    other = OWidget(COMPANY, isolation="opaque")
    refused = []

    def play_on(event):
        other.replay([event])
        try:
            chat.replay([event])
        except RuntimeError as error:
            refused.append(str(error))

    chat.on_event(play_on)
    chat.replay(log_of((0, OPEN)))
    assert refused == ["a callback cannot replay into its own widget: use another widget"]
    assert [entry.type for entry in other.event_log] == [OPEN]


def test_it_is_refused_while_another_one_plays(chat, monkeypatch):
    refused = []

    def meanwhile(seconds: float) -> None:
        with pytest.raises(RuntimeError, match="playing here already") as raised:
            chat.replay(log_of(*talk()))
        refused.append(raised)
        clock.now += seconds

    clock = Clock()
    monkeypatch.setattr(replay, "monotonic", lambda: clock.now)
    monkeypatch.setattr(replay, "sleep", meanwhile)
    assert chat.replay(log_of((0, OPEN), (1, CLOSED)), speed=1) == 2
    assert refused
