"""Medians, ratios, verdicts, and the table of them."""

from __future__ import annotations

import pytest

from tests.bench.result import HEADER, Ratio, Row, Spread, summary, table, times_less, times_more

from .runs import OURS, RIVAL, ROWS


@pytest.mark.parametrize(
    ("runs", "unit", "shown"),
    [
        ([2.0], "ms", "2 ms"),
        ([3.0, 1.0, 2.0], "ms", "2 (1–3) ms"),
        ([0.01234, 0.01236], "", "0.0123 (0.0123–0.0124)"),
        ([12345.6, 1.0, 99999.0], "bytes", "12,346 (1–99,999) bytes"),
        ([0.0, 0.0], "", "0"),
    ],
)
def test_a_figure_is_its_median_with_the_least_and_the_most(runs, unit, shown):
    assert str(Spread(runs, unit)) == shown


def test_ratios_are_those_of_the_medians():
    assert times_more(OURS, RIVAL).value == pytest.approx(0.4)
    assert times_less(OURS, RIVAL).value == pytest.approx(2.5)
    assert str(times_more(OURS, RIVAL)) == "ours/rival 0.4"
    assert str(times_less(OURS, RIVAL)) == "rival/ours 2.5"


@pytest.mark.parametrize(
    ("value", "least", "most", "mark", "verdict"),
    [
        (40, 40, None, "≥ 40", "reached"),
        (39.99, 40, None, "≥ 40", "MISSED"),
        (1.15, None, 1.15, "≤ 1.15", "reached"),
        (1.1501, None, 1.15, "≤ 1.15", "MISSED"),
        (0, None, 0, "≤ 0", "reached"),
        (1, None, 0, "≤ 0", "MISSED"),
        (5, 1, 4, "≥ 1 ≤ 4", "MISSED"),
        (5, None, None, "", ""),
    ],
)
def test_a_mark_is_reached_at_its_very_value(value, least, most, mark, verdict):
    ratio = Ratio("ours", value, least=least, most=most)
    assert (ratio.mark, ratio.verdict) == (mark, verdict)


def test_the_table_has_a_line_for_each_row_and_columns_that_stand_below_each_other():
    header, *lines = table(ROWS).splitlines()
    assert header.split() == [name for name in HEADER if name]
    assert [line.split("  ")[0] for line in lines] == [row.what for row in ROWS]
    assert {line.index(row.cells()[1]) for line, row in zip(lines, ROWS, strict=True)} == {
        header.index("ours")
    }
    assert lines[1].endswith("≥ 2.6  MISSED")


def test_the_summary_counts_marks_and_names_what_missed_one():
    assert summary(ROWS) == "2 marks reached, 1 missed: missed (rival/ours 2.5, mark ≥ 2.6)"
    assert summary([ROWS[0], Row("without", "1")]) == "1 marks reached, 0 missed"
