"""When a scenario is read: what anybody wrote at once, what is shipped when it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from owidget_jupyter import OWidget, Scenario, ScenarioError
from owidget_jupyter.simulator import shipped

from ..driver import Page

RIGHT = 'title = "Late"'
WRONG = "title = 5"


@pytest.fixture
def late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the file of a shipped scenario that nobody has read yet."""
    monkeypatch.setattr(shipped, "_FILES", tmp_path)
    file = tmp_path / "late.toml"
    file.write_text(WRONG, "utf-8")
    yield file
    Scenario._shipped.cache_clear()  # it is kept for good otherwise


@pytest.mark.parametrize("scenario", ["hapy", "Happy", "", "a.toml", Path("happy"), {}, 5, None])
def test_what_is_not_the_name_of_a_shipped_one_is_refused_at_once(scenario):
    with pytest.raises((ScenarioError, OSError, TypeError)) as expected:
        Scenario.load(scenario)
    with pytest.raises(expected.type) as raised:
        OWidget.simulated(scenario=scenario)
    assert str(raised.value) == str(expected.value)


def test_a_shipped_one_is_read_when_somebody_asks_for_it(late):
    chat = OWidget.simulated(scenario="late")
    late.write_text(RIGHT, "utf-8")
    assert chat.operator.scenario.title == "Late"
    late.unlink()  # it is read once
    assert chat.operator.scenario.title == "Late"


def test_a_shipped_one_is_read_when_a_stage_is_asked_for(late):
    page = Page(OWidget.simulated(scenario="late"))
    late.write_text(RIGHT, "utf-8")
    assert page.want().run()["simulation"]["scenario"]["title"] == "Late"


def test_who_asks_for_one_that_turns_out_wrong_is_told_so(late):
    chat = OWidget.simulated(scenario="late")
    with pytest.raises(ScenarioError, match=r"^late\.toml: title: a text of 1 to 100"):
        repr(chat.operator)
    late.unlink()
    with pytest.raises(ScenarioError, match=r"^no scenario 'late'"):
        repr(chat.operator)


def test_a_page_gets_no_stage_of_one_that_turns_out_wrong_and_shows_why(late, caplog):
    chat = OWidget.simulated(scenario="late")
    page = Page(chat).want()
    assert page.grants() == []
    assert "ScenarioError: late.toml: title: a text" in caplog.text  # where the kernel logs
    caplog.clear()
    (problem,) = chat.errors
    assert (problem.where, problem.traceback != "") == ("stage", True)
    assert problem.message.startswith("ScenarioError: late.toml: title: a text of 1 to 100")
    shown = page.comm.custom("problems")[-1]["problems"]
    assert [each["message"] for each in shown] == [problem.message]

    late.write_text(RIGHT, "utf-8")
    assert page.want().run()["simulation"]["scenario"]["title"] == "Late"
