from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owidget_jupyter.inbox import LOADS_REMEMBERED, Inbox
from owidget_jupyter.wire import MalformedMessage


def entry(n: int, **fields):
    return {"kind": "event", "n": n, "at": 0, "type": "t", "detail": {}, **fields}


def overflow(n: int, dropped: int):
    return {"kind": "overflow", "n": n, "at": 0, "dropped": dropped}


def new(on_malformed=pytest.fail) -> Inbox:
    return Inbox(on_malformed)


def accept(inbox: Inbox, load: str, entries):
    """Take what is new, as who has also written it down."""
    fresh, upto = inbox.fresh(load, entries)
    inbox.advance(load, upto)
    return fresh


def numbers(entries) -> list[int]:
    return [entry["n"] for entry in entries]


def test_nothing_is_known_of_a_load_that_never_spoke():
    assert new().upto("load") == 0


def test_new_entries_are_accepted_in_their_order_whatever_order_they_come_in():
    inbox = new()
    assert numbers(accept(inbox, "load", [entry(2), entry(3), entry(1)])) == [1, 2, 3]
    assert inbox.upto("load") == 3


def test_what_comes_again_is_passed_over():
    inbox = new()
    accept(inbox, "load", [entry(1), entry(2)])
    assert numbers(accept(inbox, "load", [entry(1), entry(2), entry(3), entry(3)])) == [3]


def test_what_follows_a_gap_waits_until_the_gap_is_filled():
    inbox = new()
    assert numbers(accept(inbox, "load", [entry(1), entry(3)])) == [1]
    assert inbox.upto("load") == 1
    assert numbers(accept(inbox, "load", [entry(2), entry(3)])) == [2, 3]


def test_what_was_new_and_not_written_down_is_new_again():
    inbox = new()
    for _ in range(2):
        assert numbers(inbox.fresh("load", [entry(1), entry(2)])[0]) == [1, 2]
        assert inbox.upto("load") == 0


def test_each_load_has_its_own_numbers():
    inbox = new()
    accept(inbox, "one", [entry(1), entry(2)])
    assert numbers(accept(inbox, "two", [entry(1)])) == [1]
    assert (inbox.upto("one"), inbox.upto("two")) == (2, 1)


def test_an_overflow_stands_for_all_the_numbers_that_it_swallowed():
    inbox = new()
    accepted = accept(inbox, "load", [entry(1), overflow(2, dropped=5), entry(7)])
    assert numbers(accepted) == [1, 2, 7]
    assert inbox.upto("load") == 7


def test_an_entry_without_a_number_refuses_the_batch_and_changes_nothing():
    inbox = new()
    accept(inbox, "load", [entry(1)])
    with pytest.raises(MalformedMessage):
        accept(inbox, "load", [entry(2), {"kind": "event", "n": "3"}])
    assert inbox.upto("load") == 1
    assert numbers(accept(inbox, "load", [entry(2)])) == [2]


def test_another_malformed_entry_becomes_an_overflow_of_one_and_is_told_of():
    problems = []
    inbox = new(problems.append)
    accepted = accept(inbox, "load", [entry(1), {"kind": "exec", "n": 2}, entry(3)])
    assert [(entry["n"], entry["kind"]) for entry in accepted] == [
        (1, "event"),
        (2, "overflow"),
        (3, "event"),
    ]
    assert [type(problem) for problem in problems] == [MalformedMessage]


@given(data=st.data())
def test_whatever_the_wire_does_each_load_is_accepted_once_and_in_order(data):
    """Batches are sent again, doubled, cut short, and come in any order."""
    sent = {"one": data.draw(st.integers(1, 30)), "two": data.draw(st.integers(1, 30))}
    spans = st.tuples(st.sampled_from(sorted(sent)), st.integers(1, 30), st.integers(1, 12))
    inbox = new()
    accepted: dict[str, list[int]] = {load: [] for load in sent}

    def receive(load: str, first: int, count: int) -> None:
        last = min(first + count - 1, sent[load])
        batch = data.draw(st.permutations([entry(n) for n in range(first, last + 1)]))
        accepted[load] += numbers(accept(inbox, load, batch))
        assert inbox.upto(load) == len(accepted[load])

    for load, first, count in data.draw(st.lists(spans, max_size=25)):
        receive(load, first, count)
        assert accepted[load] == list(range(1, len(accepted[load]) + 1))
    # A page goes on sending from what was acknowledged, until all is.
    for load, last in sent.items():
        receive(load, inbox.upto(load) + 1, last)
        assert accepted[load] == list(range(1, last + 1))


def test_loads_long_gone_are_forgotten_and_busy_ones_are_not():
    inbox = new()
    accept(inbox, "old", [entry(1)])
    accept(inbox, "busy", [entry(1)])
    for number in range(LOADS_REMEMBERED):
        accept(inbox, f"load {number}", [entry(1)])
        accept(inbox, "busy", [])
    assert inbox.upto("old") == 0
    assert inbox.upto("busy") == 1
