from __future__ import annotations

import pytest

from owidget_jupyter.inbox import LOADS_REMEMBERED, Inbox
from owidget_jupyter.wire import MalformedMessage


def entry(n: int, **fields):
    return {"kind": "event", "n": n, "at": 0, "type": "t", "detail": {}, **fields}


def overflow(n: int, dropped: int):
    return {"kind": "overflow", "n": n, "at": 0, "dropped": dropped}


def numbers(entries) -> list[int]:
    return [entry["n"] for entry in entries]


def test_nothing_is_known_of_a_load_that_never_spoke():
    assert Inbox().upto("load") == 0


def test_new_entries_are_accepted_in_their_order_whatever_order_they_come_in():
    inbox = Inbox()
    assert numbers(inbox.accept("load", [entry(2), entry(3), entry(1)])) == [1, 2, 3]
    assert inbox.upto("load") == 3


def test_what_comes_again_is_passed_over():
    inbox = Inbox()
    inbox.accept("load", [entry(1), entry(2)])
    assert numbers(inbox.accept("load", [entry(1), entry(2), entry(3), entry(3)])) == [3]


def test_what_follows_a_gap_waits_until_the_gap_is_filled():
    inbox = Inbox()
    assert numbers(inbox.accept("load", [entry(1), entry(3)])) == [1]
    assert inbox.upto("load") == 1
    assert numbers(inbox.accept("load", [entry(2), entry(3)])) == [2, 3]


def test_each_load_has_its_own_numbers():
    inbox = Inbox()
    inbox.accept("one", [entry(1), entry(2)])
    assert numbers(inbox.accept("two", [entry(1)])) == [1]
    assert (inbox.upto("one"), inbox.upto("two")) == (2, 1)


def test_an_overflow_stands_for_all_the_numbers_that_it_swallowed():
    inbox = Inbox()
    accepted = inbox.accept("load", [entry(1), overflow(2, dropped=5), entry(7)])
    assert numbers(accepted) == [1, 2, 7]
    assert inbox.upto("load") == 7


def test_one_malformed_entry_refuses_the_batch_and_changes_nothing():
    inbox = Inbox()
    inbox.accept("load", [entry(1)])
    with pytest.raises(MalformedMessage):
        inbox.accept("load", [entry(2), {"kind": "event", "n": 3}])
    assert inbox.upto("load") == 1
    assert numbers(inbox.accept("load", [entry(2)])) == [2]


def test_loads_long_gone_are_forgotten_and_busy_ones_are_not():
    inbox = Inbox()
    inbox.accept("old", [entry(1)])
    inbox.accept("busy", [entry(1)])
    for number in range(LOADS_REMEMBERED):
        inbox.accept(f"load {number}", [entry(1)])
        inbox.accept("busy", [])
    assert inbox.upto("old") == 0
    assert inbox.upto("busy") == 1
