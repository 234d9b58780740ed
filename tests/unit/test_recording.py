from __future__ import annotations

import json
import warnings
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owidget_jupyter import EventLog

from .driver import NOON
from .logs import FIVE, OPEN, add, log_of, status, talk

HEADER = '{"format": "owidget-jupyter event log", "version": 1, "dropped": 0}\n'
LINE = log_of((0, OPEN)).to_jsonl().splitlines(keepends=True)[1]


def same(read: EventLog, written: EventLog) -> bool:
    return (
        list(read) == list(written)
        and (read.dropped, read.total) == (written.dropped, written.total)
        and read._snapshot() == written._snapshot()
    )


def read(text: str) -> EventLog:
    """Read without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return EventLog.from_jsonl(text=text)


def changed(**members: object) -> str:
    return json.dumps({**json.loads(LINE), **members}) + "\n"


# The format


def test_a_header_and_a_line_for_each_entry():
    log = EventLog()
    moment = datetime(2024, 5, 1, 12, 0, 0, 123000, tzinfo=timezone.utc)
    log._append(OPEN, moment, moment, 0.012, "page", {"channel": "chat"})
    assert log.to_jsonl() == HEADER + (
        '{"seq": 1, "type": "chatWindowOpen", "at": "2024-05-01T12:00:00.123000+00:00", '
        '"received": "2024-05-01T12:00:00.123000+00:00", "skew": 0.012, "frontend": "page", '
        '"detail": {"channel": "chat"}, "replay": false}\n'
    )


def test_an_empty_log_is_a_header():
    assert EventLog().to_jsonl() == HEADER
    assert same(read(HEADER), EventLog())


def test_a_log_that_dropped_entries_comes_back_with_its_numbers():
    log = EventLog(max_events=3)
    for entry in talk():
        add(log, *entry)
    again = read(log.to_jsonl())
    assert same(again, log)
    assert ([event.seq for event in again], again.dropped, again.total) == ([3, 4, 5], 2, 5)


def test_sections_come_back():
    log = log_of(*talk())
    log._bound(100)
    for _ in range(2):
        log._begin_section()
        for entry in talk()[:3]:
            add(log, *entry, replay=True)
    again = read(log.to_jsonl())
    assert same(again, log)
    assert again.sessions() == log.sessions()


@pytest.mark.parametrize(
    "detail",
    [
        {"half": "\ud83d", "\udc00": 1},
        {"ends": "a\u2028b\u2029c\x85d\ne\rf\x0b\x1c"},
        {"big": 2**80, "small": -(2**70), "zero": 0},
        {"float": 0.1 + 0.2, "tiny": 5e-324, "huge": 1.7976931348623157e308},
        {"nested": {"list": [None, True, [], {}, [[{"x": "y"}]]]}},
        [],
        "text",
        None,
        0,
        False,
    ],
)
def test_details_survive(detail):
    log = EventLog()
    log._append("odd\u2028\ud83d", NOON, NOON, -0.1, "p\n", detail)
    again = read(log.to_jsonl())
    assert same(again, log)
    assert type(again[0].detail) is type(detail)


def test_only_plain_ascii_is_written():
    assert log_of((0, "typ\u2028é", {"ü": "\ud83d"})).to_jsonl().isascii()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),  # surrogates as well
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2969, 12, 31), timezones=st.just(timezone.utc))
OWN = st.one_of(
    st.tuples(st.just("status"), st.fixed_dictionaries({"code": st.sampled_from([0, 1, 2, None])})),
    st.tuples(st.just("overflow"), st.fixed_dictionaries({"dropped": st.integers(1, 10**9)})),
    st.tuples(
        st.just("overlap"),
        st.fixed_dictionaries({"frontend": st.text(), "seconds": st.floats(0, 1e6)}),
    ),
)
VENDORS = st.tuples(st.sampled_from(FIVE) | st.text().map("x{}".format), JSON)
LOGGED = st.lists(
    st.tuples(
        OWN | VENDORS,
        TIMES,
        TIMES,
        st.floats(-1e9, 1e9),
        st.text(max_size=5),
        st.booleans(),
        st.booleans(),
    ),
    max_size=12,
)


@given(LOGGED, st.integers(1, 12))
def test_whatever_is_in_a_log_comes_back(entries, most):
    log = EventLog(most)
    for (type, detail), moment, received, skew, page, replay, section in entries:
        if section:
            log._begin_section()
        log._append(type, moment, received, skew, page, detail, replay)
    snapshot = log._snapshot()
    again = read(log.to_jsonl())
    assert (list(again), again.dropped, again.total) == (list(log), log.dropped, log.total)
    first = snapshot.entries[0].seq if snapshot.entries else 0
    last = snapshot.entries[-1].seq if snapshot.entries else 0
    assert again._snapshot().breaks == [seq for seq in snapshot.breaks if first < seq <= last]
    assert again.to_jsonl() == log.to_jsonl()


# Files


def test_a_file_is_written_and_read(tmp_path):
    log = log_of(status(0, 1), *talk())
    path = tmp_path / "chat.jsonl"
    assert log.to_jsonl(path) is None
    assert path.read_text() == log.to_jsonl()
    assert same(EventLog.from_jsonl(path), log)
    assert same(EventLog.from_jsonl(str(path)), log)
    assert list(tmp_path.iterdir()) == [path]


def test_a_home_is_expanded(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    log_of((0, OPEN)).to_jsonl("~/chat.jsonl")
    assert len(EventLog.from_jsonl("~/chat.jsonl")) == 1


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(tmp_path):
    path = tmp_path / "chat.jsonl"
    log_of((0, OPEN)).to_jsonl(path)
    before = path.read_text()
    log = log_of((0, OPEN), (1, "odd", {"no JSON": object()}))
    with pytest.raises(TypeError, match="JSON"):
        log.to_jsonl(path)
    assert path.read_text() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "target.jsonl", tmp_path / "link.jsonl"
    target.write_text("old")
    link.symlink_to(target)
    log_of((0, OPEN)).to_jsonl(link)
    assert link.is_symlink()
    assert len(EventLog.from_jsonl(target)) == 1


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        EventLog().to_jsonl(tmp_path / "none" / "chat.jsonl")
    with pytest.raises(FileNotFoundError):
        EventLog.from_jsonl(tmp_path / "chat.jsonl")


@pytest.mark.parametrize("given", [{}, {"path": "a", "text": "b"}])
def test_it_is_read_from_one_place(given):
    with pytest.raises(TypeError, match="exactly one"):
        EventLog.from_jsonl(**given)


# What others may have done to it


@pytest.mark.parametrize("ending", ["\r\n", "\n\n", " \n"])
def test_other_ends_of_lines_and_empty_lines_are_no_harm(ending):
    assert len(read((HEADER + LINE + LINE).replace("\n", ending))) == 2


def test_a_last_line_without_its_end_is_a_line():
    assert len(read((HEADER + LINE).rstrip())) == 1


def test_a_time_may_be_of_any_zone():
    log = read(HEADER + changed(at="2024-05-01T14:00:00+02:00", received="2024-05-01T12:00:00Z"))
    assert (log[0].at, log[0].received) == (NOON, NOON)
    assert log[0].at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("cut", [1, 10, len(LINE) - 2])
def test_a_last_line_that_breaks_off_is_left_out_and_told_of(cut):
    with pytest.warns(UserWarning, match="line 3 breaks off, and is left out") as warned:
        log = EventLog.from_jsonl(text=HEADER + LINE + LINE[:cut])
    assert len(log) == 1
    assert warned[0].filename == __file__


def test_a_line_that_breaks_off_before_another_run_is_left_out_and_told_of(tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_text(HEADER + LINE + LINE[:30] + "\n" + HEADER + LINE)
    with pytest.warns(UserWarning, match=rf"{path}, line 3 breaks off"):
        assert len(EventLog.from_jsonl(path)) == 2


def test_a_header_that_breaks_off_before_another_run_is_left_out_and_told_of():
    with pytest.warns(UserWarning, match="line 1 breaks off"):
        assert len(EventLog.from_jsonl(text=HEADER[:9] + "\n" + HEADER + LINE)) == 1


def test_a_header_may_break_off_behind_a_line_that_does():
    with pytest.warns(UserWarning, match="breaks off") as warned:
        log = EventLog.from_jsonl(
            text=HEADER + LINE[:9] + "\n" + HEADER[:20] + "\n" + HEADER + LINE
        )
    assert [str(each.message)[10:16] for each in warned] == ["line 2", "line 3"]
    assert len(log) == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the text has no header: it is no event log"),
        ("\n\n", "the text has no header: it is no event log"),
        (HEADER[:9], "the text has no header: it is no event log"),
        ("hello", "line 1: it is no JSON"),
        ("hello\n", "line 1: it is no JSON"),
        (LINE, "line 1: it should be a header, and is not"),
        ('{"format": "x", "version": 1, "dropped": 0}', "line 1: its format is not 'owidget"),
        (HEADER.replace("1", "2"), "line 1: it was written in version 2 .* install a newer one"),
        (HEADER.replace("1", "0"), "line 1: its 'version' is no version"),
        (HEADER.replace("1", "true"), "line 1: its 'version' is no version"),
        (HEADER.replace("0}", "-1}"), "line 1: its 'dropped' is no number of entries"),
        (HEADER.replace(', "dropped": 0', ""), "line 1: its 'dropped' is no number of entries"),
        (HEADER + LINE[:9] + "\n" + LINE, "line 2: it is no JSON"),
        (HEADER + LINE[:9] + "\n", "line 2: it is no JSON"),
        (HEADER + LINE + "nonsense", "line 3: it is no JSON"),
        (HEADER + LINE + "nonsense\n" + HEADER, "line 3: it is no JSON"),
        (HEADER + LINE + "[1]\n", "line 3: it is no entry"),
        (HEADER + LINE + "1\n", "line 3: it is no entry"),
        (HEADER + "{}\n", r"line 2: an entry lacks \['at', 'detail'"),
        (HEADER + changed(more=1), r"line 2: an entry has no members but \['seq'"),
        (HEADER + changed(seq="1"), "line 2: its 'seq' cannot be of the type str"),
        (HEADER + changed(seq=True), "line 2: its 'seq' cannot be of the type bool"),
        (HEADER + changed(seq=0), "line 2: its 'seq' is no number of an entry"),
        (HEADER + changed(type=None), "line 2: its 'type' cannot be of the type NoneType"),
        (HEADER + changed(skew="0"), "line 2: its 'skew' cannot be of the type str"),
        (HEADER + changed(skew=float("nan")), "line 2: NaN is no JSON"),
        (HEADER + changed(replay=0), "line 2: its 'replay' cannot be of the type int"),
        (HEADER + changed(at=5), "line 2: its 'at' cannot be of the type int"),
        (HEADER + changed(at="noon"), "line 2: its 'at' is no time in ISO 8601"),
        (HEADER + changed(at="2024-05-01T12:00:00"), "line 2: .* a time without a zone"),
        (
            HEADER + changed(at="0001-01-01T00:00:00+14:00"),
            "line 2: its 'at' is no time in ISO 8601",
        ),
        (HEADER + changed(type="status"), "line 2: the detail of 'status' has no 'code'"),
        (HEADER + changed(type="status", detail={"code": 3}), "line 2: the detail of 'status'"),
        (HEADER + changed(type="status", detail={"code": True}), "line 2: the detail of 'status'"),
        (HEADER + changed(type="overflow", detail=[]), "line 2: the detail of 'overflow'"),
        (HEADER + changed(type="overlap", detail={}), "line 2: the detail of 'overlap'"),
    ],
)
def test_what_is_malformed_is_refused_by_its_line(text, what):
    with pytest.raises(ValueError, match=what):
        read(text)


def test_bytes_that_are_no_text_are_refused_by_their_line(tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_bytes(HEADER.encode() + b'{"\xff": 1}\n')
    with pytest.raises(ValueError, match="line 2: it is no JSON"):
        EventLog.from_jsonl(path)


def test_a_read_log_draws_and_derives_as_the_written_one():
    log = log_of(status(-1, 1), *talk())
    again = read(log.to_jsonl())
    assert again.sessions() == log.sessions()
    assert again.status_intervals() == log.status_intervals()
    assert again.to_pandas().equals(log.to_pandas())
