"""A run as JSON: complete, and read back as what it was."""

from __future__ import annotations

import json
from datetime import datetime

import psutil
import pytest

from tests.bench import machine
from tests.bench.record import read, rows_of, write
from tests.bench.result import Row, Spread

from .runs import ROWS, quick, record


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick(monkeypatch)


def test_rows_come_back_as_they_were(tmp_path):
    path = tmp_path / "bench.json"
    write(record({"events": ROWS, "append": ROWS[:1]}), path)
    assert rows_of(read(path), "events") == ROWS
    assert rows_of(read(path), "append") == ROWS[:1]
    assert rows_of(read(path), "display") == []


def test_a_row_says_to_a_machine_what_it_says_to_people():
    row, _, _, figure, _ = record({"events": ROWS})["rows"]
    assert row == {
        "part": "events",
        "what": "reached",
        "ours": {"median": 2, "unit": "ms", "runs": [1, 3, 2]},
        "rival": {"median": 5, "unit": "ms", "runs": [4, 6]},
        "ratio": {
            "name": "ours/rival",
            "value": 0.4,
            "least": None,
            "most": 0.4,
            "verdict": "reached",
        },
    }
    assert (figure["rival"], figure["ratio"]) == (None, None)


def test_runs_are_kept_to_six_digits():
    written = record({"events": [Row("long", Spread([1 / 3, 1234567.8]))]})
    assert written["rows"][0]["ours"]["runs"] == [0.333333, 1234570]


def test_each_row_is_a_line_so_that_two_runs_can_be_compared(tmp_path):
    path = tmp_path / "bench.json"
    write(record({"events": ROWS}), path)
    lines = [line.strip().rstrip(",") for line in path.read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines if line.startswith('{"part"')]
    assert rows == read(path)["rows"]


def test_what_is_no_number_is_not_written(tmp_path):
    path = tmp_path / "bench.json"
    with pytest.raises(ValueError, match="JSON"):
        write(record({"events": [Row("never", Spread([float("inf")]))]}), path)
    assert not path.exists()


def test_it_has_the_hour_the_machine_and_the_noise():
    run = record({"events": ROWS, "append": []})
    assert datetime.fromisoformat(run["date"]).tzname() == "UTC"
    assert run["parts"] == ["events", "append"]
    assert run["machine"]["cores"] == psutil.cpu_count()
    assert run["machine"]["memory"] == psutil.virtual_memory().total
    assert run["machine"]["processor"]
    assert run["machine"]["system"]
    assert set(run["noise"]["load"]) == {"before", "after"}
    times = run["noise"]["calibration"]["times"]
    assert [len(moment) for moment in times] == [5, 5, 5], "before, between and after"


def test_versions_are_those_that_take_part(monkeypatch):
    monkeypatch.setattr(machine, "PROGRAMS", {"Node": lambda: "node"})
    found = machine.versions()
    assert list(found) == ["Python", *machine.PACKAGES, "Node"]
    assert all(version[0].isdigit() for version in found.values())
