"""Logs as others may have left them: of several runs, doubled, hostile; and what is said of it."""

from __future__ import annotations

import json
import traceback
import warnings
from pathlib import Path

import pytest

from owidget_jupyter import Event, EventLog

from .driver import NOON
from .logs import OPEN, STARTED, at, log_of, talk

HEADER = '{"format": "owidget-jupyter event log", "version": 1, "dropped": 0}\n'
LINE = log_of((0, OPEN)).to_jsonl().splitlines(keepends=True)[1]
SECRET = "+420 777 666 555"


def read(text: str) -> EventLog:
    """Read without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return EventLog.from_jsonl(text=text)


def run(name: str, after: int = 0) -> str:
    """Return the header of a run that goes on after so many entries."""
    return HEADER.replace('"dropped": 0', f'"run": "{name}", "after": {after}')


def changed(**members: object) -> str:
    return json.dumps({**json.loads(LINE), **members}) + "\n"


def raw(member: str, written: str) -> str:
    """Return a line with a member written like this."""
    return changed(**{member: "instead"}).replace('"instead"', written)


def types(log: EventLog) -> list[str]:
    return [event.type for event in log]


# Several runs


def test_several_runs_are_numbered_on_and_each_is_a_section():
    written = log_of(*talk()).to_jsonl()
    log = read(written + written)
    assert [event.seq for event in log] == list(range(1, 11))
    assert log._snapshot().breaks == [6]
    assert [session.outcome for session in log.sessions()] == ["served", "served"]


def test_numbers_that_a_journal_left_out_are_closed_up():
    log = read(HEADER + changed(seq=3) + changed(seq=9))
    assert [event.seq for event in log] == [1, 2]


def test_what_a_later_section_lacks_is_an_overflow_there():
    log = read(HEADER + LINE + HEADER.replace("0}", "7}") + changed(at=at(60).isoformat()))
    assert [(event.seq, event.type) for event in log] == [(1, OPEN), (2, "overflow"), (3, OPEN)]
    assert log[1] == Event(2, "overflow", at(60), at(0), 0.0, "page", {"dropped": 7})
    assert log.dropped == 0


def test_what_is_lacking_at_the_end_is_told():
    with pytest.warns(UserWarning, match="the text: 7 entries are missing at the end"):
        log = EventLog.from_jsonl(text=HEADER + LINE + HEADER.replace("0}", "7}"))
    assert len(log) == 1


def test_runs_that_wrote_in_turns_are_kept_apart():
    a, b = (changed(type=name) for name in "ab")
    log = read(run("1") + a + a + run("2") + b + run("1", 2) + a + run("2", 1) + b + b)
    assert types(log) == ["a", "a", "a", "b", "b", "b"]
    assert [event.seq for event in log] == [1, 2, 3, 4, 5, 6]
    assert log._snapshot().breaks == [4]
    assert read(log.to_jsonl())._snapshot() == log._snapshot()


def test_a_run_that_goes_on_after_a_gap_says_what_it_lacks_and_is_cut_there():
    a, b = (changed(type=name) for name in "ab")
    log = read(run("1") + a + run("2") + b + run("1", 4) + a)
    assert types(log) == ["a", "overflow", "a", "b"]
    assert log[1].detail == {"dropped": 3}
    assert log._snapshot().breaks == [2, 4]


def test_headers_of_a_run_that_lack_nothing_make_no_section():
    log = read(run("1") + LINE + run("1", 1) + LINE)
    assert (len(log), log._snapshot().breaks) == (2, [])


def test_what_the_first_run_lacks_went_before_the_log():
    log = read(run("1", 5) + LINE + run("2", 3) + LINE)
    assert (log.dropped, log[0].seq) == (5, 6)
    assert types(log) == [OPEN, "overflow", OPEN]


def test_a_gap_is_counted_by_what_is_there():
    with pytest.warns(UserWarning, match="line 3 breaks off"):
        log = EventLog.from_jsonl(text=run("1") + LINE + LINE[:20] + "\n" + run("1", 2) + LINE)
    assert types(log) == [OPEN, "overflow", OPEN]
    assert log[1].detail == {"dropped": 1}


def test_a_file_put_behind_itself_is_two_runs():
    once = run("1") + LINE + LINE
    log = read(once + once)
    assert (len(log), log._snapshot().breaks) == (4, [3])


def test_runs_and_sections_without_one_stand_together():
    log = read(HEADER + LINE + run("1") + LINE + HEADER + LINE + run("1", 1) + LINE)
    assert log._snapshot().breaks == [2, 4]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (run("1").replace('"1"', "1"), "its 'run' is no id"),
        (run("1", -1), "its 'after' is no number of entries"),
        (run("1").replace(', "after": 0', ""), "its 'after' is no number of entries"),
        (run("1", 10**23), "its 'after' is no number of entries"),
    ],
)
def test_a_header_of_no_run_is_refused(text, what):
    with pytest.raises(ValueError, match=f"the text, line 1: {what}"):
        read(text)


# What no log holds


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (raw("skew", "1" + "0" * 400), "its 'skew' is no number of seconds"),
        (raw("skew", "1e300"), "its 'skew' is no number of seconds"),
        (raw("skew", "-4e10"), "its 'skew' is no number of seconds"),
        (raw("skew", "1e999"), "a number in it is too large"),
        (raw("seq", str(2**53 + 1)), "its 'seq' is no number of an entry"),
        (raw("at", '"9999-12-31T23:59:59+00:00"'), "its 'at' is not in the years 1970 to 2969"),
        (raw("at", '"1969-12-31T23:59:59+00:00"'), "its 'at' is not in the years"),
        (raw("received", '"2970-01-01T00:00:00+00:00"'), "its 'received' is not in the years"),
        (raw("detail", "NaN"), "NaN is no JSON"),
        (raw("detail", '{"a": [-Infinity]}'), "-Infinity is no JSON"),
        (raw("detail", "[-1e999]"), "a number in it is too large"),
        (raw("detail", '{"a": {"b": 1, "b": 1}}'), "has the same member twice"),
        (raw("seq", '1, "seq": 1'), "has the same member twice"),
        (changed(type="overflow", detail={"dropped": -5}), "the detail of 'overflow'"),
        (changed(type="overflow", detail={"dropped": 0}), "the detail of 'overflow'"),
        (changed(type="overflow", detail={"dropped": 2**53 + 1}), "the detail of 'overflow'"),
        (changed(type="overlap", detail={"seconds": -1}), "the detail of 'overlap'"),
        (changed(type="overlap", detail={"seconds": 1e300}), "the detail of 'overlap'"),
        (changed(type="overlap", detail={"seconds": None}), "the detail of 'overlap'"),
        (changed(type="status", detail={"code": 1.0}), "the detail of 'status'"),
        (changed(type="status", detail={"code": []}), "the detail of 'status'"),
    ],
)
@pytest.mark.parametrize("behind", ["", LINE, HEADER])
def test_what_could_not_be_worked_with_or_written_again_is_refused(text, what, behind):
    with pytest.raises(ValueError, match=f"the text, line 2: .*{what}"):
        read(HEADER + text + behind)


@pytest.mark.parametrize("dropped", [10**23, 2**53, -1, 1.0, True, "1"])
def test_a_header_with_an_impossible_number_is_refused(dropped):
    with pytest.raises(ValueError, match="line 1: its 'dropped' is no number of entries"):
        read(HEADER.replace("0}", f"{json.dumps(dropped)}}}"))


def test_what_is_only_just_accepted_can_be_worked_with():
    first = raw("at", '"1970-01-01T00:00:00+00:00"').replace('"skew": 0.0', '"skew": -31556908800')
    last = raw("at", '"2969-12-31T23:59:59+00:00"').replace('"skew": 0.0', '"skew": 31556908800')
    received = '"2969-12-31T23:59:59+00:00"'
    for lines in (first, last, first + last, last + first):
        far = lines.replace('"2024-05-01T12:00:00+00:00"', received)
        log = read(HEADER.replace("0}", f"{2**52}}}") + far)
        assert read(log.to_jsonl())._snapshot() == log._snapshot()
        log.sessions().to_pandas()
        log.status_intervals().to_pandas()
        assert log.to_pandas()["seq"][0] == 2**52 + 1
        assert log.timeline()._repr_png_()


def test_a_mark_of_an_editor_in_front_is_no_harm():
    assert len(read("\ufeff" + HEADER + LINE)) == 1


# What is said of it


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        json.dumps(SECRET),
        changed(at=SECRET),
        changed(received=SECRET),
        changed(seq=SECRET),
        changed(skew=SECRET),
        changed(replay=SECRET),
        changed(**{SECRET: 1}),
        changed(detail=SECRET)[:-3],
        changed(type="status", detail={"code": SECRET}),
        raw("detail", f'{{"{SECRET}": 1, "{SECRET}": 2}}'),
        json.dumps({"format": SECRET}),
        json.dumps({**json.loads(HEADER), "version": SECRET}),
        json.dumps({**json.loads(HEADER), "dropped": SECRET}),
        json.dumps({**json.loads(run("1")), "run": [SECRET]}),
    ],
)
def test_no_message_repeats_what_is_in_a_line(text):
    with pytest.raises(ValueError, match="line 2: ") as raised:
        read(HEADER + text + "\n")
    assert SECRET not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("as_path", [str, Path])
@pytest.mark.parametrize("events", [0, 1, 50])
def test_a_log_in_the_place_of_a_path_is_refused_without_repeating_it(as_path, events):
    log = log_of(*[(second, STARTED, {"phone": SECRET}) for second in range(events)])
    for act in (EventLog.from_jsonl, log.to_jsonl):
        with pytest.raises(ValueError, match=r"from_jsonl\(text=...\) reads") as raised:
            act(as_path(log.to_jsonl()))
        shown = "".join(traceback.format_exception(raised.value))
        assert SECRET not in shown
        assert STARTED not in shown


@pytest.mark.parametrize("given", [{"path": b"a"}, {"path": [SECRET]}, {"text": [SECRET]}])
def test_what_is_neither_path_nor_text_is_refused_by_its_type(given):
    with pytest.raises(TypeError, match=r"not (list|bytes)") as raised:
        EventLog.from_jsonl(**given)
    assert SECRET not in str(raised.value)


# What cannot be written


@pytest.mark.parametrize(
    ("detail", "error", "what"),
    [
        ({1, 2}, TypeError, "set is not JSON serializable"),
        ({"a": float("nan")}, ValueError, "Out of range float"),
        ([float("-inf")], ValueError, "Out of range float"),
    ],
)
def test_a_detail_that_no_json_holds_is_refused_by_its_entry(detail, error, what):
    log = EventLog()
    log._append("x", NOON, NOON, 0.0, "page", {})
    log._append("odd", NOON, NOON, 0.0, "page", detail)
    with pytest.raises(error, match=f"entry 2 has no JSON: .*{what}"):
        log.to_jsonl()


def test_a_detail_that_is_nested_too_deeply_is_refused_by_its_entry():
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    log = EventLog()
    log._append("odd", NOON, NOON, 0.0, "page", deep)
    with pytest.raises(ValueError, match="entry 1 has no JSON: it is nested too deeply"):
        log.to_jsonl()
