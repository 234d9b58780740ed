"""What is imported when: a package that is imported is not to wait for what reads scenarios."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded_after(code: str) -> list[str]:
    show = 'print(*sorted({"msgspec", "tomllib", "tomli"} & set(sys.modules)))'
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{show}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    "code",
    ["import owidget_jupyter", "from owidget_jupyter import OWidget, Clock, Waiting; OWidget()"],
)
def test_nothing_until_it_is_needed(code):
    assert loaded_after(code) == []


def test_a_simulated_widget_reads_a_scenario():
    assert "msgspec" in loaded_after("from owidget_jupyter import OWidget; OWidget.simulated()")
