"""What a contract run says of a script that is not the simulator, or that cannot be had."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.website import Site

ROOT = Path(__file__).parents[3]
OTHER = Path(__file__).parent / "other"


def run(url: str, some: str = "") -> subprocess.CompletedProcess[str]:
    """Run the promises whose names hold one of some words, or all."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "tests/contract", "-p", "no:cacheprovider", "-k", some],
        env={**os.environ, "OOWIDGET_URL": url, "OOWIDGET_COMPANY": ""},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
    )


def test_what_nobody_can_drive_is_not_run() -> None:
    with Site(OTHER, {}) as site:
        url = f"http://{site.authority}/OOWidget.js"
        ended = run(url, "isSupported or null or five_events or openChat_true")
    assert ended.returncode == 0, ended.stdout
    documented, observed = ended.stdout.split("Documented:\n")[1].split("Observed:\n")
    assert "passed   isSupported is true in this browser\n" in documented
    assert "passed   init takes: COMPANY, null\n" in observed
    why = r"not run  .*\(nobody plays visitor and operator here\)\n"
    for chapter, promise in (
        (documented, "the five events of a chat in their order"),
        (documented, "the number normalisation answers: null"),
        (observed, "openChat true goes into the queue"),
    ):
        assert f"passed   {promise}" not in chapter
        assert re.search(why.replace(".*", re.escape(promise) + " "), chapter)
    assert re.search(r"^\d+ passed, 0 FAILED, [1-9]\d* not run$", ended.stdout, re.MULTILINE)


def test_a_script_that_cannot_be_had_is_not_run_and_never_passes() -> None:
    url = "https://host.invalid/widget/OOWidget.js"
    ended = run(url)
    assert ended.returncode == 3
    assert f"not run: {url} could not be loaded" in ended.stdout
    assert "passed" not in ended.stdout


@pytest.mark.slow  # a script is given its time
def test_a_script_that_never_calls_back_fails_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "OOWidget.js").write_text("/* nothing */", "utf-8")
    with Site(tmp_path, {}) as site:
        ended = run(f"http://{site.authority}/OOWidget.js")
    assert ended.returncode == 1
    assert re.search(r"FAILED: \S+ was loaded, but not within \d+ s: \$owidgetOnLoad", ended.stdout)


def test_a_script_that_breaks_a_promise_fails(tmp_path: Path) -> None:
    script = (OTHER / "OOWidget.js").read_text("utf-8")
    (tmp_path / "OOWidget.js").write_text(script.replace("status(0)", "status('0')"), "utf-8")
    with Site(tmp_path, {}) as site:
        ended = run(f"http://{site.authority}/OOWidget.js", "a_status_is")
    assert ended.returncode == 1
    assert "FAILED   a status is 0 or 1 or 2\n" in ended.stdout
