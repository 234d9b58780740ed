from __future__ import annotations

import threading

import pytest

from owidget_jupyter import EventLog, EventType
from owidget_jupyter.events import known_type, line_of, utc_from_ms

from .driver import NOON, append


def filled(count: int, max_events: int = 10_000) -> EventLog:
    log = EventLog(max_events)
    for number in range(1, count + 1):
        append(log, f"type {number}", {"number": number})
    return log


def seqs(events) -> list[int]:
    return [event.seq for event in events]


def test_entries_are_numbered_from_one_without_gaps():
    assert seqs(filled(5)) == [1, 2, 3, 4, 5]


def test_an_event_cannot_be_changed():
    event = filled(1)[0]
    with pytest.raises(AttributeError):
        event.seq = 2


def test_the_log_cannot_be_changed_by_index():
    with pytest.raises(TypeError):
        filled(1)[0] = None


def test_a_full_log_drops_the_oldest_and_counts_them():
    log = filled(1_000, max_events=10)
    assert seqs(log) == list(range(991, 1_001))
    assert (len(log), log.dropped, log.total) == (10, 990, 1_000)


@pytest.mark.parametrize("count", [1, 9, 10, 11, 74, 75, 76, 200])
def test_whatever_was_dropped_what_is_left_reads_like_a_list(count):
    log = filled(count, max_events=10)
    expected = list(range(max(1, count - 9), count + 1))
    assert seqs(log) == expected
    assert seqs(reversed(log)) == expected[::-1]
    assert seqs(log[2:5]) == expected[2:5]
    assert seqs(log[::-2]) == expected[::-2]
    assert seqs(log[-100:100]) == expected
    assert [log[i].seq for i in range(-len(log), len(log))] == expected * 2
    assert log[-1] in log


@pytest.mark.parametrize("index", [3, -4])
def test_an_index_beyond_the_log_is_an_index_error(index):
    with pytest.raises(IndexError, match="the log has 3 entries"):
        filled(3)[index]


def test_a_slice_is_a_list_of_its_own():
    log = filled(3)
    kept = log[:]
    append(log, "later", {})
    assert seqs(kept) == [1, 2, 3]


def test_a_lower_bound_drops_at_once_and_a_higher_one_brings_nothing_back():
    log = filled(100)
    log._bound(3)
    assert seqs(log) == [98, 99, 100]
    log._bound(1_000)
    append(log, "later", {})
    assert seqs(log) == [98, 99, 100, 101]


def test_a_dropped_entry_is_not_held_on_to_for_ever():
    log = filled(100_000, max_events=10)
    assert len(log._entries) < 200


def test_neither_repr_holds_a_detail():
    log = EventLog()
    append(log, "chatWindowOpen", {"phone": "+420 777 666 555"})
    assert "777" not in repr(log) + repr(log[0]) + str(log[0]) + repr(log[:])
    assert repr(log) == "<EventLog: 1 events>"
    assert repr(log[0]).startswith("Event(seq=1, type='chatWindowOpen', at='2024-05-01T12:00:00")


def test_the_repr_tells_of_dropped_entries():
    assert repr(filled(7, max_events=5)) == "<EventLog: 5 events, 2 dropped>"


def test_a_line_has_no_detail_but_a_status_code():
    log = EventLog()
    event = append(log, "chatWindowOpen", {"secret": 1})
    status = append(log, "status", {"code": 2})
    at = int(NOON.timestamp() * 1000)
    assert line_of(event) == {"seq": 1, "type": "chatWindowOpen", "at": at, "code": None}
    assert line_of(status) == {"seq": 2, "type": "status", "at": at, "code": 2}


def test_a_browsers_time_is_kept_in_utc():
    assert utc_from_ms(1_714_564_800_123) == NOON.replace(microsecond=123_000)


def test_a_member_equals_its_name_and_prints_as_it():
    assert EventType.SESSION_STARTED == "chatSessionStarted"
    assert f"{EventType.SESSION_STARTED}" == str(EventType.SESSION_STARTED) == "chatSessionStarted"


@pytest.mark.parametrize("given", ["chatSessionEnded", EventType.SESSION_ENDED])
def test_a_type_is_known_by_name_and_by_member(given):
    known = known_type(given)
    assert (known, type(known)) == ("chatSessionEnded", str)


@pytest.mark.parametrize("given", ["SessionStarted", "status", "", "chatsessionstarted"])
def test_any_other_type_is_refused_with_the_five_names(given):
    with pytest.raises(ValueError, match=repr(given)) as raised:
        known_type(given)
    assert all(member.value in str(raised.value) for member in EventType)


def test_reading_while_another_thread_appends_always_sees_a_whole_log():
    log = filled(5, max_events=50)
    start = threading.Barrier(2)
    done = threading.Event()

    def keep_appending() -> None:
        start.wait()
        for _ in range(3_000):
            append(log, "more", {})
        done.set()

    writer = threading.Thread(target=keep_appending)
    writer.start()
    start.wait()
    reads = 0
    last_total = 0
    while not done.is_set() or reads == 0:
        seen = seqs(log[:])
        assert seen == list(range(seen[0], seen[0] + len(seen)))
        assert len(seen) <= 50
        assert len(log[-3:]) == 3
        total = log.total
        assert total >= last_total, "the total went down"
        last_total = total
        reads += 1
    writer.join()
    assert (log.total, log[-1].seq) == (3_005, 3_005)
