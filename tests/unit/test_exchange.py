from __future__ import annotations

import threading

import pytest

from owidget_jupyter import OWidget
from owidget_jupyter.stage.document import simulator_script, stage_document

from .driver import (
    AT,
    COMPANY,
    Page,
    comm_of,
    connected,
    event,
    failed,
    messages,
    state,
    status,
)

# The lease


def test_nothing_is_sent_before_a_page_asks(chat):
    chat.preset = "other"
    chat.call("openChat")
    chat.add_custom_data("a", 1)
    chat.connect_to_server()
    assert comm_of(chat).custom() == []


def test_the_first_page_that_asks_is_granted_the_stage(chat):
    page = Page(chat).want()
    assert [told["kind"] for told in page.comm.custom()] == ["grant"]
    assert page.grants()[0]["frontend"] == "page-a"


def test_a_second_page_is_told_who_holds_it(chat, page):
    other = Page(chat, "page-b").want()
    assert other.grants() == []
    assert page.comm.custom("lease")[-1] == {
        "kind": "lease",
        "holder": "page-a",
        "silent": False,
        "open": False,
    }


def test_a_holder_that_asks_again_gets_the_same_grant(chat, page):
    page.want()
    first, again = page.grants()
    assert first == again


@pytest.mark.parametrize("take", [False, True])
def test_a_holder_that_asks_again_keeps_its_live_stage(chat, take):
    connected(chat).want(take=take)
    assert (chat.state, chat.status_code) == ("connected", 1)


def test_taking_over_tells_the_old_page_before_the_new_one_is_granted(chat):
    old = connected(chat)
    before = len(old.comm.custom())
    Page(chat, "page-b").want(take=True)
    # Between them goes the line that the status is unknown now.
    told, granted = (m for m in old.comm.custom()[before:] if m["kind"] != "accepted")
    assert (told["kind"], told["holder"]) == ("lease", "page-b")
    assert (granted["kind"], granted["frontend"]) == ("grant", "page-b")
    assert granted["lease"] > old.lease
    assert (chat.state, chat.status_code) == ("idle", None)


def test_a_released_stage_is_not_online_and_open_to_whoever_asks(chat):
    page = connected(chat)
    page.release()
    assert (chat.state, chat.status_code, chat.active_isolation) == ("idle", None, None)
    assert page.comm.custom("lease")[-1]["holder"] is None
    assert page.comm.custom("lease")[-1]["open"] is True
    assert Page(chat, "page-b").want().grants()


def test_a_release_under_an_old_lease_releases_nothing(chat):
    page = connected(chat)
    old = page.lease
    chat.retry()
    page.run()
    page.connect()
    page.say("release", lease=old)
    Page(chat, "page-b").say("release", lease=page.lease)
    assert chat.state == "connected"


def test_without_a_company_nothing_is_granted_until_there_is_one():
    chat = OWidget(isolation="opaque")
    page = Page(chat).want()
    assert [told["open"] for told in page.comm.custom("lease")] == [False]
    chat.company_id = COMPANY
    assert page.comm.custom("lease")[-1]["open"] is True
    assert page.want().run()["company"] == COMPANY


def test_taking_the_company_away_ends_the_stage():
    chat = OWidget(COMPANY, isolation="opaque")
    page = connected(chat)
    chat.company_id = None
    assert (chat.state, chat.status_code) == ("idle", None)
    assert page.comm.custom("lease")[-1] == {
        "kind": "lease",
        "holder": None,
        "silent": False,
        "open": False,
    }


def test_a_pages_retry_takes_a_fresh_stage(chat):
    page = connected(chat)
    page.batch(failed())
    page.say("retry")
    assert len(page.grants()) == 2
    assert (chat.state, chat.error) == ("idle", None)


# What is accepted


def test_an_acknowledgement_tells_every_page_what_was_accepted_without_details(chat, page):
    page.batch(event("chatWindowOpen", {"secret": "s3cret"}), status(2), state("ready"))
    accepted = page.comm.custom("accepted")[-1]
    assert accepted == {
        "kind": "accepted",
        "load": "page-a.load",
        "upto": 3,
        "lines": [
            {"seq": 1, "type": "chatWindowOpen", "at": AT, "code": None},
            {"seq": 2, "type": "status", "at": AT, "code": 2},
        ],
        "total": 2,
    }


