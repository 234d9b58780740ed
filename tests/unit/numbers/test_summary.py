from __future__ import annotations

import pickle
import re
from collections.abc import Mapping

import pytest

from owidget_jupyter import NumberPolicy, NumberReason, NumberSummary

CZ = NumberPolicy("CZ")


@pytest.fixture
def summary() -> NumberSummary:
    counts = {NumberReason.TOO_SHORT: 5, NumberReason.OK: 1990, NumberReason.EMPTY: 5}
    return NumberSummary(counts, CZ)


def test_the_most_frequent_reason_comes_first(summary):
    assert isinstance(summary, Mapping)
    assert list(summary.items()) == [("ok", 1990), ("empty", 5), ("too_short", 5)]
    assert summary.total == 2000
    assert summary["too_short"] == summary[NumberReason.TOO_SHORT] == 5
    assert summary.get("characters", 0) == 0
    assert "characters" not in summary


def test_it_does_not_change(summary):
    with pytest.raises(TypeError):
        summary["ok"] = 1
    assert pickle.loads(pickle.dumps(summary)) == summary


def test_as_text(summary):
    assert repr(summary) == "<NumberSummary: 2000 numbers (1990 ok, 5 empty, 5 too_short)>"
    assert repr(NumberSummary({}, CZ)) == "<NumberSummary: 0 numbers>"
    assert repr(NumberSummary({NumberReason.OK: 1}, CZ)) == "<NumberSummary: 1 number (1 ok)>"


def test_as_a_table(summary):
    html = summary._repr_html_()
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", html)
    assert cells[:3] == ["ok", "1,990", "99.5%"]
    assert cells[4:7] == ["empty", "5", "0.2%"]
    assert cells[7].startswith("There is no number; accepted is")
    assert "color" not in html


def test_the_table_is_escaped(monkeypatch):
    monkeypatch.setattr("owidget_jupyter.numbers.summary.sentence", lambda *_: '<b>&"')
    html = NumberSummary({NumberReason.OK: 1}, CZ)._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;&amp;&quot;" in html


def test_an_empty_table():
    assert "<tbody></tbody>" in NumberSummary({}, CZ)._repr_html_()
