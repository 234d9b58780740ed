from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owidget_jupyter.diagnosis.answers import Answer, read_page, read_stage
from owidget_jupyter.wire import MalformedMessage

from .scene import PAGE, STAGE, medium, violation


def test_what_a_page_answers_is_read():
    page = read_page(PAGE)
    assert page.host == "JupyterLab 4.6.6"
    assert read_page({**PAGE, "host": None}).host is None
    stage = read_stage({**STAGE, "violations": [violation("https://a.example:8443")]})
    assert stage.violations[0].source == "https://a.example:8443"
    assert read_stage({**STAGE, "script": None}).script is None


@pytest.mark.parametrize(
    "source",
    [
        "https://a.example/path",
        "https://a.example?q=Jane",
        "https://jane@a.example",
        "Jane Roe",
        "https://a.example\n",
        "x" * 400,
        "<b>",
    ],
)
def test_a_source_that_is_more_than_scheme_and_host_is_refused(source):
    with pytest.raises(MalformedMessage, match="source"):
        read_stage({**STAGE, "violations": [violation(source)]})


@pytest.mark.parametrize(
    "source", ["inline", "eval", "data:", "wss://*.a.example", "https://[::1]:8"]
)
def test_other_sources_are_taken(source):
    assert read_stage({**STAGE, "violations": [violation(source)]}).violations[0].source == source


@pytest.mark.parametrize("field", STAGE)
@pytest.mark.parametrize("value", [3.5, "Jane", {"a": 1}, [1], -1, float("nan"), True])
def test_what_is_of_another_kind_is_refused(field, value):
    usual = STAGE[field]
    if type(value) is type(usual) or (field == "frames" and value == 3.5):
        return
    with pytest.raises(MalformedMessage):
        read_stage({**STAGE, field: value})


@pytest.mark.parametrize("field", PAGE)
def test_a_page_without_one_of_its_findings_is_refused(field):
    if field == "host":
        return
    with pytest.raises(MalformedMessage, match=field):
        read_page({name: PAGE[name] for name in PAGE if name != field})


def test_lists_are_bounded():
    with pytest.raises(MalformedMessage, match="media"):
        read_stage({**STAGE, "media": [medium()] * 101})


def test_texts_of_a_page_are_cut_and_printable():
    page = read_page({**PAGE, "browser": "a\x00\n" + "b" * 500})
    assert page.browser.isprintable()
    assert len(page.browser) <= 120


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*STAGE, *PAGE, "outcome", "name"]), inner, max_size=6)
    ),
)


@given(_JSON, st.sampled_from(sorted({*STAGE, *PAGE})))
def test_whatever_is_sent_is_read_or_refused(value, field):
    for read, usual in ((read_page, PAGE), (read_stage, STAGE)):
        with suppress(MalformedMessage):
            read({**usual, field: value})


def test_the_fastest_trip_tells_of_the_clocks():
    made = Answer("page", None, None, [0.3, 0.1, 0.2], [9.0, 1.0, 5.0])
    assert (made.trip, made.skew) == (0.2, 1.0)
    assert Answer("page", None, None).trip is None
    assert not Answer("page", None, None).runs_chat
