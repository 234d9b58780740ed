from __future__ import annotations

import json
import re
from datetime import datetime, timezone

import pytest

from owidget_jupyter import Diagnosis, DiagnosisFuture, Finding
from owidget_jupyter.diagnosis.report import SHAPES

AT = datetime(2024, 5, 1, 12, 30, tzinfo=timezone.utc)
FINDINGS = [
    Finding("widget", "state", "connected"),
    Finding("widget", "isolation", "opaque", "notice", "No voice."),
    Finding("kernel", "error", "f: <ValueError>", "problem", "Look & see."),
]
MADE = Diagnosis(AT, FINDINGS)


def test_it_is_a_sequence_of_findings():
    assert list(MADE) == FINDINGS
    assert (len(MADE), MADE[0], MADE[1:]) == (3, FINDINGS[0], FINDINGS[1:])
    assert [topic for topic, _ in MADE.topics] == ["widget", "kernel"]


def test_as_text_it_has_a_line_for_each_finding_and_one_for_its_advice():
    assert str(MADE).splitlines() == [
        "Diagnosis of 2024-05-01 12:30:00 UTC: 1 problem, 1 notice",
        "",
        "widget",
        "  ✓ ok       state      connected",
        "  ! notice   isolation  opaque",
        "                        -> No voice.",
        "",
        "kernel",
        "  ✕ problem  error      f: <ValueError>",
        "                        -> Look & see.",
    ]
    assert repr(MADE) == "<Diagnosis: 1 problem, 1 notice>"
    assert repr(Diagnosis(AT, FINDINGS[:1])) == "<Diagnosis: nothing to complain about>"


def test_several_are_counted_as_several():
    assert repr(Diagnosis(AT, FINDINGS[1:] * 2)) == "<Diagnosis: 2 problems, 2 notices>"


def test_as_json_it_has_all_of_it():
    assert json.loads(MADE.to_json()) == MADE.to_dict()
    assert MADE.to_dict() == {
        "at": "2024-05-01T12:30:00+00:00",
        "findings": [
            {
                "topic": f.topic,
                "what": f.what,
                "value": f.value,
                "grade": f.grade,
                "advice": f.advice,
            }
            for f in FINDINGS
        ],
    }


def test_as_a_table_it_escapes_what_was_found_and_gives_each_grade_a_word_and_a_shape():
    table = MADE._repr_html_()
    assert "f: &lt;ValueError&gt;" in table
    assert "Look &amp; see." in table
    for grade, shape in SHAPES.items():
        assert re.search(rf'aria-hidden="true">{shape}</span> {grade}</span>', table)
    assert table.count('scope="rowgroup"') == 2
    assert len(set(SHAPES.values())) == 3


def test_notebooks_show_the_text_where_they_show_no_table():
    assert pretty(MADE) == str(MADE)


class Printer:
    def __init__(self) -> None:
        self.printed = ""

    def text(self, text: str) -> None:
        self.printed += text


def pretty(shown) -> str:
    printer = Printer()
    shown._repr_pretty_(printer, False)
    return printer.printed


def test_a_future_is_shown_as_its_report_once_that_is_there():
    future = DiagnosisFuture()
    assert repr(future) == pretty(future) == "<DiagnosisFuture: pending>"
    assert future._repr_html_() is None
    with pytest.raises(RuntimeError, match="await it, or add a callback"):
        future.result()
    future.set_result(MADE)
    assert pretty(future) == str(MADE)
    assert future._repr_html_() == MADE._repr_html_()
    assert repr(future) == "<DiagnosisFuture: done>"


def test_a_future_that_was_cancelled_shows_nothing():
    future = DiagnosisFuture()
    future.cancel()
    assert future._repr_html_() is None
