"""The documentation's page about it: what it shows is what the record says, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from tests.bench.parts import PARTS
from tests.bench.record import write

from .runs import ROWS, quick, record

ROOT = Path(__file__).parents[3]
CONF = """
import sys
sys.path[:0] = [{extensions!r}, {root!r}]
extensions = ["bench"]
bench_record = {record!r}
"""
PAGE = """
Title
=====

.. bench-run::

.. bench:: events

.. bench:: append

.. bench:: numbers
"""


def built(folder: Path, page: str) -> subprocess.CompletedProcess[str]:
    """Have Sphinx make a website of one page, about a run of two parts."""
    write(record({"events": ROWS, "numbers": [ROWS[3]]}), folder / "bench.json")
    conf = CONF.format(
        extensions=str(ROOT / "docs" / "_extensions"),
        root=str(ROOT),
        record=str(folder / "bench.json"),
    )
    (folder / "conf.py").write_text(conf, "utf-8")
    (folder / "index.rst").write_text(page, "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", ".", "built"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("page")
    with pytest.MonkeyPatch.context() as patch:
        quick(patch)
        done = built(folder, PAGE)
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / "built" / "index.html").read_text("utf-8")


def tables(html: str) -> list[list[list[tuple[str, str]]]]:
    """Return the tables' rows, of each cell the element's name and the text."""
    return [
        [
            [
                (name, unescape(re.sub("<[^>]+>", "", text)).strip())
                for name, text in re.findall(r"<(t[hd])\b[^>]*>(.*?)</\1>", row, re.DOTALL)
            ]
            for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        ]
        for table in re.findall(r"<table.*?</table>", html, re.DOTALL)
    ]


def test_it_has_every_row_with_its_verdict_in_a_word_and_a_shape(html):
    _, (header, *rows), _ = tables(html)
    assert [text for _, text in header] == ["what", "ours", "rival", "ratio", "mark", "verdict"]
    shown = [tuple(text for _, text in row) for row in rows]
    assert [texts[:5] for texts in shown] == [row.cells()[:5] for row in ROWS]
    assert [texts[5] for texts in shown] == ["✓ reached", "✗ missed", "", "", "✓ reached"]


def test_its_headings_are_heading_cells(html):
    for header, *rows in tables(html):
        assert {name for name, _ in header} == {"th"}
        assert {tuple(name for name, _ in row) for row in rows} == {
            ("th", *["td"] * (len(header) - 1))
        }


def test_a_column_that_nothing_is_in_is_left_out(html):
    *_, figures = tables(html)
    assert [[text for _, text in row] for row in figures] == [
        ["what", "ours"],
        ["a figure", "1,234 bytes"],
    ]


def test_it_says_what_came_of_the_run_and_on_what_machine(html):
    (_, *facts), *_ = tables(html)
    told = dict(tuple(text for _, text in row) for row in facts)
    assert list(told) == [
        *("marks", "measured", "processor", "memory", "system"),
        *("versions", "load", "noise"),
    ]
    assert told["marks"].startswith("2 marks reached, 1 missed: missed (rival/ours 2.5")
    assert told["versions"] == "Python 3.11.0, Node 20.0.0"
    assert re.fullmatch(r"\d+ \w+ \d{4}, \d\d:\d\d UTC", told["measured"])
    assert told["noise"].startswith("the same work, done 15 times before, between and after")


def test_a_part_that_was_not_measured_is_said_not_to_be(html):
    assert html.count("Not measured in this run.") == 1


def test_a_part_that_does_not_exist_fails_the_build(tmp_path, monkeypatch):
    quick(monkeypatch)
    done = built(tmp_path, "Title\n=====\n\n.. bench:: evnets\n")
    assert done.returncode != 0
    assert "no part 'evnets'; there are import, construct" in done.stderr


def test_the_documentation_shows_all_parts_in_their_order():
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert re.findall(r"^```\{bench\} (\w+)$", page, re.MULTILINE) == list(PARTS)
    assert page.count("```{bench-run}") == 1
