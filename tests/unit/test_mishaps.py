"""What goes wrong around a widget, and what must not go wrong with it."""

from __future__ import annotations

import contextlib

import pytest

from owidget_jupyter import CallError, OWidget

from .driver import COMPANY, Page, connected, event, failed, status


def test_a_want_that_comes_while_the_widget_closes_is_not_granted():
    chat = OWidget(COMPANY, isolation="origin")
    page = Page(chat)
    chat._exchange.close()
    page.want()
    assert page.grants() == []
    chat.close()


def test_a_call_of_a_stage_that_failed_fails_and_kept_ones_stay(chat):
    page = connected(chat)
    call = chat.call("openChat")
    page.batch(failed())
    with pytest.raises(CallError, match="failed before it answered"):
        call.result()
    kept = chat.call("later")
    page.batch(failed())
    assert not kept.done()


def test_a_call_whose_answer_was_lost_fails_in_the_end(chat):
    page = connected(chat)
    call = chat.call("openChat")
    for _ in range(9):
        page.alive()
        chat._exchange._look()
    assert not call.done()
    chat._exchange._look()
    with pytest.raises(CallError, match="time limit"):
        call.result()


@pytest.mark.parametrize("end", [SystemExit, KeyboardInterrupt])
def test_a_callback_that_would_end_the_kernel_loses_no_event_and_no_status(chat, end):
    page = connected(chat)
    heard = []

    def stop(event):
        raise end

    chat.on_event(stop)
    chat.on_event(lambda event: heard.append(event.type))
    with contextlib.suppress(KeyboardInterrupt):
        page.batch(event("chatWindowOpen"), event("chatWindowClosed"), status(2))
    assert chat.status_code == 2
    assert chat.errors[0].message.startswith(end.__name__)
    if end is SystemExit:
        assert heard == ["chatWindowOpen", "chatWindowClosed"]


def test_an_exception_without_a_text_loses_nothing(chat):
    class Mute(Exception):
        def __str__(self):
            raise RuntimeError

    def fail(event):
        raise Mute

    page = connected(chat)
    heard = []
    chat.on_event(fail)
    chat.on_event(lambda event: heard.append(event.type))
    page.batch(event("chatWindowOpen"), status(2))
    assert (heard, chat.status_code) == (["chatWindowOpen"], 2)
    assert chat.errors[0].message == "Mute, which has no text"


def test_a_holder_whose_grant_was_lost_is_granted_again_when_it_reports(chat):
    page = connected(chat)
    chat.preset = "other"
    assert len(page.grants()) == 2
    page.alive()  # under the first of them
    assert len(page.grants()) == 3
    assert page.grants()[-1] == page.grants()[-2]


def test_a_holder_that_wakes_is_what_it_was_before(chat):
    page = connected(chat)
    page.active = {"isolation": "opaque", "why": "because"}
    for _ in range(4):
        chat._exchange._look()
    assert (chat.state, chat.error.code, chat.status_code) == ("failed", "holder_silent", None)
    page.alive(status=1)
    assert (chat.state, chat.error, chat.status_code) == ("connected", None, 1)
    assert (chat.active_isolation, chat.isolation_reason) == ("opaque", "because")


def test_a_holder_that_wakes_with_a_failed_stage_tells_that_failure_again(chat):
    page = connected(chat)
    page.batch(failed("vendor_threw", "Try again."))
    for _ in range(4):
        chat._exchange._look()
    page.alive_but_failed("vendor_threw")
    assert (chat.state, chat.error.code) == ("failed", "vendor_threw")


def test_a_holder_that_wakes_says_its_isolation_as_well(chat):
    page = connected(chat)
    for _ in range(4):
        chat._exchange._look()
    page.active = {"isolation": "opaque", "why": "because"}
    page.alive(status=1)
    assert (chat.active_isolation, chat.isolation_reason) == ("opaque", "because")


def test_a_closed_widget_claims_no_isolation(chat):
    page = connected(chat)
    page.active = {"isolation": "opaque", "why": "because"}
    page.batch(status(2))
    assert chat.active_isolation == "opaque"
    chat.close()
    assert (chat.active_isolation, chat.isolation_reason) == (None, None)


def test_other_pages_are_told_where_it_runs_after_a_reload(chat):
    connected(chat, "before-reload").release()
    other = Page(chat, "other-tab")
    reloaded = Page(chat, "after-reload").want()
    other.want()
    reloaded.release()
    Page(chat, "reloaded-again").want()
    kinds = [
        (m["kind"], m.get("holder") or m.get("frontend"))
        for m in other.comm.custom()
        if m["kind"] != "accepted"
    ]
    assert kinds[-2:] == [("lease", "reloaded-again"), ("grant", "reloaded-again")]


def test_a_reloaded_page_replaces_itself_even_if_its_release_was_lost(chat):
    connected(chat, "before-reload")
    reloaded = Page(chat, "after-reload").want(replaces="before-reload")
    assert len(reloaded.grants()) == 1
    assert (chat.state, chat.status_code) == ("idle", None)
    other = Page(chat, "other-tab").want(replaces="before-reload")
    assert other.grants() == [], "whom it replaces holds nothing any more"
