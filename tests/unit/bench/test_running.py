"""`python -m tests.bench`: what it measures, says and leaves, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import running
from tests.bench.result import Row
from tests.bench.rig import Rig

from .runs import ROWS, finding, quick


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a whole run is written; there are two parts."""
    quick(monkeypatch)
    parts = {"one": ROWS[:1], "two": [Row("second", "2")]}
    monkeypatch.setattr(bench, "PARTS", dict.fromkeys(parts, ""))
    monkeypatch.setattr(bench, "measuring", lambda name: finding(parts[name])())
    monkeypatch.setattr(bench, "RECORD", tmp_path / "bench.json")
    return tmp_path / "bench.json"


def parts_in(path: Path) -> list[str]:
    return list(json.loads(path.read_text("utf-8"))["parts"])


def test_a_whole_run_ends_with_the_table_and_is_written(left, capsys):
    assert bench.main([]) == 0
    said = capsys.readouterr()
    assert [line.split("  ")[0] for line in said.out.splitlines()[3:6]] == [
        "what",
        "reached",
        "second",
    ]
    assert "\nNoise: load " in said.out
    assert "\n1 marks reached, 0 missed\n" in said.out
    assert "Part 2 of 2: two" in said.err
    assert parts_in(left) == ["one", "two"]


def test_parts_are_measured_in_the_order_of_a_whole_run(left):
    assert bench.main(["two", "one", "two"]) == 0
    assert parts_in(left) == ["one", "two"]


def test_a_partial_run_is_written_only_where_it_is_told_to(left, tmp_path):
    assert bench.main(["two"]) == 0
    assert not left.exists()
    other = tmp_path / "other.json"
    assert bench.main(["two", "--json", str(other)]) == 0
    assert parts_in(other) == ["two"]
    assert not left.exists()


def test_a_whole_run_can_be_written_elsewhere(left, tmp_path):
    other = tmp_path / "other.json"
    assert bench.main(["--json", str(other)]) == 0
    assert parts_in(other) == ["one", "two"]
    assert not left.exists()


def test_a_missed_mark_is_said_and_is_no_failure(left, monkeypatch, capsys):
    monkeypatch.setattr(bench, "measuring", lambda name: finding(ROWS)())
    assert bench.main(["one"]) == 0
    out = capsys.readouterr().out
    assert "MISSED" in out
    assert "2 marks reached, 1 missed: missed (" in out


def test_a_part_that_raises_is_named_and_nothing_is_written(left, tmp_path, monkeypatch, capsys):
    parts = {"one": RuntimeError("the page is gone"), "two": ROWS}
    monkeypatch.setattr(bench, "measuring", lambda name: finding(parts[name])())
    assert bench.main([]) == 1
    assert bench.main(["--json", str(tmp_path / "other.json")]) == 1
    assert list(tmp_path.iterdir()) == []
    said = capsys.readouterr()
    assert "reached" in said.out, "the other part was measured"
    assert said.out.endswith("NOT MEASURED: one, RuntimeError: the page is gone\n")
    assert "Traceback" in said.err


def test_a_part_whose_module_does_not_import_is_one_that_raises(left, monkeypatch):
    monkeypatch.setattr(bench, "measuring", lambda name: __import__("tests.bench.no_such_part"))
    assert bench.main(["one"]) == 1


def test_what_a_part_that_raised_has_left_running_is_ended(monkeypatch):
    quick(monkeypatch)
    ended = []
    with Rig() as rig:
        monkeypatch.setattr(rig, "end", lambda: ended.append(True))
        running.take({"one": finding(ROWS)}, rig)
        assert ended == []
        running.take({"one": finding(RuntimeError()), "two": finding(ROWS)}, rig)
        assert ended == [True]
        monkeypatch.undo()


def test_a_part_that_does_not_exist_is_refused(left, capsys):
    with pytest.raises(SystemExit) as raised:
        bench.main(["three"])
    assert raised.value.code == 2
    assert "no part 'three'; there are one, two" in capsys.readouterr().err