def test_a_batch_that_comes_again_is_acknowledged_again_and_stored_once(chat, page):
    heard = []
    chat.on_event(heard.append)
    for _ in range(2):
        page.batch(event(n=1), event(n=2))
    assert [told["upto"] for told in page.comm.custom("accepted")] == [2, 2]
    assert page.comm.custom("accepted")[-1]["lines"] == []
    assert (len(heard), len(chat.event_log)) == (2, 2)


def test_what_follows_a_gap_waits_for_it_to_be_filled(chat, page):
    page.batch(event("one", n=1), event("three", n=3))
    assert page.comm.custom("accepted")[-1]["upto"] == 1
    page.batch(event("two", n=2), event("three", n=3))
    assert [seen.type for seen in chat.event_log] == ["one", "two", "three"]


def test_an_event_keeps_its_page_its_time_and_its_detail(chat, page):
    page.batch(event("chatSessionStarted", {"a": [1, None, {"b": "č"}]}))
    stored = chat.event_log[0]
    assert (stored.seq, stored.frontend, stored.detail) == (
        1,
        "page-a",
        {"a": [1, None, {"b": "č"}]},
    )
    assert round(stored.at.timestamp() * 1000) == AT


def test_what_an_old_stage_saw_is_logged_and_heard_but_sets_nothing(chat):
    page = connected(chat)
    old = page.lease
    heard, codes = [], []
    chat.on_event(heard.append)
    chat.retry()
    page.run()
    page.connect(status_code=1)
    chat.on_status(codes.append)
    page.batch(event("late"), status(0), state("failed"), lease=old, load=f"{page.id}.load")
    assert [seen.type for seen in chat.event_log][-3:] == ["late", "status", "status"]
    assert chat.event_log[-1].detail == {"code": 1}, "what holds is said again behind it"
    assert [seen.type for seen in heard] == ["late"]
    assert codes == [1, 0]
    assert (chat.state, chat.status_code, chat.error) == ("connected", 1, None)


def test_another_page_cannot_speak_under_the_holders_lease(chat):
    page = connected(chat)
    Page(chat, "page-b").batch(status(2), state("failed"), lease=page.lease)
    assert (chat.state, chat.status_code) == ("connected", 1)


def test_an_overflow_is_an_entry_that_counts_and_is_heard_of(chat, page):
    heard = []
    chat.on_event(heard.append)
    page.batch({"kind": "overflow", "dropped": 7, "n": 1}, event("after", n=8))
    assert [(seen.type, seen.detail) for seen in heard] == [
        ("overflow", {"dropped": 7}),
        ("after", {}),
    ]
    assert page.comm.custom("accepted")[-1]["upto"] == 8


def test_what_the_page_has_to_complain_about_becomes_a_problem(chat, page):
    page.batch({"kind": "problem", "where": "status", "message": "a status code that is not 0"})
    assert [(problem.where, problem.message) for problem in chat.errors] == [
        ("status", "a status code that is not 0")
    ]


def test_a_page_gets_the_heavy_parts_on_demand(chat):
    page = Page(chat)
    page.say("asset", names=["stage", "simulator"])
    texts = {"stage": stage_document(), "simulator": simulator_script()}
    assert page.comm.custom("asset") == [{"kind": "asset", "frontend": "page-a", "texts": texts}]


def test_two_hundred_events_in_one_batch_are_all_there_in_order(chat, page):
    page.batch(*(event(f"type {number}") for number in range(200)))
    assert [seen.type for seen in chat.event_log] == [f"type {number}" for number in range(200)]
    assert len(page.comm.custom("accepted")) == 1


def test_two_hundred_statuses_in_one_batch_are_synced_once(chat, page):
    before = len(page.comm.updates())
    page.batch(*(status(number % 3) for number in range(200)))
    assert page.comm.updates()[before:] == [{"status_code": 1}]


# Threads


