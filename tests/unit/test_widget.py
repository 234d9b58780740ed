from __future__ import annotations

import json
import subprocess
import sys

import pytest

from owidget_jupyter import Failure, OWidget, ResolvedLanguage
from owidget_jupyter.model import TAIL

from .driver import (
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

SECRET = "s3cret-transcript"

# States and reports


@pytest.mark.parametrize("name", ["asking", "loading", "ready", "connecting"])
def test_a_state_is_what_the_page_reports(chat, page, name):
    page.batch(state(name))
    assert chat.state == name


@pytest.mark.parametrize("name", ["connected", "closed", "elsewhere", "x"])
def test_a_state_that_only_python_may_conclude_is_not_taken_from_a_page(chat, page, name):
    page.batch(state(name))
    assert chat.state == "idle"


@pytest.mark.parametrize(
    "entries",
    [
        [state("ready"), state("connecting"), status(0)],
        [state("ready"), status(0), state("connecting")],
        [status(0), state("ready"), state("connecting")],
    ],
)
def test_it_is_connected_once_connecting_and_a_status_were_both_seen(chat, page, entries):
    seen = []
    for entry in entries:
        seen.append(chat.state)
        page.batch(entry)
    assert "connected" not in seen
    assert chat.state == "connected"


def test_a_status_alone_does_not_make_it_connected(chat, page):
    page.batch(state("ready"), status(1))
    assert (chat.state, chat.status_code) == ("ready", 1)


def test_a_failure_has_a_code_and_a_sentence_and_no_status(chat):
    page = connected(chat)
    page.batch(failed("navigated", "The frame went away."))
    assert chat.error == Failure("navigated", "The frame went away.")
    assert str(chat.error) == "navigated: The frame went away."
    assert (chat.state, chat.status_code) == ("failed", None)


def test_an_error_goes_when_the_state_is_another(chat, page):
    page.batch(failed())
    page.batch(state("loading"))
    assert (chat.state, chat.error) == ("loading", None)


@pytest.mark.parametrize(
    ("name", "supported"),
    [
        ("idle", None),
        ("loading", None),
        ("ready", True),
        ("connecting", True),
        ("unsupported", False),
        ("failed", None),
    ],
)
def test_is_supported_says_no_more_than_was_seen(chat, page, name, supported):
    page.batch(state(name))
    assert chat.is_supported is supported


def test_isolation_and_language_are_reported_and_go_with_the_stage(chat, page):
    page.active = {"isolation": "opaque", "why": "it was set"}
    page.batch({"kind": "language", "tag": "cs", "rule": "page"})
    assert (chat.active_isolation, chat.isolation_reason) == ("opaque", "it was set")
    assert chat.resolved_language == ResolvedLanguage("cs", "page")
    page.release()
    assert chat.active_isolation is chat.isolation_reason is chat.resolved_language is None


def test_whoever_hears_of_a_stage_finds_its_isolation(chat, page):
    seen = []
    chat.observe(lambda change: seen.append((change.new, chat.active_isolation)), "state")
    page.batch(state("loading"))
    page.active = {"isolation": "opaque", "why": "it was set"}
    page.batch(state("ready"))
    page.active = None  # what a page does not say stands
    page.batch(state("connecting"))
    assert seen == [("loading", None), ("ready", "opaque"), ("connecting", "opaque")]


def test_the_isolation_of_a_stage_that_was_replaced_is_old(chat, page):
    old = page.lease
    chat.preset = "sales"
    page.active = {"isolation": "opaque", "why": "it was set"}
    page.batch(event(), lease=old)
    assert chat.active_isolation is None
    assert len(chat.event_log) == 1


@pytest.mark.parametrize(("code", "word"), [(0, "offline"), (1, "online"), (2, "busy")])
def test_a_status_has_a_word(chat, page, code, word):
    assert chat.status == "unknown"
    page.batch(status(code))
    assert (chat.status_code, chat.status) == (code, word)


def test_a_status_that_the_vendor_does_not_know_is_not_taken(chat, page):
    page.batch(status(3), status(1), status(-1))
    assert chat.status_code == 1
    assert len(chat.event_log) == 1


def test_the_log_keeps_max_events(chat, page):
    chat.max_events = 3
    page.batch(*(event(f"type {number}") for number in range(10)))
    assert [seen.type for seen in chat.event_log] == ["type 7", "type 8", "type 9"]
    assert page.comm.custom("accepted")[-1]["total"] == 10
    chat.max_events = 1
    assert len(chat.event_log) == 1


# What is synced


def test_the_whole_state_has_the_end_of_the_log_without_details(chat, page):
    page.batch(*(event(f"type {number}", {"secret": SECRET}) for number in range(TAIL + 10)))
    tail = chat.get_state()["_tail"]
    assert [line["seq"] for line in tail] == list(range(11, TAIL + 11))
    assert set(tail[0]) == {"seq", "type", "at", "code"}


def test_a_part_of_the_state_has_no_log(chat, page):
    page.batch(event())
    assert chat.get_state("preset") == {"preset": None}
    assert chat.get_state(["_tail", "preset"])["_tail"] == []


def test_the_log_is_never_synced_as_it_grows(chat, page):
    page.batch(event())
    assert all(
        "_tail" not in update and "event_log" not in update for update in page.comm.updates()
    )


def test_no_detail_token_or_transcript_leaves_python(monkeypatch):
    chat = OWidget(COMPANY, isolation="origin", scope="demo")
    page = connected(chat)
    page.batch(event("chatSessionStarted", {"text": SECRET, SECRET: 1}))
    chat.call("openChat")
    token = page.run()["server"]["base"].rsplit("/", 2)[1]
    shown = repr(chat) + json.dumps([chat.get_state(), chat._get_embed_state()])
    sent = json.dumps(page.comm.published)
    assert SECRET not in shown + sent + repr(chat.event_log) + repr(chat.event_log[0])
    assert token not in shown
    synced = json.dumps([data for kind, data in page.comm.published if kind == "comm_open"])
    assert token not in synced + json.dumps(page.comm.updates())


def test_the_repr_says_where_it_is_and_nothing_personal(chat):
    chat.preset = "sales"
    chat.add_custom_data("oo1_guest_email", "eva@example.org")
    connected(chat).batch(event("chatSessionStarted", {"name": "Eva"}))
    assert repr(chat) == (
        f"OWidget(state='connected', status='online', company_id='{COMPANY}', "
        "preset='sales', events=2)"
    )


def test_displaying_it_gives_a_view_and_the_repr_as_text(chat):
    bundle = chat._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == chat.model_id
    assert data["text/plain"].startswith("OWidget(state='idle'")


@pytest.mark.parametrize(
    "update",
    [
        {"status_code": 1},
        {"state": "connected"},
        {"company_id": "11111111-2222-4333-8444-555555555555"},
        {"host": "evil.example"},
        {"isolation": "none"},
        {"event_log": []},
        {"_tail": [{"seq": 1}]},
        {"_key": "x"},
        {"_esm": "export default {}"},
        {"_simulated": True},
    ],
    ids=lambda update: next(iter(update)),
)
def test_a_page_cannot_write_a_trait(chat, page, update):
    before = chat.get_state()
    page.comm.receive({"method": "update", "state": update, "buffer_paths": []})
    assert chat.get_state() == before
    assert messages(chat) == [f"it tried to write {next(iter(update))}"]
    assert len(page.grants()) == 1


def test_a_page_may_write_what_is_not_ours(chat, page):
    chat.set_state({"tooltip": "x", "preset": "evil"})
    assert (chat.tooltip, chat.preset) == ("x", None)


def test_two_models_have_keys_of_their_own():
    assert len({OWidget(COMPANY).get_state()["_key"] for _ in range(20)}) == 20


# The end


def test_closing_tells_the_page_and_leaves_nothing_online(chat):
    page = connected(chat)
    states = []
    chat.observe(lambda change: states.append(change.new), names="state")
    chat.close()
    assert (chat.state, chat.status_code, chat.error) == ("closed", None, None)
    assert states == ["closed"]
    assert page.comm.published[-1][0] == "comm_close"
    assert page.comm.updates()[-1] == {"state": "closed", "status_code": None}


def test_closing_twice_does_nothing_more(chat):
    page = connected(chat)
    chat.close()
    sent = len(page.comm.published)
    chat.close()
    assert len(page.comm.published) == sent


def test_nothing_is_sent_or_heeded_after_the_end(chat):
    page = connected(chat)
    heard = []
    chat.on_event(heard.append)
    chat.close()
    sent = len(page.comm.published)
    page.want(take=True)
    page.batch(event())
    page.raw({"kind": "nonsense"})
    chat.preset = "other"
    chat.height = 300
    chat.errors._note("test", "late")
    for late in (lambda: chat.add_custom_data("a", 1), chat.connect_to_server, chat.retry):
        with pytest.raises(RuntimeError, match="closed"):
            late()
    assert len(page.comm.published) == sent
    assert (heard, len(chat.event_log), chat.state) == ([], 2, "closed")


def test_a_closed_widget_cannot_be_retried(chat):
    chat.close()
    with pytest.raises(RuntimeError, match="make a new one"):
        chat.retry()


def test_a_callback_may_close_the_widget(chat, page):
    heard = []

    def last(seen) -> None:
        heard.append(seen.type)
        chat.close()

    chat.on_event(last)
    page.batch(event("one"))
    assert chat.state == "closed"
    assert heard == ["one"]
    assert page.comm.published[-1][0] == "comm_close"


def test_the_log_can_be_read_after_the_end(chat):
    connected(chat).batch(event())
    chat.close()
    assert [seen.type for seen in chat.event_log] == ["status", "chatWindowOpen", "status"]
    assert chat.event_log[-1].detail == {"code": None}
    assert "state='closed'" in repr(chat)


def test_a_widget_that_could_not_be_made_leaves_nothing_behind():
    from ipywidgets.widgets.widget import _instances

    before = len(_instances)
    for bad in ({"host": "0.0.0.0"}, {"hots": "x"}):
        with pytest.raises(Exception, match=r"0\.0\.0\.0|hots"):
            OWidget(COMPANY, **bad)
    assert len(_instances) == before


def test_importing_or_making_one_starts_no_server():
    from owidget_jupyter.stage.server import StageServer

    chat = OWidget(COMPANY, isolation="origin")
    chat.retry()
    assert not StageServer._running
    assert comm_of(chat).custom() == []
    Page(chat).want()
    assert StageServer._running


def test_every_public_name_is_there_and_what_studies_logs_is_imported_on_its_first_use():
    code = """
import sys
import owidget_jupyter
assert "owidget_jupyter.sessions.deriving" not in sys.modules
assert "owidget_jupyter.sessions.timeline" not in sys.modules
for name in owidget_jupyter.__all__:
    assert getattr(owidget_jupyter, name).__name__ == name
assert not hasattr(owidget_jupyter, "Sesion")
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
