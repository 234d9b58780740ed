from __future__ import annotations

import re

import pytest

from owidget_jupyter import EventLog, OWidget

from ..driver import append, connected, event, status
from .hand import Hand


@pytest.fixture
def page(explore, chat):
    """Return the page of a chat that is in a panel."""
    return connected(chat)


@pytest.fixture
def hand(explore, chat, page):
    return explore(chat)


def seqs(hand: Hand) -> list[int]:
    """Return the numbers of the entries in the table, from the top."""
    table = next(w.value for w in hand.all() if "No.</th><th" in str(getattr(w, "value", "")))
    return [int(seq) for seq in re.findall(r"<tr><td>(\d+)</td>", table)]


def test_an_empty_log_says_so(explore):
    assert "No entries so far." in explore(OWidget(isolation="opaque")).texts


def test_entries_are_listed_the_newest_first(hand, page):
    page.batch(event("chatWindowOpen"), event("<b>odd</b>"), status(2))
    hand.explorer.refresh()
    assert seqs(hand) == [4, 3, 2, 1]
    assert "2 busy" in hand.texts
    assert "&lt;b&gt;odd&lt;/b&gt;" in hand.markup
    assert "4 of 4 entries." in hand.texts
    hand.choose("Newest first", False)
    assert seqs(hand) == [1, 2, 3, 4]


def test_types_can_be_left_out(hand, page):
    page.batch(event("chatWindowOpen"), event("chatSessionCreated"), event("somethingElse"))
    hand.explorer.refresh()
    hand.choose("status", False)
    assert seqs(hand) == [4, 3, 2]
    hand.choose("others", False)
    assert seqs(hand) == [3, 2]
    hand.choose("chatWindowOpen", False)
    hand.choose("chatSessionCreated", False)
    assert "None of the 4 entries fits these filters." in hand.texts
    hand.choose("status", True)
    assert seqs(hand) == [1]


def test_texts_are_searched_for_in_types_and_only_when_asked_in_details(hand, page):
    page.batch(event("chatWindowOpen", {"who": "Eva"}), event("chatSessionCreated", {"n": 1}))
    hand.explorer.refresh()
    hand.type("Search in types", "SESSION")
    assert seqs(hand) == [3]
    hand.type("Search in types", "eva")
    assert "None of the 3 entries" in hand.texts
    hand.choose("Search in details, too", True)
    assert seqs(hand) == [2]


def test_it_is_bounded_and_shows_more_when_asked(hand, page):
    page.batch(*(event() for _ in range(600)))
    hand.explorer.refresh()
    assert seqs(hand) == list(range(601, 551, -1))
    hand.press("Show more")
    assert len(seqs(hand)) == 100
    for _ in range(8):
        hand.press("Show more")
    assert len(seqs(hand)) == 500
    assert hand.control("Show more").layout.display == "none"
    assert "No more than 500 are shown; chat.event_log has all." in hand.texts


def test_the_end_of_the_log_is_shown_in_either_order(hand, page):
    page.batch(*(event() for _ in range(100)))
    hand.explorer.refresh()
    hand.choose("Newest first", False)
    assert seqs(hand) == list(range(52, 102))


def test_while_it_does_not_follow_it_counts_what_comes(hand, page):
    hand.explorer.refresh()
    hand.choose("Follow", False)
    page.batch(event(), event())
    hand.explorer.refresh()
    assert seqs(hand) == [1]
    assert "1 of 1 entries. Paused; new since then: 2." in hand.texts
    hand.choose("status", False)
    assert "None of the 1 entries" in hand.texts
    hand.choose("Follow", True)
    assert seqs(hand) == [3, 2]
    assert "Paused" not in hand.texts


def test_what_was_dropped_and_replayed_is_said_to_be(explore):
    log = EventLog()
    append(log, "chatWindowOpen")
    chat = OWidget(isolation="opaque", max_events=2)
    hand = explore(chat)
    for _ in range(3):
        chat.replay(log)
    hand.explorer.refresh()
    assert "chatWindowOpen (replay)" in hand.texts
    assert "2 of 3 entries. Dropped before these: 1." in hand.texts


def test_details_are_shown_when_asked_for_and_then_for_what_is_listed(hand, page):
    page.batch(event("chatWindowOpen", {"who": "Eva"}), event("chatSessionCreated", ["x" * 3000]))
    hand.explorer.refresh()
    assert hand.shown("Details of these events") == ""
    hand.choose("Show details", True)
    shown = hand.shown("Details of these events")
    assert '2  chatWindowOpen  {"who": "Eva"}' in shown
    assert "… (1,004 characters more)" in shown
    hand.choose("chatWindowOpen", False)
    assert "Eva" not in hand.shown("Details of these events")
    hand.choose("Show details", False)
    assert hand.shown("Details of these events") == ""


def test_a_burst_redraws_the_table_a_few_times_and_never_grows(hand, page):
    table = next(w for w in hand.all() if "No.</th><th" in str(getattr(w, "value", "")))
    hand.explorer.refresh()
    before = len(table.comm.published)
    for _ in range(100):
        page.batch(*(event() for _ in range(100)))
    hand.explorer.refresh()
    assert len(hand.chat.event_log) == 10_000
    sent = [data for _, data in table.comm.published[before:]]
    assert 1 <= len(sent) < 50, "a hundred batches came"
    assert max(len(str(data)) for data in sent) < 20_000


def test_another_chat_begins_with_another_table(explore):
    hand = explore()
    connected(hand.chat).batch(event("ofTheFirst"))
    hand.explorer.refresh()
    hand.choose("Show details", True)
    hand.choose("Scenario", "offline-form")
    hand.press("Apply and connect")
    assert "No entries so far." in hand.texts
    assert hand.control("Show details").value is False


def test_half_a_surrogate_pair_of_a_log_from_elsewhere_is_shown_as_a_question_mark(explore, chat):
    log = EventLog()
    append(log, "odd \ud800", {"said": "\ud800"})
    hand = explore(chat)
    chat.replay(log)
    hand.explorer.refresh()
    hand.choose("Show details", True)
    assert "odd ? (replay)" in hand.texts
    assert '{"said": "?"}' in hand.shown("Details of these events")


def test_the_remark_on_details_stands_where_they_do(hand):
    note = next(w for w in hand.all() if "Details may hold" in str(getattr(w, "value", "")))
    assert note.layout.display == "none"
    hand.choose("Show details", True)
    assert note.layout.display is None