def test_batches_from_two_threads_are_heard_one_at_a_time_in_order_and_completely(chat):
    pages = [Page(chat, "page-a").want(), Page(chat, "page-b")]
    inside = threading.Lock()
    heard, batches = [], []

    def hear(seen) -> None:
        assert inside.acquire(blocking=False), "two callbacks at a time"
        heard.append(seen.seq)
        inside.release()

    chat.on_event(hear)
    chat.observe(lambda change: batches.extend(e.seq for e in change.added), names="event_log")
    start = threading.Barrier(2)

    def send(page: Page) -> None:
        start.wait()
        for number in range(200):
            page.batch(event(f"{page.id} {number}"), event(f"{page.id} {number} again"))

    threads = [threading.Thread(target=send, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert messages(chat) == []
    assert heard == batches == list(range(1, 801))
    for page in pages:
        mine = [seen.type for seen in chat.event_log if seen.frontend == page.id]
        assert mine[::2] == [f"{page.id} {number}" for number in range(200)]


def test_a_message_in_another_thread_does_not_wait_for_a_callback_that_takes_long(chat, page):
    entered, leave = threading.Event(), threading.Event()
    heard = []

    def slow(seen) -> None:
        heard.append((seen.type, threading.get_ident()))
        if seen.type == "first":
            entered.set()
            assert leave.wait(10)

    chat.on_event(slow)
    runner = threading.Thread(target=page.batch, args=(event("first"),))
    runner.start()
    assert entered.wait(10)
    page.batch(event("second"))
    assert page.comm.custom("accepted")[-1]["upto"] == 2, "acknowledged while the callback runs"
    assert [seen.type for seen in chat.event_log] == ["first", "second"]
    assert [type for type, _ in heard] == ["first"]
    leave.set()
    runner.join(10)
    assert heard == [("first", runner.ident), ("second", runner.ident)]


def test_callbacks_hear_of_an_event_before_it_is_acknowledged_unless_they_take_long(chat, page):
    told = []
    chat.on_event(lambda event: told.append(page.comm.custom("accepted")[-1:]))
    page.batch(event("first"))
    assert told == [[]]
    assert page.comm.custom("accepted")[-1]["upto"] == 1
    chat._exchange.delivery.took_long = True
    page.batch(event("second"))
    assert [each["upto"] for each in told[-1]] == [2]
    page.batch(event("third"))
    assert [each["upto"] for each in told[-1]] == [2]
    assert [each["upto"] for each in page.comm.custom("accepted")] == [1, 2, 3]


def test_an_event_is_acknowledged_also_where_a_callback_is_interrupted(chat, page):
    def interrupted(event) -> None:
        raise KeyboardInterrupt

    chat.on_event(interrupted)
    with pytest.raises(KeyboardInterrupt):
        page.batch(event("first"))
    assert page.comm.custom("accepted")[-1]["upto"] == 1


def test_pages_hear_of_entries_in_the_order_of_the_log(chat, page):
    chat.on_event(lambda event: chat.retry() if event.type == "again" else None)
    page.connect()
    page.batch(event("again"), event("last"))
    told = [line["seq"] for each in page.comm.custom("accepted") for line in each["lines"]]
    assert told == sorted(told) == [event.seq for event in chat.event_log]


def test_a_message_does_not_wait_for_an_observer_of_a_stage_that_ends(chat):
    page = connected(chat)
    entered, leave, answered = threading.Event(), threading.Event(), threading.Event()

    def slow(change) -> None:
        if change.new is None:
            entered.set()
            assert leave.wait(10)

    def ask() -> None:
        Page(chat, "page-b").want()
        answered.set()

    chat.observe(slow, names="status_code")
    ending = threading.Thread(target=page.release)
    ending.start()
    assert entered.wait(10)
    asking = threading.Thread(target=ask)
    asking.start()
    in_time = answered.wait(10)
    leave.set()
    ending.join(10)
    asking.join(10)
    assert in_time


def test_problems_are_shown_once_a_batch_however_many_there_are(chat):
    page = connected(chat)
    chat.on_event(lambda event: 1 / 0)
    before = len(page.comm.custom("problems"))
    page.batch(*[event() for _ in range(50)])
    shown = page.comm.custom("problems")[before:]
    assert len(shown) == 1
    assert len(shown[0]["problems"]) == 50


def test_a_page_that_comes_later_is_told_the_end_of_the_log_as_not_every_host_asks_for_it(chat):
    connected(chat).batch(event("chatWindowOpen"))
    page = Page(chat, "page-b").want()
    told = page.comm.custom("accepted")[-1]
    assert [(line["seq"], line["type"]) for line in told["lines"]] == [
        (1, "status"),
        (2, "chatWindowOpen"),
    ]
    assert (told["total"], told["load"], told["upto"]) == (2, "", 0)
    before = len(page.comm.published)
    page.want()
    assert len(page.comm.published) == before + 1, "once is enough"
