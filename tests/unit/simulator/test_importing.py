"""What is imported when: a package that is imported is not to wait for what reads scenarios."""

from __future__ import annotations

from functools import partial

import pytest

from ..importing import loaded_after

readers_after = partial(loaded_after, of=("msgspec", "tomllib", "tomli"))


@pytest.mark.parametrize(
    "code",
    ["import owidget_jupyter", "from owidget_jupyter import OWidget, Clock, Waiting; OWidget()"],
)
def test_nothing_until_it_is_needed(code):
    assert readers_after(code) == []


def test_a_simulated_widget_reads_a_scenario_of_ones_own_at_once():
    code = "from owidget_jupyter import OWidget; OWidget.simulated(scenario={'title': 'Mine'})"
    assert "msgspec" in readers_after(code)
